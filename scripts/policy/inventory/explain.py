"""A validation error of a model, told to an editor."""

import re
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from policy.findings import Finding, did_you_mean
from policy.inventory.locate import key_path, line_of

_KINDS = {
    "string_type": 'text in "quotes"',
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list in [square brackets]",
    "model_type": "a table with keys of its own",
    "model_attributes_type": "a table with keys of its own",
    "date_type": "a date such as 2026-11-22",
    "date_from_datetime_parsing": "a date such as 2026-11-22",
    "date_from_datetime_inexact": "a date without a time, such as 2026-11-22",
    "date_parsing": "a date such as 2026-11-22",
}
_PATTERNS = {
    "^https://": "an address that starts with https://",
    "^https?://": "an origin such as https://www.leiz.nl, without a slash at its end",
    "^[A-Z]{2}$": "a country code of two capitals, such as NL",
    "^[a-z][a-z0-9]*": "a name in small letters, digits and hyphens, such as google-login",
    r"^(\*": "a host name such as www.example.com",
}
_LONGEST_QUOTE = 60


def explain(
    error: ValidationError, model: type[BaseModel], text: str, shown_as: str, *, not_here: str = ""
) -> list[Finding]:
    """One finding for each problem, with key path and, where `text` is TOML, its line.

    `not_here` is a key of the model that may not be written, so it is not offered.
    """
    return [
        Finding(
            _sentence(problem, model, not_here),
            shown_as,
            line_of(text, problem["loc"]),
            printable(key_path(problem["loc"])),
        )
        for problem in _once_each(error.errors(include_url=False), model)
    ]


def shown(given: Any) -> str:
    """An editor's own words in quotes, on one line and not too long."""
    if isinstance(given, bool | int | float):
        return str(given).lower()[:_LONGEST_QUOTE]
    if isinstance(given, dict):
        return "A table"
    if isinstance(given, list | tuple):
        return "A list"
    words = printable(str(given))
    return f"'{words}'" if len(words) <= _LONGEST_QUOTE else f"'{words[:_LONGEST_QUOTE]}…'"


def printable(words: str) -> str:
    """Words for one line of a terminal: what cannot be seen is spelled out."""
    return re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]", _spelled, words)


def _spelled(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _once_each(problems: list[Any], model: type[BaseModel]) -> list[Any]:
    """Without the missing keys that are only misspelled: the unknown key tells it."""
    near = {
        (*problem["loc"][:-1], match[0])
        for problem in problems
        if problem["type"] == "extra_forbidden"
        and (match := get_close_matches(str(problem["loc"][-1]), _keys(model, problem["loc"][:-1]), n=1))
    }
    return [problem for problem in problems if problem["type"] != "missing" or problem["loc"] not in near]


def _sentence(problem: Any, model: type[BaseModel], not_here: str) -> str:
    kind, context, given, loc = problem["type"], problem.get("ctx", {}), problem["input"], problem["loc"]
    key = shown(loc[-1]) if loc else "The file"
    if kind == "missing":
        return f"The key {key} is missing. Add it."
    if kind == "extra_forbidden":
        known = [name for name in _keys(model, loc[:-1]) if loc[:-1] or name != not_here]
        return f"{key} is not a known key. {did_you_mean(str(loc[-1]), known)}Known here: {', '.join(known)}."
    if kind in ("enum", "literal_error"):
        words = re.findall(r"'([^']*)'", context["expected"])
        hint = did_you_mean(str(given), words)
        return f"{shown(given)} is not one of the words for this. {hint}Write one of: {', '.join(words)}."
    if kind == "string_pattern_mismatch":
        wanted = next(
            (want for start, want in _PATTERNS.items() if context["pattern"].startswith(start)), "another form"
        )
        return f"{shown(given)} does not have the right form. Write {wanted}."
    if kind in ("too_short", "string_too_short"):
        return f"{key} is empty. Fill it in."
    if kind == "value_error":
        return printable(str(context["error"]).replace(f"'{given}'", shown(given))) + "."
    if kind in _KINDS:
        return f"{shown(given)} is not of the right type. Write {_KINDS[kind]}."
    return f"{shown(given)} does not fit: {printable(problem['msg'])}. Mend the value."


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    for part in loc:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation)
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
