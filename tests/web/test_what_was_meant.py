"""Names that aren't known: refused rather than passed over, with what was meant."""

import httpx
import pytest


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/runs?limt=3", "There is no parameter limt here; limit is the nearest."),
        ("/api/runs?page=2", "no parameter page here; known are "),
        ("/api/presets?x=1", "There is no parameter x here; it takes none."),
        ("/api/runs/run/film?layr=conv1", "layer is the nearest"),
        ("/api/runs/run/export?format=gif&widht=400", "width is the nearest"),
    ],
)
def test_a_parameter_that_a_route_has_not_is_named_with_the_nearest(
    asker: httpx.Client, path: str, words: str
) -> None:
    answer = asker.get(path)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert words in error["message"]
    assert error["field"] in path


def test_what_a_page_keeps_in_its_address_is_its_own(asker: httpx.Client) -> None:
    assert asker.get("/?view=live&anything=1").status_code == 200
    assert asker.get("/?preset=mnist-strokes&optimizer.learning_rate=0.02&lr=1").status_code == 200
    assert asker.get("/healthz?probe=1").status_code == 200
    assert asker.get("/api/runs?limit=3&token=of-another-door").status_code == 200


@pytest.mark.parametrize(
    ("recipe", "field", "words"),
    [
        ({"lr": 0.1}, "lr", "no field lr here; optimizer.learning_rate is the nearest."),
        ({"optimizer": {"lr": 0.1}}, "optimizer.lr", "lr here; learning_rate is the nearest."),
        ({"optimizer": {"momentun": 0.9}}, "optimizer.momentun", "momentum is the nearest"),
        ({"batchsize": 32}, "batchsize", "batch_size is the nearest"),
        ({"xyz": 1}, "xyz", "no field xyz here."),
    ],
)
def test_a_field_under_its_other_name_is_answered_with_ours(
    asker: httpx.Client, recipe: dict[str, object], field: str, words: str
) -> None:
    answer = asker.post("/api/recipes/preview", json={"preset": "dead-leaves", **recipe})
    error = answer.json()["error"]
    assert (answer.status_code, error["field"]) == (422, field)
    assert words in error["message"]
