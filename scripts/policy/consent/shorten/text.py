"""A tree as text, with no character that a browser does not need."""

import re
from collections.abc import Callable, Iterable

from policy.consent.shorten.tree import Node

_SEQUENCE, _ASSIGN, _CHOICE, _UNARY, _POSTFIX, _CALL, _WHOLE = 1, 2, 3, 15, 16, 17, 18
_LEVELS = {
    "SequenceExpression": _SEQUENCE,
    "ArrowFunctionExpression": _ASSIGN,
    "AssignmentExpression": _ASSIGN,
    "YieldExpression": _ASSIGN,
    "ConditionalExpression": _CHOICE,
    "AwaitExpression": _UNARY,
    "UnaryExpression": _UNARY,
    "CallExpression": _CALL,
    "ChainExpression": _CALL,
    "MemberExpression": _CALL,
    "NewExpression": _CALL,
}
"""How tightly each kind of expression binds; what is not named here is whole."""
_OPERATORS = {
    mark: level
    for level, marks in enumerate(
        ("?? ||", "&&", "|", "^", "&", "== != === !==", "< > <= >= in instanceof", "<< >> >>>", "+ -", "* / %", "**"),
        start=4,
    )
    for mark in marks.split()
}
_LIKE_A_STATEMENT = re.compile(r"\{|(async )?function\b")
_DECLARATIONS = ("FunctionDeclaration", "VariableDeclaration")
_LOOPS = ("ForInStatement", "ForOfStatement", "ForStatement", "LabeledStatement", "WhileStatement")


def text_of(node: Node) -> str:
    """The shortest text of a tree."""
    return _TEXTS[node.type](node)


def _inner(node: Node, least: int = _ASSIGN) -> str:
    """The text of a part, in brackets where it binds less tightly than what stands beside it needs."""
    text = text_of(node)
    return f"({text})" if _level(node) < least else text


def _level(node: Node) -> int:
    if node.operator == "in":
        return 0  # the head of a loop must not hold it bare
    if node.type == "AssignmentExpression" and node.left.type in ("ArrayPattern", "ObjectPattern"):
        return 0  # bare after `f({}, ` it is correct, but V8 refuses it
    if node.type in ("BinaryExpression", "LogicalExpression"):
        return _OPERATORS[node.operator]
    if node.type == "UpdateExpression":
        return _UNARY if node.prefix else _POSTFIX
    return _LEVELS.get(node.type, _WHOLE)


def _joined(*texts: str) -> str:
    """Texts after each other, with a space where two would become one word, one mark or a comment."""
    whole = ""
    for text in texts:
        whole += " " * bool(whole and text and _become_one(whole[-1], text[0])) + text
    return whole


def _become_one(end: str, start: str) -> bool:
    words = all(mark.isalnum() or mark in "$_\\" or not mark.isascii() for mark in (end, start))
    return words or (end == start and end in "+-/") or (end, start) == ("<", "!")


def _listed(nodes: Iterable[Node | None]) -> str:
    return ",".join(_inner(node) if node else "" for node in nodes)


def _array(node: Node) -> str:
    ends_in_hole = bool(node.elements) and node.elements[-1] is None
    return f"[{_listed(node.elements)}{',' * ends_in_hole}]"


def _binary(node: Node) -> str:
    level = _OPERATORS[node.operator]
    left, right = _inner(node.left, level), _inner(node.right, level + 1)
    if node.operator == "**":
        left, right = _inner(node.left, _POSTFIX), _inner(node.right, level)
    before_word = left.endswith("/") and node.operator.isalpha()  # the flags of a regular expression
    before_arrow = left.endswith("--") and node.operator.startswith(">")  # a comment in old browsers' pages
    return _joined(left + " " * (before_word or before_arrow), node.operator, right)


def _logical(node: Node) -> str:
    sides = []
    for side in (node.left, node.right):
        mixed = side.type == "LogicalExpression" and side.operator != node.operator
        mixed = mixed and "??" in (side.operator, node.operator)
        sides.append(_inner(side, _WHOLE if mixed else _OPERATORS[node.operator]))
    return node.operator.join(sides)


