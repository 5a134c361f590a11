"""The page's scenes, and what of each is there only once it has drawn itself."""

import re

from tests.contracts.repository import text_of

SCENES = re.findall(
    r"^  (\w+): \(\) => import", text_of("static/js/scenes/scenes.js"), re.MULTILINE
)
READY = {
    "live": "#montage .word",
    "filter": "#scene-filter:not(.stale) #filter-patches button",
    "microscope": "#lens-sum b",
    "workshop": "#shop-cells .shop-cell",
    "draw": "#draw-layers canvas",
    "twins": "#twin-a .tile, #scene-twins .tile",
    "weights": "#weights-lab math",
    "code": "#code-sum b",
    "present": "#present-value:not(:empty)",
    "build": "#scene-build:not(.stale) .build-block",
    "own": "#own-code:not(:empty)",
    "mistakes": "#mistakes-list canvas",
    "map": "#scene-map.ready #map-make:not([hidden])",
    "runs": "#runs-rows .runs-called:not(:empty)",
    "data": "#scene-data.ready #data-none:not([hidden])",
}
