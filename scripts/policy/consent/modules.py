"""Linking ES modules: in the order of their imports, without the import lines.

The modules keep to a subset that makes this enough; what lies outside it is refused with file and line.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from policy.errors import PolicyError
from policy.findings import Finding

_IMPORT = re.compile(r"^import \{ ([A-Za-z_$][\w$]*(?:, [A-Za-z_$][\w$]*)*) \} from '\./([\w.-]+\.js)';?$")
_EXPORT = re.compile(r"^export (?=(?:async )?function\*? |const |let |class )")
_DECLARED = re.compile(r"^(?:export )?(?:(?:async )?function\*? ?|const |let |var |class )([A-Za-z_$][\w$]*)")


@dataclass(frozen=True, slots=True)
class _Module:
    name: str
    lines: tuple[str, ...]
    imports: tuple[tuple[int, str, tuple[str, ...]], ...]
    declared: dict[str, int]
    exported: frozenset[str]


def linked(sources: Path, *roots: str) -> str:
    """The code of these modules and of all they import, each once and after what it needs."""
    modules = _ordered(sources, roots)
    _check_names(sources, modules)
    return "\n".join(_body(module) for module in modules)


def _ordered(sources: Path, roots: tuple[str, ...]) -> list[_Module]:
    done: dict[str, _Module] = {}

    def visit(name: str, path: tuple[str, ...], needed_by: Finding | None) -> None:
        if name in path:
            circle = " → ".join((*path[path.index(name) :], name))
            raise PolicyError([_finding(sources, path[-1], needed_by, f"The modules import each other in a circle: {circle}. Move what both need to a module of its own.")])
        if name in done:
            return
        module = _read(sources, name, needed_by)
        for line, other, _ in module.imports:
            visit(other, (*path, name), Finding("", f"{sources.name}/{name}", line))
        done[name] = module

    for root in roots:
        visit(root, (), None)
    return list(done.values())


def _finding(sources: Path, name: str, place: Finding | None, message: str) -> Finding:
    return Finding(message, f"{sources.name}/{name}", place.line if place else None)


def _read(sources: Path, name: str, needed_by: Finding | None) -> _Module:
    try:
        lines = tuple((sources / name).read_text("utf-8").splitlines())
    except FileNotFoundError:
        where = needed_by or Finding("", f"{sources.name}/{name}")
        raise PolicyError([Finding(f"The module '{name}' is not there. Mend the name.", where.file, where.line)]) from None
    imports, declared, exported = [], {}, set()
    for number, line in enumerate(lines, start=1):
        if match := _IMPORT.match(line):
            imports.append((number, match[2], tuple(match[1].split(", "))))
        if match := _DECLARED.match(line):
            declared[match[1]] = number
            if _EXPORT.match(line):
                exported.add(match[1])
    return _Module(name, lines, tuple(imports), declared, frozenset(exported))


def _check_names(sources: Path, modules: list[_Module]) -> None:
    pass


def _body(module: _Module) -> str:
    lines = (_EXPORT.sub("", line) for line in module.lines if not _IMPORT.match(line))
    return "\n".join(lines).strip() + "\n"
