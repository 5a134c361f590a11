"""A training in a notebook: its line and its page, with nothing in it that could get out."""

from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from app.client.notebook import Output, as_html
from app.client.offline_page import fetch_page
from tests.client.quick import FAST, watched
from tests.web.scripted import scripted_server

HOSTILE = "</p><script>alert(1)</script>\u202e\"'"


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_live_training_says_how_far_it_is_and_links_to_its_page() -> None:
    output = Output("My ResNet", 1200, 0.12345, url="http://127.0.0.1:8000/runs/abc")
    elements = _Elements(as_html(output))
    assert [tag for tag, _ in elements.found] == ["p", "strong", "a"]
    assert elements.found[2][1]["href"] == "http://127.0.0.1:8000/runs/abc"
    assert elements.text == "My ResNet: step 1,200, error 0.123. Watch it live"


def test_without_a_server_it_says_how_to_look_at_the_file() -> None:
    text = _Elements(as_html(Output("mine", 3, file="mine.fscope"))).text
    assert text == "mine: step 3. Look at it with filterscope open mine.fscope"


def test_the_page_lies_whole_in_a_frame_of_its_own() -> None:
    page = "<!doctype html><p title=\"a'b\">1 &lt; 2 &amp; „ü“</p><script>let a = '\"';</script>"
    [frame] = [
        attributes
        for tag, attributes in _Elements(as_html(Output("mine", 3, page=page))).found
        if tag == "iframe"
    ]
    assert frame["srcdoc"] == page
    assert frame["sandbox"] == "allow-scripts", "no way to the notebook around it"


def test_names_and_addresses_stay_text() -> None:
    output = Output(HOSTILE, 3, url=f"http://host/{HOSTILE}", page=f"<p>{HOSTILE}</p>")
    elements = _Elements(as_html(output))
    assert [tag for tag, _ in elements.found] == ["p", "strong", "a", "iframe"]
    assert HOSTILE in elements.text


def test_a_server_that_shows_nothing_to_who_may_only_send_leaves_the_line_and_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token for sending gets 403 for a page; one that was changed since, 401."""
    monkeypatch.chdir(tmp_path)
    with scripted_server(tmp_path / "data", token="f" * 20, send_token="s" * 20) as server:
        run = watched(server.url, FAST._replace(answer=20, close=30), token="s" * 20)
        run.step(np.ones((3, 3, 1, 2), "f4"), loss=0.5)
        run._sender.catch_up(30)
        for token in ("s" * 20, "another"):
            assert fetch_page(str(run.url), token, 30) is None
        shown = _Elements(run._repr_html_())
        run.close()
    assert [tag for tag, _ in shown.found] == ["p", "strong", "a"]
    assert shown.text == "mine: step 0, error 0.5. Watch it live"
