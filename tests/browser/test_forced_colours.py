"""All scenes in colours that the system forces, by pixels; and targets, by what lies about them."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import OpenScreen
from tests.browser.contrasts import faint
from tests.browser.targets import FINGER, POINTER, too_small
from tests.browser.walk import walk
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

# What must have an edge against what lies beside it.
KINDS = {
    "control": ".button:not(.plain), .segments, select, .choice, .button:not(.filled) .key,"
    " .map-cell",
    "chosen": "[aria-current=page], [aria-pressed=true]:not(.tile), .segments :checked + span,"
    " .filter-strip [aria-current] canvas, .run.open, .filters .chosen,"
    " .map-cell[aria-selected=true]",
    "time axis": ".scrubber :is(.track, .filled, .thumb)",
    "playhead": ".chart .playhead",
    "bar": ".bar-track, .network-track, .trial-bar, .filter-shares .share, .votes",
    "swatch": ".swatch, .swatch-ring",
    "mark": ".ring, .window, .slice-window, .code-window, .code-cell, .shop-window, .shop-ring,"
    " .numbers .ringed, .shop-cell[tabindex='0'], .tour-ring",
    "focus": ":focus-visible:not([type=radio])",
}


# One theme a walk: the light on a phone, pressed by a finger, the dark on a beamer, by a pointer.
WALKS = {"light": (390, 844, FINGER), "dark": (1280, 720, POINTER)}


@pytest.mark.parametrize("scheme", WALKS)
def test_all_is_seen_in_forced_colours_and_large_enough_to_be_pressed(
    open_screen: OpenScreen,
    server: RunningServer,
    begin_run: Callable[..., str],
    finished_run: str,
    scheme: str,
) -> None:
    width, height, least = WALKS[scheme]
    options = {"forced_colors": "active", "color_scheme": scheme, "reduced_motion": "reduce"}
    screen = open_screen(width, height, has_touch=least == FINGER, **options)
    twin = begin_run(steps=120, seed=1)
    unseen, small = {}, {}
    for place in walk(screen, server, finished_run, twin):
        unseen[place] = faint(screen, KINDS)
        small[place] = too_small(screen, least)
    assert len(unseen) >= 20
    assert {place: found for place, found in unseen.items() if found} == {}
    assert {place: found for place, found in small.items() if found} == {}
