"""A lecture: the teacher asks, phones answer, the run tells; and the code to join by."""

import json
from typing import Any

import httpx
import pytest

from app import events
from app.events import EncodedEvent, encode
from app.web import classroom, poll
from tests.store.samples import evaluated, finished, kernel, started
from tests.web.scripted import ScriptedServer
from tests.web.test_teaching import DESK, pupil, school, teacher, told  # noqa: F401
from tests.web.test_teaching import lead as take_lead

PHONES = [f"phone-{number:012}" for number in range(9)]


@pytest.fixture
def desk(client: httpx.Client, scripted: ScriptedServer) -> httpx.Client:
    """Who leads a class, at the run `run`."""
    scripted.create("run", started(), judged(), evaluated(60), finished(60))
    assert take_lead(client, run="run", begins=True).status_code == 200
    return client


def judged() -> EncodedEvent:
    """A snapshot of six filters, three of them edges or lines."""
    event = events.Snapshot(
        step=60,
        layer="conv1",
        label=["edge", "line", "blob", "edge", "noise", "flat"],
        score=[0.5, 0.75, 0.25, 0.75, 0.0, 0.125],
        norm=[1.0] * 6,
        change=[0.5, 1.5, 0.25, 1.0, 0.25, 2.0],
    )
    return encode(event, 60, (kernel(60),))


def ask(client: httpx.Client, topic: str = "oriented_count", **more: Any) -> httpx.Response:
    return client.post("/api/teaching/poll", json={"leader": DESK, "topic": topic, **more})


def change(client: httpx.Client, state: str) -> httpx.Response:
    return client.patch("/api/teaching/poll", json={"leader": DESK, "state": state})


def vote(client: httpx.Client, poll_id: str, phone: str, number: Any) -> httpx.Response:
    said = {"poll": poll_id, "vote": number}
    return client.put(f"/api/teaching/poll/votes/{phone}", json=said)


def error_of(answer: httpx.Response) -> tuple[int, str, str | None]:
    told_error = answer.json()["error"]
    return answer.status_code, told_error["code"], told_error["field"]


def test_a_question_is_asked_answered_and_revealed_with_what_the_run_tells(
    desk: httpx.Client,
) -> None:
    asked = ask(desk)
    assert asked.status_code == 201
    about = asked.json()
    assert (about["kind"], about["most"]) == ("count", 6)
    assert (about["state"], about["result"]) == ("open", None)
    assert about["question"] == "How many of these 6 become edges or lines?"
    for phone, number in zip(PHONES, (1, 2, 2), strict=False):
        assert vote(desk, about["id"], phone, number).status_code == 200
    assert vote(desk, about["id"], PHONES[0], 3).json() == {"poll": about["id"], "vote": 3}
    hidden = desk.get("/api/teaching").json()["poll"]
    assert (hidden["answered"], hidden["result"]) == (3, None)
    assert change(desk, "closed").json()["state"] == "closed"
    assert error_of(vote(desk, about["id"], PHONES[1], 1)) == (409, "poll_closed", None)
    assert change(desk, "open").json()["state"] == "open"
    result = change(desk, "revealed").json()["result"]
    assert result == {
        "tally": [0, 0, 2, 1, 0, 0, 0],
        "truth": [3],
        "step": 60,
        "is_final": True,
        "sentence": "3 of 6 see edges or lines.",
    }
    assert error_of(vote(desk, about["id"], PHONES[1], 1)) == (409, "poll_closed", None)
    assert error_of(change(desk, "open")) == (409, "poll_closed", "state")
    assert desk.delete(f"/api/teaching/poll?leader={DESK}").status_code == 204
    assert desk.get("/api/teaching").json()["poll"] is None
    assert error_of(vote(desk, about["id"], PHONES[1], 1)) == (404, "poll_unknown", "poll")


def test_each_topic_is_answered_by_the_run(desk: httpx.Client) -> None:
    truths = {
        "highest_score": ("filter", [1, 3]),
        "most_changed": ("filter", [5]),
        "least_changed": ("filter", [2, 4]),
        "oriented_share": ("choice", [1]),
        "accuracy": ("choice", [3]),
    }
    for topic, (kind, truth) in truths.items():
        about = ask(desk, topic).json()
        assert (about["kind"], bool(about["choices"])) == (kind, kind == "choice")
        assert change(desk, "revealed").json()["result"]["truth"] == truth


def test_the_class_hears_of_a_question_but_of_its_votes_only_who_leads(
    desk: httpx.Client, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classroom, "_NEWS_SECONDS", 0.05)
    with (
        scripted.client() as phone,
        phone.stream("GET", "/api/teaching/events") as heard,
        phone.stream("GET", f"/api/teaching/events?leader={DESK}") as at_desk,
    ):
        following, leading = heard.iter_lines(), at_desk.iter_lines()
        assert told(following)[0] == "place"
        assert told(leading)[0] == "place"
        assert desk.get("/api/teaching").json()["followers"] == 1
        about = ask(desk).json()
        assert told(following) == ("poll", about)
        assert told(leading)[0] == "poll"
        assert told(leading)[1]["answered"] == 0
        vote(desk, about["id"], PHONES[0], 1)
        assert told(following)[1] == {**about, "answered": 1}
        assert told(leading)[0] == "poll"
        assert told(leading)[1]["tally"][:3] == [0, 1, 0]
        desk.delete(f"/api/teaching/poll?leader={DESK}")
        assert next(line for line in following if line.startswith("data")) == "data: null"
    with scripted.client() as late, late.stream("GET", "/api/teaching/events") as heard:
        assert told(heard.iter_lines())[0] == "place"


