"""A real Apache gives for every file of the policy site what is expected of it, whatever website stands around it."""

import gzip
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from policy.headers.bundle import bundle_htaccess
from policy.headers.compressed import compress
from policy.headers.expected import expected
from policy.headers.htaccess import htaccess
from policy.headers.media import has_copies
from policy.headers.place import site_files
from policy.headers.site import site_htaccess
from tests.headers.around import HOST, MODULES, Reply, Website, website
from tests.headers.website import NUMBER, SERVICES

HOME = f"https://{HOST}/privacy/"
MOVED = {"oud/": "wijzigingen/", "en/oud.html": "en/cookies/", "verklaring.pdf": "versies/1/verklaring.pdf"}
WORDPRESS = """
FileETag None
Header always set Strict-Transport-Security "max-age=99999999; includeSubDomains; preload"
RewriteEngine On
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.php [L]
"""
PLUGINS = """
AddHandler application/x-httpd-php .html
AddType text/plain .js .css
ErrorDocument 404 /index.php
DirectoryIndex index.php
ExpiresActive On
ExpiresDefault "access plus 1 month"
Header unset ETag
Header set Strict-Transport-Security "max-age=99999999; includeSubDomains"
Header set Set-Cookie "a=b"
Header always set Set-Cookie "c=d"
Header set X-Powered-By "PHP/8.3"
Header set X-Robots-Tag "none"
<FilesMatch "[.](html|css|js|json)$">
Header set Pragma "public"
Header set Cache-Control "public, max-age=99"
Header set Content-Security-Policy "upgrade-insecure-requests"
</FilesMatch>
<If "%{REQUEST_URI} =~ /html/">
Header always set Content-Security-Policy "img-src *"
Header append Vary "User-Agent"
</If>
"""
"""What plug-ins for speed and safety write into the `.htaccess` of a website."""
AROUND = {
    "nothing": "",
    "a guard and WordPress": htaccess(SERVICES, NUMBER) + WORDPRESS,
    "every plug-in": htaccess(SERVICES, NUMBER) + PLUGINS,
}
DECODED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
CONSENTED = {"Accept": "text/html,*/*;q=0.8", "Cookie": "consent=2.12.hteos.none.29faa7b4...."}
"""What a browser sends whose visitor has chosen; the guard reads both."""


