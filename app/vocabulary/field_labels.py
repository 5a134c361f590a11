"""What the fields of a recipe and their words are called where people read them."""

from typing import Final, NamedTuple


class FieldLabel(NamedTuple):
    """A field as the page names it.

    `hint` says what it does, in a sentence; `quick` are values worth one click; `start` is what
    something new begins with, where there is no default.
    """

    text: str
    hint: str = ""
    quick: tuple[float, ...] = ()
    start: float | None = None


FIELD_LABELS: Final[dict[str, FieldLabel]] = {
    "name": FieldLabel("Name"),
    "dataset": FieldLabel("Pictures"),
    "scaling": FieldLabel("Brightness", "How the pixels are scaled before the first layer."),
    "pixels": FieldLabel("Pixels", "Shuffled: one fixed disorder for all pictures, a control."),
    "labels": FieldLabel("Labels", "Random: answers drawn by chance, a control."),
    "objective": FieldLabel("Trained to", "What the network is trained for."),
    "sparsity": FieldLabel("Sparsity", "What an answer costs, and how strong it must be to count."),
    "layers": FieldLabel("Layers"),
    "optimizer": FieldLabel("Optimiser"),
    "batch_size": FieldLabel(
        "Pictures a step", "How many pictures each correction looks at (batch size)."
    ),
    "steps": FieldLabel("Steps", start=400),
    "epochs": FieldLabel("Epochs", "Passes over all training pictures.", start=1),
    "seed": FieldLabel("Seed", "Draws the first weights, the order of pictures, and dropout."),
    "data_seed": FieldLabel("Picture seed", "Draws the pictures, where they are drawn here."),
    "filters": FieldLabel("Filters", quick=(8, 16, 32, 64), start=16),
    "kernel_size": FieldLabel("Size", quick=(3, 5, 7, 9, 11), start=3),
    "strides": FieldLabel(
        "Stride", "Pixels from one place of the window to the next.", quick=(1, 2)
    ),
    "padding": FieldLabel("At the border", "Same puts zeros around the picture; valid doesn’t."),
    "activation": FieldLabel("Activation"),
    "kernel_initializer": FieldLabel("Start weights"),
    "depthwise_initializer": FieldLabel("Start weights"),
    "weight_decay": FieldLabel(
        "Weight decay", "Each step takes a little from numbers that don’t earn their keep."
    ),
    "trainable": FieldLabel("Learns", "Off: the numbers stay as they begin."),
    "depth_multiplier": FieldLabel("Filters a channel", quick=(1, 2, 4)),
    "pool_size": FieldLabel("Size", quick=(2, 3)),
    "units": FieldLabel("Units", start=32),
    "rate": FieldLabel("Share left out", "In training, by chance.", quick=(0.25, 0.5), start=0.25),
    "momentum": FieldLabel("Momentum", "How much of the last steps each step keeps."),
    "epsilon": FieldLabel("Epsilon", "Keeps a division from ending at zero."),
    "center": FieldLabel("Shifts", "Beta, a number a channel, is learned."),
    "scale": FieldLabel("Scales", "Gamma, a number a channel, is learned."),
    "learning_rate": FieldLabel("Learning rate"),
    "schedule": FieldLabel("Schedule"),
    "nesterov": FieldLabel("Nesterov", "Looks ahead before it corrects."),
    "rho": FieldLabel("Rho", "How long past gradients are remembered."),
    "beta_1": FieldLabel("Beta 1", "How long past gradients are remembered."),
    "beta_2": FieldLabel("Beta 2", "How long their squares are remembered."),
}
"""By the field's name in a recipe; `OWN_LABELS` where one layer calls it otherwise."""

OWN_LABELS: Final[dict[tuple[str, str], FieldLabel]] = {
    ("max_pool2d", "strides"): FieldLabel("Stride", "As its size, unless said."),
    ("average_pool2d", "strides"): FieldLabel("Stride", "As its size, unless said."),
    ("batch_normalization", "momentum"): FieldLabel(
        "Momentum", "How long past batches are remembered."
    ),
}

LAYER_TITLES: Final[dict[str, str]] = {
    "conv2d": "Conv",
    "depthwise_conv2d": "Depthwise conv",
    "batch_normalization": "Batch norm",
    "max_pool2d": "Max pool",
    "average_pool2d": "Average pool",
    "global_average_pool2d": "Global average",
    "flatten": "Flatten",
    "dense": "Dense",
    "dropout": "Dropout",
}

WORD_TITLES: Final[dict[str, str]] = {
    "local-contrast": "local contrast",
    "classify": "name the picture",
    "sparse-code": "rebuild the picture",
    "relu": "ReLU",
    "glorot_uniform": "Glorot, uniform",
    "glorot_normal": "Glorot, normal",
    "he_uniform": "He, uniform",
    "he_normal": "He, normal",
    "lecun_uniform": "LeCun, uniform",
    "lecun_normal": "LeCun, normal",
    "gabor": "Gabors",
    "sobel": "Sobel",
    "prewitt": "Prewitt",
    "laplacian": "Laplacians",
    "dct": "Cosines (DCT)",
}
"""Words of recipes that people write otherwise."""

STARTS: Final[dict[str, dict[str, object]]] = {
    "conv2d": {"activation": "relu"},
    "depthwise_conv2d": {"activation": "relu"},
    "dense": {"activation": "relu"},
}
"""What a layer that is added says beside what it must, for most networks want it."""


def label_of(owner: str, field: str) -> FieldLabel:
    """Returns what a field of a layer (or of the recipe) is called; its own name, spaced, if
    nobody has said.
    """
    known = OWN_LABELS.get((owner, field)) or FIELD_LABELS.get(field)
    return known or FieldLabel(field.replace("_", " ").capitalize())


def layer_title(kind: str) -> str:
    """Returns what a kind of layer is called."""
    return LAYER_TITLES.get(kind) or kind.replace("_", " ").capitalize()
