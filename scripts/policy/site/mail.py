"""The text with which the newsletter tells that a version is announced; sending it is the newsletter's task."""

from policy.inventory import words
from policy.inventory.spoken import in_language
from policy.site.fact_words import asked_again
from policy.site.languages import prefix, sayer
from policy.site.source import Source
from policy.versions.diff import consequence, differences
from policy.versions.model import PolicyVersion
from policy.versions.read import FOLDER


def mails(source: Source) -> dict[str, str]:
    """A text for each language by file name, such as `versie-2.nl.txt`; none where nothing substantive is announced.

    The first line is the subject. Lines are not broken: each mail program breaks its own.
    """
    return {
        f"versie-{coming.number}.{language}.txt": _mail(coming, source, language)
        for coming in source.timeline.all_announced(source.day)
        if coming.is_substantive
        for language in coming.languages
    }


def _mail(version: PolicyVersion, source: Source, language: str) -> str:
    assert version.in_force
    say, said = sayer(language), version.text(language)
    controller = in_language(source.inventory, language).controller
    address = f"{controller.policy_site.address}{prefix(language)}{FOLDER}/{version.number}/"
    day = words.long_date(version.in_force, language)
    parts = [
        say("Onze privacyverklaring verandert op {day}").format(day=day),
        say("Vanaf {day} geldt onze nieuwe privacyverklaring.").format(day=day),
        said.note,
    ]
    if said.urgent_reason:
        parts.append(say("Dit kon niet 30 dagen wachten: {reason}").format(reason=said.urgent_reason))
    for title, sentences in (
        ("Voor wie dit verschil maakt:", said.affects),
        ("Hier komt een einde aan:", said.ends),
        ("Dit is nieuw:", said.adds),
        ("Dit geldt nu al:", said.holds_already),
    ):
        if sentences:
            parts.append("\n".join([say(title), *(f"- {sentence}" for sentence in sentences)]))
    if asked := _asked(version, source, language):
        parts.append(asked)
    parts.append(say("Lees de nieuwe tekst: {address}").format(address=address))
    if source.timeline.predecessor(version):
        parts.append(say("Zie wat er verandert: {address}").format(address=f"{address}verschil/"))
    parts.append(
        say("Vragen of bezwaar? Mail naar {email}.").format(email=controller.email.value) + f"\n{controller.name}"
    )
    return "\n\n".join(parts) + "\n"


def _asked(version: PolicyVersion, source: Source, language: str) -> str:
    """The services that consent is asked again for, in a sentence; nothing where none is."""
    earlier = source.timeline.predecessor(version)
    if earlier is None:
        return ""
    found = consequence(differences(source.of(earlier), source.of(version)))
    return asked_again(found, in_language(source.of(version), language), language) if found.asks_again else ""