def _update(node: Node) -> str:
    argument = _inner(node.argument, _CALL)
    return node.operator + argument if node.prefix else argument + node.operator


def _choice(node: Node) -> str:
    return f"{_inner(node.test, _CHOICE + 1)}?{_inner(node.consequent)}:{_inner(node.alternate)}"


def _called(node: Node) -> str:
    """What stands before a dot or a bracket."""
    text = _inner(node, _CALL)
    if node.type == "NewExpression" and not node.arguments:
        return f"{text}()"
    is_number = node.type == "Literal" and text[0] in ".0123456789"
    return f"({text})" if is_number or node.type == "ChainExpression" else text


def _call(node: Node) -> str:
    return f"{_called(node.callee)}{'?.' * bool(node.optional)}({_listed(node.arguments)})"


def _member(node: Node) -> str:
    if node.computed:
        return f"{_called(node.object)}{'?.' * bool(node.optional)}[{text_of(node.property)}]"
    return f"{_called(node.object)}{'?' * bool(node.optional)}.{node.property.name}"


def _new(node: Node) -> str:
    callee = _inner(node.callee, _CALL)
    if _holds_call(node.callee):
        callee = f"({callee})"
    return _joined("new", callee) + (f"({_listed(node.arguments)})" if node.arguments else "")


def _holds_call(node: Node) -> bool:
    while node.type == "MemberExpression":
        node = node.object
    return node.type in ("CallExpression", "ChainExpression", "NewExpression")


def _arrow(node: Node) -> str:
    alone = len(node.params) == 1 and node.params[0].type == "Identifier"
    params = text_of(node.params[0]) if alone else f"({_listed(node.params)})"
    body = _inner(node.body)
    if node.body.type != "BlockStatement" and body.startswith("{"):
        body = f"({body})"
    return f"{_joined('async' * node.waits, params)}=>{body}"


def _function(node: Node) -> str:
    start = _joined("async" * node.waits, "function")
    return _joined(start + "*" * bool(node.generator), node.id.name if node.id else "") + _signature(node)


def _signature(function: Node) -> str:
    return f"({_listed(function.params)}){text_of(function.body)}"


def _property(node: Node) -> str:
    key = f"[{_inner(node.key)}]" if node.computed else text_of(node.key)
    if node.kind in ("get", "set"):
        return _joined(node.kind, key) + _signature(node.value)
    if node.method:
        return _joined("async" * node.value.waits, "*" * bool(node.value.generator) + key) + _signature(node.value)
    local = node.value.left if node.value.type == "AssignmentPattern" else node.value
    same = node.key.type == local.type == "Identifier" and local.name == key != "__proto__"
    return _inner(node.value) if same and not node.computed else f"{key}:{_inner(node.value)}"


def _template(node: Node) -> str:
    first, *others = (quasi.value["raw"] for quasi in node.quasis)
    filled = (f"${{{text_of(part)}}}{text}" for part, text in zip(node.expressions, others, strict=True))
    return f"`{first}{''.join(filled)}`"


def _statements(nodes: list[Node]) -> str:
    return "".join(map(text_of, nodes)).removesuffix(";")


def _expression(node: Node) -> str:
    text = text_of(node.expression)
    would_direct = text[0] in "'\"" and node.expression.type == "Literal" and not node.directive
    return f"({text});" if would_direct or _LIKE_A_STATEMENT.match(text) else f"{text};"


def _nested(node: Node) -> str:
    """What follows a condition, without braces where it is one statement."""
    return text_of(_unwrapped(node))


def _unwrapped(node: Node) -> Node:
    while node.type == "BlockStatement" and len(node.body) == 1 and node.body[0].type not in _DECLARATIONS:
        node = node.body[0]
    return node


def _if(node: Node) -> str:
    start, then = f"if({text_of(node.test)})", _nested(node.consequent)
    if not node.alternate:
        return start + then
    if _would_take_else(node.consequent):
        then = f"{{{then.removesuffix(';')}}}"
    return start + then + _joined("else", _nested(node.alternate))


def _would_take_else(node: Node) -> bool:
    """Whether it ends in an `if` to which the browser would give an `else` that follows."""
    node = _unwrapped(node)
    if node.type == "IfStatement":
        return not node.alternate or _would_take_else(node.alternate)
    return node.type in _LOOPS and _would_take_else(node.body)


