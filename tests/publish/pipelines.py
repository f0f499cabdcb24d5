"""The pipeline files as values, and a machine for their scripts, with programs of our own before the real ones."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = ROOT / ".github" / "workflows"
SCRIPTS = ("alarm", "announce", "daily", "policy", "sentence")
"""The scripts of .ci/ that pipelines run."""

PROGRAM = f'shift\nexec "{sys.executable}" -m policy.cli "$@"'
"""Stands before `python3 scripts/policy`: the real program, without making an environment first."""


def workflows() -> dict[str, dict[str, Any]]:
    """GitHub's files by name; YAML 1.1 reads the key `on` as true, so it is put back."""
    found = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted(WORKFLOWS.iterdir())}
    return {name: {("on" if key is True else key): value for key, value in one.items()} for name, one in found.items()}


def gitlab() -> tuple[dict[str, Any], dict[str, Any]]:
    """The inputs of GitLab's file, and its second document."""
    head, body = yaml.safe_load_all((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    return head["spec"]["inputs"], body


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step of GitHub's jobs, with `file, job` to name it by."""
    for name, workflow in workflows().items():
        for job, content in workflow["jobs"].items():
            for step in content["steps"]:
                yield f"{name}, {job}", step


def scripts() -> dict[str, str]:
    """Every piece of shell that a pipeline runs, by where it stands."""
    found = {f"{where}, {step.get('name', n)}": step["run"] for n, (where, step) in enumerate(steps()) if "run" in step}
    for job, content in gitlab()[1].items():
        if isinstance(content, dict) and "script" in content:
            found[f".gitlab-ci.yml, {job}"] = "\n".join(content["script"])
    return found | {f".ci/{name}": (ROOT / ".ci" / name).read_text("utf-8") for name in SCRIPTS}


def runs(pattern: str, zone: str, days: int) -> list[datetime]:
    """When a cron pattern of minutes and hours runs, from the first day of 2027 on, in its own time zone."""
    minutes, hours, *others = pattern.split()
    assert others == ["*", "*", "*"], f"{pattern} does not run every day"

    def values(part: str, end: int) -> list[int]:
        return list(range(end)) if part == "*" else [int(one) for one in part.split(",")]

    start = date(2027, 1, 1)
    return [
        datetime.combine(start + timedelta(days=day), time(hour, minute), ZoneInfo(zone))
        for day in range(-1, days + 1)
        for hour in values(hours, 24)
        for minute in values(minutes, 60)
    ]


def nights_without(moments: list[datetime], days: int) -> list[date]:
    """The days from the first of 2027 on without a run between midnight and one o'clock in Amsterdam."""
    local = (moment.astimezone(ZoneInfo("Europe/Amsterdam")) for moment in moments)
    covered = {moment.date() for moment in local if moment.hour == 0}
    return [day for n in range(days) if (day := date(2027, 1, 1) + timedelta(days=n)) not in covered]


@dataclass(frozen=True)
class Machine:
    """A project in a folder, with programs of our own on the path that stand before the real ones."""

    folder: Path
    programs: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def program(self, name: str, script: str) -> None:
        """Put a shell script on the path."""
        self.programs.mkdir(exist_ok=True)
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def bash(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a script of .ci/ with an environment in which nothing of ours stands."""
        known = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.folder.parent),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "Een redacteur",
            "GIT_AUTHOR_EMAIL": "redactie@leiz.test",
            "GIT_COMMITTER_NAME": "Een redacteur",
            "GIT_COMMITTER_EMAIL": "redactie@leiz.test",
        }
        return subprocess.run(
            ["bash", *arguments],
            cwd=self.folder,
            env={**known, **self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )

    def git(self, *arguments: str) -> str:
        """What git answers in the folder, without the white space around it."""
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
        command = ["git", "-c", "user.name=Test", "-c", "user.email=test@leiz.test", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()


def cron_lines(text: str) -> list[tuple[str, str]]:
    """The lines of a crontab in a text: the pattern of each, and its command."""
    return re.findall(r"^((?:[\d,*/-]+ ){4}[\d,*/-]+) (\S.*)$", text, re.MULTILINE)


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is missing that the host of a pipeline has."""
    missing = [program for program in programs if not shutil.which(program)]
    return pytest.mark.skipif(bool(missing), reason=f"a pipeline has these programs: {', '.join(missing)}")


def scripted(place: Path) -> Machine:
    """A folder with the scripts; its `python3` keeps what it is asked, and says and ends what the test wrote."""
    folder = place / "work"
    (folder / "docs").mkdir(parents=True)
    (folder / ".ci").mkdir()
    for name in SCRIPTS:
        shutil.copy(ROOT / ".ci" / name, folder / ".ci")
    machine = Machine(folder, place / "programs")
    machine.program("python3", 'shift; echo "$@" >>../asked; cat ../says >&2 2>/dev/null; exit $(cat ../ends)')
    (place / "ends").write_text("0")
    (place / "says").write_text("")
    return machine


def asked(machine: Machine) -> list[str]:
    """What the program of the folder was asked, in order."""
    path = machine.folder.parent / "asked"
    return path.read_text("utf-8").splitlines() if path.exists() else []
