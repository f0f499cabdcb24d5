"""The guard of a website: lines for its `.htaccess` in which Apache composes the CSP from the consent cookie.

The browser itself then refuses every host that is not declared or not granted, also for tags that nobody marked and
for what it fetches before any script runs. `decisions/` tells why each line stands here.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from policy.errors import PolicyError
from policy.headers import reissue
from policy.headers.csp import LONGEST, Directive, Guarded, csp, directives
from policy.headers.record import RECORD, SECOND, grants

LONGEST_LINE = 8190
"""Bytes that Apache reads as one line of an `.htaccess`."""

_PAGE = "\"expr=-n reqenv('GUARD_PAGE') || %{CONTENT_TYPE} =~ /html/\""
"""The answers that a browser may make a page or a worker of; images and style sheets stay as they are."""


def htaccess(services: Sequence[Guarded], number: int, reissued: date | None = None) -> str:
    """The lines for one website; `number` is that of the announced inventory it runs under.

    `reissued` is the day of the build where the record is sent back as the server's own cookie, so that it outlives
    the week that Safari gives a script's (`reissue.is_reissued`); not where CSP and record would be too long together.
    Raises PolicyError where the lines cannot be made.
    """
    made = directives(services)
    asked = [service for service in services if any(service.id in directive.added for directive in made)]
    if len(csp(made, [service.id for service in services])) + reissue.LONGEST_HEADER > LONGEST:
        reissued = None
    lines = [
        *_start(number),
        *_variables(asked, made, number, reissued),
        *_headers(asked, made, number, reissued),
        *_end(),
    ]
    length = max(len(line) for line in lines)
    if length > LONGEST_LINE:
        raise PolicyError(
            f"The guard of this website would need a line of {length} bytes in .htaccess, and Apache reads lines up to "
            f"{LONGEST_LINE}: with a longer one it answers nothing but errors. Take services off the website."
        )
    return "\n".join(lines)


def _start(number: int) -> Iterator[str]:
    yield "# BEGIN toestemming"
    yield f"# Inventory {number}. Made by the build together with consent.js: put both in place at once, this last."
    yield "# Which hosts a page may use: those that are always needed, and those of each service the visitor allowed."
    yield "<IfModule mod_headers.c>"


def _end() -> Iterator[str]:
    yield "</IfModule>"
    yield "# END toestemming"
    yield ""


def _variables(
    asked: Sequence[Guarded], made: Sequence[Directive], number: int, reissued: date | None
) -> Iterator[str]:
    yield "<IfModule mod_setenvif.c>"
    yield "# A request for a page or a worker."
    yield 'SetEnvIf Accept "text/html" GUARD_PAGE=1'
    yield 'SetEnvIf Sec-Fetch-Dest "worker$" GUARD_PAGE=1'
    yield "# The visitor's record, if it is whole and the only one."
    yield f'SetEnvIf Cookie "{RECORD}" GUARD_RECORD=$1'
    yield f'SetEnvIf Cookie "{SECOND}" !GUARD_RECORD'
    yield "# What a service adds: nothing ($1 is empty here, and a variable that is not set would print as (null)),"
    yield "# or its hosts where the record grants it (SetEnvIf would look for a header of the variable's name first)."
    for place, service in enumerate(asked):
        added = {_variable(place, one): one.added[service.id] for one in made if service.id in one.added}
        yield f"# {service.id}"
        yield f'SetEnvIf Request_Method "^()" {" ".join(f"{name}=$1" for name in added)}'
        values = " ".join(f'"{name}= {hosts}"' for name, hosts in added.items())
        granted = grants(service.code, service.since, service.purposes, number)
        yield f"SetEnvIfExpr \"reqenv('GUARD_RECORD') =~ m#{granted}#\" {values}"
    if reissued:
        yield from reissue.variables(reissued)
    yield "</IfModule>"


def _headers(asked: Sequence[Guarded], made: Sequence[Directive], number: int, reissued: date | None) -> Iterator[str]:
    composed = "; ".join(
        f"{one.name} {one.always}"
        + "".join(f"%{{{_variable(place, one)}}}e" for place, service in enumerate(asked) if service.id in one.added)
        for one in made
    )
    yield "<IfModule mod_setenvif.c>"
    yield f'Header always merge Content-Security-Policy "{composed}" {_PAGE}'
    if reissued:
        yield reissue.HEADER
    yield "</IfModule>"
    yield "# Nothing is granted where the cookie cannot be read."
    yield "<IfModule !mod_setenvif.c>"
    yield f'Header always merge Content-Security-Policy "{csp(made, ())}" {_PAGE}'
    yield "</IfModule>"
    yield "# The consent module reads here that the page came under the guard, and under which number."
    yield f'Header always merge Server-Timing "guard;desc={number}" {_PAGE}'
    yield "# A page belongs to one choice. Nobody may keep it for another (Vary also counts when a visitor goes back),"
    yield "# and it is always sent whole: WebKit keeps the old CSP when the answer is that nothing was modified."
    yield f'Header always merge Cache-Control "private" {_PAGE}'
    yield f'Header always merge Cache-Control "no-cache" {_PAGE}'
    yield f'Header always merge Vary "Cookie" {_PAGE}'
    yield "RequestHeader unset If-None-Match env=GUARD_PAGE"
    yield "RequestHeader unset If-Modified-Since env=GUARD_PAGE"


def _variable(place: int, directive: Directive) -> str:
    return f"GUARD_{place}_{directive.name.removesuffix('-src').upper()}"
