"""The files of one website's consent module: ES modules linked into two files, with their data."""

import json
from pathlib import Path
from typing import Any

import rjsmin

from policy.consent.config import first_layer
from policy.consent.details import second_layer
from policy.consent.digest import short_digest
from policy.consent.modules import link
from policy.consent.style import layered
from policy.inventory.model import Inventory, Website

_ENTRY = """\
(() => {{
'use strict'

{code}

// An element with the name `currentScript` stands before the real one; its address is not ours.
const own = document.currentScript
start({data}, own instanceof HTMLScriptElement ? own.src : location.origin + '/toestemming/consent.js')
}})()
"""
_DETAILS = """\
{code}

const details = {data}
export {{ details, {exports} }}
"""


def bundle(inventory: Inventory, website: Website, *, number: int, sources: Path, policy: str) -> dict[str, bytes]:
    """The files of the website's folder `toestemming/`, by name.

    `number` is that of the newest announced policy version; `policy` is the address of the policy pages,
    absolute or seen from the script, and ends in a slash.
    """
    details = second_layer(inventory, website)
    details["style"] = layered((sources / "preferences.css").read_text("utf-8"))
    linked = link(sources, "preferences.js", "eraser.js")
    second, second_readable = _forms(_DETAILS, linked.code, details, exports=", ".join(linked.exports))
    name = f"details.{short_digest(second)}"

    config = first_layer(inventory, website, number=number, policy=policy)
    config["style"] = layered((sources / "notice.css").read_text("utf-8"))
    config["details"] = f"{name}.js"
    entry, entry_readable = _forms(_ENTRY, link(sources, "consent.js").code, config)
    return {
        "consent.js": entry,
        "consent.readable.js": entry_readable,
        f"{name}.js": second,
        f"{name}.readable.js": second_readable,
    }


def _forms(frame: str, code: str, data: dict[str, Any], **parts: str) -> tuple[bytes, bytes]:
    """As small as a browser needs it, and as a visitor may read it."""
    small = frame.format(code=code, data=_json(data, separators=(",", ":")), **parts)
    readable = frame.format(code=code, data=_json(data, indent=2), **parts)
    return str(rjsmin.jsmin(small)).encode() + b"\n", readable.encode()


def _json(data: dict[str, Any], **form: Any) -> str:
    """JSON that is safe inside a script, wherever that script is copied to."""
    return json.dumps(data, ensure_ascii=False, **form).replace("</", "<\\/")
