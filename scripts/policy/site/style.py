"""The style sheet as it is served: minified, under a name that changes with its content."""

import hashlib
from pathlib import Path

import rcssmin


def style_sheet(path: Path) -> tuple[str, str]:
    """Name and content, such as `site.1a2b3c4d.css`."""
    content = str(rcssmin.cssmin(path.read_text("utf-8")))
    return f"{path.stem}.{hashlib.sha256(content.encode()).hexdigest()[:8]}.css", content
