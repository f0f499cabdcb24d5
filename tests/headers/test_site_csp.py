"""The CSP of the policy site says what its pages load and nothing more; what it would block stops the build."""

from pathlib import Path

import pytest
from lxml import html

from policy.errors import PolicyError
from policy.headers.media import kind_of, media_type
from policy.headers.pages import Pages, read_pages
from policy.headers.place import site_files
from policy.headers.site import site_htaccess
from policy.headers.site_csp import page_csp

HOME = "https://www.leiz.nl/privacy/"
CLOSED = "connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
TRUSTED = "require-trusted-types-for 'script'; trusted-types 'none'"


def read(folder: Path, **files: str) -> Pages:
    for name, text in files.items():
        place = folder / name.replace("__", "/").replace("_", ".")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return read_pages(folder, HOME)


def test_the_built_site_may_use_two_folders_of_its_own_and_no_connection(site: Path) -> None:
    assert page_csp(read_pages(site, HOME), HOME) == (
        f"default-src 'none'; img-src {HOME}assets/; script-src {HOME}assets/ {HOME}toestemming/; "
        f"style-src {HOME}assets/; {CLOSED}; {TRUSTED}"
    )


@pytest.mark.parametrize("page", ["index.html", "404.html", "versies/2/index.html", "en/bewijs/index.html"])
def test_the_meta_element_says_the_same_of_whatever_address_the_page_has(site: Path, page: str) -> None:
    tree = html.fromstring((site / page).read_bytes())
    (meta,) = tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']")
    header = page_csp(read_pages(site, HOME), HOME)
    for folders in (f"{HOME}assets/ {HOME}toestemming/", f"{HOME}assets/"):
        header = header.replace(folders, "'self'")
    assert meta.get("content") == header.replace("frame-ancestors 'none'; ", "")  # a meta element cannot say that
    assert tree.xpath("//head/meta[@name='referrer']/@content") == ["no-referrer"]
    assert tree.xpath("//head/meta")[:2] == [tree.xpath("//head/meta[@charset]")[0], meta]  # before all that loads


def test_each_way_to_load_a_file_has_its_directive(tmp_path: Path) -> None:
    pages = read(
        tmp_path,
        a__index_html="""<!doctype html><link rel="preload" as="font" href="../f/a.woff2">
        <link rel="icon" href="/privacy/i.svg"><link rel="canonical" href="https://elsewhere.test/"><a href="https://elsewhere.test/">x</a>
        <script src="../s/a.js?1"></script><img src="b.png" srcset="b.png 1x, c.png 2x" alt="">
        <video src="../m/a.webp" poster="p.png"></video><svg><image href="v.svg"/><use href="#own"/></svg>
        <script type="application/ld+json">{}</script>""",
        f__s_css="@import 'other.css'; p { background: url(../i/b.png) } a { fill: url(#x) }",
    )
    assert sorted(pages.loads) == [
        *(("font-src", "f/a.woff2"), ("img-src", "a/b.png"), ("img-src", "a/c.png"), ("img-src", "a/p.png")),
        *(("img-src", "a/v.svg"), ("img-src", "i.svg"), ("img-src", "i/b.png"), ("media-src", "m/a.webp")),
        *(("script-src", "s/a.js"), ("style-src", "f/other.css")),
    ]
    assert page_csp(pages, HOME) == (
        f"default-src 'none'; font-src {HOME}f/; img-src {HOME}a/ {HOME}i.svg {HOME}i/; media-src {HOME}m/; "
        f"script-src {HOME}s/; style-src {HOME}f/; {CLOSED}; {TRUSTED}"
    )


def test_what_stands_in_a_page_is_allowed_by_its_hash_on_that_page_only(tmp_path: Path) -> None:
    pages = read(
        tmp_path,
        one_html="<script>alert(1)</script><script>alert(1)</script><style>p { color: red }</style>",
        two_html="<p>Nothing</p>",
    )
    one = (
        "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; "
        "style-src 'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='"
    )
    assert page_csp(pages, HOME, "one.html") == f"default-src 'none'; {one}; {CLOSED}; {TRUSTED}"
    assert page_csp(pages, HOME, "two.html") == f"default-src 'none'; {CLOSED}; {TRUSTED}"


