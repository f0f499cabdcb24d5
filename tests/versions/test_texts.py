"""What an announced text may not hold, since it is kept for ever, and what may not get lost between versions."""

from pathlib import Path

import pytest

from policy.site.pages import check_pages
from policy.versions.read import read_versions
from tests.versions.project import draft

SHOWN = "docs/versies/3/index.md"


def told(project: Path, old: str, new: str) -> list[str]:
    """What is said of version 3 once its Dutch text was changed."""
    draft(project)
    path = project / SHOWN
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    _, findings = read_versions(project / "docs")
    return [str(finding) for finding in findings if finding.file == SHOWN]


@pytest.mark.parametrize("html", ["</main>", "<div>los", "<!-- later -->", "<script>x()</script>"])
def test_html_is_refused(project: Path, html: str) -> None:
    (finding,) = told(project, "Bellen mag ook.", html)
    assert finding.endswith("HTML stands here. Write it in Markdown: the text is kept for ever.")


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> andere"])
def test_what_a_merge_left_is_refused(project: Path, mark: str) -> None:
    (finding,) = told(project, "Bellen mag ook.\n", f"{mark}\n")
    assert "A merge of two changes was not finished here." in finding


def test_an_anchor_that_goes_is_told_unless_it_is_named(project: Path) -> None:
    assert told(project, "{#kinderen}", "{#jeugd}") == [
        f"{SHOWN}: The heading with the anchor {{#kinderen}} of version 2 is gone, and links to it with it. "
        "Put the anchor back, or write: removed: [kinderen]"
    ]
    path = project / SHOWN
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nremoved: [kinderen]\n", 1), "utf-8")
    _, findings = read_versions(project / "docs")
    assert [finding for finding in findings if finding.file == SHOWN] == []


def test_a_heading_without_a_space_needs_an_anchor_too(project: Path) -> None:
    found = told(project, "## 9 Kinderen {#kinderen}", "##9 Kinderen")
    assert "has no anchor" in found[0]


def test_code_holds_no_headings(project: Path) -> None:
    assert told(project, "Bellen mag ook.\n", "```\n# bellen\n```\n") == []


def test_an_empty_folder_is_no_version(project: Path) -> None:
    (project / "docs/versies/3").mkdir()
    timeline, findings = read_versions(project / "docs")
    assert timeline is not None
    assert (len(timeline.versions), findings) == (2, [])


def test_a_language_that_the_site_does_not_speak_is_told(project: Path) -> None:
    (project / "docs/de").mkdir()
    assert [str(finding) for finding in check_pages(project / "docs")] == [
        "docs/de: The site does not speak 'de'. Move the folder away; it speaks: en."
    ]
