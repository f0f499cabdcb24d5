"""The languages of the site: which there are, and the templates' sentences in each (gettext)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from policy.inventory.model import OWN_LANGUAGE

CATALOGUES = Path(__file__).parent / "languages"
"""A file for each other language: what the templates say in Dutch, and the same in that language."""

CLASSES = {
    "substantive": "belangrijke wijziging",
    "editorial": "andere woorden, dezelfde inhoud",
    "technical": "technische wijziging",
    "": "nog geen soort gekozen",
}
"""What readers are told of the class of a version."""

Say = Callable[[str], str]


def prefix(language: str) -> str:
    """Where the pages of a language stand below the site's root: `en/`; the own language stands at the root."""
    return "" if language == OWN_LANGUAGE else f"{language}/"


def language_of(uri: str) -> str:
    """The language of a page by its path in docs/."""
    first, slash, _ = uri.partition("/")
    return first if slash and first in others() else OWN_LANGUAGE


@cache
def others() -> tuple[str, ...]:
    """The languages besides the own one that the templates speak."""
    return tuple(sorted(path.stem for path in CATALOGUES.glob("*.po")))


@cache
def _catalogue(language: str) -> dict[str | tuple[str, int], str]:
    """Sentences by the Dutch one; a plural form by the Dutch singular and its number."""
    if language not in others():
        return {}
    found: dict[str | tuple[str, int], str] = {}
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        for message in read_po(file):
            if isinstance(message.id, tuple):
                found |= {(message.id[0], at): text for at, text in enumerate(message.string)}
            elif message.id:
                found[message.id] = str(message.string)
    return found


def sayer(language: str) -> Say:
    """A function from a Dutch sentence of the program to the same in a language; as it is where none was written."""
    catalogue = _catalogue(language)
    return lambda sentence: catalogue.get(sentence) or sentence


def speaks(env: Environment) -> None:
    """Make a Jinja environment say each `_("sentence")` and `{% trans %}` in the language of the page it renders."""

    @pass_context
    def gettext(context: Context, sentence: str) -> str:
        return sayer(context.get("language", OWN_LANGUAGE))(sentence)

    @pass_context
    def ngettext(context: Context, one: str, more: str, count: int) -> str:
        own = one if count == 1 else more
        return _catalogue(context.get("language", OWN_LANGUAGE)).get((one, int(count != 1))) or own

    env.add_extension("jinja2.ext.i18n")
    # The extension adds this method while it runs, so Jinja's types do not know it.
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