INLINE = "has a style or an event attribute, which no hash allows. Use a class or a script"
LOADED = "is loaded, which is no file of this site. Put the file in docs/"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>\n<b onclick='x()'>a</b>", f"2: <b> {INLINE}"),
        ("<p style='color:red'>", f"1: <p> {INLINE}"),
        ("<a href=' JavaScript:x()'>a</a>", "1: <a> has a javascript: address. Use a button and a script"),
        ("<iframe src='x.html'>", "1: <iframe> stands here, which no page of this site may have. Make it a link"),
        ("<p>\n\n<img src='//spy.test/x.png'>", f"3: //spy.test/x.png {LOADED}"),
        ("<img src='/logo.png'>", f"1: /logo.png {LOADED}"),
        ("<img src='data:image/png,'>", f"1: data:image/png, {LOADED}"),
    ],
)
def test_what_no_policy_without_unsafe_words_allows_is_told_with_its_place(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(PolicyError) as error:
        read(tmp_path, a__b_html=f"<!doctype html><title>x</title>{text}")
    assert str(error.value) == f"a/b.html:{told}: the Content Security Policy blocks it."


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as error:
        read(tmp_path, a_html="<p style=''><embed>", b_css="p { background: url(data:x) }")
    assert len(str(error.value).splitlines()) == 3


def test_every_file_of_the_site_has_a_type(site: Path) -> None:
    kinds = {path.rpartition(".")[2]: media_type(path) for path in site_files(site)}
    assert {**kinds, "xml": ""} == {
        "css": "text/css; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "jsonld": "application/ld+json",
        "lock": "application/json",
        "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8",
        "xml": "",
    }
    assert media_type("en/alle-wijzigingen.xml") == "application/atom+xml"
    assert media_type("sitemap.xml") == "application/xml"
    assert media_type("websites/leiz/wordpress/leiz-toestemming.php") == "text/x-php; charset=utf-8"
    assert media_type("websites/leiz/htaccess") == media_type("site/.htaccess") == "text/plain; charset=utf-8"


@pytest.mark.parametrize("name", ["film.mp4", "a/README", "index.html.br", "x.html~", ".env"])
def test_nothing_goes_out_whose_type_nobody_said(name: str) -> None:
    with pytest.raises(PolicyError, match="Nobody said of what media type"):
        kind_of(name)


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        ({"index.html": "b.html"}, "there is a page at the old address"),
        ({"": "b.html"}, "there is a page at the old address"),
        ({"a/": "b.html"}, "there is a page at the old address"),
        ({"c/": "d/"}, "there is nothing at the new address"),
        ({'c"\n/': "b.html"}, "This name cannot stand in the rules"),
        ({"c/": "b\n.html"}, "This name cannot stand in the rules"),
    ],
)
def test_a_redirect_that_cannot_work_is_refused(tmp_path: Path, moved: dict[str, str], told: str) -> None:
    read(tmp_path, index_html="<p>", a__index_html="<p>", b_html="<p>")
    with pytest.raises(PolicyError, match=told):
        site_htaccess(tmp_path, HOME, moved)


@pytest.mark.parametrize(
    "address", ["https://www.leiz.nl/privacy", "https://a.nl/b c/", 'https://a.nl/"/', "//a.nl/", "https://u@a.nl/"]
)
def test_an_address_that_could_break_a_rule_is_refused(tmp_path: Path, address: str) -> None:
    read(tmp_path, index_html="<p>")
    with pytest.raises(PolicyError, match="cannot be the address of the site"):
        site_htaccess(tmp_path, address, {})


def test_the_lines_are_plain_and_short_for_thousands_of_pages(tmp_path: Path) -> None:
    page = "<meta name=robots content='noindex, follow'>"
    read(tmp_path, **{f"versies__{n}__verschil__index_html": page for n in range(2000)})
    lines = site_htaccess(tmp_path, HOME, {}).splitlines()
    assert all(line.isascii() and line.isprintable() and len(line) <= 8190 for line in lines)
    assert sum(line.count("verschil") for line in lines) == 2000
