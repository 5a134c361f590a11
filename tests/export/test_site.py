"""Runs as a site of files: what lies in it, how large it is, and that nothing leads out of it."""

import io
import json
import posixpath
import re
import zipfile

import numpy as np
from PIL import Image

from app.export.site import MARK, write_site
from app.export.strip import strip
from tests.export.samples import film_of, material_of

MOST_TO_FIRST_FILM = 150_000
_ADDRESS = re.compile(r'(?:href|src|srcset)="([^"#]+)"')


def site_of(*names: str) -> zipfile.ZipFile:
    materials = [
        material_of(
            film_of((9, 9, 3, 16), range(0, 400, 5)),
            id=f"r{number}",
            name=name,
            created_at="2026-01-01T00:00:00Z",
        )
        for number, name in enumerate(names)
    ]
    file = io.BytesIO()
    write_site(file, materials, "Ours & <others>", "1.2.3")
    return zipfile.ZipFile(file)


def test_every_address_in_it_leads_to_a_file_of_it_or_lies_in_the_page() -> None:
    site = site_of("A", "B")
    names = set(site.namelist())
    for page in [name for name in names if name.endswith(".html")]:
        text = site.read(page).decode()
        html = text.split('<script type="application/json"')[0] if page != "index.html" else text
        addresses = [one for one in _ADDRESS.findall(html) if not one.startswith("data:")]
        assert addresses
        for address in addresses:
            assert posixpath.normpath(posixpath.join(posixpath.dirname(page), address)) in names
        assert "://" not in html.replace("http://www.w3.org/", "")


def test_its_first_film_is_there_within_its_budget_and_code_lies_there_once() -> None:
    site = site_of("A", "B", "C")
    size = {entry.filename: entry.file_size for entry in site.infolist()}
    films = [name for name in size if re.fullmatch(r"strips/[^/]+(?<!-still)\.webp", name)]
    styles = [name for name in size if name.startswith("shared/index-")]
    first = (
        size["index.html"] + size[styles[0]] + size[films[0]] + size[f"{films[0][:-5]}-still.webp"]
    )
    assert len(films) == 3
    assert first <= MOST_TO_FIRST_FILM
    assert len([name for name in size if name.endswith(".js")]) == 1
    for name in size:
        assert not name.startswith("runs/") or "importmap" not in site.read(name).decode()


def test_names_of_others_are_text_and_make_plain_files() -> None:
    site = site_of("<script>alert(1)</script>", "../../etc", "網路")
    index = site.read("index.html").decode()
    assert "<script>alert" not in index
    assert "Ours &amp; &lt;others&gt;" in index
    pages = [name for name in site.namelist() if name.startswith("runs/")]
    assert pages == ["runs/script-alert-1-script-r0.html", "runs/etc-r1.html", "runs/r2.html"]
    assert json.loads(site.read(MARK))["runs"] == ["r0", "r1", "r2"]


def test_the_same_runs_make_the_same_bytes() -> None:
    assert site_of("A").fp.getvalue() == site_of("A").fp.getvalue()  # type: ignore[union-attr]


def test_a_strip_shows_the_first_and_last_frame_and_nothing_between_filters() -> None:
    film = film_of((9, 9, 1, 20))
    painted = strip(film)
    assert painted.moving is not None
    moving = Image.open(io.BytesIO(painted.moving))
    resting = np.array(Image.open(io.BytesIO(painted.resting)).convert("RGBA"))
    assert (moving.size, getattr(moving, "n_frames", 1)) == ((159, 19), len(film.frames))
    assert (painted.width, painted.height, painted.filters) == (636, 76, 20)
    assert resting[:9, :9, 3].min() == 255
    assert not resting[9, :, 3].any()
    assert not resting[:, 9, 3].any()
    assert not resting[10:, 40:, 3].any()
    moving.seek(len(film.frames) - 1)
    assert (np.array(moving.convert("RGBA")) == resting).all()


def test_a_large_layer_rests_and_shows_what_fits() -> None:
    painted = strip(film_of((31, 31, 3, 512), (0, 1), judged=False))
    assert painted.moving is None
    assert painted.filters == 8
    one = strip(film_of((5, 5, 1, 4), (7,)))
    assert one.moving is None
