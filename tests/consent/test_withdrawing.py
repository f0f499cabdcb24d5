"""Withdrawing that works: databases, caches and deep cookies go, vendors are told, and a failure is said."""

from typing import Any

from policy.inventory.fields import Lifetime, StorageKind
from policy.inventory.model import Call, Inventory
from tests import demo
from tests.consent.conftest import Opens
from tests.consent.records import act, record
from tests.consent.visitor import DIALOG, WORDS, Visitor

ALL = record(act(number=3))
PLANT = """
async () => {
  const open = (name) => new Promise((done) => {
    indexedDB.open(name).onsuccess = ({ target }) => { target.result.close(); done() }
  })
  for (const name of ['visits-db-1', 'basket-db']) await open(name)
  document.cookie = 'visits_id=1; path=/films/deep/'
  document.cookie = '_counter_x=1; path=/'
}
"""
LEFT = "async () => (await indexedDB.databases()).map(({ name }) => name).sort()"


def _visits(*kinds: tuple[StorageKind, str], **facts: Any) -> Inventory:
    """The demonstration, in which its own measuring keeps more."""
    inventory = demo.inventory()
    service = inventory.service("visits")
    item = service.storage[1].model_copy(update={"lifetime": Lifetime.parse("until cleared")})
    more = tuple(item.model_copy(update={"kind": kind, "names": (name,)}) for kind, name in kinds)
    changed = service.model_copy(update={"storage": (*service.storage, *more), **facts})
    services = tuple(changed if one.id == "visits" else one for one in inventory.services)
    return inventory.model_copy(update={"services": services})


def _withdraws(visitor: Visitor) -> Visitor:
    visitor.opens_settings().presses(WORDS.refuse_all, DIALOG)
    visitor.status.get_by_role("link").first.wait_for()
    return visitor


DATABASE = _visits((StorageKind.INDEXED_DB, "visits-db-*"))
FRESH = record(act(number=4))


def test_databases_and_cookies_of_deeper_pages_go_and_others_stay(opens: Opens) -> None:
    visitor = opens(DATABASE, FRESH, "/lang.html")
    visitor.page.evaluate(PLANT)
    visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<a href=\"/films/deep/x\">Diep</a>')")
    _withdraws(visitor)
    assert visitor.page.evaluate(LEFT) == ["basket-db"]
    assert {cookie["name"] for cookie in visitor.context.cookies()} == {"consent"}


def test_a_database_that_is_still_open_is_told(opens: Opens) -> None:
    visitor = opens(DATABASE, FRESH, "/lang.html")
    visitor.page.evaluate("() => new Promise((done) => { indexedDB.open('visits-db-1').onsuccess = done })")
    _withdraws(visitor)
    assert WORDS.not_erased.format(items="visits-db-1") in visitor.status.inner_text()


def test_a_store_that_keeps_what_was_removed_is_told(opens: Opens) -> None:
    visitor = opens(demo.inventory(), ALL, "/lang.html")
    visitor.page.evaluate("() => { localStorage.setItem('visits:1', '1'); Storage.prototype.removeItem = () => {} }")
    _withdraws(visitor)
    assert WORDS.not_erased.format(items="visits:1") in visitor.status.inner_text()


def test_a_cache_goes_by_its_name(opens: Opens) -> None:
    visitor = opens(_visits((StorageKind.CACHE_STORAGE, "visits-cache-*")), FRESH, "/lang.html")
    visitor.page.evaluate(
        "() => { const kept = new Set(['visits-cache-2', 'own']);"
        " Object.defineProperty(window, 'caches', { value: {"
        " keys: async () => [...kept], delete: async (name) => kept.delete(name) } }); window.kept = kept }"
    )
    _withdraws(visitor)
    assert visitor.page.evaluate("[...kept]") == ["own"]


CALLS = (
    Call(function="vendor.consent.revoke", arguments=("all", True)),
    Call(function="nobody.here"),
    Call(function="vendor.fails"),
    Call(function="queue.push", arguments=(("forget", "me"),)),
)
VENDOR = """
window.heard = []
window.queue = []
window.vendor = {
  consent: { name: 'this', revoke(...values) { heard.push([this.name, ...values]) } },
  fails() { heard.push('failing'); throw new Error('broken') },
}
"""


def test_vendors_that_are_here_are_told_and_one_that_fails_stops_nobody(opens: Opens) -> None:
    visitor = opens(_visits(on_withdrawal=CALLS), FRESH, "/lang.html")
    visitor.page.evaluate(VENDOR)
    _withdraws(visitor)
    assert visitor.page.evaluate("[heard, queue]") == [[["this", "all", True], "failing"], [["forget", "me"]]]
    assert visitor.faults == []


def test_vendors_hear_nothing_of_a_refusal_that_withdraws_nothing(opens: Opens) -> None:
    visitor = opens(_visits(on_withdrawal=CALLS), path="/lang.html")
    visitor.page.evaluate(VENDOR)
    visitor.refuses().status.get_by_text(WORDS.saved).wait_for()
    assert visitor.page.evaluate("heard") == []


def test_googles_scripts_are_told_before_they_run_and_at_each_change(opens: Opens) -> None:
    inventory = _visits(consent_mode={"analytics_storage": "statistics", "ad_storage": "advertising"})
    visitor = opens(inventory, path="/lang.html")
    assert visitor.page.evaluate("'dataLayer' in window") is False
    visitor.page.evaluate(
        "() => { const script = document.createElement('script'); script.type = 'text/plain';"
        " script.dataset.service = 'visits'; script.textContent = 'window.saw = dataLayer.length';"
        " document.querySelector('main').append(script) }"
    )
    visitor.presses(WORDS.choose).chooses("statistics").waits_for("window.saw")
    told = "dataLayer.map((values) => [Object.prototype.toString.call(values), ...values])"
    denied = {"analytics_storage": "denied", "ad_storage": "denied"}
    default = ["[object Arguments]", "consent", "default", denied]
    first = ["[object Arguments]", "consent", "update", {**denied, "analytics_storage": "granted"}]
    assert (visitor.page.evaluate("saw"), visitor.page.evaluate(told)) == (2, [default, first])
    visitor.opens_settings().chooses("statistics", "advertising").waits_for("dataLayer.length > 2")
    every = ["[object Arguments]", "consent", "update", {"analytics_storage": "granted", "ad_storage": "granted"}]
    assert visitor.page.evaluate(told) == [default, first, every]


def test_without_consent_google_hears_nothing(opens: Opens) -> None:
    visitor = opens(_visits(consent_mode={"analytics_storage": "statistics"}), path="/")
    visitor.refuses().status.get_by_text(WORDS.saved).wait_for()
    assert visitor.page.evaluate("'dataLayer' in window") is False
