"""The site's own scripts as they are served: linked, made small, under a name that changes with the content."""

import hashlib
from pathlib import Path

from rjsmin import jsmin

from policy.consent.modules import link

SCRIPTS = {"day": "startDay", "proof": "startProof"}
"""Each script with the function that it starts with; its module has the same name."""


def script(folder: Path, name: str) -> tuple[str, str]:
    """Name and content of a script, such as `day.1a2b3c4d.js`."""
    start = SCRIPTS[name]
    code = jsmin(link(folder, f"{name}.js").code)
    content = f"(() => {{\n'use strict'\n{code}\n{start}(document)\n}})()\n"
    return f"{name}.{hashlib.sha256(content.encode()).hexdigest()[:8]}.js", content
