"""A version that cannot be read is told in one sentence for each problem."""

from pathlib import Path

import pytest

from policy.versions.read import read_versions

START = """\
---
title: Privacyverklaring
announced: 2026-11-22
in_force: 2027-01-01
class: substantive
note: Iets nieuws.
---
"""
QUOTE = 'Put text that holds a colon in "quotes".'
SHOWN = "docs/versies/1/index.md"

CASES = {
    "no front matter": (
        "## Kop {#kop}\n",
        [f"{SHOWN}:1: The page does not start with --- and end its first lines with ---. Add them."],
    ),
    "broken YAML": (
        START.replace("Iets nieuws.", "Recht: inzage: x"),
        [f"{SHOWN}:6: The lines at the top are broken: mapping values are not allowed here. {QUOTE}"],
    ),
    "an unclosed list": (
        START.replace("Iets nieuws.", "[a, b"),
        [f"{SHOWN}:7: The lines at the top are broken: expected ',' or ']', but got '<stream end>'. {QUOTE}"],
    ),
    "an impossible date": (
        START.replace("2027-01-01", "2027-02-31"),
        [
            f"{SHOWN}: The lines at the top hold an impossible value: day is out of range for month. "
            "Write dates as 2026-11-22."
        ],
    ),
    "a key twice": (
        START.replace("class:", "title: X\nclass:"),
        [f"{SHOWN}:5: title: The key 'title' stands twice. Remove one."],
    ),
    "an unknown key": (
        START.replace("note:", "noot: x\nnote:"),
        [
            f"{SHOWN}:6: noot: 'noot' is not a known key. Did you mean 'note'? "
            "Known here: title, description, note, urgent_reason, affects, ends, adds, holds_already, "
            "announced, in_force, removed, class."
        ],
    ),
    "an unknown class": (
        START.replace("substantive", "substantial"),
        [
            f"{SHOWN}:5: class: 'substantial' is not one of the words for this. Did you mean 'substantive'? "
            "Write one of: substantive, editorial, technical."
        ],
    ),
    "a missing note": (
        START.replace("note: Iets nieuws.\n", ""),
        [f"{SHOWN}: note: The key 'note' is missing. Add it."],
    ),
    "in force too early": (
        START.replace("2027-01-01", "2026-01-01"),
        [f"{SHOWN}: in_force: The version would be in force before it is announced. Mend one of the two dates."],
    ),
    "one date only": (
        START.replace("in_force: 2027-01-01\n", ""),
        [f"{SHOWN}: announced: 'announced' and 'in_force' go together. Fill in both or neither."],
    ),
    "headings without an anchor, and twice the same": (
        START + "## Een\n\n## Twee {#twee}\n\n### Drie {#twee}\n",
        [
            f"{SHOWN}:8: The heading 'Een' has no anchor. Put one at its end, such as {{#contact}}.",
            f"{SHOWN}:12: The anchor {{#twee}} stands at line 10 too. Choose another.",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_text_is_told(tmp_path: Path, case: str) -> None:
    text, told = CASES[case]
    (tmp_path / "versies/1").mkdir(parents=True)
    (tmp_path / "versies/1/index.md").write_text(text, "utf-8")
    timeline, findings = read_versions(tmp_path)
    assert timeline is None
    assert [str(finding) for finding in findings] == told


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "versies/1").mkdir(parents=True)
    (tmp_path / "versies/1/index.md").write_bytes(b"\xff\xfe")
    _, findings = read_versions(tmp_path)
    assert [str(finding) for finding in findings] == [
        f"{SHOWN}:1: The file is not UTF-8 text. Save it again with the encoding UTF-8."
    ]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((), "docs/versies: There is no version. Put it back with: git checkout -- docs/versies"),
        ((1, 3), "docs/versies: Version 2 is missing before version 3. Number without gaps."),
        (
            (1, 2),
            "docs/versies/2/index.md: in_force: Versions 1 and 2 would both be in force from 2027-01-01. "
            "Choose a later date for this one.",
        ),
    ],
)
def test_the_order_of_versions_is_held(tmp_path: Path, numbers: tuple[int, ...], told: str) -> None:
    for number in numbers:
        (tmp_path / f"versies/{number}").mkdir(parents=True)
        (tmp_path / f"versies/{number}/index.md").write_text(START, "utf-8")
    _, findings = read_versions(tmp_path)
    assert [str(finding) for finding in findings] == [told]
