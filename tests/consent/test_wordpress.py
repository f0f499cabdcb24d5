"""The plugin for WordPress: what it marks in a page, what it leaves alone, and that a browser then waits.

The tests run the plugin in PHP, with a stand-in for WordPress (`wordpress/site.php`) that knows its hooks only.
"""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from policy.consent import wordpress
from policy.consent.wordpress import php, plugin
from policy.inventory.model import Service
from policy.inventory.terms import asked_together
from tests import demo
from tests.consent.visitor import WWW, Visitor
from tests.hosts import Answer, Hosts, Site, serve

SITE = Path(__file__).parent / "wordpress" / "site.php"
PHP = shutil.which("php")
MODULE = (
    '<script data-cfasync="false" data-no-optimize="1" data-no-defer="1" data-no-minify="1" data-noptimize="1" '
    'data-nowprocket data-jetpack-boost="ignore" data-pagespeed-no-defer src="/toestemming/consent.js" defer></script>'
)
COUNTER, ADS, CINEMA = "stats.example-third.test", "ads.example-friends.test", "player.example-cinema.test"
LIST = "https://www.voorbeeld.test/privacy/cookies/"
HOSTILE = """'); echo "<b>$x{$y}</b>"; // \\' ?><?php */ <!-- """

# `policy test` installs PHP where it may; elsewhere the reason is printed.
needs_php = pytest.mark.skipif(PHP is None, reason="php is not installed")

Print = Callable[..., str]
"""Prints a page with the plugin; further names are those of the environment of `site.php`."""


def declared(*services: Service, website: str = "voorbeeld") -> str:
    """The plugin for these services, or for all of a website of the demonstration."""
    inventory = demo.inventory()
    chosen = inventory.website(website)
    return plugin(inventory, chosen, services or asked_together(inventory, chosen))


def changed(base: str, **facts: object) -> Service:
    """A service of the demonstration with other facts; its hosts are given by kind."""
    service = demo.inventory().service(base)
    hosts = facts.pop("hosts", None)
    if isinstance(hosts, dict):
        facts["hosts"] = service.hosts.model_copy(update={"script": (), "frame": (), "connect": (), **hosts})
    return service.model_copy(update=facts)


