"""The offline page as a file; what it does in a browser is tested in tests/browser."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.export.held import held
from app.export.material import ExportRequest
from app.export.modules import import_map, module_graph
from app.export.page import KERNEL_BYTES
from app.recipe import PRESETS, resolve
from app.vocabulary.layers import Conv2D
from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.export.samples import film_of, material_of
from tests.export.samples import rendered as render


def page_of(**run: object) -> str:
    material = material_of(created_at="2026-01-01T00:00:00Z", **run)
    return render(material, ExportRequest("html", frames=2000)).decode()


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


def test_the_page_points_nowhere_but_into_itself() -> None:
    page = page_of()
    links = re.findall(r"""(?:src|href|action|poster)=["']([^"']*)""", page)
    assert {link[:1] if link.startswith("#") else link.split(":")[0] for link in links} == {
        *("data", "#"),
    }
    assert "default-src 'none'" in page
    assert not re.findall(r"url\(", page)
    assert set(re.findall(r"https?://[\w.-]+", page)) <= {"http://www.w3.org"}


def test_a_name_cannot_write_into_the_page() -> None:
    name = "</script><script>alert(1)</script><!--"
    page = page_of(name=name)
    assert "<script>alert" not in page
    assert data_of(page)["run"]["name"] == name  # type: ignore[index]


def test_a_film_too_large_for_the_file_is_thinned_and_says_so() -> None:
    shape = (11, 11, 3, 32)
    film = film_of(shape, tuple(range(120)))
    content = render(
        material_of(film, created_at="2026-01-01T00:00:00Z"), ExportRequest("html", frames=2000)
    )
    told = data_of(content.decode())
    steps = told["film"]["steps"]  # type: ignore[index]
    assert told["snapshots"] == 120
    assert (steps[0], steps[-1]) == (0, 119)
    assert len(steps) * 11 * 11 * 3 * 32 * 4 <= KERNEL_BYTES
    assert len(content) <= 3_000_000


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_with_all_its_layers_fits_into_three_megabytes(preset: str) -> None:
    recipe = resolve({"preset": preset})
    steps = [
        step for step in range(recipe.total_steps + 1) if is_snapshot_step(step, recipe.total_steps)
    ]
    channels, films = recipe.dataset_info.shape[2], []
    for layer, plan in zip(recipe.layers, recipe.plan, strict=True):
        if isinstance(layer, Conv2D):
            shape = (layer.kernel_size, layer.kernel_size, channels, layer.filters)
            film = film_of(shape, steps, judged=not films)
            films.append(film._replace(layer=plan.name))
            channels = layer.filters
    curve = np.random.default_rng(0).random(recipe.total_steps).tolist()
    material = material_of(*films, created_at="2026-01-01T00:00:00Z")
    curves = {
        **material.curves,
        "step": list(range(1, len(curve) + 1)),
        "loss": curve,
        "accuracy": curve,
    }
    content = render(material._replace(curves=curves), ExportRequest("html", frames=80))
    told = data_of(content.decode())
    assert len(content) <= 3_000_000
    deeper: list[dict[str, Any]] = told["deeper"]  # type: ignore[assignment]
    assert [film["layer"] for film in deeper] == [film.layer for film in films[1:]]
    for film in (told["film"], *deeper):
        assert (film["steps"][0], film["steps"][-1]) == (0, recipe.total_steps)  # type: ignore[index]


def test_small_layers_are_held_in_full_and_others_as_far_as_there_is_room() -> None:
    small, large, huge = film_of((3, 3, 1, 4)), film_of((5, 5, 4, 8)), film_of((9, 9, 8, 200))
    room = 6 * 144 + 4 * 3200
    kept = held([small, large, huge], 80, room)
    assert [len(layer.frames) for layer in kept] == [6, 2, 0]
    assert [frame.step for frame in kept[1].frames] == [0, 100]
    assert [len(layer.frames) for layer in held([huge, small], 80, 1)] == [2, 0]


def test_modules_are_found_through_every_form_of_import(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/main.js").write_text(
        'import "./side.js";\nimport {\n  one,\n} from "../b.js";\n'
        'export { two } from "../b.js";\nconst later = () => import("./late.js");\n'
        '/** @type {import("./only_types.js").T} */\nconst text = "from nowhere";\n'
    )
    (tmp_path / "a/side.js").write_text("side();\n")
    (tmp_path / "a/late.js").write_text('import { one } from "../b.js";\n')
    (tmp_path / "b.js").write_text("export const one = 1, two = 2; // kept\n")
    found = module_graph(tmp_path, "a/main.js")
    assert list(found) == ["a/late.js", "a/main.js", "a/side.js", "b.js"]
    targets = re.findall(r'"(filterscope/[^"]+)"', found["a/main.js"])
    assert targets == [
        *("filterscope/a/side.js", "filterscope/b.js", "filterscope/b.js"),
        "filterscope/a/late.js",
    ]
    assert set(targets) <= json.loads(import_map(found))["imports"].keys()


def test_a_module_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import "./gone.js";\n')
    with pytest.raises(FileNotFoundError):
        module_graph(tmp_path, "main.js")
