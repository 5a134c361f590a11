"""Whatever way PyTorch trains, what is told of a network is what the network was."""

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn
from torch.optim import optimizer as optimizers
from torch.optim.optimizer import register_optimizer_step_pre_hook

from app import watch
from tests.frameworks import torch_cases
from tests.frameworks.film import Film
from tests.frameworks.torch_cases import STEMS, UPDATES, WAYS, Net, Training

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries, not ours
STEPS = [0, 1, 2, 3, 4, 6, 8, 10, 12]


def kernel(module: Any) -> NDArray[np.float32]:
    """The kernel by the layouts that PyTorch and Keras document."""
    weight: NDArray[np.float32] = module.weight.detach().float().numpy()
    if isinstance(module, nn.Linear):
        return weight.T.copy()
    if isinstance(module, nn.ConvTranspose2d):
        blocks = np.split(weight, module.groups)  # of inputs, each with outputs of its own
        return np.concatenate([block.transpose(2, 3, 0, 1) for block in blocks], axis=-1)
    space = tuple(range(2, weight.ndim))
    turned = weight.transpose(*space, 1, 0)
    if module.groups == module.in_channels > 1 and weight.ndim == 4:
        turned = turned.reshape(*turned.shape[:2], module.in_channels, -1)
    return turned.copy()


def weights(model: Any) -> dict[str, NDArray[np.float32]]:
    """All weights as the next forward pass would use them."""
    found = {}
    was_training = model.training
    model.eval()  # else spectral_norm would learn from being read
    layers = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d)
    for path, module in model.named_modules():
        if isinstance(module, layers):
            found[f"{path}/kernel"] = kernel(module)
            if module.bias is not None:
                found[f"{path}/bias"] = module.bias.detach().float().numpy().copy()
    model.train(was_training)
    return found


def settle(model: Any, size: tuple[int, ...]) -> None:
    """Has weights that are derived worked out, as a forward pass in evaluation would."""
    model.eval()
    with torch.no_grad():
        dtype = next(model.parameters()).dtype
        model(torch.zeros(1, *(size or (3, 10, 10)), dtype=dtype))
    model.train()


def check(film: Film, copies: list[dict[str, NDArray[np.float32]]]) -> None:
    """Holds the film against copies that the training script took itself."""
    last = len(copies) - 1
    assert list(film.snapshots) == [*(step for step in STEPS if step < last), last]
    for step, snapshot in film.snapshots.items():
        is_edge = step in (0, last)
        first = film.registration["layers"][0]["title"]
        assert set(snapshot) >= {
            name for name in copies[step] if is_edge or name == f"{first}/kernel"
        }
        for name, array in snapshot.items():
            assert array.shape == copies[step][name].shape, name
            assert array.tobytes() == copies[step][name].tobytes(), (step, name)
    kernels = [name for name in copies[0] if name.endswith("/kernel")]
    assert [f"{layer['title']}/kernel" for layer in film.registration["layers"]] == kernels
    for layer in film.registration["layers"]:
        assert layer["shape"] == list(copies[0][f"{layer['title']}/kernel"].shape)


def watch_and_copy(model: Any, training: Training, size: tuple[int, ...] = ()) -> Any:
    """Trains, and takes copies before the first update and after each."""
    copies: list[Any] = []
    losses: list[float] = []

    def before(*_: Any) -> None:
        if not copies:
            copies.append(weights(model))

    pre = register_optimizer_step_pre_hook(before)
    try:
        for loss in training:
            losses.append(loss)
            state = torch.get_rng_state()
            settle(model, size)
            torch.set_rng_state(state)
            copies.append(weights(model))
        copies[-1] = weights(model)  # the head's optimiser may have stepped once more
    finally:
        pre.remove()
    return copies, losses


