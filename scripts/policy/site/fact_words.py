"""What differs between two inventories, told to readers in their language."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from policy.inventory.model import Inventory
from policy.site.facts import controller, items, processing, purposes, recipients, services, websites
from policy.site.facts.part import Part, Teller
from policy.site.facts.sentences import WORDS_ONLY, Phrase, Sentence
from policy.site.facts.speech import Speech
from policy.site.languages import sayer
from policy.site.render import lower_first
from policy.versions.diff import Consequence, Difference
from policy.versions.diff import DifferenceKind as Kind

SILENT = frozenset(
    [
        *(Kind.HEADING_ADDED, Kind.HEADING_GONE, Kind.HEADING_CHANGED),
        *(Kind.WORDS_ADDED, Kind.WORDS_GONE, Kind.WORDS_CHANGED),
    ]
)
"""What concerns no reader: headings over purposes, and the consent question and translations in other words."""

_TWICE = re.compile(r"(?<!\.)\.\.(?!\.)")
"""Where a name such as Cinema B.V. ends a sentence."""


def _name(difference: Difference, speech: Speech) -> str:
    return speech.said(difference.name)


@dataclass(frozen=True, slots=True)
class Topic:
    """Kinds of difference about one sort of thing, and the heading above what is told of them.

    `it` is what such a thing is called once its name was said. `label` stands before sentences that do not say the
    name. What has neither, such as the controller, needs no name.
    """

    heading: Phrase
    tellers: Mapping[Kind, Teller]
    it: Phrase | None = None
    label: str = ""
    name: Callable[[Difference, Speech], str] = _name

    @property
    def names_its_things(self) -> bool:
        """Whether what is told needs the name of what it is about."""
        return self.it is not None or bool(self.label)


TOPICS = (
    Topic(Phrase.COOKIES, services.TELLERS | items.TELLERS, it=Phrase.SERVICE),
    Topic(Phrase.COOKIES, purposes.TELLERS, label=Phrase.PURPOSE, name=purposes.purpose_name),
    Topic(Phrase.RECIPIENTS, recipients.TELLERS, it=Phrase.RECIPIENT),
    Topic(Phrase.PURPOSES, processing.ACTIVITIES, label="{name}"),
    Topic(Phrase.PURPOSES, processing.DATA),
    Topic(Phrase.WEBSITES, websites.TELLERS, it=Phrase.WEBSITE),
    Topic(Phrase.CONTROLLER, controller.TELLERS),
)

_ORDER = {sentence: at for at, sentence in enumerate(Sentence)}
_FIRST, _NAMED, _LAST = range(3)
"""Below a heading: what came and went, then thing by thing, then what has other words only."""

Entry = tuple[tuple[int, int, str], str]
"""What is told, after its place below its heading."""


def told(difference: Difference, old: Inventory, new: Inventory, language: str) -> str | None:
    """A difference for readers, in a sentence or a few; None where it concerns none of them.

    The inventories are those that differ, in the language (`in_language`); the difference is of the Dutch ones.
    """
    found = [entry for _, entries in _found([difference], Speech(old, new, language)) for entry in entries]
    return " ".join(_texts(found)) or None


def grouped(
    differences: Iterable[Difference], old: Inventory, new: Inventory, language: str
) -> list[tuple[str, list[str]]]:
    """All differences that concern readers, under headings: what is told of one thing stands together in one string.

    Headings under which nothing differs are left out; the inventories are in the language, as for `told`.
    """
    by_heading: defaultdict[Phrase, list[Entry]] = defaultdict(list)
    for topic, entries in _found(differences, Speech(old, new, language)):
        by_heading[topic.heading] += entries
    say = sayer(language)
    return [(str(say(heading)), _texts(entries)) for heading, entries in by_heading.items() if entries]


def asked_again(consequence: Consequence, new: Inventory, language: str) -> str:
    """For which services consent is asked again, in a sentence; `new` is the newer inventory in the language."""
    say = sayer(language)
    if not consequence.asks_again:
        return say(Phrase.NOTHING_ASKED)
    names = Speech(new, new, language).listed(new.service(id).name for id in consequence.asks_again)
    return say(Phrase.ASKED_AGAIN).format(services=names)


def _texts(entries: Iterable[Entry]) -> list[str]:
    return [text for _, text in sorted(entries, key=lambda entry: entry[0])]


def _found(differences: Iterable[Difference], speech: Speech) -> Iterator[tuple[Topic, list[Entry]]]:
    """What is told, topic by topic."""
    known = list(differences)
    for topic in TOPICS:
        here = [one for one in known if one.kind in topic.tellers]
        parts = [(one, part) for one in here for part in topic.tellers[one.kind](one, speech)]
        for_all = [part for _, part in parts if part.names]
        about_one = [(one, part) for one, part in parts if not part.names]
        yield topic, [*_for_all(for_all, speech), *_one_by_one(topic, about_one, speech)]


def _for_all(parts: Iterable[Part], speech: Speech) -> Iterator[Entry]:
    names: defaultdict[Sentence, list[str]] = defaultdict(list)
    for part in parts:
        names[part.sentence] += part.names
    for sentence, found in names.items():
        place = (_LAST if sentence in WORDS_ONLY else _FIRST, _ORDER[sentence], "")
        listed = speech.listed(sorted(found, key=str.casefold))
        yield place, _once(speech.say(sentence).format(names=listed))


def _one_by_one(topic: Topic, parts: Iterable[tuple[Difference, Part]], speech: Speech) -> Iterator[Entry]:
    """A paragraph for each thing that has a name; without one, for each sentence."""
    things: defaultdict[tuple[str, str], list[Part]] = defaultdict(list)
    for difference, part in parts:
        if not topic.names_its_things:
            yield (_NAMED, _ORDER[part.sentence], ""), _paragraph(topic, "", [part], speech)
        elif part not in (about := things[topic.name(difference, speech), difference.subject]):
            about.append(part)
    for (name, _), about in things.items():
        yield (_NAMED, 0, name.casefold()), _paragraph(topic, name, about, speech)


def _paragraph(topic: Topic, name: str, parts: Iterable[Part], speech: Speech) -> str:
    texts = []
    for part in sorted(parts, key=lambda one: _ORDER[one.sentence]):
        later = speech.say(topic.it) if topic.it and texts else ""
        slots = {"It": later or name, "it": lower_first(later) or name}
        texts.append(speech.say(part.sentence).format(**slots, **part.values))
    if topic.label:
        texts[0] = f"{speech.say(topic.label).format(name=name)}: {lower_first(texts[0])}"
    return _once(" ".join(texts))


def _once(text: str) -> str:
    return _TWICE.sub(".", text)
