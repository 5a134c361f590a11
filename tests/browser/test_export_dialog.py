"""“Take it with you”: a button a file, in a real browser on the real server."""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from jinja2 import Environment, FileSystemLoader
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenScreen
from tests.contracts.repository import ROOT

pytestmark = pytest.mark.browser

OpenDialog = Callable[..., Page]
# A stand of its own, so that what the dialog does holds wherever a page puts it.
STAND = """async ({ html, run, step }) => {
    document.querySelector("#export")?.remove();
    document.querySelector("#export-open")?.remove();
    document.body.insertAdjacentHTML("beforeend", html + '<button id="export-open">Take</button>');
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/static/css/export.css";
    document.head.append(style);
    const { createStore } = await import("/static/js/store.js");
    const { reduce } = await import("/static/js/state/reduce.js");
    const { initialState } = await import("/static/js/state/initial.js");
    const { mountExport } = await import("/static/js/export/export.js");
    const told = async (path) => (await fetch(`/api/runs/${run}${path}`)).json();
    const store = createStore(reduce, initialState());
    store.dispatch({ type: "run_opened", run: await told("") });
    store.dispatch({ type: "film_loaded", run, film: await told("/film") });
    if (step !== null) store.dispatch({ type: "looked_at", step });
    store.dispatch({ type: "scale_chosen", scale: step === null ? "shared" : "own" });
    mountExport(store);
    document.querySelector("#export-open").click();
}"""


@pytest.fixture
def open_dialog(open_screen: OpenScreen, finished_run: str) -> OpenDialog:
    loader = FileSystemLoader(ROOT / "templates")
    html = Environment(loader=loader, autoescape=True).get_template("_export.html").render()

    def opened(step: int | None = None, run: str = finished_run, **options: object) -> Page:
        screen = open_screen(**options)
        screen.go_to_end(run)
        screen.page.evaluate(STAND, {"html": html, "run": run, "step": step})
        expect(screen.page.locator("#export")).to_be_visible()
        return screen.page

    return opened


@pytest.mark.parametrize(
    ("title", "words"), [("Keras", "keras.Sequential"), ("PyTorch", "nn.Conv2d(1, 16, 7")]
)
def test_a_run_is_copied_as_code_that_python_can_read(
    open_screen: OpenScreen, finished_run: str, title: str, words: str
) -> None:
    screen = open_screen(permissions=["clipboard-read", "clipboard-write"])
    screen.go_to_end(finished_run)
    screen.page.locator("#export-open").click()
    screen.page.locator("#export [data-code]").filter(has_text=title).click()
    expect(screen.page.locator("#export-outcome")).to_contain_text("Copied: network-")
    copied = screen.page.evaluate("navigator.clipboard.readText()")
    assert words in copied
    compile(copied, "script", "exec")


