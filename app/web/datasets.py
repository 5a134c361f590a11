"""Data sets: those that come with the program, and pictures of one's own."""

import asyncio
from dataclasses import asdict
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Path, Query, Request, Response

from ..gathering.asked import name_of, wanted_of
from ..gathering.request import GatherRequest, NotGathered
from ..kept_pictures import KeptPictures, all_kept, remove
from ..store.needing import runs_that_need
from ..vocabulary.datasets import DATASETS, DatasetInfo
from .answers.datasets import BeingMade, DatasetAnswer, DatasetList, OwnAnswer, Samples
from .asking import Asking
from .disk import check_disk
from .forwarded import address_of
from .gatherings import received
from .numeric import sample_images
from .openapi import FILE
from .own_pictures import folder_of, found_dataset
from .problems import Problem
from .routes import Routes
from .services import Services, Serving

router = Routes(prefix="/api/datasets", tags=["datasets"])

_MOST_SAMPLES = 256
_MOST_NAMED = 5
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/zip": FILE, "application/octet-stream": FILE},
    }
}
Name = Annotated[
    str, Path(description="mnist, dead-leaves or gray-leaves, or the name of pictures of your own")
]


@router.get("")
def list_datasets(services: Serving) -> DatasetList:
    """Lists the data sets: shape, classes, source, licence; and those that are being made.

    ```sh
    curl http://127.0.0.1:8000/api/datasets
    ```
    """
    own = all_kept(folder_of(services.settings))
    looked = services.gatherings.looked.items()
    return DatasetList(
        datasets=[
            *(_told(info) for info in DATASETS.values()),
            *(_told(kept.info, kept) for kept in own),
        ],
        being_made=[BeingMade(name=name, **at._asdict()) for name, at in list(looked)],
    )


@router.post("", status_code=201, openapi_extra=_BODY)
async def add_dataset(
    request: Request,
    services: Serving,
    response: Response,
    name: Annotated[str, Query(description="to be called; a recipe says own:NAME")],
    size: Annotated[str | None, Query(description="28, 32 (usual), 48, 64 or 96")] = None,
    channels: Annotated[str | None, Query(description="1 or 3; 1 if all are gray")] = None,
    fit: Annotated[str | None, Query(description="crop (usual) or pad")] = None,
    background: Annotated[str | None, Query(description="white (usual) or black")] = None,
    file: Annotated[str, Query(max_length=200, description="what the file is called")] = "",
) -> DatasetAnswer:
    """Makes a data set of your own pictures: the body is a zip of a folder by class, or an .npz.

    It answers when all of it is read; meanwhile the list says how far that is.

    ```sh
    curl --data-binary @flowers.zip 'http://127.0.0.1:8000/api/datasets?name=flowers&size=32'
    ```
    """
    _check_kind(request)
    check_disk(services.settings, services.store)
    said = {"size": size, "channels": channels, "fit": fit, "background": background}
    try:
        wanted, called = wanted_of(said), name_of(name)
    except NotGathered as why:
        raise Problem(422, "invalid", f"{why.message}.", field=why.field) from None
    folder = folder_of(services.settings)
    with services.gatherings.place(called, folder):
        async with received(request, folder) as path:
            origin = FilePath(file.replace("\\", "/")).name or called
            asked = GatherRequest(path, origin, called, wanted, folder)
            kept = await services.gatherings.gathered(request, asked)
    response.headers["Location"] = address_of(request, f"/api/datasets/{quote(kept.name, safe='')}")
    return _told(kept.info, kept)


@router.get("/{name}")
def get_dataset(services: Serving, name: Name) -> DatasetAnswer:
    """Returns one data set; of your own with what was left out, and the runs that need it.

    ```sh
    curl http://127.0.0.1:8000/api/datasets/mnist
    ```
    """
    info, kept = found_dataset(name, folder_of(services.settings))
    if kept is None:
        return _told(info)
    needing = [run.id for run in runs_that_need(services.store, kept.reference)]
    return _told(info, kept, needing)


@router.delete("/{name}", status_code=204)
async def delete_dataset(
    services: Serving,
    name: Name,
    even_if_needed: Annotated[
        bool, Query(description="though runs can't be repeated without it")
    ] = False,
) -> None:
    """Removes pictures of your own; 409 with the runs that need them, unless you mean it.

    ```sh
    curl -X DELETE http://127.0.0.1:8000/api/datasets/flowers
    ```
    """
    folder = folder_of(services.settings)
    info, kept = found_dataset(name, folder)
    if kept is None:
        message = f"{info.title} comes with the program and stays."
        raise Problem(409, "not_possible", message, field="name")
    if not even_if_needed:
        await asyncio.to_thread(_check_unneeded, services, kept)
    await asyncio.to_thread(remove, folder, kept)


@router.get("/{name}/samples", response_model=Samples)
async def get_samples(
    services: Serving,
    asking: Asking,
    name: Name,
    split: Literal["train", "test"] = "test",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    count: Annotated[int, Query(ge=1, le=_MOST_SAMPLES)] = 16,
    scaling: Annotated[
        Literal["standard", "unit", "local-contrast"] | None,
        Query(description="asks for `inputs` too: the images as a network with it sees them"),
    ] = None,
    pixels: Literal["natural", "shuffled"] = "natural",
    seed: Annotated[int, Query(ge=0, lt=2**32, description="of shuffled pixels")] = 0,
) -> Response:
    """Returns images to look at, with their labels; fewer come back at the end of the split.

    ```sh
    curl 'http://127.0.0.1:8000/api/datasets/mnist/samples?split=test&start=0&count=4'
    ```
    """
    seen = {"scaling": scaling, "pixels": pixels, "seed": seed}
    info, _ = found_dataset(name, folder_of(services.settings))
    return await asking.tell(
        sample_images,
        *(info.name, split, start, count, seen if scaling else None),
        services.settings.cache_folder,
        dataset=info.name,
        split=split,
        start=start,
        class_names=list(info.class_names),
    )


def _told(
    info: DatasetInfo, kept: KeptPictures | None = None, needing: list[str] | None = None
) -> DatasetAnswer:
    own: OwnAnswer | None = None
    if kept is not None:
        fields = OwnAnswer.model_fields.keys() - {"needed_by"}
        said: dict[str, Any] = {name: getattr(kept, name) for name in fields}
        left_out = [one._asdict() for one in kept.left_out]
        own = OwnAnswer.model_validate({**said, "left_out": left_out, "needed_by": needing})
    return DatasetAnswer.model_validate({**asdict(info), "own": own})


def _check_kind(request: Request) -> None:
    """Refuses forms: what is in them would have to be held and searched."""
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/", "application/json")):
        message = "Send the zip or .npz itself as the body, as curl --data-binary @FILE does."
        raise Problem(415, "not_pictures", message)


def _check_unneeded(services: Services, kept: KeptPictures) -> None:
    needing = [run.id for run in runs_that_need(services.store, kept.reference)]
    if needing:
        named = ", ".join(needing[:_MOST_NAMED]) + (" …" if len(needing) > _MOST_NAMED else "")
        message = (
            f"{len(needing)} runs need {kept.name}, to go on, to be repeated and to be asked about "
            f"pictures: {named}. Delete those, or say even_if_needed=true."
        )
        raise Problem(409, "dataset_needed", message, field="even_if_needed", limit=len(needing))