@pytest.fixture(scope="module")
def dressed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site with a file of every kind, its copies and its `.htaccess`."""
    place = tmp_path_factory.mktemp("dressed") / "site"
    shutil.copytree(site, place, ignore=shutil.ignore_patterns("*.br", "*.gz", ".htaccess"))
    (place / ".well-known").mkdir(exist_ok=True)
    (place / ".well-known" / "gpc.json").write_text('{"gpc": true}\n', "utf-8")
    (place / "versies/1/verklaring.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 2000)
    (place / "inline.html").write_text(f"<!doctype html><script>1</script>{'<p>x</p>' * 200}", "utf-8")
    compress(place)
    (place / ".htaccess").write_text(site_htaccess(place, HOME, MOVED), "utf-8")
    return place


@pytest.fixture(scope="module", params=list(AROUND))
def around(request: pytest.FixtureRequest, dressed: Path) -> Iterator[Website]:
    """The site below a website that has rules of its own."""
    files = {".htaccess": AROUND[request.param], "index.php": "WordPress", "index.html": "<!doctype html>The website"}
    with website(files, {"privacy": dressed}) as running:
        yield running


@pytest.fixture(scope="module")
def alone(dressed: Path) -> Iterator[Website]:
    """The site on a host that allows no more than the rules of WordPress need."""
    with website({"index.html": "<!doctype html>"}, {"privacy": dressed}, override="FileInfo") as running:
        yield running


def differences(answer: dict[str, Any], reply: Reply, told: dict[str, Any], body: bytes | None) -> list[str]:
    """What a reply has otherwise than expected."""
    headers = told["headers"][answer["headers"]] if "headers" in answer else {}
    wrong = [f"{name}: {reply.all(name)}" for name, value in headers.items() if reply.all(name) != [value]]
    wrong += [
        f"{name}: {reply.all(name)}" for name in told["absent"] if headers and name not in headers and reply.all(name)
    ]
    wrong += [f"status {reply.status}"] if reply.status != answer["status"] else []
    wrong += [f"Location: {reply.one('Location')}"] if reply.one("Location") != answer.get("location") else []
    if body is not None:
        (hsts,) = reply.all("Strict-Transport-Security") or [""]
        wrong += [] if int(hsts.partition(";")[0].removeprefix("max-age=")) >= told["hsts"] else [hsts]
        wrong += ["Content-Language"] if reply.all("Content-Language") else []
        wrong += [] if DECODED[reply.one("Content-Encoding")](reply.body) == body else ["body"]
    return [f"{answer['url']}: {one}" for one in wrong]


def all_differences(server: Website, folder: Path, home: str, coding: str) -> list[str]:
    """What any answer of the server has otherwise than expected, for a client that takes a coding."""
    told = expected(folder, home, MOVED)
    wrong = []
    for answer in told["answers"]:
        scheme, _, path = answer["url"].partition(f"://{HOST}")
        accepted = {"Accept-Encoding": coding} if coding else {}
        reply = server.ask(path, secure=scheme == "https", **accepted, **CONSENTED)
        name = answer.get("path") or answer.get("body")
        body = (folder / name).read_bytes() if name else None
        wrong += differences(answer, reply, told, body)
        if body is not None and (reply.one("Content-Encoding") or "") != (
            coding if has_copies(name, len(body)) else ""
        ):
            wrong.append(f"{path}: {reply.one('Content-Encoding')}")
    return wrong


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_every_answer_is_what_is_expected(around: Website, dressed: Path, coding: str) -> None:
    named = {answer.get("path") for answer in expected(dressed, HOME, MOVED)["answers"]}
    assert named - {None} == set(site_files(dressed))
    assert all_differences(around, dressed, HOME, coding) == []


def test_the_site_may_as_well_have_a_host_of_its_own(dressed: Path, tmp_path: Path) -> None:
    place, home = tmp_path / "site", f"https://{HOST}/"
    shutil.copytree(dressed, place, ignore=shutil.ignore_patterns("*.br", "*.gz", ".htaccess"))
    (place / "404.html").write_text((place / "404.html").read_text("utf-8").replace('"/privacy/', '"/'), "utf-8")
    compress(place)
    (place / ".htaccess").write_text(site_htaccess(place, home, MOVED), "utf-8")
    with website({}, {"": place}) as server:
        assert all_differences(server, place, home, "br") == []
        for path, location in (("/cookies?a", f"{home}cookies/?a"), ("/a/b?c", f"{home}a/b?c"), ("/", home)):
            reply = server.ask(path, secure="cookies" in path)
            assert (reply.status, reply.one("Location")) == (301, location)


def test_the_headers_of_a_page_stand_there_as_a_reader_may_check_them(alone: Website) -> None:
    lines = {name: value for name, value in alone.ask("/privacy/versies/2/").lines if name != "Permissions-Policy"}
    for ours in ("Date", "Server", "ETag", "Accept-Ranges", "Content-Length"):
        del lines[ours]
    assert lines == {
        "Content-Security-Policy": (
            f"default-src 'none'; img-src {HOME}assets/; script-src {HOME}assets/ {HOME}toestemming/; "
            f"style-src {HOME}assets/; connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        ),
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Vary": "Accept-Encoding",
        "Strict-Transport-Security": "max-age=63072000",
        "Content-Type": "text/html; charset=utf-8",
    }


def test_a_page_with_an_inline_script_has_its_hash_and_no_other_page(alone: Website) -> None:
    inline, other = (alone.ask(f"/privacy/{page}").one("Content-Security-Policy") for page in ("inline.html", ""))
    hashed = "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    assert inline == str(other).replace(f"{HOME}toestemming/", f"{HOME}toestemming/ {hashed}")


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        *((one, "br") for one in ("br", "BR", "gzip, br", "gzip, br;q=0.5", "br;q=0.001", "deflate , br ;q=1.000,x")),
        *((one, "gzip") for one in ("gzip", "br;q=0, gzip", "gzip;q=0.1, br;q=0.0", "identity;q=0, *", "gzip, *;q=0")),
        *((one, None) for one in ("", "*", "identity", "br;q=0", "gzip;q=0.000", "brx, xgzip", "br;q=1.5", "deflate")),
        *((one, None) for one in ("identity;q=0", "identity;q=0, *;q=0", "identity;q=0, *, gzip;q=0", "br;q=-1")),
    ],
)
@pytest.mark.parametrize("path", ["", "versies/2/", "index.html", "versions.json", "bestaat/niet"])
def test_a_copy_is_sent_to_those_who_take_it(alone: Website, path: str, accepted: str, coding: str | None) -> None:
    reply = alone.ask(f"/privacy/{path}", Accept_Encoding=accepted)
    assert (reply.one("Content-Encoding"), reply.one("Vary")) == (coding, "Accept-Encoding")
    assert int(reply.one("Content-Length") or 0) == len(reply.body) > 0


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_page_that_did_not_change_is_not_sent_again(around: Website, coding: str) -> None:
    first = around.ask("/privacy/", Accept_Encoding=coding, **CONSENTED)
    if first.one("ETag") is None:
        assert "Header unset ETag" in (around.root / "www/.htaccess").read_text("utf-8")  # nobody can undo that
        return
    asked = {"If_None_Match": str(first.one("ETag")), **CONSENTED}
    again = around.ask("/privacy/", Accept_Encoding=coding, **asked)
    assert (again.status, again.body, again.one("ETag")) == (304, b"", first.one("ETag"))
    assert (again.one("Vary"), again.one("Cache-Control")) == ("Accept-Encoding", "no-cache")
    other = "gzip" if coding == "br" else "br"
    assert around.ask("/privacy/", Accept_Encoding=other, **asked).status == 200


def test_a_release_that_is_put_back_reaches_those_who_saw_a_newer_one(alone: Website) -> None:
    os.utime(alone.root / "private/privacy/index.html", (10**9, 10**9))
    reply = alone.ask("/privacy/", If_Modified_Since="Tue, 01 Jan 2002 00:00:00 GMT")
    assert (reply.status, reply.one("Last-Modified")) == (200, None)


def test_head_and_parts_are_those_of_the_copy(alone: Website) -> None:
    whole = alone.ask("/privacy/", Accept_Encoding="br")
    head = alone.ask("/privacy/", "HEAD", Accept_Encoding="br")
    assert [line for line in head.lines if line[0] != "Date"] == [line for line in whole.lines if line[0] != "Date"]
    part = alone.ask("/privacy/", Accept_Encoding="br", Range="bytes=5-9", If_Range=str(whole.one("ETag")))
    assert (part.status, part.body, part.one("Content-Encoding")) == (206, whole.body[5:10], "br")
    plain = alone.ask("/privacy/", Range="bytes=0-8")
    assert (plain.status, plain.body, plain.one("Content-Encoding")) == (206, b"<!doctype", None)
    changed = alone.ask("/privacy/", Range="bytes=0-8", If_Range=str(whole.one("ETag")))
    assert changed.status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((path, 404) for path in ("index.html.br", "index.html.gz", "index.html.b%72", "versies/2/index.html.gz")),
        *(
            (path, 404)
            for path in ("assets/", "versies/", ".well-known/", ".well-known/x", ".git/config", "assets/.env")
        ),
        *((path, 404) for path in ("index.html/x", "index.html/", "index", "versions", "%3fx", "a%0d%0aX", "oud/x")),
        *((path, 403) for path in (".htaccess", ".htaccess.br")),
        (".well-known/gpc.json", 200),
    ],
)
def test_what_is_no_page_is_the_page_that_says_so(around: Website, dressed: Path, path: str, status: int) -> None:
    for left in (".git/config", "assets/.env"):
        somebodys = around.root / "private/privacy" / left
        somebodys.parent.mkdir(exist_ok=True)
        somebodys.write_text("Left here by somebody.", "utf-8")
    reply = around.ask(f"/privacy/{path}", Accept_Encoding="br")
    assert reply.status == status
    if status != 200:
        assert brotli.decompress(reply.body) == (dressed / "404.html").read_bytes()
        assert reply.one("X-Robots-Tag") == "noindex"


@pytest.mark.parametrize(
    ("path", "sent", "secure", "location"),
    [
        ("/privacy/cookies/?a=b", {}, False, f"{HOME}cookies/?a=b"),
        ("/privacy/bestaat/niet", {}, False, f"{HOME}bestaat/niet"),
        ("/privacy", {}, True, HOME),
        ("/privacy", {"Host": "evil.test"}, False, HOME),
        ("/privacy/versies/2", {}, True, f"{HOME}versies/2/"),
        ("/privacy/versies/2?a=%0d%0aX:y", {"Host": "evil.test"}, True, f"{HOME}versies/2/?a=%0d%0aX:y"),
        ("/privacy/en", {"X-Forwarded-Proto": "https"}, False, f"{HOME}en/"),
        ("/privacy/", {"Host": "leiz.nl"}, True, HOME),
        ("/privacy/", {"Host": "www.leiz.nl.evil.test"}, True, HOME),
        ("/privacy//evil.test/..%2f", {"Host": ""}, False, f"{HOME}"),
        ("/privacy/oud", {}, True, f"{HOME}wijzigingen/"),
        ("/privacy/oud/index.html?x", {}, True, f"{HOME}wijzigingen/?x"),
        ("/privacy/en/oud.html", {}, True, f"{HOME}en/cookies/"),
    ],
)
def test_a_redirect_names_the_sites_own_address(
    around: Website, path: str, sent: dict[str, str], secure: bool, location: str
) -> None:
    reply = around.ask(path, secure=secure, **sent)
    if reply.status in (400, 404):
        assert path.endswith("%2f")  # Apache itself refuses it
        return
    assert (reply.status, reply.all("Location")) == (301, [location])
    assert "max-age=63072000" not in reply.all("Strict-Transport-Security") or secure


@pytest.mark.parametrize(
    "sent",
    [
        {"Host": "WWW.LEIZ.NL:443"},
        {"Host": "10.0.0.1", "X-Forwarded-Host": HOST, "X-Forwarded-Proto": "https"},
    ],
)
def test_no_redirect_leads_back_where_it_came_from(alone: Website, sent: dict[str, str]) -> None:
    assert alone.ask("/privacy/", **sent).status == 200
    assert alone.ask("/privacy/", secure=False, **{**sent, "X-Forwarded-Proto": "https"}).status == 200


def test_a_certificate_can_be_asked_for_in_the_clear(alone: Website, dressed: Path) -> None:
    challenge = alone.root / "private/privacy/.well-known/acme-challenge/abc"
    challenge.parent.mkdir()
    challenge.write_text("abc", "utf-8")
    assert alone.ask("/privacy/.well-known/acme-challenge/abc", secure=False).body == b"abc"


@pytest.mark.parametrize("missing", [*([name] for name in MODULES), list(MODULES)], ids=" ".join)
def test_the_site_is_served_whatever_module_the_host_lacks(dressed: Path, missing: list[str]) -> None:
    with website({}, {"privacy": dressed}, without=missing, override="FileInfo") as server:
        for path in ("404.html", "versies/2/index.html", "versions.json", "en/wijzigingen.xml", ".well-known/gpc.json"):
            reply = server.ask(f"/privacy/{path}", Accept_Encoding="br, gzip")
            body = DECODED[reply.one("Content-Encoding")](reply.body)
            assert (reply.status, body) == (200, (dressed / path).read_bytes()), path
            kinds = {"html": "text/html; charset=utf-8", "json": "application/json", "xml": "application/atom+xml"}
            assert reply.one("Content-Type") == kinds[path.rpartition(".")[2]]
        if len(missing) == 1:  # without mod_dir and mod_rewrite a folder has no page
            assert server.ask("/privacy/versies/2/").body == (dressed / "versies/2/index.html").read_bytes()
            assert server.ask("/privacy/versies/2/?x").status == 200
        assert server.ask("/privacy/nergens").status == 404
        assert server.ask("/privacy/assets/").status in (403, 404)


def test_the_files_of_a_module_are_sent_small_and_kept_as_long_as_they_hold(built: Path, tmp_path: Path) -> None:
    module = tmp_path / "module"
    shutil.copytree(
        built / "websites/leiz/toestemming", module, ignore=shutil.ignore_patterns("*.br", "*.gz", ".htaccess")
    )
    compress(module)
    (module / ".htaccess").write_text(bundle_htaccess(module, f"https://{HOST}/toestemming/"), "utf-8")
    around = {".htaccess": AROUND["a guard and WordPress"], "index.php": "WordPress"}
    kept = {True: "public, max-age=31536000, immutable", False: "no-cache"}
    with website(around, {"toestemming": module}, override="FileInfo") as server:
        for path in site_files(module):
            reply = server.ask(f"/toestemming/{path}", Accept_Encoding="br", **CONSENTED)
            assert DECODED[reply.one("Content-Encoding")](reply.body) == (module / path).read_bytes()
            assert (reply.one("Content-Type"), reply.one("Vary")) == (
                "text/javascript; charset=utf-8",
                "Accept-Encoding",
            )
            assert reply.one("Cache-Control") == kept[bool(re.search(r"[.][0-9a-f]{8}[.]", path))]
            assert (reply.one("X-Content-Type-Options"), reply.one("Set-Cookie")) == ("nosniff", None)
            assert reply.one("Cross-Origin-Resource-Policy") == "same-origin"
        assert server.ask("/toestemming/").status == server.ask("/toestemming/consent.js.br").status == 404
        assert server.ask("/bestaat-niet").body == b"WordPress"