@pytest.fixture
def prints(tmp_path: Path) -> Print:
    def run(page: str, text: str = "", builder: str = "", **names: str) -> str:
        environment = {**os.environ, **_files(tmp_path, page, text or declared(), builder), **names}
        command = [str(PHP), "-d", "display_errors=stderr", "-d", "error_reporting=-1", str(SITE)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


def _files(folder: Path, page: str, text: str, builder: str) -> dict[str, str]:
    names = {"PAGE": page, "PLUGIN": text, "BUILDER": builder}
    for name, content in names.items():
        (folder / name).write_text(content, "utf-8")
    return {name: str(folder / name) for name, content in names.items() if content or name == "PAGE"}


def _marks(service: str) -> str:
    return f'type="text/plain" data-service="{service}"'


@needs_php
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            f"<script src='https://{COUNTER}/c.js?a=1&#038;b' id='counting-js' async></script>",
            f"<script {_marks('counter')} src='https://{COUNTER}/c.js?a=1&#038;b' id='counting-js' async></script>",
            id="a script",
        ),
        pytest.param(
            f'<SCRIPT TYPE="text/javascript" SRC=//{COUNTER.upper()}/c.js DEFER></SCRIPT>',
            f"<script {_marks('counter')} src=//{COUNTER.upper()}/c.js defer></SCRIPT>",
            id="a script in capitals, without quotes",
        ),
        pytest.param(
            f'<script type="module" src="https://{COUNTER}/m.js" id="m-js-module"></script>',
            f'<script {_marks("counter")} data-type="module" src="https://{COUNTER}/m.js" id="m-js-module"></script>',
            id="a module",
        ),
        pytest.param(
            f'<script id="x-js-extra">var x = 1</script><script id="x-js-before">y</script>'
            f'<script src="//{COUNTER}/c.js" id="x-js"></script><script id="x-js-after">z</script>',
            f'<script {_marks("counter")} id="x-js-extra">var x = 1</script>'
            f'<script {_marks("counter")} id="x-js-before">y</script>'
            f'<script {_marks("counter")} src="//{COUNTER}/c.js" id="x-js"></script>'
            f'<script {_marks("counter")} id="x-js-after">z</script>',
            id="the parts that belong to a script",
        ),
        pytest.param(
            '<script src="/own/v.js" id="visits-js"></script><script id="visits-js-after">go()</script>',
            f'<script {_marks("visits")} src="/own/v.js" id="visits-js"></script>'
            f'<script {_marks("visits")} id="visits-js-after">go()</script>',
            id="a script of the website itself, known by the name of its service",
        ),
        pytest.param(
            f'<script>if (a < b) load("https:\\/\\/{ADS}\\/ads.js")</script>',
            f'<script {_marks("friends-ads")}>if (a < b) load("https:\\/\\/{ADS}\\/ads.js")</script>',
            id="a script that fetches a script",
        ),
        pytest.param(
            f'<iframe width=560 src="https://{CINEMA}/film?a&amp;b" allow></iframe>',
            f'<iframe data-service="cinema" data-src="https://{CINEMA}/film?a&amp;b" width=560 allow></iframe>',
            id="a frame",
        ),
        pytest.param(
            f'<iframe class="wide lazyload" src="about:blank" data-src="https://{CINEMA}/"></iframe>',
            f'<iframe data-service="cinema" data-src="https://{CINEMA}/" class="wide"></iframe>',
            id="a frame that a loader postponed",
        ),
        pytest.param(
            f'<noscript><iframe src="//{CINEMA}/"></iframe></noscript>',
            f'<noscript><iframe data-service="cinema" data-src="//{CINEMA}/"></iframe></noscript>',
            id="a frame for who has no scripts",
        ),
        pytest.param(
            f"<img alt='' src='//{COUNTER}/p.gif' srcset='//{COUNTER}/p2.gif 2x' width=1 />",
            f"<img data-service=\"counter\" data-src='//{COUNTER}/p.gif' alt='' width=1>",
            id="an image",
        ),
        pytest.param(
            f"<link rel='stylesheet' href='https://{COUNTER}/s.css' media='all' />",
            f"<template data-service=\"counter\"><link rel='stylesheet' href='https://{COUNTER}/s.css' media='all' />"
            "</template>",
            id="a style",
        ),
        pytest.param(
            f"a<link rel='dns-prefetch' href='//{COUNTER}' />b<link href=https://{CINEMA} rel=preconnect crossorigin>c",
            "abc",
            id="connections made ahead",
        ),
        pytest.param(
            f'<link rel="preload" as="style" href="https://{COUNTER}/s.css" onload="this.rel=\'stylesheet\'">',
            f'<template data-service="counter"><link rel="preload" as="style" href="https://{COUNTER}/s.css" '
            "onload=\"this.rel='stylesheet'\"></template>",
            id="a style that is fetched ahead",
        ),
        pytest.param(
            '<a class="menu" href="#cookie-instellingen">Cookies</a>',
            f'<a href="{LIST}" data-consent-settings class="menu">Cookies</a>',
            id="the link to the settings",
        ),
        pytest.param(
            "<a href='https://www.voorbeeld.test/film/#cookie-instellingen'>",
            f'<a href="{LIST}" data-consent-settings>',
            id="the link to the settings with the address of a page before it",
        ),
    ],
)
def test_what_needs_consent_waits(prints: Print, before: str, after: str) -> None:
    once = prints(before)
    assert once == after
    assert prints(once) == after


