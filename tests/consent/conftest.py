"""The demonstration website and a visitor of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.consent.visitor import Visitor
from tests.demo import demonstration
from tests.hosts import Hosts


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
