"""However many tabs watch, a browser holds few connections: one for each run, three at most.

And one for where the teacher looks. Servers here admit no more; whom they send away sees nothing.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.store.samples import finished, snapshot, started, status, steps
from tests.web.scripted import ScriptedServer, scripted_server

pytestmark = pytest.mark.browser

_TABS = 8  # two more than a browser opens connections to one server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def frugal(tmp_path: Path) -> Iterator[ScriptedServer]:
    """A server that lets in no more viewers than one browser may send."""
    with scripted_server(tmp_path, max_viewers=3) as running:
        yield running


def _open(context: BrowserContext, server: ScriptedServer, run: str) -> Page:
    page = context.new_page()
    page.goto(f"{server.url}/runs/{run}")
    return page


def _shows(page: Page, step: int) -> None:
    page.wait_for_function(
        "step => document.querySelector('#now-step').textContent === `step ${step}`", arg=step
    )


def _story(step: int) -> list[Any]:
    return [steps(step), snapshot(step)]


def test_eight_tabs_on_one_run_all_see_it_live_over_one_connection(
    context: BrowserContext, tmp_path: Path
) -> None:
    with scripted_server(tmp_path, max_viewers=1) as server:
        server.create("run", started(), status("running"), snapshot(0), *_story(1))
        pages = [_open(context, server, "run") for _ in range(_TABS)]
        for page in pages:
            _shows(page, 1)
        server.tell("run", *_story(2))
        for page in pages:
            _shows(page, 2)
        pages.pop().close()
        server.tell("run", *_story(3), finished(3))
        for page in pages:
            page.wait_for_function("document.querySelector('#state .word').textContent")
            _shows(page, 3)


def test_a_tab_that_comes_late_hears_all_from_the_first_event(
    context: BrowserContext, tmp_path: Path
) -> None:
    with scripted_server(tmp_path, max_viewers=1) as server:
        server.create("run", started(), status("running"), snapshot(0), *_story(1), *_story(2))
        early = _open(context, server, "run")
        _shows(early, 2)
        late = _open(context, server, "run")
        _shows(late, 2)
        for page in (early, late):
            page.get_by_role("slider").press("Home")
            _shows(page, 0)


def test_tabs_on_eight_runs_take_turns_and_none_is_left_out(
    context: BrowserContext, frugal: ScriptedServer
) -> None:
    runs = [f"run{number}" for number in range(_TABS)]
    for run in runs:
        frugal.create(run, started(), status("running"), snapshot(0), *_story(1))
    pages = [_open(context, frugal, run) for run in runs]
    for page in pages:
        _shows(page, 1)
    for run in runs:
        frugal.tell(run, *_story(2))
    for page in pages:
        _shows(page, 2)


def test_eight_tabs_that_follow_the_teacher_hold_one_connection_for_that_and_one_for_the_run(
    context: BrowserContext, tmp_path: Path
) -> None:
    with scripted_server(tmp_path, max_viewers=2) as server:
        server.create("run", started(), status("running"), snapshot(0), *_story(1), *_story(2))
        pages = [context.new_page() for _ in range(_TABS)]
        for page in pages[1:]:
            page.goto(f"{server.url}/?follow=1")
        _lead(server, step=1)
        for page in pages[1:]:
            _shows(page, 1)
        pages[0].goto(f"{server.url}/?follow=1")  # who comes late is told what holds
        _shows(pages[0], 1)
        _lead(server, step=0)
        for page in pages:
            _shows(page, 0)
        server.tell("run", *_story(3))
        _lead(server, step=None)
        for page in pages:
            _shows(page, 3)


def _lead(server: ScriptedServer, step: int | None) -> None:
    place = {"leader": "desk-0001", "run": "run", "step": step}
    with server.client() as client:
        assert client.put("/api/teaching", json=place).status_code == 200


def test_where_there_is_no_shared_worker_a_tab_listens_by_itself(
    context: BrowserContext, frugal: ScriptedServer
) -> None:
    context.add_init_script("delete window.SharedWorker")
    frugal.create("run", started(), status("running"), snapshot(0), *_story(1))
    page = _open(context, frugal, "run?follow=1")
    _shows(page, 1)
    frugal.tell("run", *_story(2))
    _shows(page, 2)
    _lead(frugal, step=0)
    _shows(page, 0)
