"""Linking ES modules: the order, the subset, and a whole sentence for everything outside it."""

from dataclasses import replace
from pathlib import Path

import pytest

from policy.consent.modules import link
from policy.errors import PolicyError


def _written(folder: Path, **modules: str) -> Path:
    sources = folder / "consent_js"
    sources.mkdir()
    for name, text in modules.items():
        (sources / f"{name}.js").write_text(text, "utf-8")
    return sources


def _problems(sources: Path, root: str = "a.js") -> list[str]:
    with pytest.raises(PolicyError) as raised:
        link(sources, root)
    return [str(finding) for finding in raised.value.findings]


def test_a_module_comes_after_all_it_imports_and_once(tmp_path: Path) -> None:
    sources = _written(
        tmp_path,
        a="import { b } from './b.js'\nimport { c } from './c.js'\nexport function a() {\n  return b + c\n}\n",
        b="import { c } from './c.js'\n\nexport const b = c\n",
        c="/** A number. */\nexport const c = 1\n",
    )
    linked = link(sources, "a.js")
    assert linked.code == "/** A number. */\nconst c = 1\n\nconst b = c\n\nfunction a() {\n  return b + c\n}"
    assert linked.exports == ("a",)


def test_a_module_is_left_with_every_line_that_names_what_it_exports(tmp_path: Path) -> None:
    main = "import {{ d }} from './d.js'\n{}export function a() {{\n{}  return d\n}}\n"
    sources = _written(
        tmp_path,
        a=main.format("import { b, c } from './b.js'\n", "  b() // as asked\n  if (d) c(d)\n"),
        b="import { d } from './d.js'\nexport const b = () => d\nexport function c() {}\n",
        d="/** It goes by b, but is not it: bb, a.c2. */\nexport const d = 1\n",
        e=main.format("", ""),
    )
    assert link(sources, "a.js", leaving=frozenset({"b.js"})) == replace(
        link(sources, "e.js"), files=frozenset({"a.js", "d.js"})
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("export default function a() {}", "A default export has no name. Export it by name: export function name() …"),
        ("export { a }", "A list of exports is not read. Write 'export' before each function or constant."),
        ("export * from './b.js'", "A list of exports is not read. Write 'export' before each function or constant."),
        ("export const { a, b } = c", "This export has no single name. Export one name at a time."),
        ("import { b as c } from './b.js'", "An import under another name is not read. Import the name as it is."),
        ("import * as b from './b.js'", "An import under another name is not read. Import the name as it is."),
        ("import b from './b.js'", "This import is not read. Write it on one line: import { name } from './module.js'"),
        ("import './b.js'", "This import is not read. Write it on one line: import { name } from './module.js'"),
        ("import {", "This import is not read. Write it on one line: import { name } from './module.js'"),
        (
            "import { b } from '../b.js'",
            "This import is not read. Write it on one line: import { name } from './module.js'",
        ),
        (
            "const b = await import('./b.js')",
            "A linked module cannot be fetched by its name. Import it at the top.",
        ),
        ("const text = `one", "A template runs over several lines. Keep it on one line."),
    ],
)
def test_what_is_not_read_is_refused_with_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    sources = _written(tmp_path, a=f"const first = 1\n{line}\n", b="export const b = 1\n")
    assert _problems(sources) == [f"consent_js/a.js:2: {message}"]


def test_a_circle_is_refused(tmp_path: Path) -> None:
    sources = _written(
        tmp_path,
        a="import { b } from './b.js'\nexport const a = 1\n",
        b="// first line\nimport { a } from './a.js'\nexport const b = 1\n",
    )
    assert _problems(sources) == [
        "consent_js/b.js:2: Modules import each other in a circle: a.js → b.js → a.js. "
        "Move what both need to a module of its own."
    ]


def test_a_name_that_two_modules_declare_is_refused(tmp_path: Path) -> None:
    sources = _written(
        tmp_path, a="import { b } from './b.js'\nconst same = b\n", b="export const b = 1\nfunction same() {}\n"
    )
    assert _problems(sources) == [
        "consent_js/a.js:2: The name 'same' is also declared in consent_js/b.js:2. Give one of them another name."
    ]


def test_missing_modules_and_names_are_told_together(tmp_path: Path) -> None:
    sources = _written(
        tmp_path, a="import { b } from './b.js'\nimport { x, y } from './c.js'\n", c="export const x = 1\nconst y = 2\n"
    )
    assert _problems(sources) == [
        "consent_js/a.js:1: There is no module 'b.js' beside this one. Mend the name.",
        "consent_js/a.js:2: 'c.js' does not export 'y'. Export it there, or mend the name.",
    ]
