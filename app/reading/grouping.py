"""Finds layers whose filters see few of the channels that reach them: depthwise or grouped ones."""

from typing import Final

from .unclear import Unclear

_MOST_PIXEL_CHANNELS: Final = 4
_GROUPED: Final = (
    "taken for {what}, since its filters have fewer channels than reach it; the file doesn't say it"
)


class Grouping:
    """Follows the channels from layer to layer.

    Attributes:
        reach: the channels that the layer before hands on; None where nothing is known of it.

    Args:
        is_chain: whether no layer takes from another than the one before.
        in_order: whether the layers come in the network's order.
    """

    def __init__(self, is_chain: bool, in_order: bool, notes: Unclear) -> None:
        self.reach: int | None = None
        self._is_chain, self._in_order, self._notes = is_chain, in_order, notes
        self._behind_dense = False
        self._is_first = True
        self._taken: int | None = None

    def of(self, title: str, kind: str, shape: tuple[int, ...]) -> tuple[str, int]:
        """Tells a conv layer's kind and groups.

        Args:
            shape: of its kernel if it had one group: (…, in, out).
        """
        *space, inputs, outputs = shape
        if self._is_first or self.reach is None:
            return kind, 1
        if inputs == 1 and self._is_depthwise(outputs, self.reach):
            self._notes.add_of(title, _GROUPED.format(what="a depthwise layer"))
            fits = self._is_chain and outputs % self.reach == 0
            return f"depthwise_{kind}", self.reach if fits else outputs
        groups, rest = divmod(self.reach, inputs)
        if inputs == 1 or groups < 2 or rest or outputs % groups or self._behind_dense:
            return kind, 1
        # With more channels a branch is likelier, unless as many go out as come in, and the layer
        # before takes others.
        is_like = outputs == self.reach and max(space) > 1 and self._taken != inputs
        if inputs > _MOST_PIXEL_CHANNELS and not is_like:
            return kind, 1
        self._notes.add_of(title, _GROUPED.format(what=f"a layer of {groups} groups"))
        return kind, groups

    def hand_on(self, kind: str, inputs: int, outputs: int) -> None:
        """Notes what the layer takes and hands on."""
        self.reach, self._taken = outputs, inputs
        self._behind_dense = kind == "dense"
        self._is_first = self._is_first and kind == "dense"

    def _is_depthwise(self, outputs: int, reach: int) -> bool:
        if outputs == 1:
            return False
        if not self._in_order:
            return True
        # Behind a dense layer another network may begin, with gray pictures.
        return outputs == reach if self._behind_dense else reach > 1
