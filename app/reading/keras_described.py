"""Which layer of a network's description belongs to what is stored."""

from collections import defaultdict

from .keras_config import LayerConfig, NetworkConfig
from .keras_stored import StoredLayer


class DescribedLayers:
    """The layers of a description, to be found by where or under which name they are stored."""

    def __init__(self, network: NetworkConfig) -> None:
        self._by_place = {layer.place: layer for layer in network.layers}
        holders = {layer.title.rpartition("/")[0] for layer in network.layers}
        self._alone = {layer.name: layer for layer in network.top if layer.title not in holders}
        self._by_name: defaultdict[str, list[LayerConfig]] = defaultdict(list)
        for layer in network.layers:
            self._by_name[layer.name].append(layer)

    def of(self, stored: StoredLayer) -> LayerConfig | None:
        """Returns what is described of a layer; None where that isn't plain."""
        place = stored.place.replace("_layer_checkpoint_dependencies", "layers")
        found = self._by_place.get(place) or self._alone.get(stored.listed_as or "")
        if found is not None:
            return found
        named = self._by_name.get(stored.name, [])
        if len(named) > 1:  # models in the model have layers of one name
            named = [layer for layer in named if f"/{stored.place}".endswith(f"/{layer.title}")]
        return named[0] if len(named) == 1 else None
