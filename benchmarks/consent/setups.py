"""How each tool is put on the page, as its documentation recommends for production, with the same Dutch words."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.consent.pages import (
    ALLOW,
    CHOOSE,
    CLOSE,
    IFRAME,
    IMAGE,
    INTRO,
    LOGIN,
    POLICY,
    REFUSE,
    SAVE,
    SETTINGS,
    TITLE,
    WEBSITE,
    Parts,
    Tag,
)
from tests import demo

from policy.inventory.model import Service

Setup = Callable[[Sequence[Tag]], Parts]
"""From the tags to what the page must hold."""

_INVENTORY = demo.inventory()
SERVICES = tuple(_INVENTORY.service(id) for id in _INVENTORY.website(WEBSITE).services)
PURPOSES = tuple(purpose for purpose in _INVENTORY.purposes if purpose.exemption is None)
EXEMPT = tuple(purpose for purpose in _INVENTORY.purposes if purpose.exemption is not None)


def ours(tags: Sequence[Tag]) -> Parts:
    """One line; the tags name their service."""
    scripts = [
        f'<script type="text/plain" data-service="{t.service}" data-src="{t.address}"></script>' for t in tags[:4]
    ]
    frame, image = tags[4:]
    return Parts(
        head="\n".join(['<script src="/toestemming/consent.js" defer></script>', *scripts]),
        frame=f'<iframe {IFRAME} data-service="{frame.service}" data-src="{frame.address}"></iframe>',
        rest=f'<p><img {IMAGE} data-service="{image.service}" data-src="{image.address}">{LOGIN}</p>',
        settings=f'<a href="{POLICY}cookies/" data-consent-settings>{SETTINGS}</a>',
    )


def vanilla(tags: Sequence[Tag]) -> Parts:
    """Categories are purposes; it knows no service for two of them."""
    words = {"title": TITLE, "acceptAllBtn": ALLOW, "acceptNecessaryBtn": REFUSE}
    sections = [{"title": p.name, "description": p.sentence, "linkedCategory": p.id} for p in (*EXEMPT, *PURPOSES)]
    config = {
        "hideFromBots": False,  # or an automated browser never sees it
        "categories": {p.id: {"enabled": True, "readOnly": True} for p in EXEMPT}
        | {p.id: {"services": {s.id: {"label": s.name, "cookies": _own(s)} for s in _serving(p.id)}} for p in PURPOSES},
        "language": {
            "default": "nl",
            "translations": {
                "nl": {
                    "consentModal": {**words, "description": INTRO, "showPreferencesBtn": CHOOSE},
                    "preferencesModal": {**words, "savePreferencesBtn": SAVE, "closeIconLabel": CLOSE}
                    | {"sections": sections},
                }
            },
        },
    }
    scripts = [
        f'<script type="text/plain" data-category="{_purpose(t.service)}" data-service="{t.service}" '
        f'src="{t.address}"></script>'
        for t in tags[:4]
    ]
    gated = [
        f'<script type="text/plain" data-category="{_purpose(t.service)}" data-service="{t.service}">'
        f'document.getElementById("{t.kind}").src="{t.address}"</script>'
        for t in tags[4:]
    ]
    return Parts(
        head='<link rel="stylesheet" href="/tool/dist/cookieconsent.css">\n'
        '<script defer src="/tool/dist/cookieconsent.umd.js"></script>\n'
        f'<script type="module">CookieConsent.run({_js(config)})</script>\n' + "\n".join(scripts),
        frame=f'<iframe {IFRAME} id="frame"></iframe>\n{gated[0]}',
        rest=f'<p><img {IMAGE} id="image">{LOGIN}</p>\n{gated[1]}',
        settings=f'<button type="button" data-cc="show-preferencesModal">{SETTINGS}</button>',
    )


def orejime(tags: Sequence[Tag]) -> Parts:
    """Purposes in groups; each tag in a template."""
    config = {
        "privacyPolicyUrl": POLICY,
        "purposes": [
            {"id": p.id, "title": p.name, "description": p.sentence, "cookies": [], "isMandatory": True} for p in EXEMPT
        ]
        + [
            {
                "id": p.id,
                "title": p.name,
                "description": p.sentence,
                "purposes": [
                    {"id": s.id, "title": s.name, "description": s.description, "cookies": _names(s)}
                    for s in _serving(p.id)
                ],
            }
            for p in PURPOSES
        ],
        "translations": {
            "banner": {"title": TITLE, "description": INTRO, "accept": ALLOW, "decline": REFUSE, "configure": CHOOSE},
            "modal": {"acceptAll": ALLOW, "declineAll": REFUSE, "save": SAVE, "close": CLOSE},
        },
    }
    scripts = [_template(t.service, f'<script src="{t.address}"></script>') for t in tags[:4]]
    frame = _template(tags[4].service, f'<iframe {IFRAME} src="{tags[4].address}"></iframe>', " data-contextual")
    image = _template(tags[5].service, f'<img {IMAGE} src="{tags[5].address}">')
    return Parts(
        head='<link rel="stylesheet" href="/tool/dist/orejime-standard.css">\n'
        f"<script>window.orejimeConfig={_js(config)}</script>\n"
        '<script defer src="/tool/dist/orejime-standard-nl.js"></script>\n' + "\n".join(scripts),
        frame=frame,
        rest=f"<p>{image}{LOGIN}</p>",
        settings=f'<button type="button" onclick="orejime.prompt()">{SETTINGS}</button>',
    )


def klaro(tags: Sequence[Tag]) -> Parts:
    """Services with their purposes; each tag names its service."""
    notice = {"title": TITLE, "description": INTRO, "learnMore": CHOOSE}
    config = {
        "version": 1,
        "lang": "nl",
        "acceptAll": True,
        "showNoticeTitle": True,
        "groupByPurpose": True,
        "translations": {
            "zz": {"privacyPolicyUrl": POLICY},
            "nl": {"consentNotice": notice, "acceptAll": ALLOW, "decline": REFUSE, "ok": ALLOW, "save": SAVE}
            | {"purposes": {p.id: {"title": p.name, "description": p.sentence} for p in (*EXEMPT, *PURPOSES)}},
        },
        "services": [
            {"name": s.id, "title": s.name, "description": s.description, "purposes": s.purposes, "cookies": _names(s)}
            | ({"required": True} if s.purposes[0] == EXEMPT[0].id else {})
            for s in SERVICES
        ],
    }
    scripts = [
        '<script type="text/plain" data-type="text/javascript" '
        f'data-name="{t.service}" data-src="{t.address}"></script>'
        for t in tags[:4]
    ]
    frame, image = tags[4:]
    return Parts(
        head=f"<script>var klaroConfig={_js(config)}</script>\n"
        '<script defer src="/tool/dist/klaro.js"></script>\n' + "\n".join(scripts),
        frame=f'<iframe {IFRAME} data-name="{frame.service}" data-src="{frame.address}"></iframe>',
        rest=f'<p><img {IMAGE} data-name="{image.service}" data-src="{image.address}">{LOGIN}</p>',
        settings=f'<button type="button" onclick="klaro.show()">{SETTINGS}</button>',
    )


def tarteaucitron(tags: Sequence[Tag]) -> Parts:
    """Services of one's own, each with a function that loads it."""
    kinds = {"statistics": "analytic", "media": "video", "advertising": "ads"}
    config = {"privacyUrl": POLICY, "orientation": "bottom", "groupServices": True, "showIcon": False}
    config |= {"removeCredit": True, "moreInfoLink": False, "mandatory": True, "highPrivacy": True, "DenyAllCta": True}
    config |= {name: False for name in ("googleConsentMode", "bingConsentMode", "pianoConsentMode")}
    words = {"alertBigPrivacy": f"{TITLE}. {INTRO}", "acceptAll": ALLOW, "allowAll": ALLOW, "denyAll": REFUSE}
    words |= {"personalize": CHOOSE, "close": CLOSE}
    words |= {kinds[p.id]: {"title": p.name, "details": p.sentence} for p in PURPOSES}
    services = []
    for service in SERVICES:
        loads = [_tarteaucitron_load(tag) for tag in tags if tag.service == service.id]
        if loads:
            key = service.id.replace("-", "")
            facts = {"key": key, "type": kinds[service.purposes[-1]], "name": service.name, "needConsent": True}
            waits = f',fallback(){{tarteaucitron.fallback(["{key}"],tarteaucitron.engage("{key}"))}}'
            functions = f"js(){{{';'.join(loads)}}}" + (waits if service.id == "cinema" else "")
            facts |= {"cookies": _names(service)}
            services.append(f"tarteaucitron.services.{key}={{{_js(facts)[1:-1]},{functions}}}")
            services.append(f'(tarteaucitron.job=tarteaucitron.job||[]).push("{key}")')
    return Parts(
        head='<script src="/tool/tarteaucitron.min.js"></script>\n'
        f'<script>tarteaucitronForceLanguage="nl";tarteaucitronCustomText={_js(words)};'
        f"tarteaucitron.init({_js(config)})</script>",
        frame='<div class="cinema" style="width:560px;height:315px"></div>',
        rest=f'<p><img {IMAGE} id="image">{LOGIN}</p>',
        settings=f'<a href="#tarteaucitron">{SETTINGS}</a>',
        end=f"<script>{';'.join(services)}</script>",
    )


