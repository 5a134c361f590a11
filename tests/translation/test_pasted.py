"""Code in the forms in which people write it becomes the recipe that it means; none of it runs."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.recipe import PRESETS, Recipe
from app.translation.pasted import Pasted, read_code
from app.translation.source import NotCode

LINES = [
    line
    for line in (Path(__file__).parent / "lines.txt").read_text().splitlines()
    if not line.startswith("#")
]


def first_convolution(layers: list[dict[str, Any]]) -> dict[str, Any]:
    return next(layer for layer in layers if layer["type"] == "conv2d")


def test_there_are_two_hundred_lines() -> None:
    assert len(set(LINES)) >= 200


@pytest.mark.parametrize("line", LINES)
def test_a_line_becomes_the_layer_that_it_means(line: str) -> None:
    meant, _, code = line.partition(" | ")
    pasted = read_code(code.replace("\\n", "\n"))
    layer = first_convolution(pasted.recipe["layers"])
    strides, padding = layer.get("strides", 1), layer.get("padding", "valid")
    found = (layer["filters"], layer["kernel_size"], strides, padding)
    activation = layer.get("activation", "linear")
    dialect, dataset = pasted.dialect, pasted.recipe["dataset"]
    assert " ".join(map(str, (dialect, *found, activation, dataset))) == meant
    Recipe.model_validate(pasted.recipe)


KERAS_EXAMPLE = """
batch_size = 128
nb_classes = 10
nb_epoch = 12
nb_filters = 32
pool_size = (2, 2)
kernel_size = (3, 3)
model = Sequential()
model.add(Convolution2D(nb_filters, kernel_size[0], kernel_size[1],
                        border_mode='valid',
                        input_shape=(1, 28, 28)))
model.add(Activation('relu'))
model.add(Convolution2D(nb_filters, kernel_size[0], kernel_size[1]))
model.add(Activation('relu'))
model.add(MaxPooling2D(pool_size=pool_size))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(128))
model.add(Activation('relu'))
model.add(Dropout(0.5))
model.add(Dense(nb_classes))
model.add(Activation('softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adadelta', metrics=['accuracy'])
model.fit(X_train, Y_train, batch_size=batch_size, nb_epoch=nb_epoch, verbose=1)
"""
KERAS_3 = """
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Rescaling(1.0 / 255),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Dropout(0.25),
    layers.Flatten(),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adadelta(1.0))
model.fit(x, y, batch_size=128, epochs=12)
"""
TORCH = """
net = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(inplace=True),
    nn.Conv2d(32, 32, 3), nn.ReLU(inplace=True),
    nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
    nn.Linear(4608, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10),
)
optimizer = torch.optim.Adadelta(net.parameters(), lr=1.0, rho=0.95)
"""


TORCH_CLASS = """
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.fc1 = nn.Linear(4608, 128)
        self.fc2 = nn.Linear(128, 10)
        self.conv1 = nn.Conv2d(1, 32, 3, 1)
        self.conv2 = nn.Conv2d(32, 32, 3, 1)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout(0.5)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = self.conv2(x)
        x = F.relu(x)
        x = F.max_pool2d(x, 2)
        x = torch.flatten(self.dropout1(x), 1)
        x = self.dropout2(F.relu(self.fc1(x)))
        return F.log_softmax(self.fc2(x), dim=1)

