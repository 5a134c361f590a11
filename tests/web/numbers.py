"""Typed arrays, read back."""

import base64

import numpy as np

from app.web.answers.history import TypedArray


def numbers(array: TypedArray) -> np.ndarray:
    shape = [int(length) for length in array.shape.split(",")]
    return np.frombuffer(base64.b64decode(array.bdata), array.dtype).reshape(shape)


def typed(array: np.ndarray, dtype: str) -> dict[str, str]:
    data = base64.b64encode(array.astype(f"<{dtype}").tobytes()).decode()
    return {"dtype": dtype, "shape": ", ".join(map(str, array.shape)), "bdata": data}
