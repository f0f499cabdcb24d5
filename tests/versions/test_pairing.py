"""A translation has the headings, anchors, markers and lists of the text it translates."""

import pytest

from policy.versions.pairing import unpaired
from tests.conftest import ROOT

OWN = """\
---
title: Tekst
---

## 1 Eerste {#eerste}

- een
- twee

{{ recipients }}

### 1.1 Tweede {#tweede}

1. een
2. twee
"""
ENGLISH = OWN.replace("Eerste {", "First {").replace("een", "one").replace("Tekst", "Text")


def test_other_words_are_no_other_structure() -> None:
    assert unpaired(OWN, ENGLISH, "docs/x.md", "docs/en/x.md") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "{#eerste}",
            "{#first}",
            "docs/en/x.md:5: Here stands the heading ## {#first}, and the heading ## {#eerste} in docs/x.md:5. "
            "Make both the same.",
        ),
        (
            "### 1.1",
            "## 1.1",
            "docs/en/x.md:12: Here stands the heading ## {#tweede}, and the heading ### {#tweede} in docs/x.md:12. "
            "Make both the same.",
        ),
        (" {#tweede}", "", "docs/en/x.md:12: Here stands a heading ###, and the heading ### {#tweede} in docs/x.md:12. "
            "Make both the same."),
        ("- one\n", "", "docs/en/x.md:7: Here stands a list of 1 item, and a list of 2 items in docs/x.md:7. "
            "Make both the same."),
        ("{{ recipients }}\n\n", "",
            "docs/en/x.md:10: Before this stands the marker {{ recipients }} in docs/x.md:10. Add it here."),
        ("## 1 First", "{{ services }}\n\n## 1 First",
            "docs/en/x.md:5: Here stands the marker {{ services }}, and not in docs/x.md. "
            "Remove it, or write it there too."),
    ],
)  # fmt: skip
def test_another_structure_is_told_with_both_lines(old: str, new: str, told: str) -> None:
    assert old in ENGLISH
    changed = ENGLISH.replace(old, new, 1)
    assert [str(finding) for finding in unpaired(OWN, changed, "docs/x.md", "docs/en/x.md")] == [told]


def test_code_is_no_structure() -> None:
    assert unpaired(OWN, ENGLISH + "\n```\n## not a heading\n- no list\n```\n", "a", "b") == []


def test_the_real_pages_are_pairs() -> None:
    docs = ROOT / "docs"
    pages = sorted((docs / "en").rglob("*.md"))
    assert len(pages) >= 6
    for page in pages:
        own = docs / page.relative_to(docs / "en")
        assert unpaired(own.read_text("utf-8"), page.read_text("utf-8"), str(own), str(page)) == []
