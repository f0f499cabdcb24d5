"""The CSP of a website's pages: what always stands in it, and what the visitor's consent adds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policy.errors import PolicyError

LONGEST = 8000
"""Bytes that the header may have with everything granted: many proxies take 8 kB for all headers of an answer."""

_INLINE = "'unsafe-inline'"  # the guard is about hosts; every WordPress page has inline code (decision 8)
_SOURCES = {
    "default-src": "'self'",
    "script-src": f"'self' {_INLINE} 'unsafe-eval' data: blob:",
    "style-src": f"'self' {_INLINE} data: blob:",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "frame-src": "'self' data: blob:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
}
"""What every page may do. Only hosts are restricted: WordPress and its plug-ins write inline code on every page.

There is no form-action: paying often sends a form on to a bank of the visitor's choice.
"""
_DIRECTIVE_OF = {
    "script": "script-src",
    "style": "style-src",
    "image": "img-src",
    "font": "font-src",
    "media": "media-src",
    "frame": "frame-src",
    "connect": "connect-src",
    "socket": "connect-src",
}
_SCHEME = {"socket": "wss://"}
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
_CODE = re.compile(r"[0-9a-z]{4}", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Guarded:
    """A service of a website as the guard sees it; one without consent purposes always runs."""

    id: str
    hosts: Mapping[str, Sequence[str]]
    """By kind, as in the inventory."""
    code: str
    since: int = 0
    """The number of the inventory at which its terms last widened."""
    purposes: tuple[str, ...] = ()
    """The codes of its consent purposes."""


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: the sources that always stand in it, and those that each service with consent adds."""

    name: str
    always: str
    added: dict[str, str] = field(default_factory=dict)

    def text(self, granted: Iterable[str]) -> str:
        """The directive with what these services add."""
        sources = (hosts for id, hosts in self.added.items() if id in granted)
        return " ".join([self.name, self.always, *sources])


def directives(services: Sequence[Guarded]) -> list[Directive]:
    """The directives of a website; PolicyError where a host or code has a wrong form, or the header is too long."""
    _check(services)
    exempt = [service for service in services if not service.purposes]
    made = []
    for name, sources in _SOURCES.items():
        always = list(dict.fromkeys([*sources.split(), *(host for one in exempt for host in _hosts(one, name))]))
        added = {
            one.id: " ".join(host for host in _hosts(one, name) if host not in always)
            for one in services
            if one.purposes
        }
        made.append(Directive(name, " ".join(always), {id: hosts for id, hosts in added.items() if hosts}))
    length = len(csp(made, [service.id for service in services]))
    if length > LONGEST:
        raise PolicyError(
            f"The guard of this website would send a header of {length} bytes, and {LONGEST} is what others on the way "
            "still take. Take services off the website, or join hosts of one domain as '*.domain'."
        )
    return made


def csp(made: Iterable[Directive], granted: Iterable[str]) -> str:
    """The whole value of the header where these services are granted."""
    granted = set(granted)
    return "; ".join(directive.text(granted) for directive in made)


def as_data(services: Sequence[Guarded]) -> dict[str, Any]:
    """What `guard.js` needs: each directive with what a service adds to it, and what must be granted for the service.

    A need is a code, and the oldest number under which a yes to it counts.
    """
    made = directives(services)
    adding = {id for directive in made for id in directive.added}
    needs = {one.id: [[one.code, one.since], *([code, 0] for code in one.purposes)] for one in services}
    return {
        "names": {id: need for id, need in needs.items() if id in adding},
        "csp": [[directive.text(()), directive.added] for directive in made],
    }


def _hosts(service: Guarded, name: str) -> Iterator[str]:
    found = (
        _SCHEME.get(kind, "") + host
        for kind, directive in _DIRECTIVE_OF.items()
        if directive == name
        for host in service.hosts.get(kind, ())
    )
    return iter(dict.fromkeys(found))


def _check(services: Sequence[Guarded]) -> None:
    """Nothing but plain words may reach a line of the web server's configuration."""
    for service in services:
        for kind, hosts in service.hosts.items():
            if kind not in _DIRECTIVE_OF:
                raise PolicyError(f"The guard knows no hosts of the kind '{kind}' (service '{service.id}').")
            for host in hosts:
                if not _HOST.fullmatch(host):
                    raise PolicyError(f"'{host}' is no host that a browser can be told (service '{service.id}').")
        for code in (service.code, *service.purposes):
            if not _CODE.fullmatch(code):
                raise PolicyError(f"'{code}' is no code of the record (service '{service.id}').")
