"""What the server tells, as types: TypeScript checks the page against what is told today."""

import re
from typing import get_args

from app.events import Event
from app.page_types import FILE, page_types


def test_the_types_of_what_the_server_tells_are_those_of_today() -> None:
    told = page_types()
    assert FILE.read_text(encoding="utf-8") == told, "run: python -m app.page_types"


def test_every_event_is_among_them_by_its_kind() -> None:
    union, _ = get_args(Event)
    kinds = {event.model_fields["kind"].default: event.__name__ for event in get_args(union)}
    by_kind = page_types().partition("export interface EventsByKind {\n")[2]
    assert dict(re.findall(r"^  (\w+): (\w+);$", by_kind, re.MULTILINE)) == kinds


def test_every_type_that_is_named_is_declared() -> None:
    told = page_types()
    declared = set(re.findall(r"^export interface (\w+) ", told, re.MULTILINE))
    named = set(re.findall(r"(?<![\w\"])[A-Z]\w+", re.sub(r"\"[^\"]*\"|//.*", "", told)))
    assert named - {"Record"} == declared
