"""What came of a check: for eyes, for programs, for the summary of a build."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal
from xml.etree import ElementTree as ET

from pydantic import BaseModel

from .rules import Check

Verdict = Literal["healthy", "broken", "unchecked"]
_SIGNS = {"passed": "✓", "failed": "✗", "skipped": "–"}


class HealthReport(BaseModel):
    """What came of a check.

    Attributes:
        subject: what was checked, as its owner calls it.
        verdict: `broken` if a rule is; `unchecked` if not one could be held against anything.
        counts: how many checks passed, failed and were skipped.
        notes: what of a file wasn't understood.
    """

    subject: str
    verdict: Verdict
    counts: dict[str, int]
    checks: list[Check]
    notes: list[str]


def report_of(subject: str, checks: list[Check], notes: list[str]) -> HealthReport:
    """Sums checks up."""
    counts = Counter(check.outcome for check in checks)
    verdict: Verdict = (
        "broken" if counts["failed"] else "healthy" if counts["passed"] else "unchecked"
    )
    told = {outcome: counts[outcome] for outcome in ("passed", "failed", "skipped")}
    return HealthReport(subject=subject, verdict=verdict, counts=told, checks=checks, notes=notes)


def summary(report: HealthReport) -> str:
    """Says in a line what came of it."""
    told = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())
    return f"{report.subject}: {report.verdict} ({told})"


def as_text(report: HealthReport) -> str:
    """Writes it for a terminal: what failed and what was skipped, a line each."""
    lines = [summary(report)]
    for check in report.checks:
        if check.outcome != "passed":
            where = "" if check.layer is None else f" {check.layer}:"
            lines.append(f"  {_SIGNS[check.outcome]} {check.rule}{where} {check.sentence}")
    lines += [f"  note: {note}" for note in report.notes]
    return "\n".join(lines)


def as_markdown(report: HealthReport) -> str:
    """Writes it as a table for the summary of a build or a comment."""
    lines = [
        f"### {_plain(summary(report))}",
        "",
        "| | rule | layer | |",
        "|---|---|---|---|",
    ]
    for check in report.checks:
        cells = (_SIGNS[check.outcome], check.rule, check.layer or "", check.sentence)
        lines.append(f"| {' | '.join(_plain(cell) for cell in cells)} |")
    lines += ["", *(f"- {_plain(note)}" for note in report.notes)] if report.notes else []
    return "\n".join(lines)


def as_junit(reports: Sequence[HealthReport]) -> str:
    """Writes them as JUnit's XML, which build servers read: a test case for each check."""
    suites = ET.Element("testsuites", name="filterscope check")
    for report in reports:
        suite = ET.SubElement(suites, "testsuite", name=_for_xml(report.subject), errors="0")
        suite.set("tests", str(len(report.checks)))
        suite.set("failures", str(report.counts["failed"]))
        suite.set("skipped", str(report.counts["skipped"]))
        for check in report.checks:
            where = _for_xml(check.layer or report.subject)
            case = ET.SubElement(suite, "testcase", classname=where, name=check.rule)
            if check.outcome != "passed":
                kind = "failure" if check.outcome == "failed" else "skipped"
                ET.SubElement(case, kind, message=_for_xml(check.sentence))
        if report.notes:
            ET.SubElement(suite, "system-out").text = _for_xml("\n".join(report.notes))
    return ET.tostring(suites, encoding="unicode", xml_declaration=True)


def _plain(text: str) -> str:
    """Keeps a name that somebody chose from being read as Markdown."""
    escaped = "".join(f"\\{sign}" if sign in "\\`*_[]<>|#~" else sign for sign in text)
    return " ".join(escaped.split())


def _for_xml(text: str) -> str:
    """Leaves out the control characters that XML can't hold."""
    return "".join(sign for sign in text if sign in "\t\n" or " " <= sign not in "\ufffe\uffff")