@needs_php
@pytest.mark.parametrize(
    "same",
    [
        '<script src="https://cdn.example.test/x.js"></script>',
        f'<script src="https://{COUNTER}.example.test/x.js"></script>',
        f'<script src="https://www.voorbeeld.test/?from=https://{COUNTER}/"></script>',
        f'<script src="https://{COUNTER}@example.test/x.js"></script>',
        f'<script type="application/ld+json">{{"url": "https://{COUNTER}/"}}</script>',
        f'<script id="theme-js-extra">var theme = {{"url": "https:\\/\\/{COUNTER}\\/"}}</script>',
        f'<script type="text/plain" data-category="statistics" src="https://{COUNTER}/x.js"></script>',
        f'<script type="text/plain" data-service="counter" src="https://{COUNTER}/x.js"></script>',
        f'<iframe data-src="https://{CINEMA}/" data-service="counter"></iframe>',
        f'<iframe src="about:blank"></iframe><iframe data-service="cinema" data-src="https://{CINEMA}/"></iframe>',
        f'<!-- <script src="https://{COUNTER}/x.js"></script> --><p>-></p>',
        f'<!-- <script src="https://{COUNTER}/x.js"></script>',
        f"<p title='<iframe src=\"https://{CINEMA}/\">'>It's</p>",
        f'<textarea><iframe src="https://{CINEMA}/"></iframe></textarea>',
        f"<style>a::after {{ content: '<img src=\"//{COUNTER}/\">' }}</style>",
        f'<script>document.title = "<img src=//cdn.example.test>"; "<!-- <p"</script><p>{COUNTER}</p>',
        f'<a href="https://{COUNTER}/">Counter</a><link rel="canonical" href="https://{COUNTER}/">',
        f'<iframe src="https://{CINEMA}/',
        "<p>\N{LATIN SMALL LETTER E WITH DIAERESIS} < > & <3 </p>",
        "",
    ],
)
def test_the_rest_of_a_page_stays_as_it_is(prints: Print, same: str) -> None:
    assert prints(same) == same


@needs_php
def test_the_module_comes_first_in_the_head(prints: Print) -> None:
    page = '<head><meta charset="utf-8">\n<wp-head></head>'
    head = f'<head><meta charset="utf-8">\n{MODULE}\n<meta name="generator" content="WordPress">\n</head>'
    assert prints(page) == head


@needs_php
def test_the_page_to_log_in_waits_as_well(prints: Print) -> None:
    page = prints(f'<head><wp-head></head><script src="//{COUNTER}/c.js"></script>', PAGE_OF="login")
    script = f'<script {_marks("counter")} src="//{COUNTER}/c.js"></script>'
    assert page == f"<head>{MODULE}\n</head>{script}"


@needs_php
def test_a_plugin_that_works_on_the_whole_page_gets_it_with_the_marks(prints: Print) -> None:
    builder = """<?php
        add_action('template_redirect', function () {
            ob_start(function ($html) { return str_replace('<script src=', '<script data-combined src=', $html); });
        }, 1000);
    """
    page = f'<script src="/own.js"></script><script src="//{COUNTER}/c.js"></script>'
    own, other = '<script data-combined src="/own.js"></script>', f'src="//{COUNTER}/c.js"></script>'
    assert prints(page, builder=builder) == f"{own}<script {_marks('counter')} {other}"


@needs_php
def test_a_website_that_asks_for_nothing_keeps_its_pages(prints: Print) -> None:
    page = f'<script src="https://{COUNTER}/c.js"></script>'
    assert prints(page, declared(website="kaal")) == page


@needs_php
def test_a_service_with_exempt_purposes_only_is_left_alone(prints: Print) -> None:
    exempt = changed("consent-record", hosts={"script": (COUNTER,)})
    page = f'<script src="https://{COUNTER}/c.js" id="consent-record-js"></script>'
    assert prints(page, declared(exempt)) == page


@needs_php
def test_a_host_of_two_services_waits_for_both(prints: Print) -> None:
    other = changed("friends-ads", hosts={"script": (COUNTER,)})
    text = declared(demo.inventory().service("counter"), other)
    waiting = f'<script {_marks("counter")} src="//{COUNTER}/c.js"></script>'
    both = f'<template data-service="friends-ads">{waiting}</template>'
    assert prints(f'<script src="//{COUNTER}/c.js"></script>', text) == both
    assert prints(both, text) == both


