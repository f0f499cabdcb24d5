"""The files of one website's consent module: ES modules linked into a few files, with their data."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rjsmin

from policy.consent import details, words
from policy.consent.code import one_code_each
from policy.consent.config import entry, facts
from policy.consent.digest import short_digest
from policy.consent.modules import Linked, link
from policy.consent.scope import Scope
from policy.consent.shorten import shorten
from policy.consent.style import layered
from policy.inventory.fields import Loading
from policy.inventory.terms import History

_ENTRY = """\
(() => {{
'use strict'

{code}

// An element with the name `currentScript` stands before the real one; its address is not ours.
const own = document.currentScript
const address = own instanceof HTMLScriptElement ? own.src : location.origin + '/toestemming/consent.js'
start({data}, address, {{ {lent} }})
}})()
"""
_PART = """\
let {borrowed}
/** What the entry has need not be here twice. */
function borrow(lent) {{
  ({{ {borrowed} }} = lent)
}}

{code}

const data = {data}
const pin = '{pin}'
export {{ pin, data, borrow, use }}
"""
_NEEDS = {"domain": "choose.js", "all": "take.js"}
"""The module that needs each fact about the website: a part that holds it gets the fact."""

_USE = "use"
"""What each part exports for the entry to call."""


def bundle(history: History, website: str, *, sources: Path, policy: str) -> dict[str, bytes]:
    """The files of the folder `toestemming/` of a website (by id), by name.

    `history` holds every announced inventory with the number of its version, oldest first; the last one counts.
    `policy` is the address of the policy pages, absolute or seen from the script, and ends in a slash.
    The entry names the others by a digest of all of them, so that a page never uses parts of two builds.
    """
    one_code_each([inventory for _, inventory in history])
    scope = Scope(history, website)
    main = link(sources, "consent.js")
    parts, lent = {}, set()
    for language in scope.website.languages:
        for name, root, style, data in _parts(scope, language, policy):
            part = link(sources, root, without=main.files)
            data |= {key: value for key, value in facts(scope).items() if _NEEDS[key] in part.files}
            lent |= set(part.borrowed)
            parts[f"{name}.{language}"] = _part(part, data, sources, style.split())
    pin = short_digest({name: list(forms) for name, forms in parts.items()})
    config = {"pin": pin, **entry(scope, policy)}
    files = {"consent": _forms(_ENTRY, main.code, ["start", *lent], config, lent=", ".join(sorted(lent)))}
    files |= {f"{name}.{pin}": (small.replace(_PIN, pin), readable.replace(_PIN, pin)) for name, (small, readable) in parts.items()}
    return {
        f"{name}{kind}": text.encode()
        for name, forms in files.items()
        for kind, text in zip((".js", ".readable.js"), forms, strict=True)
    }


_PIN = "@pin@"


def guard_script(sources: Path, number: int, data: dict[str, Any]) -> bytes:
    """The file `guard.js`, for a website without Apache; `data` holds names and CSP as consent_js/guard.js reads them."""
    code = shorten(link(sources, "guard.js").code, ["guard"])
    call = f"guard({_json({'number': number, **data}, separators=(',', ':'))})"
    return f"(() => {{\n{rjsmin.jsmin(code)}\n{call}\n}})()\n".encode()


def _parts(scope: Scope, language: str, policy: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Name, module, style sheets and data of each part that the website needs."""
    yield "notice", "notice.js", "base.css layers.css notice.css", words.first_layer(scope, language)
    yield "changes", "changes.js", "base.css layers.css notice.css", words.changes(scope, language)
    yield "details", "preferences.js", "base.css layers.css preferences.css", details.second_layer(scope, language)
    yield "frames", "frames.js", "base.css frames.css", details.frames(scope, language)
    yield "after", "after.js", "base.css status.css", details.after(scope, language)
    yield "place", "place.js", "base.css place.css", {"settings": words.notice_in(scope.inventory, language).settings}
    yield "acts", "acts.js", "", details.acts(scope, language, policy)
    if any(service.loading is Loading.CLICK for service in scope.services):
        yield "button", "button.js", "", {}
    if any(service.consent_mode for service in scope.services):
        yield "signals", "consent_mode.js", "", details.signals(scope)


def _part(part: Linked, data: dict[str, Any], sources: Path, styles: list[str]) -> tuple[str, str]:
    if styles:
        data = {**data, "styles": [layered((sources / name).read_text("utf-8")) for name in styles]}
    borrowed = ", ".join(part.borrowed) or "nothing"
    return _forms(_PART, part.code, [_USE, *part.borrowed], data, borrowed=borrowed, pin=_PIN)


def _forms(frame: str, code: str, keep: list[str], data: dict[str, Any], **parts: str) -> tuple[str, str]:
    """As small as a browser needs it, and as a visitor may read it."""
    small = frame.format(code=shorten(code, keep), data=_json(data, separators=(",", ":")), **parts)
    return str(rjsmin.jsmin(small)) + "\n", frame.format(code=code, data=_json(data, indent=2), **parts)


def _json(data: dict[str, Any], **form: Any) -> str:
    """JSON that is safe inside a script, wherever that script is copied to."""
    return json.dumps(data, ensure_ascii=False, **form).replace("</", "<\\/")
