"""The pages that editors write besides the versions: can they be read, and filled?"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from policy.findings import Finding
from policy.inventory.fields import Text
from policy.inventory.files import read_text
from policy.site.markers import wrong_markers
from policy.versions.read import front_matter


class PageMatter(BaseModel):
    """The lines between `---` at the top of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Text
    description: Text | None = None


def check_pages(docs: Path) -> list[Finding]:
    """Every problem of the Markdown pages below a folder; front matter of versions is read with the versions.

    MkDocs publishes broken front matter as text, and a marker that nobody fills as well.
    """
    findings: list[Finding] = []
    for path in sorted(docs.rglob("*.md")):
        shown_as = path.relative_to(docs.parent).as_posix()
        is_version = shown_as.startswith("docs/versies/")
        text = read_text(path, shown_as, [] if is_version else findings)
        if text is None:
            continue
        if not is_version:
            front_matter(text, PageMatter, shown_as, findings)
        findings += wrong_markers(text, shown_as)
    return findings
