"""The words of a line: how it is cut into sentences and tokens."""

import re
from collections.abc import Iterable, Sequence

from policy.versions.compare.tree import Node

_WORD = re.compile(r"[^\W_]+(?:[@./'’&_+\u00ad-]+[^\W_]+)*")
_TOKEN = re.compile(rf"[ \t\n\r\f]+|{_WORD.pattern}|.", re.DOTALL)
SENTENCE_ENDS = frozenset(".?!…")
_CLOSES = frozenset("”’\"')»")


def tokens(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Words, spaces and marks one by one; elements stay whole."""
    found: list[Node] = []
    for node in nodes:
        found += _TOKEN.findall(node) if isinstance(node, str) else [node]
    return tuple(found)


def is_word(token: Node) -> bool:
    """Whether a token is a word or a number, rather than a space, a mark or an element."""
    return isinstance(token, str) and token[0].isalnum()


def words(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _WORD.findall(text)


def count_words(nodes: Iterable[Node]) -> int:
    """The number of words in nodes, those in elements included."""
    texts: list[str] = []
    _collect(nodes, texts)
    return len(words(" ".join(texts)))


def _collect(nodes: Iterable[Node], texts: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
        else:
            _collect(node.children, texts)


def joined(items: Iterable[Node]) -> tuple[Node, ...]:
    """Tokens as text again."""
    found: list[Node] = []
    for item in items:
        if found and isinstance(item, str) and isinstance(found[-1], str):
            found[-1] += item
        else:
            found.append(item)
    return tuple(found)


def sentences(items: Sequence[Node]) -> list[tuple[Node, ...]]:
    """Tokens by sentence, each with the space after it; a span, a line of its own here, is one as well."""
    found: list[tuple[Node, ...]] = []
    begin = 0
    for index, item in enumerate(items):
        if not isinstance(item, str):
            cuts = [index, index + 1] if item.tag in ("span", "br") else []
        else:
            cuts = [index + 1] if item[0] == " " and _has_ended(items, index) else []
        for cut in cuts:
            if cut > begin:
                found.append(tuple(items[begin:cut]))
                begin = cut
    return [*found, tuple(items[begin:])] if begin < len(items) else found


def _has_ended(items: Sequence[Node], index: int) -> bool:
    while index and items[index - 1] in _CLOSES:
        index -= 1
    return index > 0 and items[index - 1] in SENTENCE_ENDS