def saved(page: Page, title: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator("#export .take").filter(has_text=title).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    expect(page.locator("#export-outcome")).to_contain_text(f"Saved: {path.name}")
    return path


def test_each_button_saves_the_file_that_it_names(open_dialog: OpenDialog, tmp_path: Path) -> None:
    page = open_dialog()
    stem = "filterscope-mnist-strokes-seed-0"
    for title, ending in (
        ("One page", ".html"),
        ("GIF", ".gif"),
        ("WebP", ".webp"),
        ("Animated", ".png"),
        ("SVG", "-step-120.svg"),
        ("A picture", "-step-120.png"),
        ("CSV of filters", "-filters.csv"),
        ("CSV of curves", "-curves.csv"),
        ("NPZ", ".npz"),
    ):
        path = saved(page, title, tmp_path)
        assert path.name == stem + ending
        assert path.stat().st_size > 1000
    with Image.open(tmp_path / f"{stem}.gif") as film:
        assert getattr(film, "n_frames", 1) > 2
    assert zipfile.is_zipfile(tmp_path / f"{stem}.npz")


def test_a_picture_is_of_the_step_and_in_the_scale_on_the_stage(
    open_dialog: OpenDialog, tmp_path: Path
) -> None:
    page = open_dialog(step=10)
    expect(page.locator("#export-step")).to_have_text("at step 10")
    with page.expect_request("**/export?*") as asked:
        path = saved(page, "SVG", tmp_path)
    assert path.name.endswith("-step-10.svg")
    assert "scale=own" in asked.value.url
    assert "own scale" in path.read_text()


def test_the_network_is_taken_as_it_was_at_the_step_on_the_stage(
    open_screen: OpenScreen, finished_run: str, tmp_path: Path
) -> None:
    screen = open_screen()
    screen.go_to_end(finished_run, "?step=10")
    page = screen.page
    page.locator("#export-open").click()
    told = page.locator("#export-network-step")
    expect(told).to_have_text("at step 10; takes pixels from 0 to 255")
    for kind, ending in (("keras", "keras"), ("torch", "pt")):
        button = page.locator(f"[data-network={kind}]")
        expect(button).to_contain_text("About ")
        with page.expect_download() as download:
            button.click()
        name = f"filterscope-mnist-strokes-seed-0-step-10.{ending}"
        assert download.value.suggested_filename == name
        expect(page.locator("#export-outcome")).to_contain_text(f"Saved: {name}")
        download.value.save_as(tmp_path / name)
        assert zipfile.is_zipfile(tmp_path / name)


def test_a_charts_own_button_leads_to_its_picture(
    open_screen: OpenScreen, finished_run: str, tmp_path: Path
) -> None:
    screen = open_screen()
    screen.go_to_end(finished_run, "?step=10")
    page = screen.page
    page.get_by_label("Save picture: What the filters are").click()
    expect(page.get_by_label("What the filters are, PNG")).to_be_focused()
    for kind in ("PNG", "SVG"):
        with page.expect_download() as download:
            page.get_by_label(f"What the filters are, {kind}").click()
        name = f"filterscope-mnist-strokes-seed-0-labels.{kind.lower()}"
        assert download.value.suggested_filename == name
        expect(page.locator("#export-outcome")).to_contain_text(f"Saved: {name}")


def test_what_a_view_shows_beyond_the_run_is_saved_as_one_sees_it(
    open_screen: OpenScreen, finished_run: str, tmp_path: Path
) -> None:
    screen = open_screen(color_scheme="dark")
    screen.go_to_end(finished_run, "?view=filter&filter=3")
    page = screen.page
    expect(page.locator("#filter-chart .change")).to_be_visible()
    page.get_by_role("button", name="Take it with you").click()
    for title, stem in (
        ("The filter, large", "the-filter-large"),
        ("How it changed", "how-it-changed"),
    ):
        for kind in ("png", "svg"):
            with page.expect_download() as download:
                page.get_by_label(f"{title}, {kind.upper()}").click()
            path = tmp_path / download.value.suggested_filename
            assert path.name == f"filterscope-mnist-strokes-filter-{stem}.{kind}"
            download.value.save_as(path)
            if kind == "png":
                with Image.open(path) as picture:
                    assert picture.width >= 320
            else:
                assert ET.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Draw").click()
    expect(page.locator("#draw-answers dt").first).to_be_visible()
    page.get_by_role("button", name="Take it with you").click()
    for title in ("The drawing", "What layer 1 answers"):
        with page.expect_download() as download:
            page.get_by_label(f"{title}, SVG").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert ET.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Live").click()
    page.get_by_role("button", name="Take it with you").click()
    expect(page.locator("#export-figures")).to_be_hidden()


def test_the_microscopes_numbers_are_saved_as_one_sees_them(
    open_screen: OpenScreen, finished_run: str, tmp_path: Path
) -> None:
    screen = open_screen()
    page = screen.page
    screen.go_to_end(finished_run, "?view=microscope")
    expect(page.locator("#lens-sum .answer b")).not_to_be_empty()
    shown = page.locator("#lens-tables td, #lens-tables h2").all_inner_texts()
    page.get_by_role("button", name="Take it with you").click()
    for title in ("Patch, filter and products", "The sum"):
        for kind in ("png", "svg"):
            with page.expect_download() as download:
                page.get_by_label(f"{title}, {kind.upper()}").click()
            path = tmp_path / download.value.suggested_filename
            download.value.save_as(path)
            if kind == "png":
                with Image.open(path) as picture:
                    assert len(picture.convert("L").getcolors() or []) > 20
            elif title != "The sum":
                drawn = [
                    text.text for text in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")
                ]
                words = " ".join(shown).replace("?", "").split()
                assert not [word for word in words if word not in drawn]
                assert drawn.count("0.00") == " ".join(shown).split().count("0.00")


def test_what_the_server_refuses_is_said_in_the_dialog(open_dialog: OpenDialog) -> None:
    page = open_dialog(expected=("503",))
    body = '{"error": {"code": "too_many_exports", "message": "Eight are being made already."}}'
    page.route("**/export?*", lambda route: route.fulfill(status=503, body=body))
    page.locator("#export .take").first.click()
    expect(page.locator("#export-outcome")).to_have_text(
        "That did not work. Eight are being made already."
    )
    expect(page.locator("#export .take").first).to_have_attribute("aria-disabled", "false")


@pytest.mark.parametrize("width", [1440, 360])
def test_the_dialog_fits_on_the_screen(open_dialog: OpenDialog, width: int) -> None:
    page = open_dialog(width=width, height=800)
    box = page.locator("#export").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.locator("#export").evaluate("one => one.scrollWidth <= one.clientWidth")
    for button in page.locator("#export .take").all():
        size = button.bounding_box()
        assert size is not None
        assert size["height"] >= 44


def test_ticked_runs_are_saved_as_a_site_that_opens_from_a_disk(
    open_screen: OpenScreen, finished_run: str, browser: Browser, tmp_path: Path
) -> None:
    screen = open_screen()
    screen.go_to_end(finished_run)
    screen.page.locator("#export-open").click()
    ticked = screen.page.locator("#publish-runs input:checked")
    expect(ticked).to_have_count(1)
    expect(screen.page.locator("#publish-make")).to_have_text("Save one run as a site")
    screen.page.get_by_label("Title of the site").fill("Of a course")
    with screen.page.expect_download() as download:
        screen.page.locator("#publish-make").click()
    download.value.save_as(tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as site:
        site.extractall(tmp_path / "a site")
    expect(screen.page.locator("#export-outcome")).to_contain_text("Saved: filterscope-site.zip")
    ticked.click()
    expect(screen.page.locator("#publish-make")).to_be_disabled()

    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.goto((tmp_path / "a site" / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Of a course")
    page.get_by_role("link").first.click()
    expect(page.locator("#montage .tile")).to_have_count(16)
    expect(page.locator("#about")).to_contain_text("It needs the files of the site")
    page.get_by_role("link", name="All runs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Of a course")
    assert complaints == []
    assert Axe().run(page).response["violations"] == []  # it asks for files, which the page forbids
    page.close()
