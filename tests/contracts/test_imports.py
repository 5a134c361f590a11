"""Who may import what: arithmetic knows no server, and the server starts without arithmetic."""

import ast
import functools
import re
import subprocess
import sys
from typing import NamedTuple

import pytest

from tests.contracts.importing import Import, imports_of, modules_of_app, unit_of
from tests.contracts.repository import ROOT, text_of


class Rule(NamedTuple):
    """What a part of the app may import: of the app, of installed packages, and in functions.

    What is imported in functions only costs nothing at start, and runs in a process aside.
    """

    app: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    lazily: tuple[str, ...] = ()


_SERVER = ("fastapi", "jinja2", "pydantic", "pydantic_core", "starlette")

RULES = {
    "vocabulary": Rule(packages=("annotated_types",)),
    "blas_threads": Rule(lazily=("threadpoolctl",)),
    "command": Rule(),
    "private_files": Rule(),
    "kernels": Rule(),
    "engine": Rule(("app.kernels", "app.vocabulary"), ("numpy",)),
    "kept_pictures": Rule(("app.private_files", "app.vocabulary")),
    "datasets": Rule(("app.kept_pictures", "app.private_files", "app.vocabulary"), ("numpy",)),
    "gathering": Rule(
        ("app.blas_threads", "app.kept_pictures", "app.private_files", "app.vocabulary"),
        ("PIL", "numpy"),
    ),
    "analysis": Rule(
        (
            *("app.blas_threads", "app.private_files", "app.vocabulary", "app.engine"),
            "app.datasets",
        ),
        ("numpy",),
    ),
    "client": Rule(
        ("app.external.packets", "app.vocabulary"), lazily=("jax", "keras", "numpy", "torch")
    ),
    "checking": Rule(("app.external.described",), ("pydantic",)),
    "external": Rule(("app.vocabulary",), ("pydantic",)),
    "reading": Rule(("app.client.chain", "app.external", "app.vocabulary"), ("numpy", "pydantic")),
    "opening": Rule(
        (
            *(
                "app.analysis",
                "app.checking",
                "app.external",
                "app.inspection.refused",
                "app.reading",
            ),
            "app.telling",
        ),
        ("numpy",),
    ),
    "translation": Rule(("app.recipe", "app.vocabulary"), ("pydantic",)),
    "recipe": Rule(("app.external.described", "app.vocabulary"), ("pydantic", "pydantic_core")),
    "events": Rule(
        (
            *("app.external.described", "app.numerics", "app.recipe", "app.verdicts"),
            "app.vocabulary",
        ),
        ("pydantic",),
    ),
    "verdicts": Rule(packages=("pydantic",)),
    "heartbeat": Rule(),
    "numerics": Rule(("app.kernels",), ("pydantic",), lazily=("numpy", "threadpoolctl")),
    "past": Rule(("app.events", "app.external.described", "app.numerics")),
    "page_files": Rule(),
    "stretched": Rule(),
    "strict_json": Rule(),
    "contract": Rule(
        (
            *("app.events", "app.glossary", "app.page_files", "app.recipe", "app.stretched"),
            "app.verdicts",
            "app.vocabulary",
        )
    ),
    "glossary": Rule(("app.page_files",)),
    "embedding_origins": Rule(),
    "settings": Rule(("app.embedding_origins",), ("platformdirs",)),
    "telling": Rule(
        (
            *("app.vocabulary", "app.engine", "app.analysis", "app.events"),
            *("app.external.described", "app.verdicts"),
        ),
        ("numpy",),
    ),
    "training": Rule(
        (
            *("app.vocabulary", "app.engine", "app.datasets", "app.analysis", "app.recipe"),
            *("app.events", "app.past", "app.telling"),
        ),
        ("numpy",),
    ),
    "workers": Rule(
        (
            *("app.blas_threads", "app.datasets", "app.engine", "app.events"),
            *("app.heartbeat", "app.kept_pictures", "app.numerics", "app.past"),
            *("app.private_files", "app.recipe", "app.telling", "app.training"),
        )
    ),
    "cluster": Rule(
        (
            *("app.blas_threads", "app.client.answering", "app.datasets", "app.events"),
            *("app.external.described", "app.external.packets", "app.kept_pictures"),
            *("app.numerics", "app.past", "app.private_files", "app.recipe", "app.settings"),
            *("app.training", "app.vocabulary.own_pictures", "app.workers"),
        ),
        ("pydantic",),
        lazily=("distributed",),
    ),
    "inspection": Rule(
        (
            *("app.analysis", "app.checking", "app.datasets", "app.engine", "app.events"),
            *("app.external.described", "app.kept_pictures", "app.recipe", "app.store"),
            "app.strict_json",
            *("app.telling", "app.training", "app.verdicts", "app.vocabulary"),
        ),
        ("PIL", "numpy"),
    ),
    "curves": Rule(
        ("app.export.delimited", "app.private_files", "app.store", "app.stretched"),
        ("numpy",),
    ),
    "export": Rule(
        (
            *("app.events", "app.external.described", "app.stretched"),
            *("app.inspection.refused", "app.inspection.whole", "app.page_files", "app.verdicts"),
            "app.vocabulary",
        ),
        ("PIL", "h5py", "jinja2", "markupsafe", "numpy"),
    ),
    "store": Rule(
        (
            *("app.events", "app.external.described", "app.heartbeat", "app.numerics"),
            *("app.past", "app.private_files"),
            *("app.recipe", "app.vocabulary"),
        ),
        ("apsw", "pydantic"),
    ),
    "web": Rule(
        (
            "app.blas_threads",
            "app.checking",
            *("app.cluster.mail", "app.cluster.pool", "app.cluster.remote_worker"),
            "app.cluster.report_wire",
            "app.cluster.wire",
            "app.command",
            "app.curves",
            "app.events",
            *("app.export.delimited", "app.export.material"),
            "app.export.names",
            "app.external",
            *("app.gathering.aside", "app.gathering.asked", "app.gathering.request"),
            "app.inspection.batch",
            "app.inspection.refused",
            *("app.inspection.subject", "app.inspection.sweep_moment"),
            *("app.kept_pictures", "app.kernels"),
            "app.numerics",
            "app.opening.files",
            "app.page_files",
            "app.private_files",
            "app.recipe",
            "app.settings",
            "app.store",
            "app.stretched",
            "app.strict_json",
            "app.translation",
            "app.verdicts",
            "app.workers.assignment",
            "app.workers.backlog",
            "app.workers.messages",
            "app.workers.supervisors",
            "app.vocabulary",
        ),
        (*_SERVER, "uvicorn"),
        lazily=(
            "app.export.models",
            "app.export.render",
            "app.export.site",
            "app.inspection.whole",
            "numpy",
            "segno",
        ),  # what app.web.numeric names runs in a process aside
    ),
    "connections": Rule(
        ("app.settings", "app.web.problems", "app.web.security_headers"), ("httptools", "uvicorn")
    ),
    "trainers": Rule(
        (
            *("app.recipe", "app.settings", "app.store", "app.web.sweeping"),
            *("app.cluster.notices", "app.cluster.pool", "app.cluster.scheduler_link"),
            *("app.workers.backlog", "app.workers.supervisor", "app.workers.supervisors"),
        ),
        ("pydantic",),
    ),
    "lifespan": Rule(
        (
            *("app.settings", "app.store", "app.trainers", "app.vocabulary.snapshot_steps"),
            *("app.web", "app.workers.backlog"),
        ),
        ("fastapi",),
    ),
    "main": Rule(
        ("app.lifespan", "app.page_files", "app.recipe", "app.settings", "app.web"), _SERVER
    ),
    "page_types": Rule(("app.events", "app.main", "app.page_files", "app.settings"), ("pydantic",)),
    "cli": Rule(("app",), ("fastapi", "numpy", "pydantic", "tqdm", "uvicorn")),
    "__main__": Rule(("app.blas_threads", "app.cli", "app.command")),
}