def _for(node: Node) -> str:
    head = [_inner(part, _SEQUENCE).removesuffix(";") if part else "" for part in (node.init, node.test, node.update)]
    return f"for({';'.join(head)}){_nested(node.body)}"


def _for_each(node: Node) -> str:
    word = "in" if node.type == "ForInStatement" else "of"
    head = _joined(text_of(node.left).removesuffix(";"), word, _inner(node.right))
    return f"for({head}){_nested(node.body)}"


def _try(node: Node) -> str:
    handler = text_of(node.handler) if node.handler else ""
    return f"try{text_of(node.block)}{handler}" + (f"finally{text_of(node.finalizer)}" if node.finalizer else "")


def _catch(node: Node) -> str:
    return f"catch({text_of(node.param)}){text_of(node.body)}" if node.param else f"catch{text_of(node.body)}"


def _keyword(word: str, ends: str = ";") -> Callable[[Node], str]:
    """The text of a word with what may follow it, as in `return x`."""
    least = _UNARY if word == "await" else _ASSIGN if ends == "" else _SEQUENCE

    def text(node: Node) -> str:
        part = node.argument or node.label
        return _joined(word + "*" * bool(node.delegate), _inner(part, least) if part else "") + ends

    return text


_TEXTS: dict[str, Callable[[Node], str]] = {
    "ArrayExpression": _array,
    "ArrayPattern": _array,
    "ArrowFunctionExpression": _arrow,
    "AssignmentExpression": lambda node: f"{text_of(node.left)}{node.operator}{_inner(node.right)}",
    "AssignmentPattern": lambda node: f"{text_of(node.left)}={_inner(node.right)}",
    "AwaitExpression": _keyword("await", ""),
    "BinaryExpression": _binary,
    "BlockStatement": lambda node: f"{{{_statements(node.body)}}}",
    "BreakStatement": _keyword("break"),
    "CallExpression": _call,
    "CatchClause": _catch,
    "ChainExpression": lambda node: text_of(node.expression),
    "ConditionalExpression": _choice,
    "ContinueStatement": _keyword("continue"),
    "DoWhileStatement": lambda node: f"{_joined('do', _nested(node.body))}while({text_of(node.test)});",
    "EmptyStatement": lambda node: "{}",
    "ExpressionStatement": _expression,
    "ForInStatement": _for_each,
    "ForOfStatement": _for_each,
    "ForStatement": _for,
    "FunctionDeclaration": _function,
    "FunctionExpression": _function,
    "Identifier": lambda node: str(node.name),
    "IfStatement": _if,
    "Import": lambda node: "import",
    "LabeledStatement": lambda node: f"{node.label.name}:{_nested(node.body)}",
    "Literal": lambda node: str(node.raw),
    "LogicalExpression": _logical,
    "MemberExpression": _member,
    "NewExpression": _new,
    "ObjectExpression": lambda node: f"{{{','.join(map(text_of, node.properties))}}}",
    "ObjectPattern": lambda node: f"{{{','.join(map(text_of, node.properties))}}}",
    "Program": lambda node: "".join(map(text_of, node.body)),
    "Property": _property,
    "RestElement": lambda node: f"...{text_of(node.argument)}",
    "ReturnStatement": _keyword("return"),
    "SequenceExpression": lambda node: _listed(node.expressions),
    "SpreadElement": lambda node: f"...{_inner(node.argument)}",
    "TemplateLiteral": _template,
    "ThisExpression": lambda node: "this",
    "ThrowStatement": _keyword("throw"),
    "TryStatement": _try,
    "UnaryExpression": lambda node: _joined(node.operator, _inner(node.argument, _UNARY)),
    "UpdateExpression": _update,
    "VariableDeclaration": lambda node: _joined(node.kind, ",".join(map(text_of, node.declarations))) + ";",
    "VariableDeclarator": lambda node: f"{text_of(node.id)}={_inner(node.init)}" if node.init else text_of(node.id),
    "WhileStatement": lambda node: f"while({text_of(node.test)}){_nested(node.body)}",
    "YieldExpression": _keyword("yield", ""),
}
