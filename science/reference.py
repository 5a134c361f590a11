"""What an independent implementation in PyTorch measured, for the figures here to stand beside.

It shares no code and no random numbers with this one: agreement is evidence.
"""

from typing import Final, NamedTuple


class Expected(NamedTuple):
    """A mean and its standard deviation over training seeds; `slack` is for another data set."""

    mean: float
    deviation: float | None = None
    slack: float = 0.0

    def holds(self, value: float) -> bool | None:
        """Tells whether `value` lies within two deviations and the slack; None if no spread is
        known.
        """
        if self.deviation is None:
            return None
        return abs(value - self.mean) <= 2 * self.deviation + self.slack


# A new seed of the data moves the accuracy on dead leaves by up to this much.
_OTHER_LEAVES: Final = 0.03

PRESETS: Final[dict[str, dict[str, Expected]]] = {
    "dead-leaves": {
        "accuracy": Expected(0.874, 0.006, _OTHER_LEAVES),
        "score": Expected(0.489, 0.05),
        "oriented": Expected(0.88, 0.10),
    },
    "dead-leaves-large": {
        "accuracy": Expected(0.859, 0.009, _OTHER_LEAVES),
        "score": Expected(0.441, 0.014),
        "oriented": Expected(0.88, 0.04),
    },
    "mnist-strokes": {
        "accuracy": Expected(0.968, 0.001),
        "score": Expected(0.525, 0.04),
        "oriented": Expected(0.88, 0.11),
    },
    "mnist-two-layers": {
        "accuracy": Expected(0.965),
        "score": Expected(0.427, 0.04),
        "oriented": Expected(0.72, 0.07),
    },
    "sparse-code": {
        "score": Expected(0.40),
        "oriented": Expected(0.91),
    },
}

# Score and oriented share after so many steps; the last pair is the end of the run.
COURSE_STEPS: Final = (10, 30, 100, 300)
COURSES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "mnist-strokes": ((0.002, 0), (0.045, 0), (0.159, 0.19), (0.392, 0.69), (0.525, 0.88)),
    "dead-leaves": ((0.001, 0), (0.065, 0.16), (0.396, 0.82), (0.489, 0.89), (0.489, 0.88)),
}

# The most fresh kernels ever called edge or line, over initialisers, sizes and channels.
FRESH_ORIENTED: Final = 0.007
FRESH_NAMED: Final = (0.025, 0.056)
SMOOTH_FITTING: Final = (0.71, 0.88)
COHERENCE_AUC: Final = (0.93, 0.99)
PLANE_FALSE_POSITIVES: Final = (0.048, 0.054)

# Of a unit's linear approximation with its true pre-activation, in mnist-two-layers.
EXPANDED_CORRELATION: Final = 0.64

SHUFFLED_SCORE: Final = 0.003
SHUFFLED_MNIST_ACCURACY: Final = 0.903
RANDOM_LABELS_SCORE: Final = 0.005

ADAM_CHANGE: Final = 1.0
ADAM_CORRELATION: Final = 0.88
ADAM_ORIENTED: Final = 0.03
SLOW_ADADELTA_CHANGE: Final = 0.001

DECAY_SCORES: Final = (0.43, 0.18)
DECAY_ACCURACIES: Final = (0.9751, 0.9775)


class NullRow(NamedTuple):
    """A row of the null table: thresholds for edge, line, blob and flat; m; c̃; the gate."""

    thresholds: tuple[float, float, float, float]
    median_oriented_r2: float
    median_coherence: float
    coherence_gate: float


# By (size, channels).
NULLS: Final[dict[tuple[int, int], NullRow]] = {
    (3, 1): NullRow((0.783, 0.781, 0.556, 0.649), 0.419, 0.600, 0.936),
    (5, 1): NullRow((0.506, 0.493, 0.399, 0.261), 0.286, 0.295, 0.696),
    (7, 1): NullRow((0.291, 0.292, 0.226, 0.128), 0.148, 0.204, 0.653),
    (9, 1): NullRow((0.182, 0.183, 0.142, 0.078), 0.090, 0.151, 0.609),
    (11, 1): NullRow((0.124, 0.125, 0.095, 0.053), 0.060, 0.121, 0.603),
    (3, 3): NullRow((0.473, 0.465, 0.328, 0.388), 0.274, 0.344, 0.665),
    (5, 3): NullRow((0.253, 0.252, 0.202, 0.134), 0.163, 0.177, 0.447),
    (7, 3): NullRow((0.141, 0.140, 0.117, 0.072), 0.085, 0.118, 0.407),
    (9, 3): NullRow((0.087, 0.087, 0.068, 0.046), 0.052, 0.086, 0.386),
    (11, 3): NullRow((0.058, 0.058, 0.047, 0.030), 0.035, 0.069, 0.383),
}
