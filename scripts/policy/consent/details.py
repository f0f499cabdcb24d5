"""What the second layer and what follows a choice know: every service with what it keeps and who reads it."""

from typing import Any

from policy.consent.code import purpose_code, service_code
from policy.consent.scope import Scope
from policy.consent.words import notice_in, purpose_words, recipient_words, with_digest
from policy.inventory.fields import Party, StorageKind
from policy.inventory.model import HOST_KINDS, Notice, Purpose, Service
from policy.inventory.terms import asked_purposes
from policy.inventory.words import item_lifetime

_SECOND_LAYER = (
    *("preferences_title", "preferences_intro", "browser_refuses", "close", "allow_all", "refuse_all", "save"),
    *("always_on", "services", "more", "lifetime", "storage", "recipient", "acts"),
)
_FRAMES = ("frame_blocked", "load_once", "load_always", "always_for")
_ACTS = (
    *("acts", "acts_note", "acts_none", "act_all", "act_none", "act_some", "act_signal"),
    *("act_granted", "act_refused", "act_withdrawn", "act_shown", "save_page", "save_json"),
)
_REMOVABLE = {
    StorageKind.COOKIE: "cookie",
    StorageKind.LOCAL_STORAGE: "local",
    StorageKind.SESSION_STORAGE: "session",
    StorageKind.INDEXED_DB: "database",
    StorageKind.CACHE_STORAGE: "cache",
}


def second_layer(scope: Scope, language: str) -> dict[str, Any]:
    """The switches, the services and what they keep, in words, with the digest under which they are evidence."""
    notice = notice_in(scope.inventory, language)
    rows = [_purpose(scope, purpose, notice) for purpose in sorted(scope.used, key=lambda one: bool(one.exemption))]
    return with_digest({**{key: getattr(notice, key) for key in _SECOND_LAYER}, "purposes": rows}, language)


def frames(scope: Scope, language: str) -> dict[str, Any]:
    """The words in the place of a frame; by the code of each service that fills frames its name and purposes."""
    notice = notice_in(scope.inventory, language)
    services = {
        service_code(service.id): [service.name, _named(scope, service, notice)]
        for service in scope.asked
        if service.hosts.frame
    }
    return with_digest({**{key: getattr(notice, key) for key in _FRAMES}, "services": services}, language)


def after(scope: Scope, language: str) -> dict[str, Any]:
    """What is told after a choice, what can be removed from here and how, and what is left with others."""
    notice = notice_in(scope.inventory, language)
    return {
        **{key: getattr(notice, key) for key in ("saved", "not_erased")},
        "language": language,
        "items": [
            [service.id, _REMOVABLE[item.kind], name]
            for service in scope.services
            for item in service.storage
            if item.party is Party.FIRST and item.kind in _REMOVABLE
            for name in item.names
        ],
        "left": {
            service_code(service.id): [notice.not_removed.format(service=service.name), _own_link(service)]
            for service in scope.asked
            if any(item.party is Party.THIRD for item in service.storage)
        },
        "calls": {
            service_code(service.id): [[call.function, *call.arguments] for call in service.on_withdrawal]
            for service in scope.asked
            if service.on_withdrawal
        },
        "hosts": {service_code(service.id): hosts for service in scope.asked if (hosts := _hosts(service))},
    }


def signals(scope: Scope) -> dict[str, Any]:
    """Google Consent Mode v2, from the inventory: the purpose of each signal."""
    mode = {signal: id for service in scope.services for signal, id in service.consent_mode.items()}
    return {"mode": dict(sorted(mode.items()))}


def acts(scope: Scope, language: str, policy: str) -> dict[str, Any]:
    """The words of the list of earlier choices, the names of what they were about, and where the texts are kept."""
    inventory = scope.inventory
    notice = notice_in(inventory, language)
    return {
        **{key: getattr(notice, key) for key in _ACTS},
        "language": language,
        "controller": inventory.controller.name,
        "website": scope.website.origin,
        "evidence": f"{policy}bewijs/",
        "names": {
            **{purpose_code(one.id): purpose_words(one, notice).name for one in inventory.purposes},
            **{service_code(one.id): one.name for one in inventory.services},
        },
        "services": [service_code(one.id) for one in inventory.services],
    }


def _hosts(service: Service) -> list[str]:
    return sorted({host for kind in HOST_KINDS for host in getattr(service.hosts, kind)})


def _own_link(service: Service) -> str:
    return service.links.opt_out or service.links.cookies or service.links.privacy or ""


def _named(scope: Scope, service: Service, notice: Notice, *, without: str = "") -> str:
    asked = asked_purposes(scope.inventory, service)
    return ", ".join(purpose_words(scope.inventory.purpose(id), notice).name for id in asked if id != without)


def _purpose(scope: Scope, purpose: Purpose, notice: Notice) -> dict[str, Any]:
    words = purpose_words(purpose, notice)
    return {
        "id": purpose.id,
        "code": purpose_code(purpose.id),
        "name": words.name,
        "sentence": words.sentence,
        "asked": not purpose.exemption,
        "services": [
            _service(scope, service, purpose, notice) for service in scope.services if purpose.id in service.purposes
        ],
    }


def _service(scope: Scope, service: Service, purpose: Purpose, notice: Notice) -> dict[str, Any]:
    others = "" if purpose.exemption else _named(scope, service, notice, without=purpose.id)
    unbounded = {
        "session": notice.session,
        "tab": notice.tab,
        "until cleared": notice.until_cleared,
        "not stored": notice.not_stored,
    }
    return {
        "id": service.id,
        "code": service_code(service.id),
        "name": service.name,
        "purposes": [purpose_code(id) for id in asked_purposes(scope.inventory, service)],
        "needs": notice.needs_all.format(purposes=others) if others else "",
        "recipient": recipient_words(scope.inventory, service.recipient, notice.language),
        "items": [
            [", ".join(item.names), item_lifetime(item, notice.language, unbounded)]
            for item in service.storage
            if item.purpose == purpose.id
        ],
    }
