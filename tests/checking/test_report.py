"""A report as text, Markdown and JUnit's XML, whatever layers are called."""

from xml.etree import ElementTree as ET

from app.checking.report import as_junit, as_markdown, as_text, report_of
from app.checking.rules import Check

HOSTILE = 'conv|<b>"&\x07`*1*`'


def check(outcome: str, rule: str = "dead", layer: str | None = "stem") -> Check:
    told = {"rule": rule, "layer": layer, "outcome": outcome, "sentence": "5 % of them."}
    return Check.model_validate(told)


def test_one_broken_rule_breaks_it_and_skipping_all_is_no_health() -> None:
    assert report_of("a", [check("passed"), check("skipped")], []).verdict == "healthy"
    assert report_of("a", [check("passed"), check("failed")], []).verdict == "broken"
    assert report_of("a", [check("skipped")], []).verdict == "unchecked"
    assert report_of("a", [], []).verdict == "unchecked"


def test_text_has_what_did_not_pass() -> None:
    told = as_text(report_of("net", [check("passed"), check("failed"), check("skipped")], ["N."]))
    assert told.splitlines() == [
        "net: broken (1 passed, 1 failed, 1 skipped)",
        "  ✗ dead stem: 5 % of them.",
        "  – dead stem: 5 % of them.",
        "  note: N.",
    ]


def test_a_build_server_can_read_the_xml_of_any_names() -> None:
    checks = [check("failed", layer=HOSTILE), check("skipped", "oriented", None), check("passed")]
    [suite] = ET.fromstring(as_junit([report_of("net\x00", checks, ["odd \x1b note"])]))
    assert suite.get("name") == "net"
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == list("3101")
    failed, skipped, passed = suite.findall("testcase")
    assert failed.get("classname") == HOSTILE.replace("\x07", "")
    assert failed.find("failure") is not None
    assert skipped.find("skipped") is not None
    assert len(passed) == 0


def test_a_name_stays_text_in_markdown() -> None:
    told = as_markdown(report_of("net", [check("failed", layer=HOSTILE)], []))
    row = told.splitlines()[-1]
    assert r"conv\|\<b\>" in row
    assert row.replace(r"\|", "").count("|") == 5
