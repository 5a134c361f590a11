"""Events of steps for tests, as text and as what they say."""

import json
from typing import Any

from hypothesis import strategies as st

from app.events import encode_fields

NAMES = ("loss", "accuracy", "learning_rate")
_NUMBERS = st.one_of(
    st.floats(0, 10).map(lambda value: round(value, 6)),
    st.sampled_from([1e-7, 2.5e-5, 9.995e-05, 0.0, 1.0, 1e16, 123456.789]),
)


def body_of(steps: list[int], **columns: list[float]) -> str:
    """The text of such an event, as the log has it."""
    return encode_fields({"kind": "steps", "step": steps, **columns}, steps[-1]).body


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[str], dict[int, tuple[float | None, ...]]]:
    """Events of ascending steps that tell now this and now that, and evaluations."""
    bodies, step = [], 0
    for _ in range(draw(st.integers(0, 5))):
        names = [name for name in NAMES if draw(st.booleans())]
        steps = []
        for _ in range(draw(st.integers(1, 4))):
            step += draw(st.integers(1, 3))
            steps.append(step)
        bodies.append(body_of(steps, **{name: [draw(_NUMBERS) for _ in steps] for name in names}))
    tried = draw(st.lists(st.integers(0, step + 3), unique=True, max_size=4))
    value = st.one_of(st.none(), _NUMBERS)
    return bodies, {at: (draw(value), draw(value)) for at in sorted(tried)}


def read(bodies: list[str]) -> list[dict[str, Any]]:
    """What they say."""
    return [json.loads(body) for body in bodies]
