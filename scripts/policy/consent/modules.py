"""Linking ES modules: in the order of their imports, without the import lines.

The modules keep to a subset that makes this enough; what lies outside it is refused with file and line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policy.errors import PolicyError
from policy.findings import Finding

_NAME = r"[A-Za-z_$][\w$]*"
_IMPORT = re.compile(rf"^import \{{ ({_NAME}(?:, {_NAME})*) \}} from '\./([\w-]+\.js)'$")
_DECLARED = re.compile(rf"^(?:export )?(?:async )?(?:function\*?|const|let|var|class) ({_NAME})")
_REFUSED = (
    (re.compile(r"^export default\b"), "A default export has no name. Export it by name: export function name() …"),
    (re.compile(r"^export (\*|\{)"), "A list of exports is not read. Write 'export' before each function or constant."),
    (re.compile(r"^import\b.*\bas\b"), "An import under another name is not read. Import the name as it is."),
    (re.compile(r"^import\b"), "This import is not read. Write it on one line: import { name } from './module.js'"),
    (re.compile(r"\bimport\(\s*['\"`]"), "A linked module cannot be fetched by its name. Import it at the top."),
)
_EMPTY_EXPORT = "export {}"


@dataclass(frozen=True, slots=True)
class _Module:
    file: str
    lines: tuple[str, ...]
    imports: tuple[tuple[int, str, tuple[str, ...]], ...]
    declared: dict[str, int]
    exported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Modules as one piece of code, the names that the roots export, and those that the code borrows."""

    code: str
    exports: tuple[str, ...]
    borrowed: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()


def link(
    sources: Path, *roots: str, without: frozenset[str] = frozenset(), leaving: frozenset[str] = frozenset()
) -> Linked:
    """These modules and all they import, each once and after what it needs; PolicyError tells all problems.

    Modules in `without` are left out: what the others import of them is borrowed from whoever has them.
    Modules in `leaving` are left out with every line that names what they export, as if nobody had written those.
    """
    modules: dict[str, _Module] = {}
    findings: list[Finding] = []
    for root in roots:
        _collect(sources, root, modules, (), Finding("", f"{sources.name}/{root}"), findings, leaving)
    findings += _unknown_imports(modules)
    findings += _doubled_names(modules)
    if findings:
        raise PolicyError(findings)
    own = {name: module for name, module in modules.items() if name not in without}
    return Linked(
        "\n\n".join(_body(module, leaving) for module in own.values()),
        tuple(name for root in roots for name in modules[root].exported),
        tuple(
            sorted(
                {
                    name
                    for module in own.values()
                    for _, other, names in module.imports
                    if other in without
                    for name in names
                }
            )
        ),
        frozenset(own),
    )


def _collect(
    sources: Path,
    name: str,
    modules: dict[str, _Module],
    path: tuple[str, ...],
    asked: Finding,
    findings: list[Finding],
    leaving: frozenset[str],
) -> None:
    """Add a module after those it imports; `asked` is the place that names it."""
    if name in path:
        circle = " → ".join((*path[path.index(name) :], name))
        message = f"Modules import each other in a circle: {circle}. Move what both need to a module of its own."
        findings.append(Finding(message, asked.file, asked.line))
        return
    if name in modules:
        return
    try:
        lines = (sources / name).read_text("utf-8").splitlines()
    except FileNotFoundError:
        findings.append(Finding(f"There is no module '{name}' beside this one. Mend the name.", asked.file, asked.line))
        return
    module = _read(f"{sources.name}/{name}", lines)
    findings += _refusals(module)
    for line, other, _ in module.imports:
        if other not in leaving:
            _collect(sources, other, modules, (*path, name), Finding("", module.file, line), findings, leaving)
    modules[name] = module


def _read(file: str, lines: list[str]) -> _Module:
    imports = []
    declared: dict[str, int] = {}
    exported = []
    for number, line in enumerate(lines, start=1):
        if match := _IMPORT.match(line):
            imports.append((number, match[2], tuple(match[1].split(", "))))
        elif match := _DECLARED.match(line):
            declared.setdefault(match[1], number)
            if line.startswith("export "):
                exported.append(match[1])
    return _Module(file, tuple(lines), tuple(imports), declared, tuple(exported))


def _refusals(module: _Module) -> Iterator[Finding]:
    for number, line in enumerate(module.lines, start=1):
        if _IMPORT.match(line) or line == _EMPTY_EXPORT:
            continue
        for pattern, message in _REFUSED:
            if pattern.search(line):
                yield Finding(message, module.file, number)
                break
        else:
            if line.startswith("export ") and not _DECLARED.match(line):
                yield Finding("This export has no single name. Export one name at a time.", module.file, number)
            elif line.count("`") % 2:
                yield Finding("A template runs over several lines. Keep it on one line.", module.file, number)


def _unknown_imports(modules: dict[str, _Module]) -> Iterator[Finding]:
    for module in modules.values():
        for line, other, names in module.imports:
            exported = modules[other].exported if other in modules else names
            for name in names:
                if name not in exported:
                    message = f"'{other}' does not export '{name}'. Export it there, or mend the name."
                    yield Finding(message, module.file, line)


def _doubled_names(modules: dict[str, _Module]) -> Iterator[Finding]:
    first: dict[str, _Module] = {}
    for module in modules.values():
        for name, line in module.declared.items():
            other = first.setdefault(name, module)
            if other is not module:
                where = f"{other.file}:{other.declared[name]}"
                message = f"The name '{name}' is also declared in {where}. Give one of them another name."
                yield Finding(message, module.file, line)


def _body(module: _Module, leaving: frozenset[str]) -> str:
    gone = {name for _, other, names in module.imports if other in leaving for name in names}
    kept = (
        line
        for line in module.lines
        if not _IMPORT.match(line) and line != _EMPTY_EXPORT and gone.isdisjoint(re.findall(_NAME, line))
    )
    return "\n".join(line.removeprefix("export ") for line in kept).strip()
