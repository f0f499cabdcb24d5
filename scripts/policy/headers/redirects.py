"""The redirects of the policy site: to its one address, to folders, and from old addresses to new ones.

All of them name the address that the inventory gives, never the host that a request names.
"""

from collections.abc import Collection, Iterator, Mapping

from policy.errors import PolicyError
from policy.headers.place import Place
from policy.headers.rules import literal, plain

MOVED = 301
"""Known to every feed reader and link checker; 308 (RFC 7538) says more only of requests that change something."""

INDEX = "index.html"
_CHALLENGE = "[.]well-known/acme-challenge/"
"""A certificate is asked for here over plain HTTP (RFC 8555, 8.3), also before there is one."""


def redirects(place: Place, moved: Mapping[str, str], files: Collection[str]) -> Iterator[str]:
    """The lines for mod_alias; PolicyError for an old address that is in use or a new one that is not there."""
    base, path = place.address.removesuffix("/"), literal(place.path)
    yield "# Files whose name begins with a dot are nobody's, but for those that everybody may ask for (RFC 8615)."
    yield f'RedirectMatch 404 "^{path}(?:.*/)?[.](?!well-known(?:/|$))"'
    yield "# One address: over HTTPS, at this host; a server in front of this one may name it otherwise."
    yield f'<If "{_elsewhere(place)}">'
    yield f'Redirect {MOVED} "{place.path.removesuffix("/") or "/"}" "{base if place.path != "/" else place.address}"'
    yield "</If>"
    yield "# A folder ends in a slash."
    yield '<If "-d %{REQUEST_FILENAME} && %{REQUEST_URI} !~ m#/$#">'
    yield f'RedirectMatch {MOVED} "^{path.removesuffix("/")}(|/.*[^/])$" "{base}$1/"'
    yield "</If>"
    for old, new in checked(moved, files).items():
        yield f'RedirectMatch {MOVED} "^{path}{_forms(old)}$" "{place.address}{new}"'


def checked(moved: Mapping[str, str], files: Collection[str]) -> dict[str, str]:
    """The old paths in order with their new ones; PolicyError for one that cannot work."""
    for old, new in moved.items():
        if not old or old in files or f"{old.removesuffix('/')}/{INDEX}" in files:
            raise PolicyError(
                f"'{old}' cannot lead to '{new}': there is a page at the old address. Take one of them out."
            )
        if plain(new) not in files and f"{new}{INDEX}" not in files:
            raise PolicyError(
                f"'{old}' cannot lead to '{new}': there is nothing at the new address. Name a page that is."
            )
    return dict(sorted(moved.items()))


def _forms(old: str) -> str:
    """A folder is asked for with and without its slash, and by its index."""
    return f"{literal(old[:-1])}(?:/(?:index[.]html)?)?" if old.endswith("/") else literal(old)


def _elsewhere(place: Place) -> str:
    host = f"(%{{HTTP_HOST}} !~ m#^{literal(place.host)}(?::[0-9]+)?$#i && -z req_novary('X-Forwarded-Host'))"
    wrong = f"(!{place.came_securely} || {host})" if place.is_secure else host
    return f"{wrong} && %{{REQUEST_URI}} !~ m#^{literal(place.path)}{_CHALLENGE}#"