PURE = ("vocabulary", "engine", "datasets", "analysis", "telling", "training")


@functools.cache
def all_imports() -> list[Import]:
    return [found for file in modules_of_app().values() for found in imports_of(file)]


def _is_within(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def _is_allowed(found: Import) -> bool:
    unit = _unit(found.file)
    top = found.module.partition(".")[0]
    if unit == "" or found.module == "app" or top in sys.stdlib_module_names:
        return True
    rule = RULES[unit]
    allowed = (f"app.{unit}", *rule.app, *rule.packages, *(rule.lazily if found.lazily else ()))
    return _is_within(found.module, allowed)


def _is_app(module: str) -> bool:
    return module.partition(".")[0] == "app"


def _unit(file: str) -> str:
    return unit_of(file.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))


@pytest.mark.parametrize("unit", sorted({_unit(file) for file in modules_of_app().values()} - {""}))
def test_each_part_imports_only_what_it_may_know(unit: str) -> None:
    assert unit in RULES, f"say in RULES what app.{unit} may import"
    forbidden = [
        str(found)
        for found in all_imports()
        if _unit(found.file) == unit and not _is_allowed(found)
    ]
    assert not forbidden


def test_no_rule_outlives_its_part() -> None:
    assert set(RULES) <= {_unit(file) for file in modules_of_app().values()}


