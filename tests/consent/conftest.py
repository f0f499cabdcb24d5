"""The demonstration website and a visitor of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from policy.inventory.model import Inventory
from tests import demo
from tests.consent.visitor import WWW, Visitor
from tests.demo import demonstration
from tests.hosts import Hosts

Opens = Callable[..., Visitor]


@pytest.fixture(scope="session")
def hosts() -> Iterator[Hosts]:
    with demonstration() as running:
        yield running


@pytest.fixture
def visitors(browser: Browser, hosts: Hosts) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each with a browser context of the given kind."""
    contexts = []

    def make(**kind: Any) -> Visitor:
        context = browser.new_context(**kind)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context, hosts)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visitors: Callable[..., Visitor]) -> Visitor:
    """A visitor at a desk."""
    return visitors(viewport={"width": 1280, "height": 800})


@pytest.fixture
def opens(browser: Browser) -> Iterator[Opens]:
    """Opens the website with another announced inventory, with a record on the device."""
    with ExitStack() as stack:

        def open(now: Inventory, kept: str = "", path: str = "/") -> Visitor:
            hosts = stack.enter_context(demo.demonstration([(3, demo.inventory()), (4, now)]))
            context = stack.enter_context(browser.new_context())
            context.set_default_timeout(15_000)
            if kept:
                context.add_cookies([{"name": "consent", "value": kept, "url": hosts.url(WWW)}])
            return Visitor(context, hosts).opens(path)

        yield open
