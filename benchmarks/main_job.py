"""What the main job costs: bytes, requests and seconds, beside Material's own theme on the same texts.

    python -m benchmarks.main_job            # about a minute; prints the tables of benchmarks/README.md

Bytes are raw, gzip -9 and Brotli 11. Seconds are of whole processes, medians of RUNS, the two interleaved;
"cold" starts without compiled Python, "warm" with it. Requests are counted in Chromium on a loopback server.
"""

import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import brotli
from tests.browser import chromium
from tests.hosts import serve

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
DAY = "2026-11-22"
MATERIAL = """\
site_name: Privacyverklaring
site_dir: build/material
theme: {name: material, language: nl, font: false}
exclude_docs: "/inventory/"
markdown_extensions: [abbr, attr_list, def_list, md_in_html, tables, pymdownx.blocks.admonition]
"""
PAGES = ("index.html", "versies/1/index.html", "versies/2/index.html", "cookies/index.html")


def seconds(command: list[str], folder: Path, cache: Path) -> float:
    """Wall time of a whole process."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache), "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or nothing would ever be warm
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def builds(project: Path) -> dict[str, list[float]]:
    """Seconds of our build and of Material's, cold and warm, interleaved."""
    ours = [sys.executable, "-m", "policy.cli", "--root", str(project), "build", "--as-of", DAY]
    theirs = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(project / "material.yml")]
    found: dict[str, list[float]] = {"ours cold": [], "Material cold": [], "ours warm": [], "Material warm": []}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as cache:
            for heat in ("cold", "warm"):
                found[f"ours {heat}"].append(seconds(ours, project, Path(cache) / "a"))
                found[f"Material {heat}"].append(seconds(theirs, project, Path(cache) / "b"))
    return found


def sizes(data: bytes) -> str:
    """Raw, gzip and Brotli bytes as cells of a table."""
    return f"{len(data):,} | {len(gzip.compress(data, 9)):,} | {len(brotli.compress(data)):,}"


def visits(site: Path) -> tuple[int, int]:
    """Requests of a first visit to the home page, and of the next one, after a refusal and with a browser cache."""
    with chromium() as browser, serve({"www.leiz.test": site}) as hosts:
        context = browser.new_context()
        counts = []
        for first in (True, False):
            page = context.new_page()
            asked = len(hosts.requests)
            page.goto(hosts.url("www.leiz.test"), wait_until="networkidle")
            counts.append(len(hosts.requests) - asked)
            if first:
                page.get_by_role("button", name="Alles weigeren").click()
                page.wait_for_load_state("networkidle")
            page.close()
        return counts[0], counts[1]


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary) / "project"
        project.mkdir()
        for name in ("docs", "theme_overrides", "consent_js"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copy(ROOT / "mkdocs.yml", project)
        (project / "material.yml").write_text(MATERIAL)
        timed = builds(project)
        site, material = project / "build" / "site", project / "build" / "material"
        print("| file | raw | gzip | Brotli | the same page in Material, Brotli |\n| --- | --- | --- | --- | --- |")
        for page in PAGES:
            theirs = len(brotli.compress((material / page).read_bytes()))
            print(f"| {page} | {sizes((site / page).read_bytes())} | {theirs:,} |")
        for path in sorted([*site.glob("assets/*.css"), *site.glob("toestemming/*.js")]):
            if "readable" not in path.name:
                print(f"| {path.relative_to(site).as_posix()} | {sizes(path.read_bytes())} | |")
        ours = visits(site)
        print(f"\nRequests: first visit {ours[0]}, returning visit after a refusal {ours[1]}.")
        print("\n| build | median s | min | max |\n| --- | --- | --- | --- |")
        for name, runs in timed.items():
            print(f"| {name} | {statistics.median(runs):.2f} | {min(runs):.2f} | {max(runs):.2f} |")
        for heat in ("cold", "warm"):
            ratios = [a / b for a, b in zip(timed[f"ours {heat}"], timed[f"Material {heat}"], strict=True)]
            print(f"\nOurs / Material, {heat}, pair by pair: median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
