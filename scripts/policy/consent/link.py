"""The files of one website's consent module: ES modules linked into a few files, with their data."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from rjsmin import jsmin

from policy.consent import details, words
from policy.consent.announcement import Announcement
from policy.consent.code import one_code_each
from policy.consent.config import entry, facts
from policy.consent.diagnosis import diagnosis
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
  ({{ {lent} }} = lent)
}}

{code}

const data = {data}
"""
_EXPORT = """\
const pin = '{pin}'
export {{ pin, data, borrow, use }}
"""
_CALLED = ("data", "borrow", "use")
"""What a part exports for the entry to call; the entry itself is called by nobody."""

_ONLY_ANNOUNCING = frozenset({"announced.js", "announced_line.js"})
"""The modules that the others call only where a version of the policy is announced."""

_DATA = "$data"
"""Stands for the data while names are made shorter."""

_NEEDS = {"domain": "keep.js", "all": "take.js"}
"""The module that needs each fact about the website: a part that holds it gets the fact."""


def bundle(
    history: History, website: str, *, sources: Path, policy: str, announcement: Announcement | None = None
) -> dict[str, bytes]:
    """The files of the folder `toestemming/` of a website (by id), by name.

    `history` holds every announced inventory with the number of its version, oldest first; the last one counts.
    `policy` is the address of the policy pages, absolute or seen from the script, and ends in a slash.
    With an announcement the module tells of it, where the inventory has the words in each language of the website;
    without one the files hold nothing of it.
    The entry names the others by a digest of all of them, so that a page never uses parts of two builds.
    """
    one_code_each([inventory for _, inventory in history])
    scope = Scope(history, website)
    told = announcement if announcement and announcement.fits(scope) else None
    leaving = frozenset() if told else _ONLY_ANNOUNCING
    main = link(sources, "consent.js", leaving=leaving)
    linked = {}
    for language in scope.website.languages:
        for name, root, styles, data in _parts(scope, language, policy, told):
            part = link(sources, root, without=main.files, leaving=leaving)
            known = {key: value for key, value in facts(scope).items() if _NEEDS[key] in part.files}
            sheets = [layered((sources / style).read_text("utf-8")) for style in styles.split()]
            linked[f"{name}.{language}"] = part, {**data, **known, "styles": sheets}
    names = _lent(part for part, _ in linked.values())
    parts = {name: _part(part, data, names) for name, (part, data) in linked.items()}
    pin = short_digest({name: list(forms) for name, forms in parts.items()})
    coming = told.entry() if told else {}
    files = {"consent": _forms(_ENTRY, main.code, {"pin": pin, **entry(scope, policy), **coming}, names)}
    for name, forms in parts.items():
        files[f"{name}.{pin}"] = tuple(form + _EXPORT.format(pin=pin) for form in forms)
    return {
        f"{name}{kind}": text.encode()
        for name, forms in files.items()
        for kind, text in zip((".js", ".readable.js"), forms, strict=True)
    }


def guard_script(sources: Path, number: int, data: dict[str, Any]) -> bytes:
    """The file `guard.js`, for a website without Apache; `data` has names and CSP as consent_js/guard.js reads them."""
    code = shorten(link(sources, "guard.js").code, ["guard"])
    call = f"guard({_json({'number': number, **data}, separators=(',', ':'))})"
    return f"(() => {{\n{jsmin(code)}\n{call}\n}})()\n".encode()


def _parts(
    scope: Scope, language: str, policy: str, told: Announcement | None
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Name, module, style sheets and data of each part that the website needs."""
    line = told.in_question(scope, language, policy) if told else {}
    yield "notice", "notice.js", "base.css layers.css notice.css", words.first_layer(scope, language) | line
    yield "changes", "changes.js", "base.css layers.css notice.css", words.changes(scope, language) | line
    yield "details", "preferences.js", "base.css layers.css preferences.css", details.second_layer(scope, language)
    yield "frames", "frames.js", "base.css frames.css", details.frames(scope, language)
    yield "after", "after.js", "base.css status.css", details.after(scope, language)
    yield "place", "place.js", "base.css place.css", {"settings": words.notice_in(scope.inventory, language).settings}
    yield "acts", "acts.js", "", details.acts(scope, language, policy)
    yield "diagnosis", "diagnosis.js", "base.css diagnosis.css", diagnosis(scope, language)
    if told:
        alone = told.by_itself(scope, language, policy)
        yield "announcement", "announcement.js", "base.css layers.css announcement.css", alone
    if any(service.loading is Loading.CLICK for service in scope.services):
        yield "button", "button.js", "", {}
    if any(service.consent_mode for service in scope.services):
        yield "signals", "consent_mode.js", "", details.signals(scope)


def _lent(parts: Iterable[Linked]) -> dict[str, str]:
    """A letter for each name that the entry lends to any of these parts."""
    return dict(zip(sorted({name for part in parts for name in part.borrowed}), ascii_lowercase, strict=False))


def _part(part: Linked, data: dict[str, Any], names: dict[str, str]) -> tuple[str, str]:
    return _forms(_PART, part.code, data, {name: names[name] for name in part.borrowed} or {"nothing": "a"}, _CALLED)


def _forms(
    frame: str, code: str, data: dict[str, Any], names: dict[str, str], called: Iterable[str] = ()
) -> tuple[str, str]:
    """As small as a browser needs it, and as a visitor may read it."""
    borrowed = ", ".join(names)
    lent = ", ".join(f"{letter}: {name}" for name, letter in names.items())
    small = _small(frame.format(code=code, data=_DATA, lent=lent, borrowed=borrowed), tuple(called))
    readable = frame.format(code=code, data=_json(data, indent=2), lent=lent, borrowed=borrowed)
    return f"{small.replace(_DATA, _json(data, separators=(',', ':')))}\n", readable


@cache
def _small(code: str, called: tuple[str, ...]) -> str:
    """Once for each code, whatever its data."""
    return str(jsmin(shorten(code, called)))


def _json(data: dict[str, Any], **form: Any) -> str:
    """JSON that is safe inside a script, wherever that script is copied to."""
    return json.dumps(data, ensure_ascii=False, **form).replace("</", "<\\/")
