"""JavaScript as a tree, in the words of the ESTree specification; what the shortener does not know is refused."""

from collections.abc import Iterator
from typing import Any

import esprima

from policy.errors import PolicyError

_PARTS = {
    "ArrayExpression": "elements",
    "ArrayPattern": "elements",
    "ArrowFunctionExpression": "params body",
    "AssignmentExpression": "left right",
    "AssignmentPattern": "left right",
    "AwaitExpression": "argument",
    "BinaryExpression": "left right",
    "BlockStatement": "body",
    "BreakStatement": "label",
    "CallExpression": "callee arguments",
    "CatchClause": "param body",
    "ChainExpression": "expression",
    "ConditionalExpression": "test consequent alternate",
    "ContinueStatement": "label",
    "DoWhileStatement": "body test",
    "EmptyStatement": "",
    "ExpressionStatement": "expression",
    "ForInStatement": "left right body",
    "ForOfStatement": "left right body",
    "ForStatement": "init test update body",
    "FunctionDeclaration": "id params body",
    "FunctionExpression": "id params body",
    "Identifier": "",
    "IfStatement": "test consequent alternate",
    "Import": "",
    "LabeledStatement": "label body",
    "Literal": "",
    "LogicalExpression": "left right",
    "MemberExpression": "object property",
    "NewExpression": "callee arguments",
    "ObjectExpression": "properties",
    "ObjectPattern": "properties",
    "Program": "body",
    "Property": "key value",
    "RestElement": "argument",
    "ReturnStatement": "argument",
    "SequenceExpression": "expressions",
    "SpreadElement": "argument",
    "TemplateElement": "",
    "TemplateLiteral": "quasis expressions",
    "ThisExpression": "",
    "ThrowStatement": "argument",
    "TryStatement": "block handler finalizer",
    "UnaryExpression": "argument",
    "UpdateExpression": "argument",
    "VariableDeclaration": "declarations",
    "VariableDeclarator": "id init",
    "WhileStatement": "test body",
    "YieldExpression": "argument",
}
"""The kinds of node that are known, each with the fields that hold its parts."""

_FACTS = ("computed", "delegate", "directive", "generator", "kind", "method", "name", "operator", "optional", "prefix")
_FACTS += ("raw", "regex", "value")


class Node:
    """A piece of code. A field that it does not have is None."""

    def __init__(self, kind: str, /, **fields: Any) -> None:
        self.__dict__ = {"type": kind, **fields}

    def __getattr__(self, name: str) -> Any:
        return None

    def become(self, other: "Node") -> None:
        """Stand for something else from now on."""
        self.__dict__ = dict(other.__dict__)

    def parts(self) -> Iterator["Node"]:
        """The nodes directly inside, in the order of the code."""
        for field in _PARTS[self.type].split():
            value = getattr(self, field)
            yield from (part for part in (value if isinstance(value, list) else [value]) if part)

    def walk(self) -> Iterator["Node"]:
        """This node and all inside it; a node may become another one while it is visited."""
        yield self
        for part in self.parts():
            yield from part.walk()


def read(code: str) -> Node:
    """The tree of the code of a module."""
    try:
        tree = esprima.toDict(esprima.parseModule(code, loc=True))
    except esprima.Error as error:
        raise _refused(code, error.lineNumber, "This is not read as JavaScript. Say it otherwise") from error
    return _node(tree, code)


def _node(tree: dict[str, Any], code: str) -> Node:
    kind, line = tree["type"], tree["loc"]["start"]["line"]
    if kind not in _PARTS:
        raise _refused(code, line, f"The shortener does not know a {kind}. Say it otherwise, or teach it in shorten/")
    if kind == "VariableDeclaration" and tree["kind"] not in ("const", "let"):
        raise _refused(code, line, "'var' reaches outside its block. Write 'const' or 'let'")
    if kind == "Identifier" and tree["name"] == "eval":
        raise _refused(code, line, "'eval' may use names that become shorter. Do without it")
    node = Node(kind, **{name: tree[name] for name in _FACTS if name in tree})
    node.waits = bool(tree.get("async"))
    for field in _PARTS[kind].split():
        value = tree.get(field)
        if isinstance(value, list):
            value = [_node(part, code) if part else None for part in value]
        elif value:
            value = _node(value, code)
        setattr(node, field, value)
    return node


def _refused(code: str, line: int, why: str) -> PolicyError:
    lines = code.split("\n")
    return PolicyError(f"{why}: {lines[line - 1].strip()}")
