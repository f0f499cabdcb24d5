"""Apache composes the header from the cookie: whole, and for every near miss that of a refusal."""

import pytest

from policy.headers.htaccess import htaccess
from tests.headers.apache import Apache, apache
from tests.headers.website import ALL, COUNTED, NONE, NUMBER, SERVICES, act, header

PAGE = "<!doctype html><title>Guarded</title>"
WORDPRESS = """\
# BEGIN WordPress
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteBase /
RewriteRule ^front\\.html$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /front.html [L]
</IfModule>
# END WordPress
"""
FILES = {
    "index.html": PAGE,
    "front.html": PAGE,
    "script.js": "1",
    "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "unknown": PAGE,
    "gone.html.asis": f"Status: 404 Gone\nContent-Type: text/html\n\n{PAGE}",
    "own.html.asis": (
        "Content-Type: text/html\nContent-Security-Policy: upgrade-insecure-requests\n"
        f"Cache-Control: no-store\nVary: Accept-Encoding\nServer-Timing: db;dur=53\n\n{PAGE}"
    ),
    "plain/.htaccess": "RewriteEngine Off\nErrorDocument 404 /gone.html.asis\n",
    "plain/index.html": PAGE,
    "cached/.htaccess": (
        'RewriteEngine Off\nHeader set Cache-Control "public, max-age=600"\n'
        "Header set Content-Security-Policy upgrade-insecure-requests\n"
    ),
    "cached/index.html": PAGE,
    "bare/.htaccess": "RewriteEngine Off\n",
    "bare/index.html": PAGE,
}


@pytest.fixture(scope="module")
def server():
    with apache({**FILES, ".htaccess": WORDPRESS + htaccess(SERVICES, NUMBER)}) as running:
        yield running


GRANTED = {
    "all": (ALL, ("counter", "cinema", "ratings")),
    "some": (COUNTED, ("counter",)),
    "among other cookies": (f"a=1; {COUNTED}; b=2", ("counter",)),
    "in two acts": (
        f"consent=2{act('00s300p2', '', number='1')}{act('00s200p1', '00s4')}",
        ("counter", "cinema"),
    ),
    "in the third act": (f"consent=2{act('xxxx')}{act('yyyy', 'wwww')}{act('00s200p1')}{act('zzzz')}", ("counter",)),
    "a purpose in an older act": (f"consent=2{act('00p1', number='1')}{act('00s2', number='9')}", ("counter",)),
    "after other codes": (f"consent=2{act('zzzzyyyy00s2xxxx00p1')}", ("counter",)),
    "unknown codes are kept": (f"consent=2{act('zzzz00s200p1', 'xxxx', 'wwww')}", ("counter",)),
    "chosen for one service": (f"consent=2{act('', '00s2')}{act('00s300p2', method='one')}", ("cinema",)),
    "as long as a cookie may be": (f"consent=2{act('zzzz' * 800 + '00s200p1')}", ("counter",)),
    "the number with a zero before it": (f"consent=2{act('00s200p1', number='0009')}", ("counter",)),
    "one act under terms that are too old": (
        f"consent=2{act('00s200s4', number='8')}{act('00p100p200s3', number='12')}",
        ("cinema",),
    ),
    "one act from a later inventory": (
        f"consent=2{act('00s3', number='11')}{act('00p2', number='12')}{act('00s2', number='13')}",
        ("cinema",),
    ),
}


@pytest.mark.parametrize(("cookie", "granted"), GRANTED.values(), ids=GRANTED)
def test_the_header_is_what_the_record_grants(server: Apache, cookie: str, granted: tuple[str, ...]):
    assert server.csp(cookie) == header(*granted)


REFUSED = {
    "no cookie": None,
    "another cookie": "a=1",
    "refused": NONE,
    "the service without its purpose": f"consent=2{act('00s2')}",
    "the purpose without its service": f"consent=2{act('00p1')}",
    "one of two purposes": f"consent=2{act('00s400p1', '00p2')}",
    "refused, though the purpose is granted": f"consent=2{act('00p1', '00s2')}",
    "withdrawn, though the purpose is granted": f"consent=2{act('00p1', '', '00s2')}",
    "granted, and withdrawn in another act": f"consent=2{act('00s200p1', number='9')}{act('', '', '00s2')}",
    "granted, and refused in an act before": f"consent=2{act('', '00s2', number='9')}{act('00s200p1')}",
    "a number before the terms were wider": f"consent=2{act('00s200p1', number='8')}",
    "a number that begins alike": f"consent=2{act('00s200p1', number='1')}",
    "a number from the future": f"consent=2{act('00s200p1', number='13')}",
    "a number with another digit behind it": f"consent=2{act('00s200p1', number='120')}",
    "a number of seven digits": f"consent=2{act('00s200p1', number='0000012')}",
    "a code at a wrong offset": f"consent=2{act('x00s2yyy00p1')}",
    "a code over two lists": f"consent=2{act('00', 's200p1')}",
    "a code cut off": f"consent=2{act('00p100s')}",
    "a record cut in the last act": ALL[:-1],
    "a record cut in a code": ALL[:-5],
    "a record of another form": ALL.replace("=2.", "=1."),
    "a record of form 22": ALL.replace("=2.", "=22."),
    "capital letters": ALL.replace("00s2", "00S2"),
    "a text behind it": ALL + "x",
    "a space behind it": ALL + " ; a=1",
    "a dot behind it": ALL + ".",
    "an unknown method": f"consent=2{act('00s200p1', method='most')}",
    "a text of other letters": ALL.replace("77ab01ce", "77ab01cg"),
    "a text that is too short": ALL.replace("77ab01ce", "77ab01c"),
    "no text": ALL.replace("77ab01ce", ""),
    "a cookie whose name ends alike": "my" + ALL,
    "a cookie whose name begins alike": ALL.replace("consent=", "consents="),
    "inside the value of another cookie": "a=" + ALL,
    "behind a comma": "a=1, " + ALL,
    "behind no space": "a=1;" + ALL,
    "in quotes": ALL.replace("=", '="') + '"',
    "percent signs": ALL.replace(".", "%2E"),
    "two records": f"{ALL}; a=1; {ALL}",
    "a record and rubbish": f"consent=x; {ALL}",
    "a code too many by half": f"consent=2{act('00s200p1xx')}",
    "rubbish": "consent=" + "__proto__.%00.{}[]()$1%{GUARD_RECORD}e" * 50,
    "a variable of our own as a cookie": "GUARD_0_SCRIPT=evil.test; GUARD_RECORD=" + ALL.removeprefix("consent="),
}


