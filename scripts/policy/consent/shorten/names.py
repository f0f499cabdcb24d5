"""Which name means what, and short names for all that the code itself declares."""

from collections.abc import Collection, Iterator
from itertools import product

from policy.consent.shorten.tree import Node

_LETTERS = "etnrioscaludmpfhgvywbkxjzqETNRIOSCALUDMPFHGVYWBKXJZQ"
"""In the order of their number in the code around, so that names look like the rest of it."""
_WORDS = {"as", "do", "if", "in", "is", "of"}
_FUNCTIONS = ("ArrowFunctionExpression", "FunctionDeclaration", "FunctionExpression")
_LOOPS = {"ForInStatement": "left", "ForOfStatement": "left", "ForStatement": "init"}


class Binding:
    """What a name stands for in a scope; `places` are the nodes that name it, the declaration first."""

    def __init__(self, name: str, scope: "Scope") -> None:
        self.name = name
        self.scope = scope
        self.places: list[Node] = []

    def add(self, place: Node) -> None:
        self.places.append(place)
        place.binding = self


class Scope:
    """A part of the code in which names are declared.

    `repeats` is False where a name of the scope around it may not be declared again: the body of a function, whose
    parameters are a scope of their own.
    """

    def __init__(self, outer: "Scope | None" = None, *, repeats: bool = True) -> None:
        self.outer = outer
        self.repeats = repeats
        self.names: dict[str, Binding] = {}
        self.from_outside: set[Binding] = set()
        self.undeclared: set[str] = set()
        self.inside: list[Scope] = []
        if outer:
            outer.inside.append(self)

    def declare(self, pattern: Node | None) -> None:
        """The names in what stands left of a `=`, or is a parameter."""
        for place in _named(pattern):
            self.names.setdefault(place.name, Binding(place.name, self)).add(place)

    def declare_all(self, statements: list[Node]) -> None:
        for node in statements:
            if node.type == "FunctionDeclaration":
                self.declare(node.id)
            elif node.type == "VariableDeclaration":
                for each in node.declarations:
                    self.declare(each.id)

    def use(self, place: Node) -> None:
        """Find out what a name means here, and note it in every scope between."""
        passed, scope = [], self
        while scope.outer and place.name not in scope.names:
            passed.append(scope)
            scope = scope.outer
        binding = scope.names.get(place.name)
        if binding:
            binding.add(place)
        for each in passed if binding else [*passed, scope]:
            if binding:
                each.from_outside.add(binding)
            else:
                each.undeclared.add(place.name)


def _named(pattern: Node | None) -> Iterator[Node]:
    """The identifiers that a pattern declares: not its keys, and not its defaults."""
    if pattern is None:
        return
    if pattern.type == "Identifier":
        yield pattern
    elif pattern.type == "AssignmentPattern":
        yield from _named(pattern.left)
    elif pattern.type == "Property":
        yield from _named(pattern.value)
    else:
        for part in pattern.parts():
            yield from _named(part)


def scopes_of(program: Node) -> Scope:
    """The scope of the whole, with all others inside; every name in the tree gets its `binding`."""
    for node in program.walk():
        node.binding = None
    top = Scope()
    _read_all(program.body, top)
    return top


def _read_all(statements: list[Node], scope: Scope) -> None:
    scope.declare_all(statements)
    for node in statements:
        _read(node, scope)


def _read(node: Node, scope: Scope) -> None:
    if node.type == "Identifier":
        if not node.binding:
            scope.use(node)
    elif node.type in _FUNCTIONS:
        _read_function(node, scope)
    elif node.type == "BlockStatement":
        _read_all(node.body, Scope(scope))
    elif node.type == "CatchClause":
        own = Scope(scope)
        own.declare(node.param)
        _read_parts([node.param], own)
        _read_all(node.body.body, Scope(own, repeats=False))
    elif node.type in _LOOPS:
        own = Scope(scope)
        first = getattr(node, _LOOPS[node.type])
        own.declare_all([first] if first else [])
        _read_parts(node.parts(), own)
    else:
        _read_parts(_that_name(node), scope)


def _read_function(node: Node, scope: Scope) -> None:
    if node.type == "FunctionExpression" and node.id:
        scope = Scope(scope)
        scope.declare(node.id)
    own = Scope(scope)
    for param in node.params:
        own.declare(param)
    _read_parts(node.params, own)
    if node.body.type == "BlockStatement":
        _read_all(node.body.body, Scope(own, repeats=False))
    else:
        _read(node.body, own)


def _read_parts(parts: "list[Node | None] | Iterator[Node]", scope: Scope) -> None:
    for part in parts:
        if part:
            _read(part, scope)


def _that_name(node: Node) -> Iterator[Node]:
    """The parts in which a word is a name and not a key or a label."""
    for part in node.parts():
        key = (part is node.key or part is node.property) and not node.computed
        if not key and part is not node.label:
            yield part


def give_short_names(scope: Scope, keep: Collection[str]) -> None:
    """Give every binding the first name that is free where it is used, in the order of their declarations.

    So the parameters of all functions have the same names, and the code repeats itself, which Brotli rewards.
    Names have one letter or two: those that `link.py` writes around the code are longer.
    """
    taken = {*keep, *scope.undeclared, *(binding.name for binding in scope.from_outside)}
    if scope.outer and not scope.repeats:
        taken |= {binding.name for binding in scope.outer.names.values()}
    free = (name for name in _short_names() if name not in taken)
    for binding in scope.names.values():
        if scope.outer or binding.name not in keep:
            binding.name = next(free)
        for place in binding.places:
            place.name = binding.name
    for inner in scope.inside:
        give_short_names(inner, keep)


def _short_names() -> Iterator[str]:
    for length in (1, 2):
        yield from (name for name in map("".join, product(_LETTERS, repeat=length)) if name not in _WORDS)
