"""A recipe's first convolution as a line of each library, read back as the layer it was."""

import ast
from typing import Any

import pytest
from hypothesis import given, settings

from app.recipe import PRESETS, Recipe
from app.recipe.resolution import resolve
from app.translation.lines import WrittenLine, lines_of
from app.translation.pasted import read_code
from app.vocabulary.datasets import DATASETS
from app.vocabulary.layers import Conv2D
from tests.recipe.strategies import recipes


def recipe_with(dataset: str = "mnist", **conv: Any) -> Recipe:
    layers = [{"type": "conv2d", "filters": 8, "kernel_size": 3, **conv}, {"type": "flatten"}]
    classes = len(DATASETS[dataset].class_names)
    head = {"type": "dense", "units": classes}
    optimizer = {"type": "sgd", "learning_rate": 0.1}
    return Recipe.model_validate(
        {
            "name": "a net",
            "dataset": dataset,
            "layers": [*layers, head],
            "optimizer": optimizer,
            "batch_size": 8,
            "steps": 1,
        }
    )


def said(line: WrittenLine) -> dict[str, str]:
    """What each word of a line is written as, by what it makes."""
    return {word.means: line.code[word.start : word.end] for word in line.words}


def test_the_line_that_thousands_copied_is_written_to_the_letter() -> None:
    first, second, third = lines_of(recipe_with(filters=32))
    assert first.code == (
        "model.add(Convolution2D(nb_filter=32, nb_row=3, nb_col=3, border_mode='valid', "
        "input_shape=(28, 28, 1)))"
    )
    assert said(first) == {
        "kind": "Convolution2D",
        "filters": "nb_filter=32",
        "rows": "nb_row=3",
        "columns": "nb_col=3",
        "padding": "border_mode='valid'",
        "input_shape": "input_shape=(28, 28, 1)",
    }
    assert said(second) == {
        "kind": "Conv2D",
        "filters": "filters=32",
        "kernel_size": "kernel_size=(3, 3)",
        "padding": 'padding="valid"',
        "input_shape": "shape=(28, 28, 1)",
    }
    assert said(third) == {
        "kind": "nn.Conv2d",
        "filters": "out_channels=32",
        "kernel_size": "kernel_size=3",
        "padding": "padding=0",
        "in_channels": "in_channels=1",
    }


def promised(line: WrittenLine) -> set[str]:
    """The settings that the library has words for within a line."""
    names = {"filters", "kernel_size", "strides", "activation", "trainable"}
    if line.dialect != "torch":
        names |= {"padding", "weight_decay"}
        if line.dialect == "keras" or line.why is None:
            names.add("kernel_initializer")
    return names


@given(recipe=recipes())
@settings(max_examples=60, deadline=None)
def test_any_line_is_read_back_as_its_layer(recipe: dict[str, Any]) -> None:
    made = Recipe.model_validate(recipe)
    layer = made.layers[0]
    assert isinstance(layer, Conv2D)
    shape = made.dataset_info.shape
    for line in lines_of(made):
        ast.parse(line.code)
        read = read_code(line.code)
        assert read.dialect == line.dialect
        again = Conv2D(**read.recipe["layers"][0])
        for name in promised(line):
            assert getattr(again, name) == pytest.approx(getattr(layer, name)), (name, line.code)
        assert again.output_shape(shape) == layer.output_shape(shape)
        if DATASETS[made.dataset].class_names:
            assert read.recipe["dataset"] == made.dataset


@given(recipe=recipes())
@settings(max_examples=25, deadline=None)
def test_a_word_of_a_line_is_what_the_reader_takes_it_for(recipe: dict[str, Any]) -> None:
    for line in lines_of(Recipe.model_validate(recipe)):
        for word in line.words:
            assert line.code[word.start : word.end].strip(" ,.()")
            assert word.layer == 0
        theirs = {(word.start, word.end): word.means for word in read_code(line.code).words}
        for start, end, means, _ in line.words:
            assert theirs.get((start, end), means) == means


def test_what_keras_1_could_not_say_is_said_in_words() -> None:
    first = lines_of(recipe_with(kernel_initializer="lecun_normal"))[0]
    assert first.why is not None
    assert "lecun_normal" in first.why
    bank = lines_of(recipe_with(kernel_initializer={"type": "bank", "name": "sobel"}))
    assert all(line.why and "whole script" in line.why for line in bank)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_has_its_three_lines(preset: str) -> None:
    lines = lines_of(resolve({"preset": preset}))
    assert [line.dialect for line in lines] == ["keras1", "keras", "torch"]
    assert all(line.code and {"kind", "filters", "padding"} <= said(line).keys() for line in lines)


@pytest.mark.parametrize(
    ("code", "padding", "is_noted"),
    [
        ("Sequential([ZeroPadding2D(1), Conv2D(8, 3)])", "same", False),
        ("Sequential([ZeroPadding2D(((1, 1), (1, 1))), Conv2D(8, 3)])", "same", False),
        ("nn.Sequential(nn.ZeroPad2d((1, 2, 1, 2)), nn.Conv2d(1, 8, 4))", "same", False),
        ("nn.Sequential(nn.ZeroPad2d((2, 1, 2, 1)), nn.Conv2d(1, 8, 4))", "same", True),
        ("Sequential([ZeroPadding2D(3), Conv2D(8, 3)])", "same", True),
        ("Sequential([ZeroPadding2D((1, 2)), Conv2D(8, 3)])", "same", True),
        ("Sequential([ZeroPadding2D(0), Conv2D(8, 3)])", "valid", False),
        ("Sequential([Conv2D(8, 3), ZeroPadding2D(1), MaxPooling2D()])", "valid", True),
        ("Sequential([ZeroPadding2D('x'), Conv2D(8, 3)])", "same", True),
        ("Sequential([ZeroPadding2D(n), Conv2D(8, 3)])", "same", True),
    ],
)
def test_a_rim_of_zeros_goes_into_the_convolution_behind_it(
    code: str, padding: str, is_noted: bool
) -> None:
    read = read_code(code)
    first = read.recipe["layers"][0]
    assert first["type"] == "conv2d"
    assert first.get("padding", "valid") == padding
    assert bool(read.notes) == is_noted, read.notes


@pytest.mark.parametrize(
    "code",
    ["Conv2D(8, 3, trainable=False)", "nn.Conv2d(1, 8, 3).requires_grad_(False)"],
)
def test_a_frozen_layer_is_read_as_frozen(code: str) -> None:
    read = read_code(code)
    assert read.recipe["layers"][0]["trainable"] is False
    assert not read.notes
