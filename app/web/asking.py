"""Questions to the process aside, and what becomes of those it can't answer."""

from typing import Any

from ..inspection.refused import Missing, Refused
from .aside import Aside, AsideFailed
from .numeric import Question
from .problems import Problem
from .services import Services


async def ask(services: Services, question: Question, *args: Any) -> Any:
    """Answers a question of `app.web.numeric` about `args`, computed off the event loop.

    Raises:
        Problem: 404 what it is about isn't there, 422 it can't be answered, 503 the process died
            or took too long.
    """
    return await ask_of(services.aside, question, *args)


async def ask_of(aside: Aside, question: Question, *args: Any) -> Any:
    """Answers the same in a process of one's own choice."""
    try:
        return await aside.run(question, *args)
    except Missing as why:
        message = f"{why.message}."
        raise Problem(404, why.code, message, field=why.field, limit=why.limit) from None
    except Refused as why:
        message = f"{why.message}."
        raise Problem(422, "invalid", message, field=why.field, limit=why.limit) from None
    except AsideFailed:
        message = "The helper process died or took too long; perhaps memory is short. Try again."
        raise Problem(503, "helper_failed", message) from None
