"""A question that the teacher puts to the class, and the votes of its phones."""

import asyncio
from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import BaseModel

from .answers.polls import NewPoll, PollChange, PollTold, Vote
from .body import JsonObject
from .openapi import json_body
from .poll import Poll
from .poll_topics import question_about, truth_of
from .problems import Problem
from .routes import Routes
from .services import Services, Serving, run_named
from .teaching import LeaderAsked

LATEST = "latest"  # in place of an id: whatever the class is asked now
BODIES: list[type[BaseModel]] = [NewPoll, PollChange, Vote]
router = Routes(prefix="/api/teaching", tags=["teaching"])

Phone = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9-]{16,64}$", description="a name that the phone makes up at random"),
]


def _body(model: str, example: dict[str, Any]) -> dict[str, Any]:
    return json_body({"$ref": f"#/components/schemas/{model}", "example": example})


@router.post(
    "/poll",
    status_code=201,
    openapi_extra=_body("NewPoll", {"leader": "my-desk-1", "topic": "oriented_count"}),
)
async def ask_class(body: JsonObject, services: Serving, response: Response) -> PollTold:
    """Puts a question to the class, in place of the one before; the run itself will tell what is
    right.

    ```sh
    curl --json '{"leader": "my-desk-1", "topic": "oriented_count", "run": "latest"}' \\
      http://127.0.0.1:8000/api/teaching/poll
    ```
    """
    asked, room = NewPoll.model_validate(body), services.classroom
    room.check_leader(asked.leader)
    run = run_named(services.store, run_asked(services, asked.run))
    if run is None:
        raise run_missing()
    question = await asyncio.to_thread(question_about, asked.topic, run, services.store)
    room.ask(Poll(question))
    response.headers["Location"] = "poll"
    return _told(services)


@router.patch(
    "/poll", openapi_extra=_body("PollChange", {"leader": "my-desk-1", "state": "revealed"})
)
async def change_poll(body: JsonObject, services: Serving) -> PollTold:
    """Closes the question, opens it again, or reveals the votes and what is right.

    ```sh
    curl -X PATCH --json '{"leader": "my-desk-1", "state": "revealed"}' \\
      http://127.0.0.1:8000/api/teaching/poll
    ```
    """
    asked, room = PollChange.model_validate(body), services.classroom
    room.check_leader(asked.leader)
    poll = _poll(services)
    if asked.state == "revealed":
        run = run_named(services.store, poll.question.run)
        if run is None:
            raise run_missing()
        truth = await asyncio.to_thread(truth_of, poll.question.topic, run, services.store)
        poll.reveal(truth.votes, truth.step, is_final=truth.is_final, sentence=truth.sentence)
    else:
        poll.turn(asked.state)
    if room.poll is poll:
        room.tell_poll()
    return poll.told()


@router.delete("/poll", status_code=204)
async def end_poll(services: Serving, leader: LeaderAsked) -> None:
    """Ends the question; nothing of it is kept.

    ```sh
    curl --request DELETE 'http://127.0.0.1:8000/api/teaching/poll?leader=my-desk-1'
    ```
    """
    services.classroom.check_leader(leader)
    services.classroom.ask(None)


@router.put("/poll/votes/{phone}", openapi_extra=_body("Vote", {"poll": "latest", "vote": 11}))
async def cast_vote(phone: Phone, body: JsonObject, services: Serving) -> Vote:
    """Says what a phone answers; it may change its mind until the question is closed.

    A phone says the `poll` that it shows; `latest` is whatever the class is asked now.

    ```sh
    curl -X PUT --json '{"poll": "latest", "vote": 11}' \\
      http://127.0.0.1:8000/api/teaching/poll/votes/9d1fb3f0-1c2d-4e5f
    ```
    """
    said = Vote.model_validate(body)
    poll = _poll(services, said.poll)
    poll.vote(phone, said.vote)
    services.classroom.votes_changed()
    return Vote(poll=poll.id, vote=said.vote)


def run_asked(services: Services, said: str | None) -> str:
    """Returns the id of the run that is meant: the one said, or the one the teacher looks at.

    Raises:
        Problem: 409 neither is any.
    """
    place = services.classroom.place
    run = said or (place.run if place else None)
    if run is None:
        message = "The teacher looks at no run; open one, or say which by run."
        raise Problem(409, "not_known", message, field="run")
    return run


def run_missing() -> Problem:
    """Returns the 404 of a run that is none."""
    message = "There is no such run; perhaps it was deleted."
    return Problem(404, "run_unknown", message, field="run")


def _poll(services: Services, said: str = LATEST) -> Poll:
    poll = services.classroom.poll
    if poll is None or said not in (LATEST, poll.id):
        message = "The class isn't asked this now; look at what it is asked by the stream."
        raise Problem(404, "poll_unknown", message, field="poll")
    return poll


def _told(services: Services) -> PollTold:
    return _poll(services).told()
