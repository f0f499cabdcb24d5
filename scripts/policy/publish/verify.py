"""Whether the live websites answer what was published: bytes by SHA-256, headers, redirects, the page for nothing."""

import gzip
import hashlib
import random
import re
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import brotli

from policy.publish.contents import Contents
from policy.publish.manifest import COPIES
from policy.publish.web import Answer, Question, ask_all

SAMPLE = 30
"""Unchanged files that are looked at besides those that changed."""
_PLAIN = {"gzip": gzip.decompress, "br": brotli.decompress}
"""What makes the bytes of a file out of those of its compressed copy, by the coding that an answer says it has."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question and what its answer must be.

    `digest` is the SHA-256 of the body, None where any body will do; `headers` are those that must be just so, or not
    be there where their value is None; `contained` those that must hold a text. `hsts` is the least max-age in seconds
    of Strict-Transport-Security (RFC 6797), 0 for none.
    """

    question: Question
    status: int
    digest: str | None
    headers: Mapping[str, str | None]
    contained: Mapping[str, str]
    hsts: int = 0

    def problem(self, answer: Answer) -> str | None:
        """What is wrong with an answer, as a piece of a sentence."""
        url = self.question.url.split("?")[0]
        if answer.status == 0:
            return f"{url} did not answer ({answer.body.decode(errors='replace')})"
        if answer.status != self.status:
            return f"{url} answered {answer.status}, not {self.status}"
        if self.digest is not None and _digest(answer) != self.digest:
            return f"{url} holds something else than what was published"
        for name, value in self.headers.items():
            if answer.header(name) != (value or ""):
                wanted = "none" if value is None else _short(value)
                return f"{url} has the header {name}: {_short(answer.header(name))}, not {wanted}"
        for name, value in self.contained.items():
            if value not in answer.header(name):
                return f"{url} has no {_short(value)} in its header {name}"
        if self.hsts and _max_age(answer) < self.hsts:
            return f"{url} has no Strict-Transport-Security of {self.hsts} seconds"
        return None


def checks(expected: Mapping[str, Any], contents: Contents, paths: Collection[str] | None, mark: str) -> list[Check]:
    """The checks for these paths, for all with None; what is not a file of the release is always looked at.

    `expected` is what the build says the websites must answer; `mark` makes each address new to what lies between.
    """
    found = []
    for one in expected["answers"]:
        path = one.get("path")
        if path is not None and (path not in contents or (paths is not None and path not in paths)):
            continue
        body = path if path is not None else one.get("body")
        held = contents.get(body) if body else None
        headers = expected["headers"][one["headers"]] if "headers" in one else {}
        location = {"location": one["location"]} if "location" in one else {}
        contained = one.get("contains", {})
        digest = held.object if held else None
        url = one["url"] + (f"?{mark}" if path is not None else "")
        hsts = one.get("hsts", 0)
        question = Question(url, follows="contains" in one)
        found.append(Check(question, one["status"], digest, {**headers, **location}, contained, hsts))
        for coding in [coding for ending, coding in COPIES.items() if path is not None and path + ending in contents]:
            question = Question(url, (("Accept-Encoding", coding),))
            found.append(Check(question, one["status"], digest, headers, contained, hsts))
    return found


def chosen(contents: Contents, changed: Sequence[str], always: Collection[str], seed: str) -> set[str]:
    """The paths to look at: what changed, what must always be right, and a sample of the rest."""
    some = {path.removesuffix(".br").removesuffix(".gz") for path in changed} | set(always)
    rest = sorted(path for path in contents if path not in some)
    return some | set(random.Random(seed).sample(rest, min(SAMPLE, len(rest))))


def problems(looked_at: Sequence[Check], told: Callable[[], None] = lambda: None) -> list[str]:
    """A piece of a sentence for each answer that is not as it must be; the same of a file and its copies once."""
    answers = ask_all([check.question for check in looked_at], told)
    found = (check.problem(answer) for check, answer in zip(looked_at, answers, strict=True))
    return list(dict.fromkeys(filter(None, found)))


def _digest(answer: Answer) -> str:
    plain = _PLAIN.get(answer.header("content-encoding"), bytes)
    try:
        return hashlib.sha256(plain(answer.body)).hexdigest()
    except (OSError, EOFError, zlib.error, brotli.error):
        return ""


def _max_age(answer: Answer) -> int:
    found = re.search(r"max-age=\"?([0-9]+)", answer.header("strict-transport-security"), re.IGNORECASE)
    return int(found[1]) if found else 0


def _short(text: str) -> str:
    return f"'{text[:80]}…'" if len(text) > 80 else f"'{text}'"
