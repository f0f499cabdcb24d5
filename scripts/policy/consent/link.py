"""The files of one website's consent module: ES modules linked into two files, with their data."""

import json
from pathlib import Path
from typing import Any

import rjsmin

from policy.consent.config import first_layer
from policy.consent.digest import short_digest
from policy.consent.modules import linked
from policy.consent.style import layered
from policy.inventory.model import Inventory, Website


def bundle(
    inventory: Inventory, website: Website, *, number: int, sources: Path, policy: str
) -> dict[str, bytes]:
    """The files of the website's folder `toestemming/`, by name.

    `number` is that of the newest announced policy version; `policy` is the address of the policy pages,
    absolute or seen from the script, and ends in a slash.
    """
    config = first_layer(inventory, website, number=number, policy=policy)
    config["style"] = layered((sources / "notice.css").read_text("utf-8"))
    entry = linked(sources, "consent.js")
    readable = _entry(entry, config)
    return {
        "consent.js": rjsmin.jsmin(_entry(entry, config)).encode() + b"\n",
        "consent.readable.js": readable.encode(),
    }


def _entry(code: str, config: dict[str, Any]) -> str:
    return f"(() => {{\n'use strict'\n{code}\nstart({json.dumps(config, ensure_ascii=False)}, document.currentScript?.src ?? location.href)\n}})()\n"
