"""A sentence for readers and what fills it, and the kinds of difference that need nothing but their own words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from policy.site.facts.sentences import Sentence
from policy.site.facts.speech import Speech
from policy.versions.diff import Difference


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, filled but for the name of what it is about; `names` fill one that is said once for all of them."""

    sentence: Sentence
    values: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()


Teller = Callable[[Difference, Speech], Iterable[Part]]
"""Which sentences tell of a difference; none where it concerns no reader."""


def part(sentence: Sentence, *, what: str = "", before: str = "", after: str = "") -> Part:
    """A sentence about one thing."""
    return Part(sentence, {"what": what, "before": before, "after": after})


def named(sentence: Sentence, name: str) -> Part:
    """A sentence that is said once for all names."""
    return Part(sentence, names=(name,))


def of_kind(difference: Difference) -> Sentence:
    """The sentence that has the name of the difference's kind."""
    return Sentence[difference.kind.name]


def plain(difference: Difference, speech: Speech) -> Iterator[Part]:
    """The sentence of a kind that holds names."""
    what = speech.listed(speech.said(name) for name in difference.what)
    before, after = speech.said(difference.before), speech.said(difference.after)
    yield part(of_kind(difference), what=what, before=before, after=after)


def quoting(difference: Difference, speech: Speech) -> Iterator[Part]:
    """The sentence of a kind that quotes what was said and what is said now."""
    before, after = speech.quoted(difference.before), speech.quoted(difference.after)
    yield part(of_kind(difference), before=before, after=after)


def naming(difference: Difference, speech: Speech) -> Iterator[Part]:
    """The sentence of a kind that is said once for all that it is about."""
    yield named(of_kind(difference), speech.said(difference.name))


def of_items(difference: Difference, speech: Speech) -> Iterator[Part]:
    """The sentence of a kind that names storage items, and at most a recipient."""
    before, after = speech.said(difference.before), speech.said(difference.after)
    yield part(of_kind(difference), what=speech.some(difference.what), before=before, after=after)
