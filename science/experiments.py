"""The trainings of the study: every preset, its controls, and the levers one at a time."""

from typing import Any, Final, NamedTuple

from app.recipe import PRESETS, resolve
from app.recipe.comparison import FREE, FROZEN, RANDOM, compared
from app.vocabulary.kernel_starts import KernelBank

SEEDS: Final = (0, 1, 2, 3, 4)
FEWER_SEEDS: Final = (0, 1, 2)
DRAWS: Final = tuple(range(10))  # of a data set that is drawn
KERAS_STEPS: Final = 400
SLOW_STEPS: Final = 100


class Experiment(NamedTuple):
    """One request for a recipe, trained once for each of `seeds`.

    `varied` is the seed of the recipe that takes them; the other stays 0.
    """

    name: str
    request: dict[str, Any]
    seeds: tuple[int, ...] = SEEDS
    varied: str = "seed"

    def requests(self) -> list[dict[str, Any]]:
        """Lists the request for each seed."""
        return [{**self.request, self.varied: seed} for seed in self.seeds]


def _without_decay(preset: str) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = PRESETS[preset].recipe["layers"]
    return [{key: layer[key] for key in layer if key != "weight_decay"} for layer in layers]


def _controls(preset: str) -> list[Experiment]:
    asked = {"preset": preset, **({"steps": KERAS_STEPS} if preset == "keras-mnist" else {})}
    return [
        Experiment(f"{preset}, {words}", {**asked, **spoiled})
        for words, spoiled in SPOILED.items()
        if preset != "sparse-code" or "labels" not in spoiled  # which has none
    ]


def _with_gabors(preset: str) -> list[Experiment]:
    """The preset with a bank of Gabors as its first filters, frozen and free, and random frozen."""
    recipe, gabors = resolve({"preset": preset}), KernelBank(name="gabor")
    return [
        Experiment(f"{preset}, {name}", compared(recipe, gabors, way).model_dump(exclude_none=True))
        for name, way in OWN_FILTERS.items()
    ]


# What stands beside the preset as it is, whose first filters learn.
OWN_FILTERS: Final = {"Gabors frozen": FROZEN, "Gabors free": FREE, "random frozen": RANDOM}
WHOLE_PRESETS: Final = (
    "dead-leaves",
    "dead-leaves-large",
    "mnist-strokes",
    "mnist-two-layers",
    "sparse-code",
)
# Whose second layers are drawn in pixels, the one with a reference first.
EXPANDED: Final = ("mnist-two-layers", "dead-leaves", "dead-leaves-large", "keras-mnist")
BESIDE_GABORS: Final = ("dead-leaves", "mnist-strokes")
CONTROLLED: Final = ("mnist-strokes", "dead-leaves")  # whose controls are shown as a course
SPOILED: Final = {"shuffled pixels": {"pixels": "shuffled"}, "random labels": {"labels": "random"}}
# Where what training added is judged, and by both controls.
ADDED: Final = ("keras-mnist", *WHOLE_PRESETS)

EXPERIMENTS: Final[dict[str, Experiment]] = {
    experiment.name: experiment
    for experiment in (
        # The longest first, so that at the end no process waits for the other for long.
        Experiment("keras-mnist, whole", {"preset": "keras-mnist"}, (0,)),
        Experiment("keras-mnist", {"preset": "keras-mnist", "steps": KERAS_STEPS}),
        Experiment(
            "keras-mnist, adam",
            {
                "preset": "keras-mnist",
                "optimizer": {"type": "adam", "learning_rate": 0.001},
                "steps": KERAS_STEPS,
            },
            FEWER_SEEDS,
        ),
        Experiment(
            "keras-mnist, slow",
            {
                "preset": "keras-mnist",
                "optimizer": {"learning_rate": 0.001},
                "steps": SLOW_STEPS,
            },
            FEWER_SEEDS,
        ),
        *(Experiment(preset, {"preset": preset}) for preset in WHOLE_PRESETS),
        Experiment("dead-leaves, other data", {"preset": "dead-leaves"}, DRAWS, "data_seed"),
        *(control for preset in ADDED for control in _controls(preset)),
        *(beside for preset in BESIDE_GABORS for beside in _with_gabors(preset)),
        Experiment(
            "mnist-strokes, no decay",
            {"preset": "mnist-strokes", "layers": _without_decay("mnist-strokes")},
        ),
    )
}
