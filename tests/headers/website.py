"""A website with a guard: its services, and the header that each choice must give."""

import time

from policy.headers.csp import Guarded

NUMBER = 12
"""Of the announced inventory that the website runs under."""
MINUTE = "".join(
    "0123456789abcdefghijklmnopqrstuvwxyz"[int(time.time() / 60) // 36**place % 36] for place in (4, 3, 2, 1, 0)
)
"""Now, as a record writes it."""
STATISTICS, MEDIA = "00p1", "00p2"
"""Codes of its two purposes."""
SERVICES = (
    Guarded(id="consent-record", code="00s0", hosts={}),
    Guarded(
        id="letters",
        code="00s1",
        hosts={"style": ("css.letters.test",), "font": ("css.letters.test", "font.letters.test")},
    ),
    Guarded(
        id="counter",
        code="00s2",
        since=9,
        purposes=(STATISTICS,),
        hosts={
            "script": ("js.counter.test",),
            "connect": ("*.counter.test",),
            "socket": ("live.counter.test",),
            "image": ("js.counter.test",),
        },
    ),
    Guarded(
        id="cinema",
        code="00s3",
        since=1,
        purposes=(MEDIA,),
        hosts={"frame": ("player.cinema.test",), "media": ("film.cinema.test",), "style": ("css.letters.test",)},
    ),
    Guarded(
        id="ratings",
        code="00s4",
        since=12,
        purposes=(STATISTICS, MEDIA),
        hosts={"script": ("js.ratings.test",), "frame": ("js.ratings.test",)},
    ),
)


def header(*granted: str) -> str:
    """The whole header where these services are granted, written out by hand.

    With `unsafe-inline` and `unsafe-eval`: the guard is about hosts, and pages of WordPress need both (decisions/0008).
    """
    counter, cinema, ratings = (id in granted for id in ("counter", "cinema", "ratings"))
    return (
        "default-src 'self'; "
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
        + " js.counter.test" * counter
        + " js.ratings.test" * ratings
        + "; style-src 'self' 'unsafe-inline' data: blob: css.letters.test; "
        + "img-src 'self' data: blob:"
        + " js.counter.test" * counter
        + "; font-src 'self' data: css.letters.test font.letters.test; "
        + "media-src 'self' data: blob:"
        + " film.cinema.test" * cinema
        + "; frame-src 'self' data: blob:"
        + " player.cinema.test" * cinema
        + " js.ratings.test" * ratings
        + "; connect-src 'self' data: blob:"
        + " *.counter.test wss://live.counter.test" * counter
        + "; worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; base-uri 'self'"
    )


def act(granted: str = "", refused: str = "", withdrawn: str = "", *, number: str = "12", method: str = "some") -> str:
    """One act of a record."""
    return f".{number}.{MINUTE}.{method}.77ab01ce.{granted}.{refused}.{withdrawn}"


ALL = f"consent=2{act('00s200s300s400p100p2', method='all')}"
NONE = f"consent=2{act('', '00s200s300s400p100p2', method='none')}"
COUNTED = f"consent=2{act('00s200p1', '00s300s400p2')}"
