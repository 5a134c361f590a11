"""What scripts for every library have in common: what they are, their pictures, their length."""

from collections.abc import Iterator, Sequence

from ..recipe import Recipe
from ..vocabulary.kernel_starts import Chosen, GivenKernel, KernelBank
from ..vocabulary.layers import AnyLayer, Shape
from ..vocabulary.layers.naming import named
from .call import Call, Expression


def title(recipe: Recipe, library: str) -> str:
    """Returns a script's first sentence, safe within a docstring."""
    name = recipe.name.replace("\\", "/").replace('"', "'")
    held = "; there with filters held at 0, which this script doesn't do" if recipe.without else ""
    return f"{name}: the network that Filterscope trains, in {library}{held}."


def layers_with_inputs(recipe: Recipe) -> Iterator[tuple[str, AnyLayer, Shape]]:
    """Gives each layer in order: its name, itself, and the shape of what it is given."""
    return with_inputs(recipe.layers, recipe.dataset_info.shape)


def with_inputs(layers: Sequence[AnyLayer], shape: Shape) -> Iterator[tuple[str, AnyLayer, Shape]]:
    """Gives each layer likewise, the first one's input being of `shape`."""
    for name, layer in named(layers):
        yield name, layer, shape
        shape = layer.output_shape(shape)


def pictures_code(recipe: Recipe) -> str:
    """Writes how a script comes by `x`, `y`, `x_test` and `y_test`: images NHWC, whole labels.

    Controls (shuffled pixels, random labels) are kept, for they are part of what was trained.
    """
    info, call = recipe.dataset_info, Call("load", recipe.dataset)
    call.put("scaling", recipe.scaling)
    call.put("pixels", recipe.pixels, unless="natural")
    call.put("labels", recipe.labels, unless="true")
    if (recipe.pixels, recipe.labels) != ("natural", "true"):
        call.put("seed", recipe.seed)
    folder = "Settings.from_environment().cache_folder" if recipe.own else 'Path("pictures")'
    call.put("data_seed", recipe.data_seed).put("cache_folder", Expression(folder))
    shape = ", ".join(map(str, info.shape))
    return (
        f"# {info.title}, as Filterscope has it. Pictures of your own do as well:\n"
        f"# float32 of shape (n, {shape}), and whole numbers below {len(info.class_names)}.\n"
        f"data = {call.within(0)}\n"
        "x, y = data.batch(np.arange(data.train_size))\n"
        "x_test, y_test = data.test(0, data.test_size)\n"
    )


def chosen_kernel(start: Chosen, shape: Shape) -> Expression:
    """Writes a kernel that was chosen, HWIO: a bank by its name, given numbers as they are."""
    if isinstance(start, KernelBank):
        return Expression(f'BankInitializer("{start.name}").draw({shape}, np.random.default_rng())')
    if isinstance(start, GivenKernel):
        array = start.kernel
        data = f'np.frombuffer(base64.b64decode("{array.bdata}"), "<{array.dtype}")'
        return Expression(f"{data}.reshape({array.lengths})")
    raise TypeError("the numbers of another run's kernel are known to its server alone")


def chosen_kernels(recipe: Recipe) -> dict[str, Expression]:
    """Returns the kernels that were chosen, as code, by the names of their layers."""
    return {
        name: chosen_kernel(spec.initializer, spec.shape)
        for name, layer, shape in layers_with_inputs(recipe)
        for spec in layer.parameters(shape)
        if spec.name == "kernel" and not isinstance(spec.initializer, str)
    }


def further_imports(recipe: Recipe) -> tuple[str, str]:
    """Returns the imports that chosen kernels and pictures of one's own need: of the standard
    library, and of Filterscope.
    """
    said = " ".join(chosen_kernels(recipe).values())
    standard = "import base64\n" if "base64" in said else ""
    maker = "from filterscope.engine.initializers import BankInitializer\n"
    ours = maker if "BankInitializer(" in said else ""
    ours += "from filterscope.settings import Settings\n" if recipe.own else ""
    return standard, ours


def length_code(recipe: Recipe) -> str:
    """Writes `epochs = …`, and beside it how many updates were meant where that is no whole one."""
    if recipe.epochs:
        return f"epochs = {recipe.epochs}\n"
    epochs = max(1, round(recipe.total_steps / recipe.steps_per_epoch))
    updates = epochs * recipe.steps_per_epoch
    exact = "" if updates == recipe.total_steps else f"; {recipe.total_steps:,} in Filterscope"
    return f"epochs = {epochs}  # {updates:,} updates{exact}\n"
