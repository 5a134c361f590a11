"""Reads back what a watched training told of itself, out of the file that it wrote."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from app import engine
from app.external.packets import packets_in, shapes_fit
from app.recipe.layers import Layer
from app.vocabulary.layers.naming import named

Arrays = dict[str, NDArray[np.float32]]


class Film:
    """All that was told: `snapshots[step]["stem/kernel"]`, the registration, the other items."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            first, *batches = packets_in(file)
        self.registration: dict[str, Any] = first.header["registration"]
        self.snapshots: dict[int, Arrays] = {}
        self.items: list[dict[str, Any]] = []
        for batch in batches:
            self._read(batch.header["items"], batch.blob)

    def _read(self, items: list[dict[str, Any]], blob: memoryview) -> None:
        shapes = [shape for item in items for _, _, shape in item.get("arrays", [])]
        assert shapes_fit(shapes, blob)
        numbers = np.frombuffer(blob, "<f4")
        for item in items:
            if item["kind"] != "snapshot":
                self.items.append(item)
                continue
            assert item["step"] not in self.snapshots
            kept = self.snapshots[item["step"]] = {}
            for layer, name, shape in item["arrays"]:
                size = int(np.prod(shape))
                title = self.registration["layers"][layer]["title"]
                kept[f"{title}/{name}"] = numbers[:size].reshape(shape)
                numbers = numbers[size:]

    @property
    def end(self) -> dict[str, Any]:
        """The last item."""
        return self.items[-1]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """The items of a kind, in order."""
        return [item for item in self.items if item["kind"] == kind]

    def layer(self, title: str) -> dict[str, Any]:
        """What the registration says of a layer."""
        (found,) = [layer for layer in self.registration["layers"] if layer["title"] == title]
        return dict(found)

    def engine_logits(self, step: int, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """What our own engine answers with the weights of a snapshot, in the network told."""
        network = self.registration["network"]
        layers = [TypeAdapter(Layer).validate_python(layer) for layer in network["layers"]]
        ours = engine.Network(
            layers,
            input_shape=tuple(network["input_shape"]),
            generator=np.random.default_rng(0),
            batch_size=len(images),
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
