"""What a TOML parser refuses, told to an editor."""

import re

from policy.findings import Finding
from policy.inventory.explain import shown

_PLACE = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)
_REASONS = {
    "Invalid statement": "Write a key = value, a [table] or a # comment on this line",
    "Invalid initial character for a key part": "Write a key = value, a [table] or a # comment on this line",
    "Invalid value": 'Put text in "quotes"; other values are true, false, a number, a date or a list',
    "Cannot overwrite a value": "The key stands here a second time: remove one of the two",
    "Cannot mutate immutable namespace": "The key stands here a second time: remove one of the two",
    "Cannot declare": "The table stands here a second time: write [[two brackets]] where several may follow",
    "Cannot redefine": "The key stands here a second time: remove one of the two",
    "Unclosed array": "Close the list with ]",
    "Unclosed inline table": "Close the table with }",
    "Expected '=' after a key": "Write a = between the key and its value",
    "Expected newline or end of document": 'Keep one key = value on a line; a quote inside text is written as \\"',
    "Expected ']": "Close the brackets of the table's name",
    "Unterminated string": "Close the text with a quote",
    "Illegal character '\\n'": "Close the text with a quote on the same line, or use three quotes at both ends",
    "Illegal character '\\r'": "Close the text with a quote on the same line, or use three quotes at both ends",
    "Found invalid character '\\n'": "Close the text with a quote on the same line, or use three quotes at both ends",
    "Illegal character": "Remove the character that cannot be seen",
    "Found invalid character": "Remove the character that cannot be seen",
    "Unescaped '\\' in a string": "Write \\\\ for a backslash",
    "Invalid date or datetime": "Write a day that exists, such as 2026-11-22",
    "Invalid hex value": "Write \\\\ for a backslash",
    "Escaped character is not a Unicode scalar value": "Write \\\\ for a backslash",
}
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def not_toml(error: Exception, text: str, shown_as: str) -> Finding:
    """The problem at which the parser stopped; it knows nothing of what comes after."""
    if isinstance(error, RecursionError):
        return Finding("The tables or lists are nested too deeply. Write them as in the other files.", shown_as)
    place = _PLACE.match(str(error))
    if not place:
        return Finding("This is not TOML: a number is too long. Write a shorter one.", shown_as)
    lines = text.split("\n")
    number = int(place["line"]) if place["line"] else len(text.rstrip().split("\n"))
    line = lines[number - 1].strip()
    if line.startswith(_CONFLICT):
        message = f"{shown(line)} is left from a merge. Keep one of the two texts and remove the marks."
        return Finding(message, shown_as, number)
    if "\r" in line:
        return Finding("A line ends in an unusual way. Save the file again with the line ends LF.", shown_as, number)
    way_out = next(
        (way for start, way in _REASONS.items() if place["what"].startswith(start)), place["what"].rstrip(".")
    )
    if not place["line"]:
        way_out = f"The text ends too early. {way_out}"
    return Finding(f"{shown(line)} is not TOML. {way_out}.", shown_as, number)
