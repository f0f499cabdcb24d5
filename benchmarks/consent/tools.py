"""Which tools are measured: ours and five of npm, at exact versions, and what could not be configured alike."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.consent import pages, setups
from benchmarks.consent.serving import Website
from tests import demo


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool: where it comes from, how its first layer is found, and what the reader of its numbers must know.

    `files` are paths inside the package, served under the same paths below `/tool/`. `gates` tells whether the tool
    itself keeps a marked tag from loading, and has a second layer to choose in.
    """

    id: str
    name: str
    host: str
    layer: str
    setup: setups.Setup
    package: str = ""
    version: str = ""
    files: tuple[str, ...] = ()
    gates: bool = True
    note: str


TOOLS = (
    Tool(
        id="ours",
        name="ours",
        host="ours.localhost",
        layer=".leiz-choice-notice",
        setup=setups.ours,
        note="One line in the page; the bundle as it is built for `tests/demo`. "
        "A frame that waits is replaced by an explanation with two buttons. "
        "One of its six tags waits for a click on the log-in button as well, so five run after allowing all.",
    ),
    Tool(
        id="vanilla",
        name="vanilla-cookieconsent",
        host="vanilla.localhost",
        package="vanilla-cookieconsent",
        version="3.1.0",
        files=("dist/cookieconsent.umd.js", "dist/cookieconsent.css"),
        layer="#cc-main .cm",
        setup=setups.vanilla,
        note="Configuration in the page instead of in a module of its own, which saves it a round trip. "
        "It gates scripts only: frame and image are loaded by a gated inline script, and nothing explains the frame "
        "that waits (its author has another package for that).",
    ),
    Tool(
        id="orejime",
        name="Orejime",
        host="orejime.localhost",
        package="orejime",
        version="3.2.1",
        files=("dist/orejime-standard-nl.js", "dist/orejime-standard.css"),
        layer=".orejime-Banner",
        setup=setups.orejime,
        note="`defer` is ours (its README has none), to its advantage. Frame with its contextual notice.",
    ),
    Tool(
        id="klaro",
        name="Klaro",
        host="klaro.localhost",
        package="klaro",
        version="0.7.22",
        files=("dist/klaro.js",),
        layer=".klaro .cookie-notice",
        setup=setups.klaro,
        note="The file its README names, with style and all languages inside. "
        "Configuration in the page instead of in a file, which saves it a request. Frame with its contextual notice.",
    ),
    Tool(
        id="tarteaucitron",
        name="tarteaucitron",
        host="tarteaucitron.localhost",
        package="tarteaucitronjs",
        version="1.34.0",
        files=(
            "tarteaucitron.min.js",
            "tarteaucitron.services.min.js",
            "lang/tarteaucitron.nl.min.js",
            "css/tarteaucitron.min.css",
        ),
        layer="#tarteaucitronAlertBig",
        setup=setups.tarteaucitron,
        note="Blocking script in the head, as its README has it; banner at the bottom instead of in the middle, "
        "no icon, no credit, no consent modes of other firms. Its own list of services cannot be left out of the "
        "documented setup. It fetches the rest after the load event. Frame with its own fallback.",
    ),
    Tool(
        id="osano",
        name="Osano",
        host="osano.localhost",
        package="cookieconsent",
        version="3.1.1",
        files=("build/cookieconsent.min.js", "build/cookieconsent.min.css"),
        layer=".cc-window",
        setup=setups.osano,
        gates=False,
        note="Gates nothing and knows no purposes or services: the tags are held by 10 lines of the website's own, "
        "called from its documented hooks, and choosing is a link to the policy. Its way back is a tab of its own.",
    ),
)


def install(folder: Path) -> None:
    """Fetch the packages into a temporary folder, without running their scripts and without leaving a lock file."""
    packages = [f"{tool.package}@{tool.version}" for tool in TOOLS if tool.package]
    quiet = ("--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    # The folder is also the working directory: a project around it would lend its own settings.
    subprocess.run(["npm", "install", "--prefix", str(folder), *quiet, *packages], cwd=folder, check=True)


def website(tool: Tool, folder: Path, port: int, *, frame: bool) -> Website:
    """All that the tool's host serves: its page and its files."""
    html = pages.page(tool.setup(pages.tags(port)), frame=frame)
    if not tool.package:
        return pages.website(html, module(demo.files(pages.WEBSITE)))
    package = folder / "node_modules" / tool.package
    return pages.website(html, {f"/tool/{name}": (package.joinpath(name).read_bytes(), True) for name in tool.files})


def module(bundle: dict[str, bytes]) -> dict[str, tuple[bytes, bool]]:
    """Our files with their addresses: the entry keeps its address and is asked for again, the others carry a hash."""
    return {f"/toestemming/{name}": (body, not name.startswith("consent.")) for name, body in bundle.items()}