@needs_php
@pytest.mark.parametrize(
    ("host", "address", "waits"),
    [
        ("*.example.test", "https://a.b.example.test/", True),
        ("*.example.test", "https://example.test/", False),
        ("*.example.test", "https://notexample.test/", False),
        (".example.test", "https://example.test./", True),
        (".example.test", "https://a.example.test:8443/", True),
        ("example.test", "\\\\example.test/", True),
        ("example.test", " https://exam\tple.test/", True),
        ("example.test", "https://me:word@example.test/", True),
        ("example.test", "https:&#47;&#x2f;example.test/", True),
        ("example.test", "/example.test/", False),
    ],
)
def test_hosts_are_read_as_a_browser_reads_them(prints: Print, host: str, address: str, waits: bool) -> None:
    text = declared(changed("cinema", hosts={"frame": (host,)}))
    assert ('data-service="cinema"' in prints(f'<iframe src="{address}"></iframe>', text)) is waits


@needs_php
def test_a_host_that_is_declared_for_something_else_waits_too(prints: Print) -> None:
    page = f'<iframe src="https://{COUNTER}/"></iframe>'
    assert prints(page) == f'<iframe data-service="counter" data-src="https://{COUNTER}/"></iframe>'


@needs_php
def test_the_website_s_builder_may_know_better(prints: Print) -> None:
    builder = """<?php
        add_filter('leiz_toestemming_services', function ($found, $kind, $address, $handle) {
            if ($handle === 'order-attribution') {
                return array('visits');
            }
            return strpos($address, '/free') ? array() : $found;
        }, 10, 4);
    """
    page = (
        f'<script src="//{COUNTER}/free.js"></script><script src="//{COUNTER}/c.js"></script>'
        '<script src="/a.js" id="order-attribution-js"></script>'
    )
    assert prints(page, builder=builder) == (
        f'<script src="//{COUNTER}/free.js"></script><script {_marks("counter")} src="//{COUNTER}/c.js"></script>'
        f'<script {_marks("visits")} src="/a.js" id="order-attribution-js"></script>'
    )


@needs_php
def test_a_fault_leaves_the_page_whole(prints: Print) -> None:
    builder = "<?php add_filter('leiz_toestemming_services', function () { throw new Exception('no'); });"
    page = f'<h1>Film</h1><script src="//{COUNTER}/c.js"></script>'
    assert prints(page, builder=builder) == page


@needs_php
def test_the_plugin_twice_works_once(prints: Print, tmp_path: Path) -> None:
    (tmp_path / "leiz-toestemming (1).php").write_text(declared(), "utf-8")
    again = f"<?php require {php(str(tmp_path / 'leiz-toestemming (1).php'))};"
    assert prints("<head><wp-head>", builder=again).count("consent.js") == 1


@needs_php
def test_no_name_breaks_out_of_the_plugin(prints: Print, tmp_path: Path) -> None:
    inventory = demo.inventory()
    site = inventory.controller.policy_site.model_copy(update={"address": HOSTILE})
    controller = inventory.controller.model_copy(update={"policy_site": site})
    website = inventory.website("voorbeeld").model_copy(update={"name": HOSTILE})
    service = changed("counter", id=HOSTILE, hosts={"script": (HOSTILE, COUNTER)})
    text = plugin(inventory.model_copy(update={"controller": controller}), website, (service,))
    (tmp_path / "hostile.php").write_text(text, "utf-8")
    lint = subprocess.run([str(PHP), "-l", tmp_path / "hostile.php"], capture_output=True, text=True, check=False)
    assert lint.stdout == f"No syntax errors detected in {tmp_path / 'hostile.php'}\n"
    escaped = HOSTILE.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#039;")
    escaped = escaped.replace("<", "&lt;").replace(">", "&gt;")
    assert prints(f'<script src="//{COUNTER}/"></script><a href="#cookie-instellingen">', text) == (
        f'<script {_marks(escaped)} src="//{COUNTER}/"></script><a href="{escaped}cookies/" data-consent-settings>'
    )


