"""What all tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("soffice"):
        return
    for item in items:
        if item.get_closest_marker("office"):
            item.add_marker(pytest.mark.skip(reason="LibreOffice is not installed"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI nothing may be skipped: a test that did not run has not passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        reporter.write_line("CI=true: skipped tests count as failed", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
