"""`python -m tests.journeys.pictures FOLDER`: what visitors see, in each engine, wide and narrow, light and dark."""

import sys
from pathlib import Path

from tests.consent.visitor import DIALOG, NOTICE, WORDS
from tests.demo import demonstration
from tests.hosts import Hosts
from tests.journeys.driver import Driver, NotInstalled, Visit
from tests.journeys.engines import ENGINES, running
from tests.journeys.proxy import proxy_to
from tests.journeys.traveller import FRAME, STATUS, Traveller, one

WIDTHS = (1280, 390)


def take(folder: Path) -> None:
    """A PNG of each part, named for the engine, the width, the colours and the part."""
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as hosts, proxy_to(hosts.port) as proxy:
        for engine in ENGINES:
            for dark in (False, True):
                try:
                    with running(engine, proxy.address, dark) as driver:
                        for width in WIDTHS:
                            name = f"{engine}-{width}-{'dark' if dark else 'light'}"
                            _parts(driver, hosts, Visit(width=width, dark=dark), folder / name)
                            print(name)
                except NotInstalled as reason:
                    print(f"{engine}: {reason}")


def _parts(driver: Driver, hosts: Hosts, visit: Visit, start: Path) -> None:
    def picture(part: str) -> None:
        driver.picture(start.with_name(f"{start.name}-{part}.png"))

    traveller = Traveller(driver, hosts, visit).opens("/").waits_for(f"{one(NOTICE)} && {one(FRAME)}")
    picture("1-first-layer")
    traveller.presses(WORDS.choose, NOTICE).waits_for(one(DIALOG))
    picture("2-second-layer")
    traveller.switches("statistics").finds(f"{one(f'{DIALOG} details')}.open = true")
    picture("3-second-layer-details")
    traveller.presses(WORDS.save, DIALOG).waits_for(f"!{one(DIALOG)} && {one(STATUS)}.textContent")
    picture("4-status")
    traveller.finds(f"{one(FRAME)}.scrollIntoView()")
    picture("5-frame")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
