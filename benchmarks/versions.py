"""How a build grows with its versions: `python -m benchmarks.versions [--versions 3 30 300] [--items 10 100 1000]`.

Each version changes some words of the one before it, moves a section now and then, and freezes an inventory of its own,
in two languages. Seconds are of `policy build` without starting Python, memory is the peak of its process (where many
differences are missing, other processes make them, and share most of what they use with it). A row is one build from
nothing, and one again in which the differences of before are kept.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from policy.site.source import announced_texts
from policy.versions.draft import with_keys
from policy.versions.lock import INVENTORY, NAME, NOT_YET, TEXTS, file_digest, lock_text, previous_of
from policy.versions.read import read_versions

ROOT = Path(__file__).parent.parent
START = date(2027, 2, 1)
_WORDS = ["opnieuw", "vooraf", "daarna", "steeds", "alvast", "voortaan"]


def project(place: Path, versions: int, items: int | None) -> date:
    """A project with so many versions, the newest in force on the day returned.

    `items` is the number of storage items in each inventory; None keeps that of the project, some 130 names.
    """
    for name in ("docs", "theme_overrides", "consent_js"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "mkdocs.yml", place)
    docs = place / "docs"
    entries: list[dict[str, Any]] = json.loads((docs / NAME).read_text("utf-8"))["entries"]
    base = json.loads((docs / "versies/2" / INVENTORY).read_text("utf-8"))
    texts = {
        language: (docs / language.replace("nl", "") / "versies/2/index.md").read_text("utf-8")
        for language in ("nl", "en")
    }
    question = (docs / "versies/2" / TEXTS).read_text("utf-8")
    day = START
    for number in range(3, versions + 1):
        day = START + timedelta(days=7 * number)
        texts = {language: _changed(text, number) for language, text in texts.items()}
        keys = {"announced": day, "in_force": day, "class": "editorial", "note": f"Woorden van week {number}."}
        inventory = json.dumps(_scaled(base, items, number), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        files = {
            "text": (f"versies/{number}/index.md", with_keys(texts["nl"], keys)),
            "inventory": (f"versies/{number}/{INVENTORY}", inventory),
            "en": (f"en/versies/{number}/index.md", with_keys(texts["en"], {"note": f"Words of week {number}."})),
        }
        _write(docs, files.values())
        if number == versions:  # the others are only kept, and never held against what a module shows
            question = _question(docs, number)
        files["consent_texts"] = (f"versies/{number}/{TEXTS}", question)
        _write(docs, files.values())
        digests = {key: file_digest(text.encode()) for key, (_, text) in files.items()}
        entries.append(_entry(number, day, digests, entries))
    (docs / NAME).write_text(lock_text(entries), "utf-8")
    return day


def _write(docs: Path, files: Iterable[tuple[str, str]]) -> None:
    for name, text in files:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, "utf-8")


def _question(docs: Path, number: int) -> str:
    """What the consent modules show once the newest version is announced."""
    timeline, findings = read_versions(docs)
    assert timeline, findings
    inventory = timeline.version(number).inventory
    assert inventory
    return announced_texts(timeline, number, inventory)


def _entry(number: int, day: date, digests: dict[str, str], before: list[dict[str, Any]]) -> dict[str, Any]:
    """An entry of the lock, but for the words: their digests are known only after a build."""
    return {
        "version": number,
        "announced": day.isoformat(),
        "in_force": day.isoformat(),
        "class": "editorial",
        "words": {"nl": NOT_YET, "en": NOT_YET},
        "translations": {"en": digests.pop("en")},
        "previous": previous_of(before),
        **digests,
    }


def _changed(text: str, number: int) -> str:
    """The text with a few other words, and every tenth time with two sections in another order."""
    parts = re.split(r"(?=^## )", text, flags=re.MULTILINE)
    at = 3 + number % (len(parts) - 4)
    parts[at] = re.sub(r"\.\n", f" {_WORDS[number % len(_WORDS)]} {number}.\n", parts[at], count=1)
    if number % 10 == 0:
        parts[3], parts[4] = parts[4], parts[3]
    return "".join(parts)


def _scaled(base: dict[str, Any], items: int | None, number: int) -> dict[str, Any]:
    """The inventory with so many storage items, and one lifetime of its own."""
    data: dict[str, Any] = json.loads(json.dumps(base))
    stored = [(service, item) for service in data["services"] for item in service["storage"]]
    if items is not None:
        for service in data["services"]:
            service["storage"] = []
        for at in range(items):
            service, item = stored[at % len(stored)]
            service["storage"].append({**item, "names": [f"{item['names'][0]}_{at}"]})
        stored = [(service, item) for service in data["services"] for item in service["storage"]]
    _, item = stored[number % len(stored)]
    item["lifetime"] = f"{number % 12 + 1} months"
    return data


def measured(root: Path, day: date) -> tuple[float, float, str]:
    """Seconds and peak megabytes of one build, and what it said last."""
    code = (
        "import resource, sys, time; from policy.cli import policy; begun = time.perf_counter()\n"
        "try: policy(standalone_mode=False)\n"
        "finally: print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)"
    )
    command = [sys.executable, "-c", code, "--root", str(root), "build", "--as-of", day.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    *said, last = done.stdout.strip().splitlines()
    seconds, megabytes = map(float, last.split())
    return seconds, megabytes, said[-1] if said else ""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--versions", type=int, nargs="+", default=[3, 30, 300])
    parser.add_argument("--items", nargs="+", default=["10", "100", "1000", "real"])
    chosen = parser.parse_args()
    print("| storage items | versions | first build | peak | again | peak | pages |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for items in chosen.items:
        for versions in chosen.versions:
            with tempfile.TemporaryDirectory() as temporary:
                root = Path(temporary) / "project"
                day = project(root, versions, None if items == "real" else int(items))
                cells = [cell for _ in range(2) for cell in _cells(*measured(root, day)[:2])]
                pages = sum(1 for _ in (root / "build/site").rglob("*.html"))
            print(f"| {items} | {versions} | {' | '.join(cells)} | {pages} |", flush=True)


def _cells(seconds: float, megabytes: float) -> tuple[str, str]:
    return f"{seconds:.1f} s", f"{megabytes:.0f} MB"


if __name__ == "__main__":
    main()