optimizer = optim.Adadelta(Net().parameters(), lr=1.0)
"""


@pytest.mark.parametrize("code", [KERAS_EXAMPLE, KERAS_3, TORCH, TORCH_CLASS])
def test_a_whole_network_becomes_its_recipe(code: str) -> None:
    pasted = read_code(code)
    recipe = Recipe.model_validate(pasted.recipe)
    example = Recipe.model_validate({"name": "x", **PRESETS["keras-mnist"].recipe})
    assert pasted.is_whole
    assert recipe.layers == example.layers
    assert recipe.optimizer.type == "adadelta"
    assert recipe.optimizer.learning_rate == 1.0
    if code not in (TORCH, TORCH_CLASS):
        assert (recipe.batch_size, recipe.epochs) == (128, 12)


def test_each_word_says_what_it_makes() -> None:
    pasted = read_code("model.add(Convolution2D(nb_filter=32, nb_row=3, nb_col=3))")
    said = {pasted.text[word.start : word.end]: word.means for word in pasted.words}
    assert said == {
        "Convolution2D": "kind",
        "nb_filter=32": "filters",
        "nb_row=3": "rows",
        "nb_col=3": "columns",
    }


def test_a_word_belongs_to_the_layer_that_it_became_part_of() -> None:
    pasted = read_code(KERAS_EXAMPLE)
    activations = [word.layer for word in pasted.words if word.means == "activation"]
    assert activations == [0, 1, 5, 7]


def test_a_word_of_a_class_belongs_to_the_place_where_its_layer_is_called() -> None:
    pasted = read_code(TORCH_CLASS)
    kinds = [layer["type"] for layer in pasted.recipe["layers"]]
    units = [word for word in pasted.words if word.means == "units"]
    assert [kinds[word.layer] for word in units if word.layer is not None] == ["dense", "dense"]
    relu = [word.layer for word in pasted.words if word.means == "activation"]
    assert relu == [0, 1, 5, 7]


def test_what_forward_never_calls_is_left_out_and_what_it_calls_twice_is_said() -> None:
    made = "self.a = nn.Conv2d(1, 8, 3, padding=1)\n    self.b = nn.Conv2d(8, 8, 3, padding=1)"
    head = f"class N(nn.Module):\n  def __init__(self):\n    {made}\n"
    pasted = read_code(f"{head}  def forward(self, x):\n    return self.a(x)")
    assert [layer["type"] for layer in pasted.recipe["layers"]].count("conv2d") == 2  # conv2 added
    assert [word.layer for word in pasted.words if word.means == "kind"] == [0, None]
    twice = read_code(f"{head}  def forward(self, x):\n    return self.b(self.b(self.a(x)))")
    assert any("used twice" in note.sentence for note in twice.notes)


def test_words_behind_other_alphabets_are_found() -> None:
    pasted = read_code('# фильтры “é”\nx = "日本"; Conv2D(32, 3)')
    first = pasted.words[0]
    assert pasted.text[first.start : first.end] == "Conv2D"


@pytest.mark.parametrize(
    ("code", "about", "sentence"),
    [
        ("Conv2D(32, 3, 3)", "strides", "windows step by 3"),
        ("Conv2D(32, 3, dilation_rate=2)", "dilation_rate", "a dilation of 2 isn't here"),
        ("Conv2D(32, 3, groups=4)", "groups", "groups of 4 aren't here"),
        ("Conv2D(32, 3, activation='gelu')", "activation", "the nearest is relu"),
        ("Conv2D(32, 3, kernal_regularizer='l2')", "kernal_regularizer", "kernel_regularizer"),
        ("Conv2D(32, 3, use_bias=False)", "use_bias", "every layer here has a bias"),
        ("Conv2D(n, 3)", "n", "n has no value"),
        ("Conv2D(32, (3, 5))", "kernel_size", "5×5 is taken"),
        ("Conv2D(32)", "kernel_size", "3 is taken"),
        ("Conv2D(8, 3, input_shape=(224, 224, 3))", "input_shape", "Dead leaves, 32×32×3"),
        ("nn.Conv2d(3, 64, 7, stride=2, padding=1)", "padding", "same is taken"),
        ("Sequential([Conv2D(8, 3), MaxPolling2D()])", "MaxPolling2D", "MaxPooling2D"),
        ("Sequential([Conv2D(8, 3), LSTM(3)])", "LSTM", "left out"),
        ("Sequential([Conv2D(8, 3), Flatten(), Dense(5)])", "units", "10 units at the end"),
        ("Conv2D(8, 3)\nfor i in range(3):\n  model.add(Conv2D(8, 3))", "for", "one by one"),
        ("Conv2D(8, 3)\nmodel.compile(optimizer='lion')", "optimizer", "nearest is adam"),
    ],
)
def test_what_is_not_known_is_named_with_the_nearest_that_is(
    code: str, about: str, sentence: str
) -> None:
    notes = {note.about: note.sentence for note in read_code(code).notes}
    assert sentence in notes[about]


HOSTILE = {
    "nothing": "",
    "spaces": "  \n\t ",
    "prose": "what are the filters of a convolutional layer?",
    "no layer": "x = 3",
    "no convolution": "model.add(Dense(10))",
    "a call": "__import__('os').system('touch /tmp/ran')",
    "an import": "import os\nos.remove('x')",
    "a lambda": "(lambda: Conv2D)()(32, 3)",
    "eval": "eval('Conv2D(32, 3)')",
    "exec": 'exec("Conv2D(32, 3)")',
    "a megabyte": "Conv2D(32, 3)#" + "x" * 1_000_000,
    "deep brackets": "(" * 5_000 + ")" * 5_000,
    "deep lists": "[" * 200 + "]" * 200,
    "deep minus": "Conv2D(" + "-" * 19_000 + "1, 3)",
    "deep sum": "1" + "+1" * 9_900,
    "deep power": "9" + "**9" * 6_000,
    "deep attributes": "a" + ".b" * 9_000,
    "deep calls": "f" + "()" * 9_000,
    "deep indices": "a" + "[0]" * 6_000,
    "deep if": "1 if 1 else " * 1_500 + "1",
    "deep not": "not " * 4_000 + "1",
    "deep lambda": "lambda: " * 2_000 + "1",
    "deep await": "await " * 3_000 + "1",
    "deep string": "f'" * 100 + "{1}",
    "null": "Conv2D(32, 3)\0",
    "half a pair": "Conv2D(32, 3)\ud800",
    "digits": "Conv2D(" + "9" * 19_000 + ", 3)",
    "unfinished": "Conv2D(32, 3",
    "unfinished word": "Conv2D(32, 3, padding='same",
    "many layers": "Sequential([" + "Conv2D(1, 1)," * 1_400 + "])",
    "many arguments": "Conv2D(" + "1," * 9_000 + ")",
    "many keywords": "Conv2D(32, 3, " + ",".join(f"a{n}=1" for n in range(2_000)) + ")",
    "huge product": "n = 9\n" + "n = n * n\n" * 60 + "Conv2D(n, 3)",
    "huge text": "n = 'x' * 10 ** 12\nConv2D(n, 3)",
    "huge tuple": "n = (1,) * 10 ** 12\nConv2D(32, n)",
    "by nothing": "Conv2D(32 // 0, 3)",
    "negative": "Conv2D(-32, -3, strides=-1)",
    "zero": "Conv2D(0, 0)",
    "NaN": "Sequential([Conv2D(8, 3), Dropout(float('nan'))])",
    "infinite": "Sequential([Conv2D(8, 3), Dropout(1e999)])",
    "true": "Conv2D(True, False)",
    "bytes": "Conv2D(b'32', b'3')",
    "sets": "Conv2D({32}, {3: 4})",
    "itself": "x = [x, x]\nConv2D(x, x)",
    "starred": "Conv2D(*args, **kwargs)",
    "walrus": "Conv2D(n := 32, 3)",
    "a comprehension": "Sequential([Conv2D(n, 3) for n in range(10 ** 9)])",
    "script": "Conv2D(32, 3, name='<script>alert(1)</script>')",
    "a class": "class A(metaclass=B):\n  x = Conv2D(32, 3)",
    "a shape of shapes": "Conv2D(32, 3, input_shape=((1, 2), (3, 4), 5))",
    "a shape of one": "Conv2D(32, 3, input_shape=(28,))",
    "a shape of words": "Conv2D(32, 3, input_shape=('a', 'b', 'c'))",
    "odd shapes of compile": "Conv2D(8, 3)\nmodel.compile(**{'optimizer': 1})",
    "a loop of loops": "for a in (1, 2, 3):\n  for b in (1, 2, 3):\n" * 1 + "    Conv2D(8, 3)",
    "a long loop": f"for a in ({'1,' * 5_000}):\n  Conv2D(8, 3)",
    "a long forward": (
        "class A(B):\n def __init__(self):\n  self.a = nn.Sequential("
        + "nn.Conv2d(1, 1, 1)," * 150
        + ")\n def forward(self, x):\n"
        + "  self.a(x)\n" * 1_000
    ),
    "a deep forward": (
        "class A(B):\n def __init__(self):\n  self.a = nn.Conv2d(1, 1, 1)\n"
        " def forward(self, x):\n  return " + "self.a(" * 39 + "x" + ")" * 39
    ),
    "a forward without layers": "class A:\n def forward(self, x):\n  return Conv2D(8, 3)(x)",
    "odd optimiser": "Conv2D(8, 3)\noptim.SGD(lr=float('nan'), momentum='x', betas=3)",
}


def read_or_refuse(code: str) -> Pasted | str:
    try:
        return read_code(code)
    except NotCode as problem:
        return str(problem)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gets_a_sentence_or_a_recipe_as_plain_data(name: str) -> None:
    answer = read_or_refuse(HOSTILE[name])
    if isinstance(answer, str):
        assert answer.endswith(".")
        assert len(answer) < 300
    else:
        json.dumps(answer.recipe, allow_nan=False)
        assert len(answer.recipe["layers"]) <= 220
        assert all(len(note.sentence) < 300 for note in answer.notes)


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_any_text_gets_a_sentence_or_a_recipe(text: str) -> None:
    for code in (text, f"Conv2D({text})", f"Sequential([Conv2D(8, 3), {text}])"):
        with contextlib.suppress(NotCode):
            json.dumps(read_code(code).recipe)
