"""Walks pasted code in the order in which it would run, and reads the layers it makes."""

import ast
import difflib
from collections.abc import Sequence
from typing import Any

from ..vocabulary.optimizers import OPTIMIZERS
from .arguments import Given, Positions, arguments_of, read_layer
from .dialects import Constructor, Dialect
from .draft import MOST_LAYERS, Draft, LayerDraft, Word
from .forward import NAMES, reorder
from .training import read_compile, read_fit, read_optimizer
from .values import last_name, value_of

_CONTAINERS = ("Sequential", "OrderedDict", "ModuleList", "Model")
_MOST_ROUNDS = 40  # of all loops together
_LOOP = "A loop isn't carried out unless it names its few values: write its layers one by one."
_OPTIMIZERS = {known.title for known in OPTIMIZERS.values()}


class Reader:
    """Reads statements into a draft; nothing of them is run.

    Args:
        text: what the tree was made of.
        dialect: whose layers these are.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.draft = Draft()
        self._dialect = dialect
        self._positions = Positions(text)
        self._names: dict[str, Any] = {}
        self._rounds = _MOST_ROUNDS
        self._owned: dict[str, range] = {}

    def read(self, statements: Sequence[ast.stmt]) -> None:
        """Reads statements in order."""
        for statement in statements:
            self._statement(statement)

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
                self._expression(value)
            case ast.Assign(targets=[target], value=value):
                self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.FunctionDef(body=body) | ast.With(body=body) | ast.If(body=body):
                self.read(body)
            case ast.ClassDef(body=body):
                self._class(body)
            case ast.For(target=ast.Name(id=name), iter=several, body=body):
                self._repeat(name, value_of(several, self._names), body)
            case ast.For() | ast.While():
                self.draft.note("for", _LOOP)

    def _class(self, body: list[ast.stmt]) -> None:
        """Reads the layers that a class makes, in the order in which its `forward` calls them."""
        self._owned = {}
        forward: list[ast.stmt] = []
        for statement in body:
            if isinstance(statement, ast.FunctionDef) and statement.name in NAMES:
                forward = statement.body
            else:
                self._statement(statement)
        if forward and self._owned:
            reorder(self.draft, forward, self._owned, self._names, self._positions)
        else:
            self.draft.note("class", "A class's layers are read, in the order of its text.")

    def _repeat(self, name: str, values: Any, body: list[ast.stmt]) -> None:
        """Reads a loop's body for each of a few values that the text says."""
        if type(values) is not tuple or len(values) > self._rounds:  # no call
            self.draft.note("for", _LOOP)
            return
        self._rounds -= len(values)
        for value in values:
            self._names[name] = value
            self.read(body)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        parts = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
        if any(isinstance(part, ast.Call) for part in parts):
            before = len(self.draft.layers)
            self._expression(value)
            made = range(before, len(self.draft.layers))
            if made and isinstance(target, ast.Attribute):
                self._owned[target.attr] = made
            return
        said = value_of(value, self._names)
        match target:
            case ast.Name(id=name):
                self._names[name] = said
            case ast.Tuple(elts=parts) if isinstance(said, tuple) and len(said) == len(parts):
                for part, one in zip(parts, said, strict=True):
                    if isinstance(part, ast.Name):
                        self._names[part.id] = one

    def _expression(self, node: ast.expr) -> None:
        """Reads a call, those within it first where they come first."""
        match node:
            case ast.Call(func=ast.Call() as made, args=inputs):  # Conv2D(32, 3)(x)
                for one in inputs:
                    self._expression(one)
                self._expression(made)
            case ast.Call(func=ast.Attribute(value=ast.Call() as made)):  # Conv2d(1, 32, 3).cuda()
                self._expression(made)
                self._freeze(node)
            case ast.Call(func=function) if name := last_name(function):
                self._call(node, name)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                for part in parts:
                    self._expression(part)
            case ast.Starred(value=inner):
                self._expression(inner)

    def _freeze(self, call: ast.Call) -> None:
        """Reads `Conv2d(1, 32, 3).requires_grad_(False)`."""
        if last_name(call.func) != "requires_grad_" or not self.draft.layers:
            return
        given = [value_of(one, self._names) for one in call.args]
        self.draft.layers[-1].settings["trainable"] = given != [False]

    def _call(self, call: ast.Call, name: str) -> None:
        constructor = self._dialect.layers.get(name)
        if constructor is not None:
            self._layer(call, constructor)
        elif name == "compile":
            read_compile(self.draft, call, self._names)
        elif name == "fit":
            read_fit(self.draft, call, self._names)
        elif name in _OPTIMIZERS:
            read_optimizer(self.draft, call, self._names)
        elif name in ("add", "append", *_CONTAINERS):
            for argument in (*call.args, *(one.value for one in call.keywords)):
                self._part(argument)
        elif "conv" in name.lower():
            self._note_unknown(name)

    def _part(self, node: ast.expr) -> None:
        """Reads what stands where a layer belongs; what is no layer is named."""
        match node:
            case ast.Call(func=function):
                name = last_name(function)
                if name and not self._is_known(name):
                    self._note_unknown(name)
                else:
                    self._expression(node)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                for part in parts:
                    self._part(part)
            case ast.Starred(value=inner):
                self._part(inner)

    def _is_known(self, name: str) -> bool:
        return name in self._dialect.layers or name in _CONTAINERS

    def _note_unknown(self, name: str) -> None:
        near = difflib.get_close_matches(name, sorted(self._dialect.layers), 1, 0.5)
        mend = f" The nearest is {near[0]}." if near else ""
        self.draft.note(name, f"{name} isn't a layer that is known here, and is left out.{mend}")

    def _layer(self, call: ast.Call, constructor: Constructor) -> None:
        draft = self.draft
        if len(draft.layers) >= MOST_LAYERS:
            draft.note("layers", f"Only the first {MOST_LAYERS} layers are read.")
            return
        function = call.func
        draft.words.append(Word(*self._positions.of(function), "kind", len(draft.layers)))
        given = list(arguments_of(call, constructor, self._names))
        if constructor.kind == "activation" and last_name(function) != "Activation":
            given.append(Given("activation", last_name(function), function))
        layer = read_layer(draft, constructor.kind, iter(given), self._positions)
        draft.layers.append(layer if constructor.kind != "input" else LayerDraft("nothing"))