@pytest.mark.parametrize("cookie", REFUSED.values(), ids=REFUSED)
def test_on_doubt_nothing_is_granted(server: Apache, cookie: str | None):
    assert server.csp(cookie) == header()


def test_a_header_with_the_name_of_a_variable_grants_nothing(server: Apache):
    forged = f"GUARD_RECORD: {ALL.removeprefix('consent=')}\r\nGUARD_0_SCRIPT: evil.test\r\n"
    for cookie, granted in (("", ()), (f"Cookie: {COUNTED}\r\n", ("counter",))):
        answer = server.raw((forged + cookie).encode()).decode()
        assert f"\r\nContent-Security-Policy: {header(*granted)}\r\n" in answer


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/a/pretty/address/?q=1", "/unknown", "/drawing.svg", "/bare/", "/plain/none"]
)
def test_every_way_to_a_page_has_the_header_once(server: Apache, path: str):
    assert server.csp(COUNTED, path) == header("counter")
    assert server.header("Server-Timing", path) == ["guard;desc=12"]
    assert ", ".join(server.header("Cache-Control", path)) == "private, no-cache"
    assert server.header("Vary", path) == ["Cookie"]


def test_a_page_that_is_missing_has_the_header_once(server: Apache):
    for path in ("/gone.html.asis", "/bare/none"):
        assert server.get(path)[0] == 404
        assert server.csp(ALL, path) == header("counter", "cinema", "ratings")


def test_what_the_website_sends_itself_stays(server: Apache):
    path = "/own.html.asis"
    assert server.csp(COUNTED, path) == "upgrade-insecure-requests, " + header("counter")
    assert server.header("Server-Timing", path) == ["db;dur=53, guard;desc=12"]
    assert server.header("Cache-Control", path) == ["no-store, private, no-cache"]
    assert server.header("Vary", path) == ["Accept-Encoding,Cookie"]


def test_what_a_folder_of_the_website_sends_itself_stays_beside_ours(server: Apache):
    found = server.header("Content-Security-Policy", "/cached/", Cookie=COUNTED)
    assert sorted(found) == [header("counter"), "upgrade-insecure-requests"]
    assert sorted(server.header("Cache-Control", "/cached/")) == ["private, no-cache", "public, max-age=600"]


@pytest.mark.parametrize("path", ["/script.js", "/drawing.svg"])
def test_what_is_no_page_goes_as_it_did(server: Apache, path: str):
    names = {name for name, _ in server.get(path, Accept="*/*")[1]}
    assert names.isdisjoint({"Content-Security-Policy", "Server-Timing", "Cache-Control", "Vary"})
    assert server.get(path, Accept="*/*", If_None_Match=server.header("ETag", path)[0])[0] == 304


def test_a_worker_is_guarded_as_a_page(server: Apache):
    for kind in ("worker", "sharedworker", "serviceworker"):
        (found,) = server.header("Content-Security-Policy", "/script.js", Accept="*/*", Sec_Fetch_Dest=kind)
        assert found == header()


def test_a_page_is_never_answered_as_not_modified(server: Apache):
    (tag,), (day,) = server.header("ETag"), server.header("Last-Modified")
    assert server.get("/", If_None_Match=tag)[0] == 200
    assert server.get("/", If_Modified_Since=day)[0] == 200


def test_an_older_header_of_the_website_is_joined_and_ours_stands_once():
    before = "Header always set Content-Security-Policy \"frame-ancestors 'self'\"\n"
    guard = htaccess(SERVICES, NUMBER)
    with apache({"index.html": PAGE, ".htaccess": before + guard + guard}) as server:
        assert server.csp(COUNTED) == "frame-ancestors 'self', " + header("counter")


def test_without_the_module_that_reads_the_cookie_nothing_is_granted():
    with apache({"index.html": PAGE, ".htaccess": htaccess(SERVICES, NUMBER)}, without=("setenvif",)) as server:
        assert server.csp(ALL) == header()
        assert server.header("Server-Timing") == ["guard;desc=12"]


def test_without_the_module_that_sends_headers_the_page_goes_unguarded_and_does_not_claim_to_be():
    with apache({"index.html": PAGE, ".htaccess": htaccess(SERVICES, NUMBER)}, without=("headers",)) as server:
        status, headers = server.get()
        assert status == 200
        assert {name for name, _ in headers}.isdisjoint({"Content-Security-Policy", "Server-Timing"})
