"""The house: who imports whom, where the clock and each foreign package come in, and how long a module may be."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "scripts" / "policy"

MAY_IMPORT = {
    "errors": {"findings"},
    "findings": set(),
    "context": set(),
    "inventory": {"errors", "findings"},
    "versions": {"errors", "findings", "inventory"},
    "consent": {"errors", "findings", "inventory"},
    "site": {"errors", "findings", "inventory", "versions", "consent"},
    "headers": {"errors"},
    "audit": {"errors", "findings", "inventory"},
    "publish": {"errors"},
    "status": {"errors", "findings", "inventory", "versions", "consent", "site"},
    "build": {"errors", "findings", "inventory", "versions", "consent", "site", "headers", "audit", "publish"},
}
MAY_IMPORT["alone"] = {"errors", "findings"}
MAY_IMPORT["build"] |= {"alone"}
MAY_IMPORT["announce"] = {"alone", "errors", "findings", "inventory", "versions", "consent", "site"}
MAY_IMPORT["preview"] = {"errors", "site"}
MAY_IMPORT["release"] = {"inventory", "versions", "site", "headers", "publish"}
MAY_IMPORT["build"] |= {"release"}
MAY_IMPORT["publishing"] = {"errors", "inventory", "versions", "site", "publish"}
MAY_IMPORT["publish_report"] = {"publish"}
MAY_IMPORT["publish_commands"] = {"alone", "context", "publish", "publish_report", "publishing"}
MAY_IMPORT["cli"] = {"announce", "build", "context", "preview", "publish_commands", "status"} | MAY_IMPORT["build"]
MAY_IMPORT["__main__"] = {"cli"}
"""What each stage may import besides itself; a stage that is not named here may import nothing."""

COMMANDS = "commands"
"""A module of this name holds commands of its stage, and may import the context."""

DOORS = {
    "mkdocs": "site/plugin.py",
    "playwright": "audit/observe.py",
    "asyncssh": "publish/sftp/",
    "jinja2": "site/",
    "weasyprint": "site/pdf.py",
    "fontTools": "site/pdf.py",
    "esprima": "consent/shorten/tree.py",
}
CLOCK = {
    "date.today",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
}
CLOCK_DOORS = {"cli.py", "site/plugin.py"}
PURE_JS = {"act.js", "code.js", "decision.js", "receipt.js", "record.js"}

LONGEST_PY, LONGEST_JS = 300, 150
LONGER = {
    "consent_js/types.js": 300,  # what all modules hand each other: no code, and nothing reaches a visitor
    "scripts/policy/inventory/model.py": 360,  # one class per table of the TOML files, nothing else to part them by
}


@dataclass(frozen=True)
class Module:
    """A Python file of the package: its path in it, and its syntax."""

    path: str
    tree: ast.Module

    @property
    def stage(self) -> str:
        return self.path.split("/")[0].removesuffix(".py")

    def imports(self) -> Iterator[str]:
        """The full name of every module that it imports, at any depth of the code."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from self._from(node)

    def _from(self, node: ast.ImportFrom) -> Iterator[str]:
        base = node.module or ""
        if node.level:
            folders = ["policy", *self.path.split("/")[:-1]]
            base = ".".join([*folders[: len(folders) - node.level + 1], *filter(None, [base])])
        yield base
        if base == "policy":
            yield from (f"policy.{alias.name}" for alias in node.names)


def house(files: dict[str, str]) -> list[str]:
    """The rules that Python files of the package break, by their path in it; one sentence for each."""
    modules = [Module(path, ast.parse(text)) for path, text in files.items()]
    return [sentence for module in modules for sentence in (*_directions(module), *_doors(module), *_clock(module))]


def _directions(module: Module) -> Iterator[str]:
    if module.path == "__init__.py":
        return
    allowed = MAY_IMPORT.get(module.stage, set()) | {module.stage}
    if Path(module.path).stem == COMMANDS:
        allowed = allowed | {"context"}
    for name in module.imports():
        parts = name.split(".")
        if parts[0] == "policy" and len(parts) > 1 and parts[1] not in allowed:
            yield f"{module.path} imports {name}: {module.stage} may import {', '.join(sorted(allowed))} only."


def _doors(module: Module) -> Iterator[str]:
    for name in module.imports():
        door = DOORS.get(name.split(".")[0])
        if door and not module.path.startswith(door):
            yield f"{module.path} imports {name}: its one door is {door}."


