"""What teacher and class tell each other: where the one looks, and how the others get there."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .drawings import DrawingsTold
from .exchanged import Exchanged
from .polls import PollTold

_Name = Annotated[str, Field(min_length=1, max_length=64)]


class Place(Exchanged):
    """Where in the page somebody looks, as its address says it. `filter` is counted from 0.

    `step` is null for live, or the end; `layer` is null for the first.
    """

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    run: _Name | None = None
    step: int | None = Field(None, ge=0, le=2**53, strict=True)
    layer: _Name | None = None
    filter: int | None = Field(None, ge=0, lt=65_536, strict=True)
    view: _Name = Field("live", examples=["filter"])
    details: dict[_Name, Annotated[str, Field(max_length=500)]] = Field({}, max_length=16)


class Lead(Place):
    """Where the teacher looks now.

    `leader` is a name that the page made up for itself; `begins` takes the lead over from another.
    """

    leader: str = Field(pattern=r"^[A-Za-z0-9-]{8,64}$", examples=["0f7c1a52-desk"])
    begins: bool = False


class Teaching(Exchanged):
    """Whether somebody leads, where they look, how many follow, and what the class is asked.

    `access` is what the asker may do: `full`, or `watch` without changing or leading anything.
    `leads` is whether the `leader` that asks is the one that leads, or led last and may come back.
    `code` is what others type to join.
    """

    access: Literal["full", "watch"]
    place: Place | None
    followers: int
    leads: bool
    code: str
    poll: PollTold | None
    drawings: DrawingsTold | None


class JoinLink(Exchanged):
    """The address under which others can watch, or in words why there is none.

    The path `/` and `code` is the one to type: it leads to the page for phones, and needs no token.
    `send_token` is what scripts on other machines bring to send what they train, and to read
    nothing; null where no token is asked for, or for who may only watch.
    """

    url: str | None = Field(examples=["http://192.168.1.20:8000/runs/latest?follow=1&token=…"])
    sentence: str
    send_token: str | None = None
