"""Every number of the law as dated, cited data, and its loader."""

from hengjian.law.errors import ProfileError
from hengjian.law.loader import load_profile, profile_names

__all__ = ["ProfileError", "load_profile", "profile_names"]
