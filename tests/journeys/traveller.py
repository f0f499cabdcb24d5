"""A visitor of the demonstration, in any engine: what they do and find, by the hooks that every journey uses."""

import json
from typing import Any

from tests import demo
from tests.consent.visitor import DIALOG, NOTICE, PURPOSES, WORDS, WWW
from tests.hosts import Hosts
from tests.journeys.driver import Driver, Visit, until

STATUS = "[role=status].leiz-choice-status"
FRAME = ".leiz-choice-frame"
SETTINGS = "[data-consent-settings]"
STORES = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
COOKIES = "document.cookie.split('; ').filter(Boolean).map((pair) => pair.split('=')[0])"


def one(selector: str) -> str:
    """An expression: the first element of a selector."""
    return f"document.querySelector({json.dumps(selector)})"


def button(name: str, within: str = "body") -> str:
    """An expression: the button of exactly this text that a visitor sees."""
    seen = f"(button) => button.textContent.trim() === {json.dumps(name)} && button.checkVisibility()"
    return f"[...document.querySelectorAll({json.dumps(f'{within} button')})].find({seen})"


class Traveller:
    """Every act waits until what it needs is there."""

    def __init__(self, driver: Driver, hosts: Hosts, visit: Visit) -> None:
        self.driver, self.hosts = driver, hosts
        driver.start_over(visit, [hosts.url(host, "/nothing-here") for host in demo.WEBSITES])

    def opens(self, path: str = "/", host: str = WWW) -> "Traveller":
        self.hosts.requests.clear()
        self.driver.open(self.hosts.url(host, path))
        return self

    def reloads(self) -> "Traveller":
        self.hosts.requests.clear()
        self.driver.reload()
        return self

    def presses(self, name: str, within: str = "body") -> "Traveller":
        self.waits_for(button(name, within))
        self.driver.click(button(name, within))
        return self

    def allows_all(self) -> "Traveller":
        return self.presses(WORDS.allow_all, NOTICE).waits_for(f"!{one(NOTICE)}")

    def refuses(self) -> "Traveller":
        return self.presses(WORDS.refuse_all, NOTICE).waits_for(f"!{one(NOTICE)}")

    def opens_settings(self) -> "Traveller":
        self.driver.click(one(SETTINGS))
        return self.waits_for(one(DIALOG))

    def switches(self, purpose: str) -> "Traveller":
        self.driver.click(one(f"#leiz-choice-{purpose}"))
        return self

    def switched_on(self) -> set[str]:
        """The purposes whose switch in the second layer is on."""
        return {purpose for purpose in PURPOSES if self.finds(f"{one(f'#leiz-choice-{purpose}')}.checked")}

    def tabs_to(self, name: str) -> "Traveller":
        """By keyboard, to the button of this text."""
        for _ in range(40):
            self.driver.press("Tab")
            if self.finds("document.activeElement.textContent.trim()") == name:
                return self
        raise AssertionError(f"'{name}' cannot be reached with Tab.")

    def waits_for(self, expression: str) -> "Traveller":
        until(lambda: self.driver.evaluate(f"Boolean({expression})"), expression)
        return self

    def finds(self, expression: str) -> Any:
        return self.driver.evaluate(expression)

    def sees(self, selector: str) -> bool:
        return self.finds(f"{one(selector)}?.checkVisibility() ?? false")

    def reads(self, selector: str) -> str:
        return self.finds(f"{one(selector)}.innerText")

    def is_asked(self) -> bool:
        """Whether the first layer came, or was fetched, by the time that a later request has its answer."""
        self.waits_for("window.consent && document.readyState === 'complete'")
        self.finds("void fetch('/nothing-here').then(() => { window.answered = true })")
        self.waits_for("window.answered")
        fetched = {path.rpartition("/")[2].partition(".")[0] for _, path in self.hosts.requests}
        return self.sees(NOTICE) or not fetched.isdisjoint({"notice", "changes"})

    @property
    def granted(self) -> set[str]:
        """The purposes that the module says are granted."""
        return {purpose for purpose in PURPOSES if self.finds(f"window.consent.allows({json.dumps(purpose)})")}

    @property
    def method(self) -> str | None:
        """How the visitor chose last, by the record: all, none or some; None where there is no record."""
        record = self.finds("document.cookie.match(/(?:^|; )consent=([^;]*)/)?.[1] ?? ''")
        return next((part for part in record.split(".") if part in ("all", "none", "some")), None)

    def kept(self) -> set[str]:
        """The names of all that this website keeps on the device."""
        return {*self.driver.cookies(), *self.finds(COOKIES), *self.finds(STORES)}

    def other_hosts(self) -> set[str]:
        """The hosts of others that were asked for anything since a page was opened; a browser's own errands aside."""
        return {host for host, _ in self.hosts.requests if host.endswith(".test")} - set(demo.WEBSITES)

    def waits_for_host(self, host: str) -> "Traveller":
        until(lambda: host in self.other_hosts(), f"{host} is asked")
        return self
