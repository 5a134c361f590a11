"""A question to the class while it is asked: one vote a phone, counted, and what came of it."""

import secrets
from typing import NamedTuple

from .answers.polls import PollKind, PollResult, PollState, PollTally, PollTold, PollTopic
from .problems import Problem
from .rate_limit import RateLimit, too_fast

MOST_VOTERS = 1000
_VOTES, _SECONDS = 10, 5.0  # of one phone


class PollQuestion(NamedTuple):
    """What is asked of which run: `most` is the largest vote, `choices` their words if they have
    some.
    """

    kind: PollKind
    topic: PollTopic
    words: str
    run: str
    layer: str
    most: int
    choices: tuple[str, ...] = ()


class Poll:
    """One question and its votes, in memory alone. Belongs to the event loop's thread."""

    def __init__(self, question: PollQuestion) -> None:
        self.id = secrets.token_hex(4)
        self.question = question
        self.state: PollState = "open"
        self._votes: dict[str, int] = {}
        self._truth: tuple[list[int], int, bool, str] | None = None
        self._rate = RateLimit(_VOTES, _SECONDS)

    def vote(self, phone: str, vote: int) -> None:
        """Counts what a phone says, in place of what it said before.

        Raises:
            Problem: 409 the poll is over, 422 there is no such vote, 429 too often, or too many.
        """
        if self.state != "open":
            raise Problem(409, "poll_closed", "This question is closed; the next one will come.")
        most = self.question.most
        if vote > most:
            message = f"vote must be a whole number from 0 to {most}."
            raise Problem(422, "invalid", message, field="vote", limit=most)
        self._rate.check(phone)
        if phone not in self._votes and len(self._votes) >= MOST_VOTERS:
            message = f"{MOST_VOTERS:,} phones have answered already; no more are counted."
            raise too_fast(60, MOST_VOTERS, message)
        self._votes[phone] = vote

    def turn(self, state: PollState) -> None:
        """Opens or closes it again; what was revealed stays so.

        Raises:
            Problem: 409 it was revealed.
        """
        if self._truth is not None:
            message = "This question was revealed; ask it anew."
            raise Problem(409, "poll_closed", message, field="state")
        self.state = state

    def reveal(self, truth: list[int], step: int, *, is_final: bool, sentence: str) -> None:
        """Ends the voting, and keeps what was right."""
        self.state = "revealed"
        self._truth = (truth, step, is_final, sentence)

    def tally(self) -> list[int]:
        """Counts the votes for 0, 1, …"""
        counts = [0] * (self.question.most + 1)
        for vote in self._votes.values():
            counts[vote] += 1
        return counts

    def standing(self, followers: int) -> PollTally:
        """Returns what who leads may know."""
        answered = len(self._votes)
        return PollTally(poll=self.id, answered=answered, tally=self.tally(), followers=followers)

    def told(self) -> PollTold:
        """Returns what everybody may know."""
        question = self.question
        result = None
        if self._truth is not None:
            truth, step, is_final, sentence = self._truth
            result = PollResult(
                tally=self.tally(),
                truth=truth,
                step=step,
                is_final=is_final,
                sentence=sentence,
            )
        return PollTold(
            id=self.id,
            kind=question.kind,
            topic=question.topic,
            question=question.words,
            run=question.run,
            layer=question.layer,
            most=question.most,
            choices=list(question.choices),
            state=self.state,
            answered=len(self._votes),
            result=result,
        )
