"""What the consent module costs, beside five others: bytes, requests, time to the first layer, work of the thread.

    python -m benchmarks.consent                          # about ten minutes; needs npm and Chromium
    python -m benchmarks.consent --runs 3 --only ours,klaro
    python -m benchmarks.consent --without-frame          # no page has its frame, nor what stands in for it

The tools take turns within each run, so that what else the machine does falls on all of them alike.
"""

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import brotli
from benchmarks.consent import growth, pages, tables, tools
from benchmarks.consent.facts import Facts, Visitor
from benchmarks.consent.measure import PROFILES, Visits
from benchmarks.consent.serving import Server, running
from playwright.sync_api import Browser
from tests.browser import chromium

BARE = "bare.localhost"


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    known = [tool.id for tool in tools.TOOLS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.consent", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=11, help="how often each page is visited (11)")
    parser.add_argument("--only", default=",".join(known), help=f"some of {','.join(known)}")
    parser.add_argument("--after", choices=("refuse", "allow"), default="refuse", help="what a returning visitor chose")
    parser.add_argument("--without-frame", action="store_true", help="leave the frame out of every page")
    given = parser.parse_args()
    given.only = [tool for tool in tools.TOOLS if tool.id in given.only.split(",")]
    if not given.only or given.runs < 1:
        parser.error(f"at least one run, of at least one of {','.join(known)}")
    return given


def timed(browser: Browser, server: Server, chosen: list[tools.Tool], runs: int, answer: str) -> tables.Runs:
    """Every tool on every profile, in turn, as often as asked; first the page without a tool."""
    visits, found = Visits(browser, server), defaultdict(list)
    for number in range(1, runs + 1):
        for profile in PROFILES:
            for tool in (None, *chosen):
                name = tool.name if tool else "no tool"
                print(f"run {number} of {runs}, {profile.name}, {name}", file=sys.stderr, flush=True)
                visit = visits.run(tool, profile, tool.host if tool else BARE, answer)
                for kind, numbers in visit.items():
                    found[tool.id if tool else "bare", profile.name, kind].append(numbers)
    return found


def grown(browser: Browser, server: Server) -> dict[int, Facts]:
    """Our module for websites of several sizes."""
    layer = next(tool.layer for tool in tools.TOOLS if tool.id == "ours")
    found = {}
    for size in growth.SIZES:
        server.websites[growth.HOST] = pages.website(growth.html(size), tools.module(growth.files(size)))
        found[size] = Visitor(browser, server, growth.HOST, layer).facts(chooses=True)
    return found


@dataclass(frozen=True)
class Found:
    """All that was measured."""

    version: str
    in_page: dict[str, int]
    facts: dict[str, Facts]
    sizes: dict[int, Facts]
    runs: tables.Runs


def measure(given: argparse.Namespace) -> Found:
    """Install the tools, serve their pages and visit them."""
    frame, answer = not given.without_frame, pages.REFUSE if given.after == "refuse" else pages.ALLOW
    with tempfile.TemporaryDirectory() as folder, running() as server, chromium() as browser:
        tools.install(Path(folder))
        bare = pages.page(pages.BARE, frame=frame)
        server.websites |= {**pages.OTHERS, BARE: pages.website(bare, {})}
        in_page, facts = {}, {}
        for tool in given.only:
            website = server.websites[tool.host] = tools.website(tool, Path(folder), server.port, frame=frame)
            in_page[tool.id] = len(website["/"].brotli) - len(brotli.compress(bare))
            facts[tool.id] = Visitor(browser, server, tool.host, tool.layer).facts(chooses=tool.gates)
        sizes = grown(browser, server) if "ours" in facts else {}
        return Found(browser.version, in_page, facts, sizes, timed(browser, server, given.only, given.runs, answer))


def report(given: argparse.Namespace, found: Found) -> None:
    """Print the tables as Markdown."""
    answered = "refused everything" if given.after == "refuse" else "allowed everything"
    print(f"Brotli bytes in so many requests:\n\n{tables.sent(given.only, found.facts, found.in_page)}\n")
    for profile in PROFILES:
        print(f"First visit, {profile.name}:\n\n{tables.first_visit(given.only, found.runs, profile)}\n")
        print(f"Returning visit of who {answered}, {profile.name}:\n")
        print(f"{tables.returning_visit(given.only, found.runs, profile)}\n")
    if "ours" in found.facts and len(found.facts) > 1:
        print(f"Ours divided by theirs:\n\n{tables.ratios(given.only, found.runs, found.facts, PROFILES)}\n")
    if found.sizes:
        print(f"Growth of ours, on a page without a frame:\n\n{tables.growth(found.sizes)}\n")
    for tool in given.only:
        print(f"- {' '.join(filter(None, (tool.name, tool.version)))}: {tool.note}{tables.deaf(tool, found.runs)}")


def main() -> None:
    """Measure and report; the progress goes to the error stream."""
    given = arguments()
    before = os.getloadavg()[0]
    found = measure(given)
    print(f"Measured on {date.today()}: {os.cpu_count()} cores, Chromium {found.version},")
    print(f"medians (least–most) of {given.runs} runs, load {before:.1f} before and {os.getloadavg()[0]:.1f} after.")
    print("Without the frame.\n" if given.without_frame else "")
    report(given, found)


if __name__ == "__main__":
    main()
