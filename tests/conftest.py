"""What holds for every test: in CI none is skipped or left out, because nobody would notice."""

import os

import pytest
from hypothesis import settings

# A rule holds however slow the machine is; time is measured by `make bench`, not by tests.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")

pytest_plugins = ["pytester"]


def _left_out(session: pytest.Session) -> int:
    """How many tests were skipped or deselected in this run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return 0
    return len(reporter.stats.get("skipped", [])) + len(reporter.stats.get("deselected", []))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("CI") and exitstatus == pytest.ExitCode.OK and _left_out(session):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    left_out = [kind for kind in ("skipped", "deselected") if terminalreporter.stats.get(kind)]
    if os.environ.get("CI") and left_out:
        terminalreporter.write_line(
            f"CI is set, and tests were {' and '.join(left_out)}: the run has failed.", red=True
        )
