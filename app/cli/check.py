"""`python -m app check SUBJECT…`: whether a file's or a run's filters are healthy, for builds."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..checking.report import HealthReport, as_junit, as_markdown, as_text
from ..checking.rules import Limits
from ..reading.contents import WeightsUnreadable
from ..settings import Settings
from .client import RequestRefused
from .reaching import reached_server

HEALTHY, BROKEN, UNREADABLE = 0, 1, 2
_CODES = {"healthy": HEALTHY, "broken": BROKEN, "unchecked": UNREADABLE}


def run(options: argparse.Namespace) -> int:
    """Prints a report for each subject and returns the worst of their codes.

    0 if all rules hold, 1 if one is broken, 2 if nothing could be said.
    """
    try:
        given = {name: getattr(options, name) for name in Limits.model_fields}
        limits = Limits.model_validate(
            {name: one for name, one in given.items() if one is not None}
        )
        settings = Settings.from_environment()
    except ValidationError as invalid:
        [told, *_] = invalid.errors(include_url=False)
        option = str(told["loc"][0]).replace("_", "-")
        print(f"--{option} is a share from 0 to 1, not {told['input']}.", file=sys.stderr)
        return UNREADABLE
    except ValueError as problem:
        print(f"Filterscope can't start: {problem}", file=sys.stderr)
        return UNREADABLE
    reports, code = [], HEALTHY
    for subject in options.subjects:
        try:
            reports.append(_report(subject, options, limits, settings))
        except (WeightsUnreadable, RequestRefused, OSError) as why:
            print(f"{subject} can't be checked: {why}", file=sys.stderr)
            code = UNREADABLE
    return max([code, _written(reports, options), *(_CODES[one.verdict] for one in reports)])


def _written(reports: list[HealthReport], options: argparse.Namespace) -> int:
    """Prints the reports as asked, one after the other; JSON of several is a list."""
    if options.json:
        told = [report.model_dump() for report in reports]
        print(json.dumps(told[0] if len(options.subjects) == len(told) == 1 else told, indent=2))
    else:
        for report in reports:
            print((as_markdown if options.markdown else as_text)(report))
    if not options.junit:
        return HEALTHY
    try:
        Path(options.junit).write_text(as_junit(reports), encoding="utf-8")
    except OSError as problem:
        print(f"{options.junit} can't be written: {problem.strerror}", file=sys.stderr)
        return UNREADABLE
    return HEALTHY


def _report(
    subject: str, options: argparse.Namespace, limits: Limits, settings: Settings
) -> HealthReport:
    """Checks a file if there is one of that name, else the run of that id.

    Raises:
        WeightsUnreadable: a file can't be read.
        RequestRefused: there is no such run, or no server can be asked.
    """
    path = Path(subject)
    if path.exists():
        from ..opening.checked import checked_file

        against = None if options.against is None else Path(options.against)
        return checked_file(path, against, limits, options.layout, settings.cache_folder)
    if path.suffix or len(path.parts) > 1:
        raise WeightsUnreadable("there is no file at that path")
    asked: dict[str, Any] = {"run": subject, "step": options.step or "latest"}
    if options.against is not None:
        asked["against"] = options.against
    with reached_server(settings) as client:
        answer = client.call("POST", "/api/check", asked | limits.model_dump())
    return HealthReport.model_validate(answer)
