"""Imports only go down the floors; no import inside a function, no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kimcms"

# Longest prefix wins.
FLOORS = {
    "kimcms.domain": 0,
    "kimcms.config": 0,
    "kimcms.db": 1,
    "kimcms.models": 1,
    "kimcms.storage": 1,
    "kimcms.queries": 2,
    "kimcms.services": 3,
    "kimcms.web": 4,
    "kimcms.jobs": 4,
    "kimcms.cli": 4,
    "kimcms.seed": 4,
    "kimcms.app": 5,
    "kimcms.worker": 5,
    "kimcms": 5,
}
# What a floor may not know, beside the floors above it.
STRANGERS = {
    0: ("flask", "sqlalchemy", "flask_sqlalchemy", "werkzeug", "PIL"),
    1: ("flask", "werkzeug", "flask_login"),
    2: ("flask", "werkzeug", "flask_login"),
    3: ("flask", "werkzeug", "flask_login", "flask_wtf"),
}
NEIGHBOURS = ("kimcms.web.portal", "kimcms.web.site", "kimcms.web.desk")


@cache
def modules(package: Path = PACKAGE) -> tuple[tuple[str, ast.Module], ...]:
    return tuple(_modules(package))


def _modules(package: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"), str(path))


def floor(module: str) -> int:
    prefixes = [p for p in FLOORS if module == p or module.startswith(p + ".")]
    return FLOORS[max(prefixes, key=len)]


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(name: str, known: set[str]) -> str | None:
    """The module that an imported name lives in."""
    while name.startswith("kimcms"):
        if name in known:
            return name
        name = name.rpartition(".")[0]
    return None


def neighbourhood(module: str) -> str | None:
    return next((n for n in NEIGHBOURS if f"{module}.".startswith(f"{n}.")), None)


def faults(found: dict[str, ast.Module]) -> list[str]:
    known = set(found)
    said = []
    for module, tree in found.items():
        for name in imports(tree):
            target = ours(name, known)
            if target and target != module and floor(target) > floor(module):
                said.append(f"{module} looks up to {target}")
            here, there = neighbourhood(module), neighbourhood(target or "")
            if here and there and here != there:
                said.append(f"{module} imports its neighbour {target}")
            if not target and name.split(".")[0] in STRANGERS.get(floor(module), ()):
                said.append(f"{module} may not know {name}")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Import | ast.ImportFrom):
                        said.append(f"{module}.{node.name} imports inside a function")
    return said


def circles(found: dict[str, ast.Module]) -> list[str]:
    """Modules that import each other, packages' own `__init__` left out."""
    known = set(found)
    graph = {
        module: {t for n in imports(tree) if (t := ours(n, known)) and t != module}
        for module, tree in found.items()
    }
    state: dict[str, int] = {}
    said: list[str] = []

    def visit(module: str, path: tuple[str, ...]) -> None:
        state[module] = 1
        for target in sorted(graph[module]):
            if state.get(target) == 1:
                said.append(" -> ".join((*path, module, target)))
            elif target not in state:
                visit(target, (*path, module))
        state[module] = 2

    for module in sorted(graph):
        if module not in state:
            visit(module, ())
    return said


def test_imports_go_down() -> None:
    assert faults(dict(modules())) == []


def test_no_circles() -> None:
    assert circles(dict(modules())) == []


def test_only_services_commit() -> None:
    said = []
    for module, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "commit":
                said.append(module)
    assert said == ["kimcms.services.unit"]


def test_views_do_not_touch_the_session() -> None:
    """Views read through queries and write through services."""
    said = [
        module
        for module, tree in modules()
        if module.startswith("kimcms.web.") and module != "kimcms.web.errors"
        for name in imports(tree)
        if name == "kimcms.db.db"
    ]
    assert said == []


def test_files_and_functions_hold_one_thing() -> None:
    said = []
    for module, tree in modules():
        path = PACKAGE.parent / (module.replace(".", "/") + ".py")
        if path.exists() and len(path.read_text().splitlines()) > 320:
            said.append(f"{module} is over 320 lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 70:
                said.append(f"{module}.{node.name} is over 70 lines")
    assert said == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kimcms.domain.x", "import flask"),
        ("kimcms.domain.x", "from kimcms.services import unit"),
        ("kimcms.queries.x", "from kimcms.services import unit"),
        ("kimcms.services.x", "from flask import g"),
        ("kimcms.web.site.x", "from kimcms.web.portal import feed"),
        ("kimcms.models.x", "def f():\n    import os"),
    ],
)
def test_the_test_can_fail(module: str, source: str) -> None:
    found = dict(modules()) | {module: ast.parse(source)}
    assert any(fault.startswith(module) for fault in faults(found))


def test_a_circle_is_seen() -> None:
    found = {
        "kimcms.domain.a": ast.parse("from kimcms.domain import b"),
        "kimcms.domain.b": ast.parse("from kimcms.domain import a"),
    }
    assert circles(found)
