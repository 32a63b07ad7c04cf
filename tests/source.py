"""Reads Python source into what the rules of the house speak of: imports and names."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Module:
    """One source file: `name` is dotted, `tree` parsed."""

    name: str
    source: str
    tree: ast.Module

    @classmethod
    def parse(cls, name: str, source: str) -> Self:
        return cls(name, source, ast.parse(source))

    def imports(self) -> Iterator[str]:
        """Yield every module or name imported, absolute, wherever it stands.

        `from a import b` gives `a.b`: whether b is a module is for the reader.
        """
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                package = "." * node.level + (node.module or "")
                yield from (f"{package}.{alias.name}" for alias in node.names)

    def names(self) -> Iterator[tuple[int, str]]:
        """Yield (line, dotted name) of what is used, import aliases resolved."""
        aliases = dict(self._aliases())
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute | ast.Name):
                head, *rest = dotted(node)
                yield node.lineno, ".".join([aliases.get(head, head), *rest])

    def _aliases(self) -> Iterator[tuple[str, str]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.asname:
                        yield alias.asname, alias.name
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def dotted(node: ast.expr) -> tuple[str, ...]:
    """Return the parts of `a.b.c`; whatever is no name becomes an empty part."""
    if isinstance(node, ast.Attribute):
        return (*dotted(node.value), node.attr)
    return (node.id,) if isinstance(node, ast.Name) else ("",)


def modules(root: Path) -> list[Module]:
    """Return the project's own modules: the package and the WSGI entry."""
    paths = [root / "wsgi.py", *sorted((root / "feeds").rglob("*.py"))]
    return [Module.parse(name_of(path, root), path.read_text()) for path in paths]


def name_of(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def lies_in(name: str, room: str) -> bool:
    """Tell whether the module is the room, or is in it."""
    return name == room or name.startswith(f"{room}.")


def find_cycle(graph: dict[str, set[str]]) -> list[str]:
    """Return the names along one cycle, [] when there is none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in sorted(graph.get(name, ())):
            if found := walk(target, [*path, name]):
                return found
        done.add(name)
        return []

    return next(filter(None, (walk(name, []) for name in sorted(graph))), [])
