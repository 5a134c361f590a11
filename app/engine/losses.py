"""Softmax cross-entropy: how surprised the network is by the true labels."""

import numpy as np
from numpy.typing import NDArray

from .arrays import Array, Labels

# exp(−60) is far below one part in 2²⁴ of the largest probability, and keeps the gradients that
# flow from here out of the denormal range, where a processor multiplies 18 times slower.
_SMALLEST_SHIFTED_LOGIT = -60.0


def softmax(logits: Array) -> Array:
    """Class probabilities exp(z) / Σ exp(z) of logits (images, classes), in their dtype."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities


def softmax_cross_entropy(
    logits: Array, labels: Labels, batch_size: int | None = None
) -> tuple[NDArray[np.float64], Array]:
    """Compute each image's loss and the gradient of the batch's mean loss by the logits.

    loss = log Σ exp(z − max z) − (z_label − max z); gradient = (softmax(z) − one-hot) / batch_size.

    logits: (images, classes); labels: (images,), integers below classes. `batch_size` says how
    many images the mean is over where these are only some of them. Returns losses (images,),
    float64, and the gradient (images, classes) in the logits' dtype.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    of_label = shifted[rows, labels].astype(np.float64)
    np.maximum(shifted, _SMALLEST_SHIFTED_LOGIT, out=shifted)
    np.exp(shifted, out=shifted)
    sums = shifted.sum(axis=1, keepdims=True)
    shifted /= sums
    shifted[rows, labels] -= 1
    shifted /= batch_size or len(labels)
    return np.log(sums[:, 0], dtype=np.float64) - of_label, shifted
