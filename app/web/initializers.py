"""How kernels begin."""

import math
from typing import Annotated

from fastapi import Path, Query
from starlette.responses import Response

from .answers.initializers import InitializerAnswer, InitializerList
from .asking import Asking
from .numeric import start, starts
from .problems import Problem
from .routes import Routes

router = Routes(prefix="/api/initializers", tags=["initializers"])

MOST_WEIGHTS = 2**18


@router.get("", response_model=InitializerList)
async def list_initializers(asking: Asking) -> Response:
    """Lists the initialisers, Keras's, with their formulas.

    ```sh
    curl http://127.0.0.1:8000/api/initializers
    ```
    """
    return await asking.tell(starts)


@router.get("/{name}", response_model=InitializerAnswer)
async def get_initializer(
    asking: Asking,
    name: Annotated[str, Path(max_length=40, examples=["glorot_uniform"])],
    shape: Annotated[
        str,
        Query(
            pattern=r"^[0-9]{1,6}(, ?[0-9]{1,6}){1,3}$",
            description="of the kernel: height, width, in, out; or in, out",
        ),
    ] = "3,3,1,32",
    seed: Annotated[int, Query(ge=0, lt=2**32)] = 0,
) -> Response:
    """Fans, bound, deviation and a draw for kernels of a shape.

    ```sh
    curl 'http://127.0.0.1:8000/api/initializers/glorot_uniform?shape=3,3,1,32&seed=0'
    ```
    """
    lengths = tuple(int(length) for length in shape.split(","))
    if math.prod(lengths) > MOST_WEIGHTS:
        message = f"shape has {math.prod(lengths):,} weights; at most {MOST_WEIGHTS:,} are drawn."
        raise Problem(422, "invalid", message, field="shape", limit=MOST_WEIGHTS)
    return await asking.tell(start, name, lengths, seed)
