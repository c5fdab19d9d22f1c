"""Finds the messages that the source says: in Python calls and in Jinja templates."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from jinja2 import Environment, nodes

SOURCE = Path(__file__).parents[2] / "src" / "atalaia"
SAYING = {"say", "plural", "to_say"}


class Said(NamedTuple):
    """One place where a message is said."""

    where: str
    messages: tuple[str, ...]
    """The English message; for a plural, the one for one and the one for many."""
    given: frozenset[str] | None
    """Names of the values passed with it; None when that cannot be seen."""


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def said_in_python(text: str, where: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (name := _python_name(node.func)) in SAYING:
            constants = (a.value for a in node.args[: _arity(name)] if isinstance(a, ast.Constant))
            literals = tuple(value for value in constants if isinstance(value, str))
            if len(literals) == _arity(name):
                yield Said(f"{where}:{node.lineno}", literals, _python_values(name, node))


def built_in_python(text: str, where: str) -> Iterator[str]:
    """Places where a message is put together while running: such a message cannot be translated."""
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Call)
            and (name := _python_name(node.func)) in SAYING
            and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args[: _arity(name)])
        ):
            yield f"{where}:{node.lineno}"


def said_in_template(text: str, where: str) -> Iterator[Said]:
    for call in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        callee = call.node
        name = callee.name if isinstance(callee, nodes.Name) else getattr(callee, "attr", "")
        if name in SAYING:
            constants = (a.value for a in call.args[: _arity(name)] if isinstance(a, nodes.Const))
            literals = tuple(value for value in constants if isinstance(value, str))
            if len(literals) == _arity(name):
                given = frozenset(k.key for k in call.kwargs) | ({"n"} if name == "plural" else frozenset())
                yield Said(f"{where}:{call.lineno}", literals, None if call.dyn_kwargs else given)


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def everything_said() -> list[Said]:
    said: list[Said] = []
    for file in python_files():
        said += said_in_python(file.read_text("utf-8"), str(file.relative_to(SOURCE)))
    for file in sorted(SOURCE.glob("**/templates/**/*")):
        if file.is_file():
            said += said_in_template(file.read_text("utf-8"), str(file.relative_to(SOURCE)))
    return said


def _arity(name: str) -> int:
    return 2 if name == "plural" else 1


def _python_name(callee: ast.expr) -> str:
    if isinstance(callee, ast.Attribute):
        return callee.attr
    return callee.id if isinstance(callee, ast.Name) else ""


def _python_values(name: str, call: ast.Call) -> frozenset[str] | None:
    if name == "to_say" or any(keyword.arg is None for keyword in call.keywords):
        return None
    names = {keyword.arg for keyword in call.keywords if keyword.arg}
    return frozenset(names | ({"n"} if name == "plural" else set()))
