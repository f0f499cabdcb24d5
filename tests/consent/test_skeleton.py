from pathlib import Path
from policy.consent.link import bundle
from policy.inventory.read import read_inventory
from tests.hosts import serve

ROOT = Path(__file__).parents[2]


def test_refusing_leaves_nothing_but_the_record(browser):
    inventory, findings = read_inventory(ROOT / "docs/inventory")
    assert not findings
    files = bundle(inventory, inventory.website("leiz"), number=1, sources=ROOT / "consent_js", policy="../")
    page_html = b'<!doctype html><html lang="nl"><title>x</title><p>Hallo<script src="/toestemming/consent.js" defer></script>'

    def site(path):
        if path.startswith("/toestemming/"):
            return 200, {"Content-Type": "text/javascript; charset=utf-8"}, files[path.split("/")[-1]]
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page_html

    with serve({"www.leiz.test": site}) as hosts, browser.new_context() as context:
        page = context.new_page()
        page.goto(hosts.url("www.leiz.test"))
        assert not context.cookies()
        page.get_by_role("button", name="Alles weigeren").click()
        assert [cookie["name"] for cookie in context.cookies()] == ["consent"]
        page.reload()
        assert page.get_by_role("button", name="Alles weigeren").count() == 0