@needs_php
@pytest.mark.parametrize("text", ["'", "\\", "\\'", "\\\\'", "a\nb", "?>", "<?php", "$a {$b} ${c}", "é\u2028", HOSTILE])
def test_php_reads_what_was_written(text: str) -> None:
    given = {"key " + text: [text, "end"], "none": []}
    command = [str(PHP), "-r", f"echo json_encode({php(given)});"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert json.loads(read) == given


def test_the_template_has_one_place_for_the_facts() -> None:
    source = Path(wordpress.__file__).with_suffix(".php").read_text("utf-8")
    assert source.count("array(/* made from the inventory */)") == 1
    assert "made from the inventory" not in declared()


@contextmanager
def served(folder: Path, page: str, **names: str) -> Iterator[HTTPConnection]:
    """The page from PHP's own web server; a feed shows only there, as the command line sends no headers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, **_files(folder, page, declared(), ""), **names}
    command = [str(PHP), "-S", f"127.0.0.1:{port}", str(SITE)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr and re.search("started", server.stderr.readline())
            yield HTTPConnection("127.0.0.1", port, timeout=10)
        finally:
            server.terminate()


@needs_php
@pytest.mark.parametrize(
    ("kind", "waits"), [("text/html", True), ("application/xhtml+xml", True), ("application/rss+xml", False)]
)
def test_a_feed_stays_as_it_is(tmp_path: Path, kind: str, waits: bool) -> None:
    with served(tmp_path, f'<iframe src="https://{CINEMA}/"></iframe>', KIND=kind) as connection:
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert answer.headers["Content-Type"].startswith(kind)
        assert (b"data-service" in answer.read()) is waits


PAGE = f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Film</title><link rel="icon" href="data:,">
<wp-head>
<link rel="preconnect" href="//{COUNTER}:PORT">
<link rel="stylesheet" href="//{COUNTER}:PORT/letters.css">
<script src="//{COUNTER}:PORT/counter.js" id="counting-js"></script>
<script id="counting-js-after">window.after = window.counted</script>
<script>
document.head.append(Object.assign(document.createElement('script'), {{ src: '//{ADS}:PORT/ads.js' }}))
</script>
</head><body><main><h1>Film</h1>
<iframe title="De film" src="//{CINEMA}:PORT/film" width="560" height="315"></iframe>
<img alt="" src="//{COUNTER}:PORT/pixel.gif" width="1" height="1">
<p><a href="#cookie-instellingen">Cookie-instellingen</a></p>
</main></body></html>
"""


@contextmanager
def website(page: str) -> Iterator[Hosts]:
    """A website with this page at `/blog/`, the module of the demonstration, and the hosts of others."""
    port: list[int] = []

    def own(path: str) -> Answer:
        folder, _, name = path.strip("/").rpartition("/")
        if folder == "toestemming":
            return 200, {"Content-Type": "text/javascript"}, demo.files("voorbeeld")[name]
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.replace(":PORT", f":{port[0]}").encode()

    def other(kind: str, body: str) -> Site:
        return lambda path: (200, {"Content-Type": kind}, body.encode())

    with serve({WWW: own, **{host: other(*answer) for host, answer in demo.OTHERS.items()}}) as hosts:
        port.append(hosts.port)
        yield hosts


@needs_php
def test_a_page_of_wordpress_waits_for_the_visitor(browser: Browser, prints: Print) -> None:
    with website(prints(PAGE)) as hosts, browser.new_context() as context:
        visitor = Visitor(context, hosts).opens("/blog/")
        visitor.notice.wait_for()
        assert visitor.other_hosts() == set()
        assert visitor.storage_items() == set()

        visitor.opens_settings().chooses("statistics").waits_for("window.after")
        visitor.waits_for("document.querySelector('head > link[rel=stylesheet]')")
        visitor.waits_for("document.querySelector('img[data-service]').src")
        assert visitor.other_hosts() == {COUNTER}

        visitor.opens_settings().chooses("statistics", "media", "advertising").waits_for("window.advertised")
        visitor.page.frame_locator("iframe").get_by_text("De film begint.").wait_for()
        assert visitor.other_hosts() == {COUNTER, ADS, CINEMA}
        assert visitor.faults == []
