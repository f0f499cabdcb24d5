"""The `.htaccess` of the policy site, made from what was built: types, redirects, copies, headers.

What a missing module would turn into error 500 stands in its `<IfModule>`, and a host need allow no more than FileInfo,
as for the rules of WordPress. `decisions/` tells why each line is there.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from policy.headers.pages import read_pages
from policy.headers.place import Place, site_files
from policy.headers.redirects import redirects
from policy.headers.rules import HSTS, header_rules
from policy.headers.sending import block, extensions, headers, indexes_and_copies, text, types

NOT_FOUND = "404.html"


def site_htaccess(folder: Path, address: str, moved: Mapping[str, str]) -> str:
    """The lines for a built site that will stand at this address: a host of its own, or a folder of another website.

    `moved` names by old path below the site the new one. PolicyError where a page cannot work under its CSP, a file is
    of an unknown kind, a redirect leads nowhere, or a name cannot stand in the lines.
    """
    place = Place.of(address)
    files = site_files(folder)
    rules = header_rules(read_pages(folder, address), address)
    return text(
        [
            *_start(place),
            *types(files),
            *block("mod_mime.c", extensions(files)),
            *block("mod_alias.c", redirects(place, moved, files)),
            *block("mod_rewrite.c", indexes_and_copies(place)),
            *block("mod_headers.c", headers(place, rules, HSTS if place.is_secure else 0)),
        ]
    )


def _start(place: Place) -> Iterator[str]:
    missing = f"{place.path}{NOT_FOUND}"
    yield "# Made by the build from the files of this site: the next one replaces what is changed here by hand."
    yield "# Nothing here is a program or a list of files, whatever the website around this folder says of its own."
    yield "SetHandler default-handler"
    yield "FileETag MTime Size"
    yield f"ErrorDocument 403 {missing}"
    yield f"ErrorDocument 404 {missing}"
    yield "# The guard of the website around this folder takes the conditions off requests for pages; here they stay."
    yield from block("mod_setenvif.c", ['SetEnvIf Request_Method "^" !GUARD_PAGE'])
