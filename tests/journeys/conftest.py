"""A traveller in each engine; one browser of each engine a session."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.demo import demonstration
from tests.hosts import Hosts
from tests.journeys.chromium import Chromium
from tests.journeys.driver import CannotDo, Driver, NotInstalled, Visit
from tests.journeys.engines import ENGINES, running
from tests.journeys.proxy import Proxy, proxy_to
from tests.journeys.traveller import Traveller
from tests.length import LONG


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What no engine does in its own way is tried in the others with `--long` only."""
    for item in items:
        usual = item.get_closest_marker("usually")
        if usual and isinstance(item, pytest.Function) and item.callspec.params["driver"] not in usual.args:
            item.add_marker(LONG)


@pytest.fixture(scope="session")
def hosts() -> Iterator[Hosts]:
    with demonstration() as server:
        yield server


@pytest.fixture(scope="session")
def proxy(hosts: Hosts) -> Iterator[Proxy]:
    with proxy_to(hosts.port) as server:
        yield server


@pytest.fixture(scope="session", params=ENGINES)
def driver(request: pytest.FixtureRequest, proxy: Proxy) -> Iterator[Driver]:
    """A running browser; Chromium is the one that the other tests use as well."""
    if request.param == "chromium":
        browser: Browser = request.getfixturevalue("browser")
        driver = Chromium(browser, proxy.address)
        yield driver
        driver.stop()
        return
    try:
        with running(request.param, proxy.address) as other:
            yield other
    except NotInstalled as reason:
        pytest.skip(f"{request.param}: {reason}")


@pytest.fixture
def travellers(driver: Driver, hosts: Hosts) -> Callable[..., Traveller]:
    """Makes the one visitor of a test, in a window and with wishes of their own."""

    def make(**wishes: bool | int) -> Traveller:
        try:
            return Traveller(driver, hosts, Visit(**wishes))
        except CannotDo as reason:
            pytest.skip(str(reason))

    return make


@pytest.fixture
def traveller(travellers: Callable[..., Traveller]) -> Traveller:
    """A visitor at a desk."""
    return travellers()
