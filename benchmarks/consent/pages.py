"""The page that every tool stands on: the same words and tags, and nothing else of its own but a style sheet."""

from dataclasses import dataclass

from benchmarks.consent.serving import ASK_AGAIN, FOREVER, Website, file
from tests import demo

WEBSITE = "voorbeeld"
NOTICE = next(notice for notice in demo.inventory().notices if notice.language == "nl")
ALLOW, REFUSE, CHOOSE, SAVE, CLOSE = NOTICE.allow_all, NOTICE.refuse_all, NOTICE.choose, NOTICE.save, NOTICE.close
TITLE = NOTICE.title
INTRO = (
    "Voorbeeld Film wil op www.voorbeeld.test diensten van 3 andere bedrijven gebruiken. "
    "Zonder uw toestemming gebeurt dat niet."
)
SETTINGS = "Cookie-instellingen"
POLICY = "/privacy/"
IFRAME = 'title="De film" width="560" height="315"'
IMAGE = 'alt="" width="1" height="1"'
LOGIN = '<button type="button" data-service-button="friends-login">Inloggen met Friends</button>'


@dataclass(frozen=True)
class Tag:
    """Something that may only load after consent: which service it is of, what it is, and where it comes from."""

    service: str
    kind: str
    address: str


def tags(port: int) -> tuple[Tag, ...]:
    """The tags of the demonstration website; the hosts of others are on this machine as well."""
    return (
        Tag("visits", "script", "/visits.js"),
        Tag("counter", "script", f"//stats.example-third.test:{port}/counter.js"),
        Tag("friends-ads", "script", f"//ads.example-friends.test:{port}/ads.js"),
        Tag("friends-login", "script", f"//login.example-friends.test:{port}/login.js"),
        Tag("cinema", "frame", f"//player.example-cinema.test:{port}/film"),
        Tag("counter", "image", f"//stats.example-third.test:{port}/pixel.gif"),
    )


GATED = "/visits.js"
"""The one tag that comes from the website's own host."""

OWN = {"/", "/site.css", GATED}
"""What belongs to the page; all else that its host is asked for belongs to the tool."""

OTHERS: dict[str, Website] = {
    "stats.example-third.test": {
        "/counter.js": file("/counter.js", b"window.counted = true", ASK_AGAIN),
        "/pixel.gif": file("/pixel.gif", b"GIF89a", ASK_AGAIN),
    },
    "ads.example-friends.test": {"/ads.js": file("/ads.js", b"window.advertised = true", ASK_AGAIN)},
    "login.example-friends.test": {"/login.js": file("/login.js", b"window.loggedIn = true", ASK_AGAIN)},
    "player.example-cinema.test": {
        "/film": file("/film", b"<!doctype html><title>Film</title><p>De film begint.</p>", ASK_AGAIN)
    },
}

STYLE = b"""\
body { margin: 0 auto; padding: 1rem; max-width: 45rem; font: 1rem/1.5 sans-serif; color: #222; background: #fff }
header, footer { padding: .5rem 0; border: solid #ccc; border-width: 0 0 1px }
a { color: #04577a }
iframe { max-width: 100%; border: 0 }
"""
PARAGRAPHS = "\n".join(
    f"<h2>Film {number}</h2>\n<p>Wij filmden {place} een dag lang. <a href='/film-{number}'>Bekijk wat het werd</a>, "
    "lees hoe wij werken, of vraag ons wat een film van uw bedrijf kost. Wij antwoorden binnen twee dagen.</p>"
    for number, place in enumerate(
        ("de Sassenpoort", "een bakkerij", "de haven", "een school", "het ziekenhuis", "een molen", "de IJssel"), 1
    )
)
WHOLE = """\
<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Voorbeeld Film</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/site.css">
{head}
</head>
<body>
<header><p><a href="/">Voorbeeld Film</a></p></header>
<main>
<h1>Films over Zwolle</h1>
{media}
{paragraphs}
</main>
<footer><p>{settings}</p></footer>
{end}
</body>
</html>
"""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a tool needs: in the head, as the frame, as the image and the button, in the footer, at the end."""

    head: str = ""
    frame: str = ""
    rest: str = ""
    settings: str = SETTINGS
    end: str = ""


BARE = Parts(frame=f"<iframe {IFRAME}></iframe>", rest=f"<p><img {IMAGE}>{LOGIN}</p>")
"""The page without any tool, and so without anything that loads."""


def page(parts: Parts, *, frame: bool) -> bytes:
    """The page, with or without its frame."""
    media = f"{parts.frame}\n{parts.rest}" if frame else parts.rest
    html = WHOLE.format(head=parts.head, media=media, paragraphs=PARAGRAPHS, settings=parts.settings, end=parts.end)
    return "\n".join(line for line in html.splitlines() if line).encode()


def website(html: bytes, files: dict[str, tuple[bytes, bool]]) -> Website:
    """The files of one host: its page, and the tool's files with whether their address names their content."""
    own = {"/": file("/", html, ASK_AGAIN), "/site.css": file("/site.css", STYLE, FOREVER)}
    own[GATED] = file(GATED, b"window.visited = true", ASK_AGAIN)
    return own | {path: file(path, body, FOREVER if fixed else ASK_AGAIN) for path, (body, fixed) in files.items()}
