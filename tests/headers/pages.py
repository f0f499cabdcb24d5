"""A page on which nobody marked anything: every way in which it may ask a host for something."""

WAYS = {
    "script": {
        "script.js": '<script src="{url}"></script>',
        "async.js": '<script async src="{url}"></script>',
        "module.js": '<script type="module" src="{url}"></script>',
        "preload.js": '<link rel="preload" as="script" href="{url}">',
        "modulepreload.js": '<link rel="modulepreload" href="{url}">',
        "written.js": "<script>document.write('<script src=\"{url}\"><\\/script>')</script>",
        "added.js": "<script>document.head.append(Object.assign(document.createElement('script'), {{src: '{url}'}}))"
        "</script>",
        "import.js": "<script>import('{url}').catch(() => 0)</script>",
        "worker.js": "<script>new Worker(URL.createObjectURL(new Blob([`try {{ importScripts('http:{url}') }} "
        "finally {{ postMessage(0) }}`]))).onmessage = () => heard++</script>",
    },
    "style": {
        "sheet.css": '<link rel="stylesheet" href="{url}">',
        "preload.css": '<link rel="preload" as="style" href="{url}">',
        "import.css": '<style>@import url("{url}");</style>',
    },
    "image": {
        "image.png": '<img src="{url}" alt="">',
        "set.png": '<img srcset="{url} 2x, {url} 1x" alt="">',
        "preload.png": '<link rel="preload" as="image" href="{url}">',
        "style.png": '<p style="background: url({url})">.</p>',
        "poster.png": '<video poster="{url}"></video>',
        "pixel.png": "<script>new Image().src = '{url}'</script>",
        "input.png": '<input type="image" src="{url}" alt="">',
        "drawing.png": '<svg><image href="{url}"/></svg>',
    },
    "font": {
        "face.woff2": "<style>@font-face {{ font-family: {name}; src: url({url}) }}</style>"
        '<p style="font-family: {name}">Words</p>',
        "preload.woff2": '<link rel="preload" as="font" crossorigin href="{url}">',
    },
    "media": {
        "film.webm": '<video src="{url}" preload="auto"></video>',
        "sound.ogg": '<audio src="{url}" preload="auto"></audio>',
    },
    "frame": {
        "frame.html": '<iframe src="{url}"></iframe>',
        "inner.html": "<iframe srcdoc=\"<iframe src='{url}'></iframe>\"></iframe>",
        "later.html": "<script>document.documentElement.append(Object.assign(document.createElement('iframe'), "
        "{{src: '{url}'}}))</script>",
    },
    "connect": {
        "fetch.json": "<script>fetch('{url}').catch(() => 0)</script>",
        "preload.json": '<link rel="preload" as="fetch" crossorigin href="{url}">',
        "request.json": "<script>{{ const asked = new XMLHttpRequest(); asked.open('GET', '{url}'); asked.send() }}"
        "</script>",
        "beacon.json": "<script>navigator.sendBeacon('{url}')</script>",
        "events.json": "<script>new EventSource('{url}')</script>",
        "keepalive.json": "<script>fetch('{url}', {{ keepalive: true, mode: 'no-cors' }}).catch(() => 0)</script>",
    },
    "any": {
        "prefetch.html": '<link rel="prefetch" href="{url}">',
    },
    "nothing": {
        "object.html": '<object data="{url}"></object>',
        "embed.html": '<embed src="{url}">',
        "socket.json": "<script>try {{ new WebSocket('ws:{url}') }} catch {{}}</script>",
    },
}
"""By the kind of hosts that allows it; a name ends as what its answer is."""

HOSTS = ("js.counter.test", "player.cinema.test", "css.letters.test", "spy.test")


def page(first: str = "") -> str:
    """All ways, to all these hosts; `heard` counts the workers that have tried."""
    lines = [
        way.format(url=f"//{host}/{name}", name=f"f{place}")
        for place, host in enumerate(HOSTS)
        for ways in WAYS.values()
        for name, way in ways.items()
    ]
    start = "<!doctype html><html lang=nl><head><title>Unmarked</title>"
    return "\n".join([start, first, "<script>heard = 0</script>", *lines, "<p>The end</p>"])


def asked_by(kinds: dict[str, tuple[str, ...]]) -> set[tuple[str, str]]:
    """Host and path of all that the page asks where these kinds are allowed, by host."""
    return {(host, "/" + name) for host, allowed in kinds.items() for kind in allowed for name in WAYS[kind]}
