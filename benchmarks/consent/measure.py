"""One visit after another in Chromium: what was sent, when the first layer was there, and what the page's thread did.

Time and work are taken on different visits, so that nothing of ours runs on a page whose work is counted.
Work is processor time of the page's main thread, the slowing-down included; it stays the same on a busy machine,
where the time by the clock (first paint, ready, long tasks) does not.
"""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.consent.pages import ALLOW, GATED, OWN
from benchmarks.consent.serving import Sent, Server
from benchmarks.consent.tools import Tool
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, TimeoutError


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A device and its network; work is counted up to so many milliseconds after a first or returning visit began."""

    name: str
    slower: int
    latency: int
    megabits: float
    first: int
    returning: int
    width: int
    height: int
    mobile: bool


PROFILES = (
    Profile(
        name="slow phone",
        slower=4,
        latency=150,
        megabits=1.6,
        first=2200,
        returning=1500,
        width=390,
        height=844,
        mobile=True,
    ),
    Profile(
        name="desktop",
        slower=1,
        latency=0,
        megabits=0,
        first=900,
        returning=600,
        width=1280,
        height=800,
        mobile=False,
    ),
)

# In every frame, before it is painted: is anything of the layer visible, and can its button be pressed?
# The time is taken in the task after the frame, when it has been handed over.
_WATCH = """\
(({layer, allow}) => {
  const seen = window.seenLayer = {}
  const after = (name) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => { seen[name] = performance.now(); channel.port1.close() }
    channel.port2.postMessage(0)
  }
  const opacity = (element) => {
    let all = 1
    for (let e = element; e; e = e.parentElement) all *= Number(getComputedStyle(e).opacity)
    return all
  }
  const inside = (box) =>
    box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  const visible = (element) => getComputedStyle(element).visibility === 'visible' && opacity(element) > 0
  const pressable = (button) => {
    const box = button.getBoundingClientRect()
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    return opacity(button) > 0.99 && top !== null && button.contains(top)
  }
  let painted = false
  const look = () => {
    const found = document.querySelector(layer)
    if (found && inside(found.getBoundingClientRect()) && visible(found)) {
      if (!painted) after('painted')
      painted = true
      const button = [...found.querySelectorAll('button, a')].find((one) => one.textContent.includes(allow))
      if (button && pressable(button)) return after('ready')
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})"""

# After the visit: the nodes that the document has beyond its own HTML, its layout shifts and its long tasks.
_REMAINS = """\
async (layer) => {
  const count = (root) => {
    let nodes = 0
    const walker = document.createTreeWalker(root)
    while (walker.nextNode()) nodes += 1 + (walker.currentNode.shadowRoot ? count(walker.currentNode.shadowRoot) : 0)
    return nodes
  }
  const entries = (type) => new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => resolve(list.getEntries()))
    observer.observe({ type, buffered: true })
    setTimeout(() => resolve([]), 50)
  })
  const html = await (await fetch(location.href)).text()
  const shifts = await entries('layout-shift')
  const long = await entries('longtask')
  const found = layer && document.querySelector(layer)
  return {
    nodes: count(document) - count(new DOMParser().parseFromString(html, 'text/html')),
    shift: shifts.reduce((sum, entry) => sum + entry.value, 0),
    long: long.length,
    long_ms: long.reduce((sum, entry) => sum + entry.duration, 0),
    shown: Boolean(found && found.checkVisibility({ opacityProperty: true, visibilityProperty: true })),
  }
}"""

Numbers = dict[str, float]
TRIES = 3
"""A visit that was cut off before the first layer was there is made again, so often."""


class Visits:
    """The visits to the tools' pages on one server, in one browser."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server

    def run(self, tool: Tool | None, profile: Profile, host: str, answer: str) -> dict[str, Numbers]:
        """A first visit and a returning one, after the visitor pressed `answer`; without a tool, only two visits."""
        found: dict[str, Numbers] = {}
        for _ in range(TRIES):
            with self._context(profile) as context:
                found["first"] = self._work(context, profile, host, tool, profile.first)
            if not tool or found["first"]["shown"]:
                break
        else:
            raise RuntimeError(f"{TRIES} times, {tool.name} showed no first layer within {profile.first} ms.")
        with self._context(profile) as context:
            if tool:
                found["first"] |= self._times(context, profile, host, tool, answer)
            else:
                self._open(context, profile, host)[0].close()
            found["returning"] = self._work(context, profile, host, tool, profile.returning)
            if tool and found["returning"]["shown"]:
                raise RuntimeError(f"{tool.name} asked again after {answer!r}.")
        return found

    def _context(self, profile: Profile) -> BrowserContext:
        return self.browser.new_context(
            viewport={"width": profile.width, "height": profile.height}, is_mobile=profile.mobile, locale="nl-NL"
        )

    def _open(self, context: BrowserContext, profile: Profile, host: str, script: str = "") -> tuple[Page, CDPSession]:
        page = context.new_page()
        if script:
            page.add_init_script(script)
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        session.send("Network.enable")
        _slow_down(session, profile.slower, profile.latency, profile.megabits)
        page.goto(self.server.url(host))
        return page, session

    def _work(self, context: BrowserContext, profile: Profile, host: str, tool: Tool | None, until: int) -> Numbers:
        """What was sent and what the main thread did, with nothing injected."""
        sent, began = len(self.server.log), time.monotonic()
        page, session = self._open(context, profile, host)
        page.wait_for_timeout(max(0, until - (time.monotonic() - began) * 1000))
        metrics = {m["name"]: m["value"] * 1000 for m in session.send("Performance.getMetrics")["metrics"]}
        found = asked(self.server.log[sent:], host) | {
            "script": metrics["ScriptDuration"] + metrics.get("V8CompileDuration", 0),
            "style": metrics["RecalcStyleDuration"] + metrics["LayoutDuration"],
            "work": metrics["TaskDuration"],
        }
        _slow_down(session, 1, 0, 0)
        found |= page.evaluate(_REMAINS, tool.layer if tool else "")
        page.close()
        return found

    def _times(self, context: BrowserContext, profile: Profile, host: str, tool: Tool, answer: str) -> Numbers:
        """When the first layer was there; then the visitor answers, until it is heard, and the page settles."""
        script = f"{_WATCH}({json.dumps({'layer': tool.layer, 'allow': ALLOW})})"
        page, session = self._open(context, profile, host, script)
        page.wait_for_function("window.seenLayer.ready")
        seen = page.evaluate("window.seenLayer")
        layer = page.locator(tool.layer)
        seen["unheard"] = -1
        while layer.is_visible() and seen["unheard"] < 5:
            layer.locator("button, a", has_text=answer).first.click()
            seen["unheard"] += 1
            with suppress(TimeoutError):
                layer.wait_for(state="hidden", timeout=1500)
        _slow_down(session, 1, 0, 0)
        settle(page, self.server)
        page.close()
        return seen


def _slow_down(session: CDPSession, slower: int, latency: int, megabits: float) -> None:
    """Make the processor and the network of a page slower; 1, 0 and 0 are the machine's own."""
    speed = megabits * 1_000_000 / 8 if megabits else -1
    network = {"offline": False, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    session.send("Network.emulateNetworkConditions", network)


def settle(page: Page, server: Server) -> None:
    """Wait until nothing was asked for during 400 ms; the browser's own sign of this comes only once for a page."""
    quiet, known = 0, -1
    while quiet < 4:
        page.wait_for_timeout(100)
        quiet = quiet + 1 if len(server.log) == known else 0
        known = len(server.log)


def asked(log: Sequence[Sent], host: str) -> Numbers:
    """Bytes and requests of the tool itself, and the gated tags that were asked for."""
    own = [sent for sent in log if sent.host == host and sent.path not in OWN]
    gated = [sent for sent in log if sent.host != host or sent.path == GATED]
    return {"bytes": sum(sent.size for sent in own), "requests": len(own), "gated": len(gated)}
