"""Arrays of JAX, and of whatever else NumPy can read, are told as NumPy's own are."""

from typing import Any

import numpy as np
import pytest

from app import watch
from tests.client.stub_server import StubServer
from tests.client.training import Training


class Array:
    """What NumPy can read, and nothing more: no float, no methods of an array."""

    def __init__(self, data: np.ndarray) -> None:
        self._data = data

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self._data, dtype=dtype)

    @property
    def shape(self) -> tuple[int, ...]:
        return self._data.shape


class DonatedArray(Array):
    """As JAX's: it never changes, but a compiled step may take its memory away."""

    __module__ = "jaxlib._jax"

    def __init__(self, data: np.ndarray) -> None:
        super().__init__(data.copy())
        self._is_deleted = False

    def copy(self) -> "DonatedArray":
        return DonatedArray(self.__array__())

    def item(self) -> float:
        return float(self.__array__())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        if self._is_deleted:
            raise RuntimeError("Array has been deleted.")
        return super().__array__(dtype)

    def donate(self) -> None:
        self._is_deleted = True


@pytest.mark.parametrize("kind", [Array, DonatedArray])
def test_kernels_and_losses_are_told_to_the_bit(stub: StubServer, kind: type[Array]) -> None:
    training = Training()
    with watch(to=stub.url, name="mine", total_steps=20) as run:
        for step in range(21):
            pair = kind(training.kernel), kind(training.bias)
            run.step({"conv1": pair}, step=step, loss=kind(np.asarray(training.loss)))
            training.update()
            for array in pair:
                if isinstance(array, DonatedArray):
                    array.donate()
    assert {0, 1, 10, 20} <= set(stub.steps())
    for step in stub.steps():
        assert stub.arrays[step][0, "kernel"].tobytes() == training.kept[step].tobytes()
        assert stub.arrays[step][0, "bias"].tobytes() == training.biases[step].tobytes()
    assert stub.values() == {step: float(training.losses[step]) for step in range(21)}


def test_one_that_was_given_away_before_ends_watching_and_not_the_training(
    stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with watch(to=stub.url) as run:
        for step in range(3):
            array = DonatedArray(np.full((3, 3, 1, 2), step, "f4"))
            if step == 1:
                array.donate()
            run.step({"conv1": array}, step=step)
        assert run.is_over
    assert "Array has been deleted" in capsys.readouterr().err
