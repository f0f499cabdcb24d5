"""The line at which a key of a TOML file stands, which no TOML parser tells."""

import re
from bisect import bisect_right
from dataclasses import replace

from policy.findings import Finding

Path = tuple[str | int, ...]
"""A place in a file: `("storage", 2, "purpose")`."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_NAME = re.compile(r"""[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*""")
_STRINGS = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:""|")?' r"|'''.*?'''(?:''|')?" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]*")
_DEEPEST = 100
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def line_of(text: str, path: Path) -> int | None:
    """The line (from 1) of the key at a path.

    Where the key itself is not there, the line of the nearest table around it; None if that is the file,
    or if the text is not TOML.
    """
    scan = _Scan(text)
    scan.document()
    while path:
        if path in scan.starts:
            return scan.line(scan.starts[path])
        path = path[:-1]
    return None


def key_path(path: Path) -> str:
    """A place in a file as an editor writes it: `storage[0].purpose`."""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else part
    return written


def with_line(finding: Finding, text: str | None) -> Finding:
    """The finding with its line, looked up by its key path in the text of its file."""
    if finding.line or not finding.path or text is None:
        return finding
    path = tuple(int(index) if index else name for index, name in _STEP.findall(finding.path))
    return replace(finding, line=line_of(text, path))


class _Scan:
    """Walks over TOML text that a parser accepted and notes where each key and list element starts.

    On other text it stops where it understands no more; what it noted so far is right.
    """

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.starts: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line(self, at: int) -> int:
        return bisect_right(self.line_starts, at)

    def document(self) -> None:
        table: Path = ()
        while self.space() < len(self.text):
            before = self.at
            table = self.header() if self.text[before] == "[" else self.pair(table) or table
            if self.at == before:
                return

    def space(self) -> int:
        self.at = _SPACE.match(self.text, self.at).end()
        return self.at

    def take(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def header(self) -> Path:
        start, several = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        *parents, last = self.names() or ("",)
        table = (*self.meant(tuple(parents)), last)
        self.starts.setdefault(table, start)
        if several:
            self.counts[table] = self.counts.get(table, -1) + 1
            table = (*table, self.counts[table])
            self.starts.setdefault(table, start)
        else:
            table = self.meant(table)
        self.take("]]" if several else "]")
        return table

    def meant(self, names: tuple[str, ...] | Path) -> Path:
        """The path of a table; of an array of tables the last element is meant."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self.counts and isinstance(name, str):
                path = (*path, self.counts[path])
        return path

    def names(self) -> tuple[str, ...]:
        found: list[str] = []
        while match := _NAME.match(self.text, self.at):
            found.append(next(part for part in match.groups() if part is not None))
            self.at = match.end()
            if not self.take("."):
                break
        return tuple(found)

    def pair(self, table: Path) -> None:
        start, path = self.at, table
        for name in self.names():
            path = (*path, name)
            self.starts.setdefault(path, start)
        if path != table and self.take("="):
            self.value(path)

    def value(self, path: Path) -> None:
        self.space()
        if len(path) > _DEEPEST:
            self.at = len(self.text)
            return
        if self.take("["):
            self.elements(path)
        elif self.take("{"):
            while self.space() < len(self.text) and not self.take("}"):
                before = self.at
                self.pair(path)
                self.space()
                self.take(",")
                if self.at == before:
                    return
        else:
            self.at = (_STRINGS.match(self.text, self.at) or _BARE.match(self.text, self.at)).end()

    def elements(self, path: Path) -> None:
        index = 0
        while self.space() < len(self.text) and not self.take("]"):
            before = self.at
            self.starts.setdefault((*path, index), before)
            self.value((*path, index))
            self.space()
            self.take(",")
            index += 1
            if self.at == before:
                return