def _clock(module: Module) -> Iterator[str]:
    if module.path in CLOCK_DOORS:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            name = ".".join(ast.unparse(node).split(".")[-2:])
            if name in CLOCK:
                yield f"{module.path}:{node.lineno} reads the clock: only {' and '.join(sorted(CLOCK_DOORS))} may."
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            for alias in node.names:
                if f"time.{alias.name}" in CLOCK:
                    yield f"{module.path}:{node.lineno} reads the clock: only {' and '.join(sorted(CLOCK_DOORS))} may."


def test_imports_doors_and_the_clock():
    files = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    assert files
    assert house(files) == []


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("inventory/check.py", "from policy.versions.model import Timeline", "inventory may import"),
        ("inventory/check.py", "from policy import site", "inventory may import"),
        ("inventory/check.py", "def f():\n    import policy.build", "inventory may import"),
        ("versions/read.py", "from ..consent import config", "versions may import"),
        ("consent/config.py", "from policy.versions.model import Timeline", "consent may import"),
        ("headers/csp.py", "from policy.inventory.model import Inventory", "headers may import"),
        ("publish/release.py", "from policy.findings import Finding", "publish may import"),
        ("audit/compare.py", "from policy.site.pages import x", "audit may import"),
        ("inventory/read.py", "from policy.context import Context", "inventory may import"),
        ("new/stage.py", "from policy.errors import PolicyError", "new may import"),
        ("site/pages.py", "from mkdocs.config import load_config", "one door is site/plugin.py"),
        ("audit/compare.py", "import playwright.sync_api", "one door is audit/observe.py"),
        ("publish/swap.py", "import asyncssh", "one door is publish/sftp/"),
        ("inventory/read.py", "import jinja2", "one door is site/"),
        ("status.py", "from datetime import date\nx = date.today()", "reads the clock"),
        ("status.py", "import datetime\nx = datetime.datetime.now()", "reads the clock"),
        ("status.py", "from time import time", "reads the clock"),
    ],
)
def test_a_broken_rule_is_named(path: str, text: str, rule: str):
    (sentence,) = house({path: text})
    assert sentence.startswith(path)
    assert rule in sentence


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("inventory/commands.py", "from policy.context import Context"),
        ("site/plugin.py", "import mkdocs\nfrom datetime import date\nx = date.today()"),
        ("site/render.py", "import jinja2\nfrom policy.inventory import words"),
        ("cli.py", "from policy.build import build\nfrom policy.site.plugin import serve_site"),
    ],
)
def test_what_the_house_allows(path: str, text: str):
    assert house({path: text}) == []


def _too_long(pattern: str, limit: int) -> list[str]:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in sorted(ROOT.glob(pattern))}
    assert lengths, f"{pattern} finds nothing"
    names = {path.relative_to(ROOT).as_posix(): length for path, length in lengths.items()}
    return [
        f"{name} has {length} lines, at most {LONGER.get(name, limit)}: part it by what it does."
        for name, length in names.items()
        if length > LONGER.get(name, limit)
    ]


def test_no_python_module_is_too_long():
    assert _too_long("scripts/**/*.py", LONGEST_PY) == []


def test_no_javascript_module_is_too_long():
    assert _too_long("consent_js/*.js", LONGEST_JS) == []


@pytest.mark.parametrize("name", sorted(PURE_JS))
def test_a_pure_module_touches_no_document(name: str):
    text = (ROOT / "consent_js" / name).read_text("utf-8")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
    assert not re.search(r"\b(document|window|localStorage|navigator)\b", code), f"{name} touches the page"


SITE_JS = ("kept", "markup", "references", "verdict", "words")


def test_no_script_of_the_site_is_too_long():
    assert _too_long("theme_overrides/assets/*.js", LONGEST_JS) == []


@pytest.mark.parametrize("name", SITE_JS)
def test_what_checks_a_saved_text_touches_no_document(name: str):
    text = (ROOT / "theme_overrides/assets" / f"{name}.js").read_text("utf-8")
    code = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"\b(document|window|localStorage|navigator)\b", code), f"{name} touches the page"


def test_no_module_is_a_drawer_for_anything():
    names = {path.stem for path in PACKAGE.rglob("*.py")} | {path.name for path in PACKAGE.rglob("*") if path.is_dir()}
    assert names.isdisjoint({"utils", "helpers", "common", "misc", "manager"})
