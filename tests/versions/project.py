"""A project with a third version, to be announced or broken."""

from datetime import date
from pathlib import Path

from policy.announce import Wish, announce, new_draft
from policy.versions.model import PolicyVersion

ANNOUNCED = date(2027, 5, 1)
WISH = Wish(in_force=date(2027, 6, 1), change_class="editorial", note="Andere woorden.")


def third(project: Path, wish: Wish = WISH, day: date = ANNOUNCED) -> PolicyVersion:
    """Version 3 of a project: a draft with one sentence more, announced."""
    draft(project)
    return announce(project, 3, wish, day, lambda line: None)


def draft(project: Path, number: int = 3, dutch: str = "Bellen mag ook.", english: str = "Or call us.") -> None:
    """A draft of the next version with a note in English and one sentence more in both languages."""
    new_draft(project)
    for place, sentence in (("docs", dutch), ("docs/en", english)):
        path = project / place / f"versies/{number}/index.md"
        text = path.read_text("utf-8")
        at = text.index("\n", text.index("## 11 ")) + 2
        text = text[:at] + sentence + "\n" + text[at:]
        if place == "docs/en":
            text = text.replace("---\n", '---\nnote: "Other words."\n', 1)
        path.write_text(text, "utf-8")
