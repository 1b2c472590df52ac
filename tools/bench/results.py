"""Measured values beside their targets, and how they are taken and printed."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_KIB, _BYTES_PER_MB = 1024, 1_000_000


@dataclass(frozen=True)
class Result:
    """One line of the table: what was measured, its value, the most it should be (or None)."""

    what: str
    value: float
    unit: str
    most: float | None = None

    def line(self) -> str:
        target = f"{self.most:,.2f} {self.unit}" if self.most is not None else ""
        verdict = "" if self.most is None else ("met" if self.value <= self.most else "NOT MET")
        return f"{self.what:<62} {self.value:>10,.2f} {self.unit:<6} {target:>14}  {verdict}"


@dataclass(frozen=True)
class Cost:
    """What one command took: wall-clock seconds, peak resident memory in megabytes (10^6 bytes)."""

    seconds: float
    peak_mb: float


def show(title: str, results: Sequence[Result]) -> None:
    """Prints one table, at once, so that a long run can be followed."""
    print(f"\n{title}\n{'':<62} {'measured':>17} {'at most':>14}")
    for result in results:
        print(result.line(), flush=True)


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Runs a command in a fresh process. Raises RuntimeError with its last words when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said.strip()[-500:]}")
    bytes_per_unit = 1 if sys.platform == "darwin" else _KIB
    return Cost(seconds, usage.ru_maxrss * bytes_per_unit / _BYTES_PER_MB)