def test_votes_that_cannot_be_are_refused(
    desk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = ask(desk).json()
    most = about["most"]
    refused = vote(desk, about["id"], PHONES[0], most + 1)
    assert error_of(refused) == (422, "invalid", "vote")
    assert refused.json()["error"]["limit"] == most
    for odd in (-1, 1.5, "3", None, True):
        assert vote(desk, about["id"], PHONES[0], odd).status_code == 422
    assert vote(desk, about["id"], "short", 1).status_code == 422
    assert error_of(vote(desk, "another", PHONES[0], 1)) == (404, "poll_unknown", "poll")
    monkeypatch.setattr(poll, "MOST_VOTERS", 1)
    assert vote(desk, about["id"], PHONES[0], 1).status_code == 200
    full = vote(desk, about["id"], PHONES[1], 1)
    assert (error_of(full)[:2], full.headers["retry-after"]) == ((429, "too_fast"), "60")


def test_a_phone_that_changes_its_mind_too_often_is_told_when_to_go_on(desk: httpx.Client) -> None:
    about = ask(desk).json()
    answers = [vote(desk, about["id"], PHONES[7], 1) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 5
    assert vote(desk, about["id"], PHONES[8], 1).status_code == 200


def test_only_who_leads_may_ask_and_only_what_the_run_can_tell(
    desk: httpx.Client, scripted: ScriptedServer
) -> None:
    other = desk.post("/api/teaching/poll", json={"leader": "desk-0002", "topic": "accuracy"})
    assert error_of(other) == (409, "led_elsewhere", "leader")
    assert error_of(ask(desk, "weather"))[0] == 422
    assert error_of(ask(desk, run="nowhere")) == (404, "run_unknown", "run")
    scripted.create("waiting")
    assert error_of(ask(desk, run="waiting")) == (409, "not_known", "topic")
    assert error_of(change(desk, "revealed")) == (404, "poll_unknown", "poll")


def test_the_lecture_goes_on_when_the_teacher_comes_back_and_ends_when_not(
    desk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = ask(desk).json()
    vote(desk, about["id"], PHONES[0], 1)
    monkeypatch.setattr(classroom, "SILENT_SECONDS", 0.0)
    gone = desk.get(f"/api/teaching?leader={DESK}").json()
    assert (gone["place"], gone["leads"], gone["poll"]["answered"]) == (None, True, 1)
    monkeypatch.undo()
    back = take_lead(desk, run="run").json()
    assert (back["leads"], back["poll"]["answered"]) == (True, 1)
    monkeypatch.setattr(classroom, "SILENT_SECONDS", 0.0)
    monkeypatch.setattr(classroom, "KEPT_SECONDS", 0.0)
    over = desk.get(f"/api/teaching?leader={DESK}").json()
    assert (over["leads"], over["poll"]) == (False, None)


def test_the_code_lets_a_class_watch_and_answer_and_a_wrong_one_says_so(
    school: ScriptedServer,  # noqa: F811
    teacher: httpx.Client,  # noqa: F811
) -> None:
    school.create("run", started(), judged(), finished(60))
    code = teacher.get("/api/teaching").json()["code"]
    short = teacher.get(f"/api/join?path=/{code}", headers={"Host": "class.example:8000"}).json()
    assert short["url"] == f"http://class.example:8000/{code}"
    with school.client() as phone:
        joined = phone.get(f"/{code.lower()}")
        assert (joined.status_code, joined.headers["location"]) == (303, "./class")
        assert phone.get("/api/teaching").json()["access"] == "watch"
        take_lead(teacher, run="run")
        about = ask(teacher).json()
        assert vote(phone, about["id"], PHONES[0], 1).status_code == 200
        assert error_of(ask(phone))[:2] == (403, "watch_only")
    with school.client() as browser:
        browser.get("/?token=abc-123")
        browser.get(f"/{code}")
        assert browser.get("/api/teaching").json()["access"] == "full"
    with school.client() as stranger:
        html = stranger.get("/ZZZZ", headers={"Accept": "text/html,*/*"})
        assert (html.status_code, "no class ZZZZ here" in html.text) == (404, True)
        assert error_of(stranger.get("/ZZZZ"))[:2] == (404, "code_unknown")
        assert stranger.get("/api/teaching").status_code == 401
        tries = [stranger.get(f"/Z{number:03}").status_code for number in range(11)]
        assert tries[-1] == 429
        assert stranger.get(f"/{code}").status_code == 303  # a class shares its address
        for number in range(60):
            stranger.get(f"/Y{number:03}")
        assert stranger.get(f"/{code}").status_code == 429


def test_nothing_of_a_lecture_reaches_the_disk(
    desk: httpx.Client, scripted: ScriptedServer
) -> None:
    about = ask(desk).json()
    vote(desk, about["id"], "phone-that-nobody-keeps", 1)
    folder = scripted.app.state.settings.data_folder
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"phone-that-nobody-keeps" not in kept
    assert json.dumps(about["id"]).encode() not in kept
