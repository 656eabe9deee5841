"""What is wrong with a profile file, in words for the person who wrote it."""


class ProfileError(ValueError):
    """A profile cannot be used. The message names the file, the key and what to do."""
