"""Shorter ways to say the same. Those that Brotli does not reward are left out, as is all that must judge a flow."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from policy.consent.shorten.names import scopes_of
from policy.consent.shorten.tree import Node

_SAFE = 2**53
_HARMLESS = {"ArrowFunctionExpression", "FunctionExpression", "Literal"}
_HARMLESS_WITH_PARTS = {"ArrayExpression", "BinaryExpression", "TemplateElement", "TemplateLiteral"}


def save(program: Node, keep: Collection[str]) -> None:
    """Change the tree to a shorter one that does the same."""
    scopes_of(program)
    for block in _blocks(program):
        block.body = _used(block.body, keep)
    for node in reversed(list(program.walk())):
        _multiply(node)
    scopes_of(program)
    for block in _blocks(program):
        block.body = _with_constants(block.body, keep)
    for node in program.walk():
        if node.type == "VariableDeclaration":
            node.kind = "let"
        if node.type == "Literal":
            _say_briefly(node)
    for block in _blocks(program):
        block.body = list(_declared_together(block.body))


def _blocks(program: Node) -> list[Node]:
    """What holds statements, the innermost first."""
    return [node for node in reversed(list(program.walk())) if node.type in ("Program", "BlockStatement")]


def _used(statements: list[Node], keep: Collection[str]) -> list[Node]:
    """Without the declarations that nothing needs."""
    waiting = {name.binding: node for node in statements if (name := _declares(node)) and name.name not in keep}
    reached = [node for node in statements if node not in waiting.values()]
    for statement in reached:
        for node in statement.walk():
            if node.binding in waiting:
                reached.append(waiting.pop(node.binding))
    return [node for node in statements if node in reached]


def _declares(statement: Node) -> Node | None:
    """The name that a statement declares, when that is all it does."""
    if statement.type == "FunctionDeclaration":
        return statement.id
    if statement.type == "VariableDeclaration" and len(statement.declarations) == 1:
        only = statement.declarations[0]
        if only.id.type == "Identifier" and (not only.init or _is_harmless(only.init)):
            return only.id
    return None


def _is_harmless(node: Node) -> bool:
    """Whether working it out does nothing else."""
    if node.type in _HARMLESS_WITH_PARTS:
        return all(map(_is_harmless, node.parts()))
    return node.type in _HARMLESS


def _with_constants(statements: list[Node], keep: Collection[str]) -> list[Node]:
    """With each constant number or text where it is used, when that is one place."""
    kept = []
    for node in statements:
        name = _declares(node)
        if name and name.name not in keep and node.kind == "const" and _is_plain(node.declarations[0].init):
            _, *uses = name.binding.places
            if len(uses) == 1:
                uses[0].become(node.declarations[0].init)
                continue
        kept.append(node)
    return kept


def _is_plain(node: Node) -> bool:
    """Whether a new one each time is as good: a regular expression with `g` or `y` remembers where it was."""
    return node.type == "Literal" and not (node.regex and set(node.regex["flags"]) & set("gy"))


def _multiply(node: Node) -> None:
    if node.type == "BinaryExpression" and node.operator == "*":
        sides = [side.raw for side in (node.left, node.right) if side.type == "Literal" and side.raw.isdigit()]
        if len(sides) == 2 and (product := int(sides[0]) * int(sides[1])) < _SAFE:
            node.become(Node("Literal", raw=str(product)))


def _say_briefly(node: Node) -> None:
    raw: str = node.raw
    zeros = len(raw) - len(raw.rstrip("0"))
    if raw in ("true", "false"):
        digit = Node("Literal", raw="0" if raw == "true" else "1")
        node.become(Node("UnaryExpression", operator="!", prefix=True, argument=digit))
    elif raw[0] == "'" and not set(raw) & {'"', "\\"}:
        node.raw = f'"{raw[1:-1]}"'
    elif raw.isdigit() and 3 <= zeros < len(raw):
        node.raw = f"{raw[:-zeros]}e{zeros}"
    elif re.fullmatch(r"0\.\d+", raw):
        node.raw = raw[1:]


def _declared_together(statements: Iterable[Node]) -> Iterator[Node]:
    """With one declaration instead of several that follow each other."""
    for kind, group in groupby(statements, lambda node: node.type):
        if kind == "VariableDeclaration":
            yield Node(kind, kind="let", declarations=[each for node in group for each in node.declarations])
        else:
            yield from group
