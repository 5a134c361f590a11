"""The layers of Keras 1, Keras 2 and 3, and PyTorch: their names and their arguments in order."""

from typing import Literal, NamedTuple

DialectName = Literal["keras1", "keras", "torch"]


class Constructor(NamedTuple):
    """A layer of a library: what it is in a recipe, and its arguments by place.

    `kind` is a recipe's `type`, or `activation`, `input`, `padding`, or `nothing` for layers that
    change no number.
    """

    kind: str
    arguments: tuple[str, ...] = ()


class Dialect(NamedTuple):
    """A way of writing networks."""

    name: DialectName
    title: str
    layers: dict[str, Constructor]


# TensorFlow 1's functions, which took the picture first: `tf.layers.conv2d(x, 32, 3)`.
_TF_LAYERS = {
    "conv2d": Constructor(
        "conv2d",
        (
            *("inputs", "filters", "kernel_size", "strides", "padding", "data_format"),
            *("dilation_rate", "activation", "use_bias", "kernel_initializer"),
        ),
    ),
    "max_pooling2d": Constructor("max_pool2d", ("inputs", "pool_size", "strides", "padding")),
    "average_pooling2d": Constructor(
        "average_pool2d", ("inputs", "pool_size", "strides", "padding")
    ),
    "flatten": Constructor("flatten", ("inputs",)),
    "dense": Constructor("dense", ("inputs", "units", "activation", "use_bias")),
    "dropout": Constructor("dropout", ("inputs", "rate")),
}


def _keras(*, first: bool) -> dict[str, Constructor]:
    pool = ("pool_size", "strides", "border_mode" if first else "padding")
    convolution = (
        *("filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate"),
        *("groups", "activation", "use_bias", "kernel_initializer", "bias_initializer"),
        "kernel_regularizer",
    )
    convolution_1 = (
        *("nb_filter", "nb_row", "nb_col", "init", "activation", "weights", "border_mode"),
        *("subsample", "dim_ordering", "W_regularizer"),
    )
    dense = ("units", "activation", "use_bias", "kernel_initializer", "bias_initializer")
    dense_1 = ("output_dim", "init", "activation", "weights", "W_regularizer")
    conv = Constructor("conv2d", convolution_1 if first else convolution)
    return {
        "Conv2D": conv,
        "Convolution2D": conv,
        "DepthwiseConv2D": Constructor(
            "depthwise_conv2d", ("kernel_size", "strides", "padding", "depth_multiplier")
        ),
        "MaxPooling2D": Constructor("max_pool2d", pool),
        "MaxPool2D": Constructor("max_pool2d", pool),
        "AveragePooling2D": Constructor("average_pool2d", pool),
        "AvgPool2D": Constructor("average_pool2d", pool),
        "GlobalAveragePooling2D": Constructor("global_average_pool2d"),
        "GlobalAvgPool2D": Constructor("global_average_pool2d"),
        "Flatten": Constructor("flatten"),
        "Dense": Constructor("dense", dense_1 if first else dense),
        "Dropout": Constructor("dropout", ("rate",)),
        "BatchNormalization": Constructor(
            "batch_normalization", ("epsilon",) if first else ("axis", "momentum", "epsilon")
        ),
        "Activation": Constructor("activation", ("activation",)),
        "ReLU": Constructor("activation", ("max_value",)),
        "Softmax": Constructor("activation", ("axis",)),
        "Input": Constructor("input", ("input_shape",)),
        "InputLayer": Constructor("input", ("input_shape",)),
        "ZeroPadding2D": Constructor("padding", ("zeros",)),
        "Rescaling": Constructor("nothing"),
        **_TF_LAYERS,
    }


_TORCH_CONV = (
    *("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups"),
    "bias",
)
_TORCH = {
    "Conv2d": Constructor("conv2d", _TORCH_CONV),
    "LazyConv2d": Constructor("conv2d", _TORCH_CONV[1:]),
    "MaxPool2d": Constructor("max_pool2d", ("pool_size", "strides", "padding")),
    "AvgPool2d": Constructor("average_pool2d", ("pool_size", "strides", "padding")),
    "AdaptiveAvgPool2d": Constructor("global_average_pool2d", ("output_size",)),
    "Flatten": Constructor("flatten"),
    "Linear": Constructor("dense", ("in_features", "out_features", "bias")),
    "LazyLinear": Constructor("dense", ("out_features", "bias")),
    "Dropout": Constructor("dropout", ("rate",)),
    "Dropout2d": Constructor("dropout2d", ("rate",)),
    "BatchNorm2d": Constructor("batch_normalization", ("num_features", "eps", "torch_momentum")),
    "LazyBatchNorm2d": Constructor("batch_normalization", ("eps", "torch_momentum")),
    "ReLU": Constructor("activation", ("inplace",)),
    "Tanh": Constructor("activation"),
    "Sigmoid": Constructor("activation"),
    "Softmax": Constructor("activation", ("dim",)),
    "LogSoftmax": Constructor("activation", ("dim",)),
    "ZeroPad2d": Constructor("padding", ("zeros",)),
    "Identity": Constructor("nothing"),
}

KERAS_1 = Dialect("keras1", "Keras 1", _keras(first=True))
KERAS = Dialect("keras", "Keras 3", _keras(first=False))
TORCH = Dialect("torch", "PyTorch", _TORCH)

WORDS_OF_KERAS_1 = frozenset(
    {
        *("nb_filter", "nb_row", "nb_col", "border_mode", "subsample", "dim_ordering", "init"),
        *("W_regularizer", "b_regularizer", "output_dim", "nb_epoch"),
    }
)

# What an argument means, by each name that a library has for it.
MEANINGS = {
    "nb_filter": "filters",
    "out_channels": "filters",
    "nb_row": "rows",
    "nb_col": "columns",
    "subsample": "strides",
    "stride": "strides",
    "border_mode": "padding",
    "init": "kernel_initializer",
    "depthwise_initializer": "kernel_initializer",
    "W_regularizer": "weight_decay",
    "kernel_regularizer": "weight_decay",
    "depthwise_regularizer": "weight_decay",
    "output_dim": "units",
    "out_features": "units",
    "p": "rate",
    "eps": "epsilon",
    "dim_ordering": "data_format",
    "dilation_rate": "dilation",
    "bias": "use_bias",
    "batch_input_shape": "batch_shape",
    "batch_shape": "batch_shape",
    "shape": "input_shape",
}
