"""The interface's description, as programs that make clients of it need it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from app.web.access import OPEN_PATHS, Access, may
from tests.web.scripted import scripted_server
from tests.web.test_security import TOKEN

DESCRIPTION = create_app(Settings(port=8123)).openapi()
OPERATIONS = [
    (method.upper(), path, operation)
    for path, item in DESCRIPTION["paths"].items()
    for method, operation in item.items()
]
SCHEMAS: dict[str, dict[str, Any]] = DESCRIPTION["components"]["schemas"]
ROLES: list[Access] = ["watch", "send", "full"]


def test_each_operation_has_a_short_name_of_its_own() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert not [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+){1,3}", name)]
    assert {"start_run", "list_runs", "get_run", "get_film", "export_run"} <= set(names)


def test_each_operation_has_one_tag_of_one_word_that_is_explained() -> None:
    explained = {tag["name"] for tag in DESCRIPTION["tags"] if tag["description"]}
    used = [operation["tags"] for _, _, operation in OPERATIONS]
    assert {tag for (tag,) in used} == explained
    assert all(re.fullmatch(r"[a-z]+", tag) for tag in explained)


def test_each_operation_says_the_least_access_that_is_enough() -> None:
    schemes = DESCRIPTION["components"]["securitySchemes"]
    assert schemes["bearer_token"]["scheme"] == "bearer"
    assert schemes["browser_cookie"]["name"] == "filterscope-8123"
    for method, path, operation in OPERATIONS:
        needed = operation["security"]
        assert (needed == []) == (path in OPEN_PATHS), path
        for ((scheme, (role,)),) in (shown.items() for shown in needed):
            assert scheme in schemes
            weaker = ROLES[: ROLES.index(role)]
            assert may(role, method, path), path
            if scheme == "bearer_token":
                assert not [access for access in weaker if may(access, method, path)], path


def test_each_error_is_the_one_envelope_and_each_other_answer_has_a_schema() -> None:
    for _, path, operation in OPERATIONS:
        for status, answer in operation["responses"].items():
            schemas = [content.get("schema") for content in answer.get("content", {}).values()]
            assert all(schemas), (path, status)
            if status in ("4XX", "5XX"):
                assert schemas == [{"$ref": "#/components/schemas/ErrorAnswer"}], path


def test_no_schema_is_named_by_a_machine() -> None:
    assert not [name for name in SCHEMAS if not re.fullmatch(r"([A-Z]+[a-z]*[0-9]?D?)+", name)]
    assert not [name for name in SCHEMAS if re.search(r"(Input|Output|Body|_|__)", name)]


def test_generators_find_no_object_as_a_default_and_each_kind_told_by_its_type() -> None:
    for part in _parts(SCHEMAS):
        if "oneOf" in part or "$ref" in part:
            assert not isinstance(part.get("default"), dict), part
        for ref in part.get("discriminator", {}).get("mapping", {}).values():
            assert "type" in SCHEMAS[ref.rpartition("/")[2]]["required"], ref


@pytest.mark.parametrize(
    ("preset", "is_known"),
    [("dead-leaves", True), ("own:pets", True), ("dead", False), ("dead-leaves-", False)],
)
def test_a_request_names_a_preset_or_pictures_of_ones_own(preset: str, is_known: bool) -> None:
    pattern = SCHEMAS["PresetWithOverrides"]["properties"]["preset"]["pattern"]
    assert bool(re.search(pattern, preset)) == is_known


def test_the_address_is_the_one_that_was_asked(client: httpx.Client) -> None:
    asked = client.get("/openapi.json")
    assert asked.json()["servers"] == [{"url": str(client.base_url).rstrip("/")}]
    assert client.head("/openapi.json").status_code == 200


def test_behind_a_proxy_the_address_is_the_proxys(tmp_path: Path) -> None:
    allowed = {"allowed_hosts": ("nn.example",), "token": TOKEN, "root_path": "/lab"}
    shown = {"Host": "nn.example", "Authorization": f"Bearer {TOKEN}"}
    with scripted_server(tmp_path, **allowed) as server, server.client() as client:
        servers = client.get("/lab/openapi.json", headers=shown).json()["servers"]
    assert servers == [{"url": "http://nn.example/lab"}]


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    inner = schema.values() if isinstance(schema, dict) else schema
    for part in inner if isinstance(schema, dict | list) else ():
        yield from _parts(part)