def film_of(folder: Path, model: nn.Module, training: Training, size: tuple[int, ...] = ()) -> Film:
    run = watch(model, to=folder / "film.fscope", layers=["stem"])
    copies, _ = watch_and_copy(model, training, size)
    run.close()
    film = Film(folder / "film.fscope")
    check(film, copies)
    return film


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_training_is_told_to_the_bit(way: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Net()
    film_of(tmp_path, model, WAYS[way](model))


@pytest.mark.parametrize("stem", STEMS)
def test_each_kind_of_first_layer_is_told_to_the_bit(stem: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Net(STEMS[stem]())
    channels = getattr(model.stem, "in_channels", 3) or 3
    size = (channels, 10, 10)
    film = film_of(tmp_path, model, torch_cases.plain(model, size=size), size)
    told = film.layer("stem")
    assert told["bias"] is (stem != "without bias")
    if stem == "depthwise":
        assert (told["kind"], told["shape"]) == ("depthwise_conv2d", [3, 3, 4, 2])
        assert told["groups"] == 4
    if stem == "grouped":
        assert (told["kind"], told["groups"], told["shape"]) == ("conv2d", 2, [3, 3, 2, 8])
    if stem == "transposed, grouped":
        assert (told["kind"], told["shape"]) == ("conv2d_transpose", [3, 2, 2, 8])
    if stem == "strided, not square":
        assert (told["strides"], told["padding"]) == ([1, 2], [[1, 1], [0, 0]])


@pytest.mark.parametrize(
    ("conv", "size", "shape"),
    [(nn.Conv1d(2, 8, 5), (2, 30), [5, 2, 8]), (nn.Conv3d(1, 4, 3), (1, 8, 8, 8), [3, 3, 3, 1, 4])],
)
def test_signals_and_volumes_are_told_to_the_bit(
    conv: nn.Module, size: tuple[int, ...], shape: list[int], tmp_path: Path
) -> None:
    model = nn.Sequential()
    model.add_module("stem", conv)
    model.add_module("flatten", nn.Flatten())
    model.add_module("head", nn.LazyLinear(4))
    film = film_of(tmp_path, model, torch_cases.plain(model, size=size), size)
    assert film.layer("stem")["shape"] == shape


def losses(way: str, stem: str | None, file: Path | None) -> list[float]:
    """The losses of a training, which is watched where a file is given."""
    torch.manual_seed(0)
    model = Net(STEMS[stem]() if stem else None)
    run = watch(model, to=file) if file else None
    size = (getattr(model.stem, "in_channels", 3) or 3, 10, 10)
    training = WAYS[way](model) if stem is None else torch_cases.plain(model, size=size)
    found = list(training)
    if run is not None and file is not None:
        run.close()
        assert len(Film(file).snapshots) > 2
    return found


@pytest.mark.parametrize(
    ("way", "stem"), [*((way, None) for way in WAYS), *(("plain", stem) for stem in STEMS)]
)
def test_losses_are_the_same_to_the_bit_with_and_without_watch(
    way: str, stem: str | None, tmp_path: Path
) -> None:
    assert losses(way, stem, tmp_path / "film.fscope") == losses(way, stem, None)


def chain() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1, bias=False),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Sequential(nn.Conv2d(8, 6, 3), nn.BatchNorm2d(6)),
        nn.Flatten(),
        nn.Linear(6 * 3 * 3, 4),
        nn.LogSoftmax(1),
    )


def test_a_plain_chain_is_told_as_a_recipe_and_answers_as_it_does(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = chain()
    run = watch(model, to=tmp_path / "film.fscope", input_shape=(10, 10, 3))
    batches = list(torch_cases.data())
    for _ in torch_cases.plain(model):
        pass
    run.close()
    film = Film(tmp_path / "film.fscope")
    network = film.registration["network"]
    assert [layer["type"] for layer in network["layers"]] == [
        layer["kind"] for layer in film.registration["layers"]
    ]
    images = batches[0][0]
    logits = film.engine_logits(UPDATES, images.permute(0, 2, 3, 1).numpy())
    model.eval()
    with torch.no_grad():
        expected = model[:-1](images).numpy()
    assert np.abs(logits - expected).max() < 1e-5


def test_a_watched_model_is_saved_copied_and_pickled_as_if_nobody_watched(tmp_path: Path) -> None:
    model = chain()
    run = watch(model, to=tmp_path / "film.fscope")
    next(iter(torch_cases.plain(model)))
    for again in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert str(again) == str(model)
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in model.modules())
    before = len(optimizers._global_optimizer_post_hooks)
    run.close()
    assert len(optimizers._global_optimizer_post_hooks) == before - 1


def test_without_any_weights_to_show_there_is_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model = nn.Sequential(nn.PReLU(3), nn.AdaptiveAvgPool2d(2), nn.Flatten())
    run = watch(model, to=tmp_path / "film.fscope")
    assert len(list(torch_cases.plain(model))) == UPDATES
    run.close()
    (said,) = capfd.readouterr().err.splitlines()
    assert "no layer whose weights could be shown" in said
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_no_optimiser_of_pytorch_updates_is_said_to_be_unwatched(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run = watch(chain(), to=tmp_path / "film.fscope")
    list(torch_cases.plain(chain()))  # another one
    run.close()
    (said,) = capfd.readouterr().err.splitlines()
    assert "no optimiser of torch.optim updated this model" in said


def test_a_network_of_dense_layers_is_told_by_its_first(tmp_path: Path) -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(300, 350), nn.ReLU(), nn.Linear(350, 4))
    film = film_of(tmp_path, model, torch_cases.plain(model))
    assert set(film.snapshots[2]) == {"1/kernel", "1/bias"}


def test_who_logs_a_step_before_making_it_moves_no_snapshot(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Net()
    run = watch(model, to=tmp_path / "film.fscope")

    def ahead() -> Training:
        for step, loss in enumerate(torch_cases.plain(model), 1):
            run.log(loss=loss, step=step + 1)
            yield loss

    copies, _ = watch_and_copy(model, ahead())
    run.close()
    film = Film(tmp_path / "film.fscope")
    assert list(film.snapshots) == STEPS
    for step, snapshot in film.snapshots.items():
        assert np.array_equal(snapshot["stem/kernel"], copies[step]["stem/kernel"])


def test_what_is_logged_is_told_with_the_step_that_was_made(tmp_path: Path) -> None:
    model = Net()
    run = watch(model, to=tmp_path / "film.fscope")
    for loss in torch_cases.plain(model):
        run.log(loss=torch.tensor(loss), accuracy=0.5)
    run.close()
    told = Film(tmp_path / "film.fscope").of_kind("steps")
    assert [step for item in told for step in item["step"]] == list(range(1, UPDATES + 1))
    assert all(set(item["values"]) == {"loss", "accuracy"} for item in told)
