"""docs/science.md is what its template, its figures and the code that draws them make of it."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from app.inspection.expansion import MEASURED
from science import page, pictures
from science.experiments import EXPANDED, EXPERIMENTS, SEEDS, WHOLE_PRESETS
from science.files import PAGE, PICTURES, read_figures, write_figures
from tests.contracts.repository import ROOT

DOCS = ROOT / "docs"
FIGURES = read_figures(DOCS)
PICTURES_DRAWN = pictures.draw(FIGURES)
AGAIN = "run `python -m science --redraw`"


def test_the_page_follows_from_its_figures() -> None:
    assert (DOCS / PAGE).read_text(encoding="utf-8") == page.write(FIGURES), AGAIN


def test_the_pictures_follow_from_the_figures_and_no_others_lie_about() -> None:
    lying = {file.name: file.read_text("utf-8") for file in (DOCS / PICTURES).glob("*.svg")}
    assert lying == PICTURES_DRAWN, AGAIN


def test_every_picture_is_shown_on_the_page() -> None:
    shown = re.findall(r"\]\(science/([\w-]+\.svg)\)", page.write(FIGURES))
    assert sorted(shown) == sorted(PICTURES_DRAWN)


def test_the_figures_are_those_of_the_experiments_there_are() -> None:
    measured = {name: tuple(run["seeds"]) for name, run in FIGURES["runs"].items()}
    assert measured == {name: asked.seeds for name, asked in EXPERIMENTS.items()}


def test_every_preset_is_trained_from_five_seeds_or_more() -> None:
    assert len(SEEDS) >= 5
    assert all(EXPERIMENTS[name].seeds == SEEDS for name in (*WHOLE_PRESETS, "keras-mnist"))


def test_the_caption_of_expanded_weights_says_what_was_measured() -> None:
    found = [np.mean(FIGURES["runs"][name]["expansion"]["expanded"]) for name in EXPANDED]
    lowest, highest = (f"{end(found):.2f}".removeprefix("0") for end in (min, max))
    assert MEASURED.endswith(f"at {lowest} to {highest}")


def test_figures_are_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("docs")
    write_figures(FIGURES, folder)
    assert read_figures(folder) == FIGURES


def test_a_template_that_names_an_unknown_fact_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    template = tmp_path_factory.mktemp("template") / "page.md"
    template.write_text(page.TEMPLATE.read_text("utf-8") + "{{nobody_knows}}", "utf-8")
    monkeypatch.setattr(page, "TEMPLATE", template)
    with pytest.raises(ValueError, match="nobody_knows"):
        page.write(FIGURES)


@pytest.mark.parametrize("name", sorted(PICTURES_DRAWN))
def test_a_picture_says_what_it_shows_and_asks_nothing_from_outside(name: str) -> None:
    root = ElementTree.fromstring(PICTURES_DRAWN[name])
    words = {child.tag.rpartition("}")[2]: child.text for child in root}
    assert words["title"]
    assert words["desc"]
    assert "prefers-color-scheme:dark" in PICTURES_DRAWN[name]
    assert not re.search(r"(href|src|url\()", PICTURES_DRAWN[name])


@pytest.mark.parametrize("name", sorted(PICTURES_DRAWN))
def test_nothing_is_drawn_beyond_the_edge_of_a_picture(name: str) -> None:
    root = ElementTree.fromstring(PICTURES_DRAWN[name])
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for shape in root.iter():
        points = re.findall(r"([\d.-]+) ([\d.-]+)", shape.attrib.get("d", ""))
        points += [(shape.attrib["cx"], shape.attrib["cy"])] if "cx" in shape.attrib else []
        assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in points)
