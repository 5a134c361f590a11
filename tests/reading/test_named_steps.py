"""Steps out of the names that training programs give to their checkpoints."""

import pytest

from app.reading.named_steps import natural, numbered, steps_in


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("weights.05-0.35.h5", {"number": 5}),
        ("weights-improvement-05-0.92.hdf5", {"number": 5}),
        ("model.12-0.97.hdf5", {"number": 12}),
        ("epoch10.weights.h5", {"epoch": 10}),
        ("epoch=3-step=1200.ckpt", {"step": 1200, "epoch": 3}),
        ("acc=97-epoch=4.ckpt", {"epoch": 4}),
        ("model_epoch_12_acc0.97.pth", {"epoch": 12}),
        ("val_loss-0.35-ep07.pt", {"epoch": 7}),
        ("e10.pt", {"epoch": 10}),
        ("checkpoint-500/model.safetensors", {"number": 500}),
        ("checkpoint-500/model-00001-of-00003.safetensors", {"number": 500}),
        ("global_step1000/mp_rank_00_model_states.pt", {"step": 1000}),
        ("step_00000100.npz", {"step": 100}),
        ("iter_40000.pth", {"step": 40000}),
        ("lr1e-3_step500.pt", {"step": 500}),
        ("ckpt500.pt", {"number": 500}),
        ("checkpoint_0010.pth.tar", {"number": 10}),
        ("seed3/epoch_5.pt", {"epoch": 5}),
        ("epoch_2/epoch_9.pt", {"epoch": 9}),
        ("resnet50_10.pt", {"number": 10}),
        ("model_224x224_7.pt", {"number": 7}),
    ],
)
def test_a_name_tells_its_step_and_no_metric_is_taken_for_one(
    name: str, told: dict[str, int]
) -> None:
    assert steps_in(name) == told


@pytest.mark.parametrize(
    "name",
    [
        *("best.pt", "last.ckpt", "yolov8n.pt", "resnet50-19c8e357.pth", "epoch3.5.pt"),
        *("model-00001-of-00003.safetensors", "acc0.97.h5", "-0.35.h5", "loss=2.h5", "fp16.pt"),
        "99999999999999999999.pt",
    ],
)
def test_a_name_without_a_step_tells_none(name: str) -> None:
    assert steps_in(name) == {}


def test_a_step_counts_before_an_epoch_and_an_epoch_before_a_number() -> None:
    assert numbered(["epoch=1-step=10.ckpt", "epoch=2-step=20.ckpt"]) == ((10, 20), "step")
    assert numbered(["7-epoch1.h5", "7-epoch2.h5"]) == ((1, 2), "epoch")
    assert numbered(["net-1.h5", "net-2.h5", "best.h5"]) == ((1, 2, None), "number")


def test_a_number_that_is_the_same_in_all_names_is_no_step() -> None:
    assert numbered(["net-7-b.h5", "net-7-a.h5"]) == ((2, 1), None)


def test_names_that_tell_nothing_are_counted_as_people_sort_them() -> None:
    assert numbered(["conv10b.pt", "conv2b.pt", "conv1b.pt"]) == ((3, 2, 1), None)
    assert natural("a10") > natural("a2")


def test_of_a_file_by_itself_a_version_is_no_step_and_a_checkpoint_s_number_is_one() -> None:
    assert numbered(["mnist-12.onnx"]) == ((None,), None)
    assert numbered(["checkpoint-500/model.safetensors"]) == ((500,), "number")
    assert numbered(["epoch_3.pt"]) == ((3,), "epoch")
