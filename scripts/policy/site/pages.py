"""The pages that editors write besides the versions: can they be read, filled, and do their translations match?"""

from pathlib import Path

from policy.findings import Finding
from policy.inventory.files import read_text
from policy.site.languages import others
from policy.site.markers import is_version, wrong_markers
from policy.versions.front_matter import Matter, front_matter
from policy.versions.pairing import unpaired
from policy.versions.read import translations


def check_pages(docs: Path) -> list[Finding]:
    """Every problem of the Markdown pages below a folder; front matter of versions is read with the versions.

    MkDocs publishes broken front matter as text, and a marker that nobody fills as well.
    """
    findings: list[Finding] = []
    texts: dict[str, str] = {}
    for path in sorted(docs.rglob("*.md")):
        shown_as = path.relative_to(docs.parent).as_posix()
        text = read_text(path, shown_as, [] if is_version(shown_as) else findings)
        if text is None:
            continue
        if is_version(shown_as) or front_matter(text, Matter, shown_as, findings):
            texts[shown_as] = text
        findings += wrong_markers(text, shown_as)
    for place in translations(docs):
        if place.name not in others():
            message = f"The site does not speak '{place.name}'. Move the folder away; it speaks: {', '.join(others())}."
            findings.append(Finding(message, f"docs/{place.name}"))
        findings += _pairs(docs, texts, place.name)
    return findings


def _pairs(docs: Path, texts: dict[str, str], language: str) -> list[Finding]:
    """Pages of another language that translate no page, or have another structure than theirs."""
    findings: list[Finding] = []
    for shown_as, text in texts.items():
        own = shown_as.replace(f"docs/{language}/", "docs/", 1)
        if own == shown_as or is_version(shown_as):
            continue
        if not (docs.parent / own).exists():
            message = f"There is no {own} that this page translates. Rename it, or write that page first."
            findings.append(Finding(message, shown_as))
        elif own in texts:
            findings += unpaired(texts[own], text, own, shown_as)
    return findings
