"""What the live site must answer, from the same tables as its `.htaccess`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from policy.headers.media import media_type
from policy.headers.pages import read_pages
from policy.headers.place import Place, site_files
from policy.headers.redirects import INDEX, MOVED, checked
from policy.headers.rules import HSTS, UNSET, header_rules, headers_of
from policy.headers.site import NOT_FOUND

_NOWHERE = "bestaat-niet-7b1e0c5f/"


def expected(folder: Path, address: str, moved: Mapping[str, str]) -> dict[str, Any]:
    """The answers of a site built into `folder`, once it stands at this address; as JSON, the same for the same files.

    `headers` are sets of headers, which `answers` name by their place: each header stands in the answer once, with
    exactly this value. Of those in `absent` none stands there, unless the set has it. `hsts` is the max-age in seconds
    of the one Strict-Transport-Security that answers over HTTPS have, but redirects; a website around the site that
    sends its own keeps that, so it may ask more. 0 stands for an address without HTTPS.
    A redirect has a `location`; `body` names the file that is sent where no `path` does.
    """
    place, files = Place.of(address), site_files(folder)
    rules = header_rules(read_pages(folder, address), address)
    sets: list[dict[str, str]] = []

    def numbered(path: str) -> int:
        headers = {"Content-Type": media_type(path), **headers_of(path, rules)}
        if headers not in sets:
            sets.append(headers)
        return sets.index(headers)

    answers: list[dict[str, Any]] = [
        {"path": path, "url": address + _url(path), "status": 200, "headers": numbered(path)} for path in files
    ]
    missing = {
        "path": None,
        "url": address + _NOWHERE,
        "status": 404,
        "headers": numbered(NOT_FOUND),
        "body": NOT_FOUND,
    }
    answers.append(missing)
    answers += [
        {"url": url, "status": MOVED, "location": location} for url, location in _redirects(place, moved, files)
    ]
    return {"headers": sets, "absent": sorted(UNSET), "hsts": HSTS if place.is_secure else 0, "answers": answers}


def _redirects(place: Place, moved: Mapping[str, str], files: list[str]) -> Iterator[tuple[str, str]]:
    """Address and target of each: a folder without its slash, plain HTTP (at the usual ports), old addresses."""
    folder = next((path.removesuffix(f"/{INDEX}") for path in files if path.endswith(f"/{INDEX}")), None)
    if folder:
        yield f"{place.address}{folder}", f"{place.address}{folder}/"
    if place.is_secure and place.origin == f"https://{place.host}":
        yield f"http://{place.host}{place.path}", place.address
    for old, new in checked(moved, files).items():
        yield f"{place.address}{old}", f"{place.address}{new}"


def _url(path: str) -> str:
    """The address of a file below the site: a folder stands for its index."""
    return quote(path.removesuffix(INDEX) if path == INDEX or path.endswith(f"/{INDEX}") else path)
