"""The number of a section, set apart from its words so that it can hang in the margin."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_NUMBER = re.compile(r"^(\d+(?:\.\d+)*)\s+")


class _Numbers(Treeprocessor):
    def run(self, root: Element) -> None:
        for heading in root.iter():
            match = _NUMBER.match(heading.text or "") if heading.tag in ("h2", "h3") else None
            if match:
                rest = heading.text[match.end() :] if heading.text else ""
                heading.text = None
                number = Element("span", {"class": "number"})
                number.text = match[1]
                number.tail = " " + rest
                heading.insert(0, number)


class Sections(Extension):
    """Python-Markdown extension: `## 1 Title` becomes a heading whose number is a span."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Numbers(md), "section-numbers", 0.5)
