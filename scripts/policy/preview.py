"""A preview: the pages as `serve` shows them, drafts included, in a folder that opens without a server."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from policy.errors import PolicyError
from policy.site.plugin import build_site

NOINDEX = '<meta name="robots" content="noindex, nofollow">'
"""Stands in the head of every page of a preview, and of no other page."""

_ROBOTS = re.compile(r'<meta name="robots"[^>]*>\n?')
_CHARSET = '<meta charset="utf-8">\n'
_FOLDER_LINK = re.compile(r'(<a\s[^>]*?href=")(?![a-z][a-z0-9+.-]*:|/)((?:[^"#]*/)?(?:\.{1,2}|(?<=/)))((?:#[^"]*)?")')
"""A link to a folder of the site: its path ends in a slash, or is `.` or `..`."""


def preview(root: Path, day: date, folder: Path, tell: Callable[[str], None]) -> Path:
    """Build the pages with the inventory as it is typed and every draft into a folder; return its first page.

    No page is meant for search engines, and each says that it is a preview. Links name `index.html`, so that the
    folder opens from a disk, or from a server that knows no index. An earlier preview in the folder is replaced;
    PolicyError where the folder holds something else, or with every problem of the texts.
    """
    folder = folder.resolve()
    if not _may_replace(folder):
        raise PolicyError(f"{folder} holds other files than a preview. Name another folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".preview-", dir=folder.parent) as temporary:
        tell("Building the pages with every draft")
        site = Path(temporary) / "site"
        build_site(root.resolve(), site, day, working=True)
        for page in site.rglob("*.html"):
            page.write_bytes(_as_preview(page.read_bytes().decode()).encode())
        (site / "sitemap.xml").unlink(missing_ok=True)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(site, folder)
    return folder / "index.html"


def _may_replace(folder: Path) -> bool:
    """Whether nothing is lost: there is no such folder, it is empty, or it holds a preview."""
    if not folder.exists():
        return True
    first = folder / "index.html"
    return folder.is_dir() and (not any(folder.iterdir()) or (first.is_file() and NOINDEX in first.read_text("utf-8")))


def _as_preview(html: str) -> str:
    """A page that no search engine keeps, with links that need no server."""
    html = _ROBOTS.sub("", html).replace(_CHARSET, f"{_CHARSET}{NOINDEX}\n", 1)
    return _FOLDER_LINK.sub(_to_file, html)


def _to_file(link: re.Match[str]) -> str:
    before, path, after = link.groups()
    return f"{before}{path}{'' if path.endswith('/') else '/'}index.html{after}"
