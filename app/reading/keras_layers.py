"""Layers of Keras's files as they are told of: described as `watch` would describe them."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ..external.registration import RegisteredLayer
from .contents import FoundLayer
from .hdf5.arrays import Hdf5Array
from .keras_config import LayerConfig
from .keras_kernels import Kernel, Writer, kernel_of, lies_outputs_first, reader
from .keras_roles import bias_array, kernel_array, pointwise_array
from .keras_settings import (
    KINDS,
    SEPARABLE,
    activation,
    axes_of,
    has_bias,
    is_channels_first,
    padding,
    size,
    sizes,
)
from .keras_stored import StoredLayer
from .unclear import Unclear, reason_of


@dataclass(frozen=True)
class KerasLayers:
    """Makes layers out of what is stored of them and what their description says."""

    writer: Writer
    notes: Unclear = field(default_factory=Unclear)

    def of(self, stored: StoredLayer, config: LayerConfig) -> list[FoundLayer]:
        """Returns a layer with filters or weights, or two where it is separable; else none."""
        if config.class_name in SEPARABLE:
            return self._separable(stored, config)
        kind = KINDS.get(config.class_name)
        array = kernel_array(stored)
        if kind is None or array is None:
            return []
        found = self._layer(stored, config, kind, array, config.title)
        return [found] if found else []

    def _separable(self, stored: StoredLayer, config: LayerConfig) -> list[FoundLayer]:
        axes = SEPARABLE[config.class_name]
        first, second = kernel_array(stored), pointwise_array(stored)
        if first is None or second is None:
            self.notes.add_of(config.title, "left out, for it lacks one of its two kernels")
            return []
        found = (
            self._layer(
                stored,
                config,
                f"depthwise_conv{axes}d",
                first,
                f"{config.title}/depthwise",
                bias=False,
                activation="linear",
            ),
            self._layer(
                stored,
                config,
                f"conv{axes}d",
                second,
                f"{config.title}/pointwise",
                strides=(1,) * axes,
                dilation=(1,) * axes,
            ),
        )
        return [layer for layer in found if layer]

    def _layer(
        self,
        stored: StoredLayer,
        config: LayerConfig,
        kind: str,
        array: Hdf5Array,
        title: str,
        **said: Any,
    ) -> FoundLayer | None:
        kernel = self._kernel(config, kind, array)
        if kernel is None:
            self.notes.add_of(title, f"left out, for no {kind} has a kernel of shape {array.shape}")
            return None
        if array.number is None or array.number[1] in "iu":
            self.notes.add_of(title, "left out, for its kernel is kept in whole numbers")
            return None
        is_depthwise = kind.startswith("depthwise")
        outputs = kernel.shape[-1] * (kernel.shape[-2] if is_depthwise else 1)
        has_one = said.get("bias", has_bias(config.settings)) is not False
        at = 2 if config.class_name in SEPARABLE else 1
        bias = bias_array(stored, outputs, at) if has_one else None
        if bias is None and said.get("bias", has_bias(config.settings)):
            self.notes.add_of(title, "described with a bias that isn't in the file")
        told = _settings(config, kind, kernel) | {"bias": bias is not None} | said
        try:
            layer = RegisteredLayer(title=title, kind=kind, shape=kernel.shape, **told)
        except ValidationError as refused:
            self.notes.add_of(title, f"left out: {reason_of(refused)}")
            return None
        self._compare(config, layer)
        return FoundLayer(layer, kernel.read, reader(bias) if bias else None)

    def _kernel(self, config: LayerConfig, kind: str, array: Hdf5Array) -> Kernel | None:
        outputs_first = False
        if self.writer.major == 1 and kind != "dense":
            filters = size(config.settings, "nb_filter", "filters")
            said = "dim_ordering" in config.settings
            is_th = is_channels_first(config.settings) if said else None
            outputs_first = lies_outputs_first(array.shape, filters, is_th)
        return kernel_of(kind, array, self.writer, outputs_first=outputs_first)

    def _compare(self, config: LayerConfig, layer: RegisteredLayer) -> None:
        """Notes where the description speaks of another kernel than there is."""
        axes, shape = axes_of(layer.kind), layer.shape or ()
        if layer.title != config.title:
            return
        windows = sizes(config.settings, axes, "kernel_size") if axes else None
        outputs = size(config.settings, "filters", "nb_filter", "units", "output_dim")
        told = size(config.settings, "depth_multiplier") if "depthwise" in layer.kind else outputs
        if (windows and windows != shape[:axes]) or (told and told != shape[-1]):
            self.notes.add_of(layer.title, f"described with another kernel than it has, {shape}")


def _settings(config: LayerConfig, kind: str, kernel: Kernel) -> dict[str, Any]:
    settings, axes = config.settings, axes_of(kind)
    told: dict[str, Any] = {"activation": activation(settings)}
    if not axes:
        return told
    groups = kernel.shape[-2] if kind.startswith("depthwise") else size(settings, "groups") or 1
    return told | {
        "groups": groups,
        "strides": sizes(settings, axes, "strides", "subsample", "subsample_length"),
        "padding": padding(settings),
        "dilation": sizes(settings, axes, "dilation_rate", "atrous_rate"),
    }