def _tarteaucitron_load(tag: Tag) -> str:
    if tag.kind == "script":
        return f'tarteaucitron.addScript("{tag.address}")'
    if tag.kind == "image":
        return f'document.getElementById("image").src="{tag.address}"'
    return f"""tarteaucitron.fallback(["{tag.service}"],'<iframe {IFRAME} src="{tag.address}"></iframe>')"""


def osano(tags: Sequence[Tag]) -> Parts:
    """It asks and remembers; holding the tags is the website's own work, here in `run`."""
    content = {"message": f"{TITLE}. {INTRO}", "allow": ALLOW, "deny": REFUSE, "link": CHOOSE, "href": POLICY}
    config = {"type": "opt-in", "revokable": True, "content": {**content, "policy": SETTINGS, "target": "_self"}}
    config |= {"palette": {"popup": {"background": "#222"}, "button": {"background": "#fff"}}}
    run = """\
function run(status) {
  if (status !== 'allow') return
  for (const held of document.querySelectorAll('[data-later]')) {
    const element = held.localName === 'script' ? document.createElement('script') : held
    element.src = held.dataset.later
    held.removeAttribute('data-later')
    if (element !== held) held.replaceWith(element)
  }
}
"""
    hooks = "onInitialise:run,onStatusChange:run"
    scripts = [f'<script type="text/plain" data-later="{t.address}"></script>' for t in tags[:4]]
    frame, image = tags[4:]
    return Parts(
        head='<link rel="stylesheet" href="/tool/build/cookieconsent.min.css">\n' + "\n".join(scripts),
        frame=f'<iframe {IFRAME} data-later="{frame.address}"></iframe>',
        rest=f'<p><img {IMAGE} data-later="{image.address}">{LOGIN}</p>',
        end='<script src="/tool/build/cookieconsent.min.js"></script>\n'
        f"<script>{run}window.cookieconsent.initialise({{{_js(config)[1:-1]},{hooks}}})</script>",
    )


def _serving(purpose: str) -> list[Service]:
    """The services of a purpose; one of two purposes stands under the last."""
    return [service for service in SERVICES if service.purposes[-1] == purpose]


def _purpose(service: str) -> str:
    return _INVENTORY.service(service).purposes[-1]


def _names(service: Service) -> list[str]:
    """The first-party cookies that a tool can erase."""
    return [n for item in service.storage if item.kind == "cookie" and item.host == "site" for n in item.names]


def _own(service: Service) -> list[dict[str, str]]:
    return [{"name": name} for name in _names(service)]


def _template(service: str, inner: str, more: str = "") -> str:
    return f'<template data-purpose="{service}"{more}>{inner}</template>'


def _js(value: Any) -> str:
    """JSON inside a script, as short as it gets."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
