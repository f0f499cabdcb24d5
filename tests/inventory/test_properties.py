"""Whatever stands in the files: an inventory or sentences, and never anything else."""

import tempfile
from datetime import date
from pathlib import Path

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.inventory.check import check_texts, read_checked
from policy.inventory.freeze import from_json, to_json
from policy.inventory.locate import line_of
from tests.inventory.folders import TINY, tiny_inventory, tiny_texts, write

NAMES = [path.relative_to(TINY).as_posix() for path in sorted(TINY.rglob("*.toml"))]
TRIES = settings(max_examples=50, deadline=None)  # how long one takes depends on who else uses the machine
MARKS = st.sampled_from(
    ["[", "]", "{", "}", '"', "'", '"""', "=", ".", ",", "#", "\n", "\r\n", "\\", "a", "1", "true", "2026-11-22", "inf"]
)
WORDS = MARKS | st.sampled_from(["id", "name", "[[storage]]", "purposes", "confirm", "é", "\u2028", "\x00"])
KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def _look(texts: dict[str, str]) -> None:
    inventory, findings = check_texts(texts)
    assert (inventory is None) == any(not finding.warning for finding in findings)
    for finding in findings:
        sentence = str(finding)
        assert sentence.startswith("docs/inventory/")
        assert len(sentence.splitlines()) == 1
        assert sentence.encode("utf-8")
        assert finding.line is None or 1 <= finding.line <= texts[finding.file[15:]].count("\n") + 1


@TRIES
@given(st.sampled_from(NAMES), st.lists(WORDS, max_size=30).map("".join))
def test_any_text_is_an_inventory_or_sentences(name: str, text: str):
    _look({**tiny_texts(), name: text})


@TRIES
@given(st.sampled_from(NAMES), st.binary(max_size=60))
def test_any_bytes_are_an_inventory_or_sentences(name: str, raw: bytes):
    with tempfile.TemporaryDirectory() as place:
        folder = write(Path(place), tiny_texts())
        (folder / name).write_bytes(raw)
        _, findings = read_checked(folder)
        assert findings
        assert {finding.file for finding in findings} <= {f"docs/inventory/{known}" for known in NAMES}


@TRIES
@given(st.sampled_from(NAMES), st.data())
def test_any_value_of_any_key_is_an_inventory_or_sentences(name: str, data: st.DataObject):
    document = tomlkit.parse(tiny_texts()[name]).unwrap()
    place = document
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(VALUES)
    _look({**tiny_texts(), name: tomlkit.dumps(document)})


@TRIES
@given(st.sampled_from(NAMES), st.integers(0, 2000), st.integers(0, 30), st.lists(WORDS, max_size=4).map("".join))
def test_any_change_gives_the_same_inventory_or_another_or_sentences(name: str, at: int, length: int, put: str):
    text = tiny_texts()[name]
    at %= len(text)
    _look({**tiny_texts(), name: text[:at] + put + text[at + length :]})


@TRIES
@given(st.sampled_from(NAMES), st.integers(0, 100), st.sampled_from(["\n", "# a remark\n", "\t\n", "   # x = 1\n"]))
def test_remarks_and_empty_lines_change_nothing(name: str, at: int, put: str):
    lines = tiny_texts()[name].splitlines(keepends=True)
    lines.insert(at % (len(lines) + 1), put)
    inventory, findings = check_texts({**tiny_texts(), name: "".join(lines)})
    assert findings == []
    assert inventory == tiny_inventory()


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip())


@TRIES
@given(TEXTS, TEXTS, st.dates(date(1, 1, 1)), st.lists(TEXTS, min_size=1, max_size=3))
def test_freezing_and_thawing_is_exact(name: str, confirm: str, day: date, item_names: list[str]):
    inventory = tiny_inventory()
    service = inventory.services[1]
    item = service.storage[0].model_copy(update={"names": tuple(text.strip() for text in item_names)})
    service = service.model_copy(
        update={"name": name.strip(), "confirm": confirm.strip(), "checked": day, "storage": (item,)}
    )
    inventory = inventory.model_copy(update={"services": (service,)})
    findings: list = []
    frozen = to_json(inventory)
    assert from_json(frozen, "x", findings) == inventory
    assert findings == []
    assert to_json(from_json(frozen, "x", findings)) == frozen


@TRIES
@given(st.binary(max_size=40) | st.sampled_from([b"[" * 100_000, b'{"a":1,"a":2}', b"1" * 5000, b"NaN", b'"\\ud800"']))
def test_any_frozen_text_is_an_inventory_or_sentences(raw: bytes):
    findings: list = []
    assert from_json(raw.decode("utf-8", "replace"), "docs/versies/2/inventory.json", findings) is None
    assert findings


PARTS = st.dictionaries(st.sampled_from(["a", "b-c", "d_1", "é x", 'q"q']), VALUES, max_size=3)


@TRIES
@given(st.lists(st.tuples(st.sampled_from(["s", "t"]), PARTS), max_size=4), st.integers(0, 3), st.integers(0, 2))
def test_a_generated_key_is_found_on_its_line(tables: list[tuple[str, dict]], above: int, padding: int):
    """Each table of a list ends in a key that is marked; the mark tells the line."""
    lines = ["# a remark [s] = 1"] * above
    counts: dict[str, int] = {}
    wanted = {}
    for name, values in tables:
        lines += [""] * padding + [f"[[{name}]]"]
        for key, value in values.items():
            lines += _inline(key, value).split("\n")
        lines.append("mark = '''\nmark = 1\n[u]'''")
        lines = "\n".join(lines).split("\n")
        wanted[(name, counts.get(name, 0), "mark")] = len(lines) - 2
        counts[name] = counts.get(name, 0) + 1
    text = "\n".join(lines)
    tomlkit.parse(text)
    assert {path: line_of(text, path) for path in wanted} == wanted


def _inline(key: str, value: object) -> str:
    item = tomlkit.item(value)
    if isinstance(value, dict):
        item = tomlkit.inline_table()
        item.update(value)
    elif isinstance(value, list):
        item = tomlkit.array()
        item.extend(part for part in value if not isinstance(part, dict | list))
        item.multiline(True)
    document = tomlkit.document()
    document.add(key, item)
    return tomlkit.dumps(document).rstrip("\n")
