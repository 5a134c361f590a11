"""Trains as somebody would, watched, and reads back what was told."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from app import engine
from app.client.watched_network import Taken
from app.recipe.layers import Layer
from app.vocabulary.layers.naming import named

Arrays = dict[str, NDArray[np.float32]]


class Film:
    """What was told of a training: `snapshots[step]["stem/kernel"]`, and all else."""

    def __init__(self) -> None:
        self.count = 0
        self.total_steps: int | None = None
        self.wanted: tuple[int, ...] = ()
        self.registration: dict[str, Any] = {}
        self.snapshots: dict[int, Arrays] = {}
        self.evaluations: list[dict[str, Any]] = []
        self.logged: list[dict[str, Any]] = []
        self.said: list[str] = []
        self.at_close: Any = None

    def register(self, registration: dict[str, Any]) -> None:
        assert not self.registration
        self.registration = registration

    def snapshot(self, step: int, arrays: Sequence[Taken]) -> None:
        assert step not in self.snapshots
        layers = self.registration["layers"]
        kept: Arrays = {}
        for taken in arrays:
            array = taken.array() if callable(taken.array) else taken.array
            assert array.dtype == np.float32
            assert array.flags.c_contiguous
            assert array.shape == taken.shape
            kept[f"{layers[taken.layer]['title']}/{taken.name}"] = array.copy()
        self.snapshots[step] = kept

    def log(self, **values: Any) -> None:
        self.logged.append({"step": self.count, **values})

    def evaluated(self, step: int, **values: Any) -> None:
        self.evaluations.append({"step": step, **values})

    def say(self, words: str) -> None:
        self.said.append(words)

    def heard(self) -> None:
        pass

    def close(self) -> None:
        self.at_close()

    def layer(self, title: str) -> dict[str, Any]:
        """What the registration says of a layer."""
        (found,) = [layer for layer in self.registration["layers"] if layer["title"] == title]
        return dict(found)

    def engine_logits(self, step: int, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """What our own engine answers with the weights of a snapshot, in the network told."""
        network = self.registration["network"]
        layers = [TypeAdapter(Layer).validate_python(layer) for layer in network["layers"]]
        shape = tuple(network["input_shape"])
        ours = engine.Network(
            layers, input_shape=shape, generator=np.random.default_rng(), batch_size=len(images)
        )
        titles = [layer["title"] for layer in self.registration["layers"]]
        names = {title: name for title, (name, _) in zip(titles, named(layers), strict=True)}
        weights = {}
        for name, array in self.snapshots[step].items():
            title, _, weight = name.rpartition("/")
            weights[f"{names[title]}/{weight}"] = array
        assert set(weights) == set(ours.weights())
        ours.load_weights(weights)
        return np.array(ours.predict(np.ascontiguousarray(images)))