def test_the_architectures_table_names_what_each_part_may_import() -> None:
    rows = re.findall(
        r"^\| (`app/.*) \| .* \| (.*) \|$", text_of("docs/architecture.md"), re.MULTILINE
    )
    told = {unit: cell for units, cell in rows for unit in re.findall(r"`app/(\w+)", units)}
    assert {*told, "__main__"} == set(RULES)
    for unit, cell in told.items():
        if cell != "anything":
            named = {
                part for part in RULES if re.search(rf"\b{part}\b", cell.partition(";")[2] or cell)
            }
            rule = {name.split(".")[1] for name in RULES[unit].app}
            assert named == rule, f"app/{unit}'s row and its rule differ by {named ^ rule}"


def test_the_package_itself_loads_nothing_but_the_standard_library() -> None:
    tops = {found.module.partition(".")[0] for found in imports_of("app/__init__.py")}
    assert tops <= {*sys.stdlib_module_names, "app"}
    program = "import app, sys; print(*(name for name in sys.modules if name.startswith('app.')))"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == ""


def test_arithmetic_telling_and_training_read_no_clock_and_draw_nothing_of_their_own() -> None:
    hidden_inputs = ("datetime", "random", "secrets", "time", "uuid")
    pure = [found for found in all_imports() if _unit(found.file) in PURE]
    assert not [str(found) for found in pure if _is_within(found.module, hidden_inputs)]


def test_the_app_imports_itself_relatively_so_that_a_wheel_may_give_it_another_name() -> None:
    absolute = [
        f"{file}:{node.lineno}"
        for file in modules_of_app().values()
        for node in ast.walk(ast.parse(text_of(file)))
        if (isinstance(node, ast.ImportFrom) and not node.level and _is_app(node.module or ""))
        or (isinstance(node, ast.Import) and any(_is_app(alias.name) for alias in node.names))
    ]
    assert not absolute


def test_randomness_comes_only_from_generators_that_somebody_seeded() -> None:
    seeded = {"Generator", "SeedSequence", "PCG64", "BitGenerator", "default_rng"}
    loose = []
    for file in modules_of_app().values():
        for node in ast.walk(ast.parse(text_of(file))):
            drawn = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if drawn.startswith("np.random.") and drawn.split(".")[2] not in seeded:
                loose.append(f"{file}:{node.lineno} uses {drawn}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.random.default_rng":
                loose += [] if node.args else [f"{file}:{node.lineno} seeds from the system"]
    assert not loose


def test_only_commands_and_the_client_speak_to_a_server_and_that_without_a_proxy() -> None:
    clients = ("urllib.request", "http.client", "httpx", "requests", "aiohttp", "urllib3")
    askers = {found.file for found in all_imports() if _is_within(found.module, clients)}
    assert askers <= {"app/cli/client.py", "app/client/answering.py"}
    assert "proxy" not in text_of("app/client/answering.py").lower()  # http.client knows of none
    assert "ProxyHandler({})" in text_of("app/cli/client.py")


def test_the_server_starts_without_numpy_or_plotly() -> None:
    heavy = "{'numpy', 'plotly', 'pandas', 'app.engine.network', 'app.training.loop'}"
    program = f"import sys, app.main; print(*sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == ""
