"""Recipes as code that people write, and such code as recipes."""

from typing import Annotated, Literal

from fastapi import Query, Request, Response
from pydantic import ConfigDict, Field

from ..recipe import Recipe
from ..translation.lines import WrittenLine, lines_of
from ..translation.source import NotCode
from ..translation.written import NOT_CLASSIFIED, curl_of, script_of, written_layers
from .answers.code import CodeLine, CodeRead, CodeWord, CodeWritten, LayerCode
from .answers.exchanged import Exchanged
from .asking import Asking
from .body import JsonObject
from .chosen import check_known
from .numeric import code_told
from .openapi import RECIPE_BODY, TEXT, json_body
from .problems import Problem
from .routes import Routes
from .run_kernels import resolve_with_kernels
from .services import FoundRun, Serving

router = Routes(prefix="/api", tags=["recipes"])


class PastedCode(Exchanged):
    """Code to read."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=20_000)


@router.post(
    "/code",
    response_model=CodeRead,
    openapi_extra=json_body({"$ref": "#/components/schemas/PastedCode"}),
)
async def read_pasted_code(body: JsonObject, asking: Asking) -> Response:
    """Reads a line or a whole Sequential of Keras 1, 2, 3 or PyTorch; nothing of it is run.

    ```sh
    curl --json '{"code": "Conv2D(32, 3)"}' http://127.0.0.1:8000/api/code
    ```
    """
    pasted = PastedCode.model_validate(body)
    try:
        return await asking.tell(code_told, pasted.code)
    except NotCode as problem:
        raise Problem(422, "not_code", str(problem), field="code") from None


@router.post("/recipes/code", openapi_extra=json_body(RECIPE_BODY))
async def write_code(body: JsonObject, request: Request, services: Serving) -> CodeWritten:
    """Writes a recipe as Keras and PyTorch code, and as a request; nothing is kept.

    ```sh
    curl --json '{"preset": "keras-mnist"}' http://127.0.0.1:8000/api/recipes/code
    ```
    """
    recipe = await resolve_with_kernels(body, services)
    keras, torch = (script_of(recipe, library) for library in ("keras", "torch"))
    return CodeWritten(
        lines=[_told(line) for line in lines_of(recipe)],
        layers=[LayerCode.model_validate(line._asdict()) for line in written_layers(recipe)],
        keras=keras,
        torch=torch,
        curl=curl_of(recipe, str(request.base_url).rstrip("/")),
        why=NOT_CLASSIFIED if keras is None else None,
    )


def _told(line: WrittenLine) -> CodeLine:
    words = [CodeWord.model_validate(word._asdict()) for word in line.words]
    return CodeLine(dialect=line.dialect, code=line.code, words=words, why=line.why)


@router.get(
    "/runs/{run_id}/code",
    response_class=Response,
    responses={200: {"content": {"text/x-python": TEXT}, "description": "The script."}},
)
def get_script(
    run: FoundRun,
    library: Annotated[Literal["keras", "torch"], Query(description="whose script")] = "keras",
) -> Response:
    """Returns a script that trains the same network in Keras or PyTorch.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs/latest/code?library=torch'
    ```
    """
    check_known(run, "network")
    if run.recipe is None:
        raise Problem(409, "not_known", "How this network was trained isn't known here.")
    script = script_of(Recipe.model_validate_json(run.recipe), library)
    if script is None:
        raise Problem(409, "not_known", NOT_CLASSIFIED)
    return Response(script, media_type="text/x-python; charset=utf-8")
