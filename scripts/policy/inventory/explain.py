"""A validation error of the model, told to an editor."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from policy.findings import Finding, did_you_mean
from policy.inventory.locate import line_of

_KINDS = {
    "string_type": "text in \"quotes\"",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list in [square brackets]",
    "model_type": "a table with keys of its own",
    "date_type": "a date such as 2026-11-22",
    "date_from_datetime_parsing": "a date such as 2026-11-22",
    "date_parsing": "a date such as 2026-11-22",
}
_PATTERNS = {
    "^https://": "an address that starts with https://",
    "^https?://": "an origin such as https://www.leiz.nl, without a slash at its end",
    "^[A-Z]{2}$": "a country code of two capitals, such as NL",
    "^[a-z][a-z0-9]*": "a name in small letters, digits and hyphens, such as google-login",
    r"^(\*": "a host name such as www.example.com",
}


def explain(error: ValidationError, model: type[BaseModel], text: str, shown_as: str) -> list[Finding]:
    """One finding for each problem, with key path and line."""
    return [
        Finding(
            _sentence(problem, model),
            shown_as,
            line_of(text, tuple(problem["loc"])),
            key_path(problem["loc"]),
        )
        for problem in error.errors(include_url=False)
    ]


def key_path(loc: tuple[str | int, ...]) -> str:
    """A place in a file as an editor writes it: `storage[0].purpose`."""
    path = ""
    for part in loc:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _sentence(problem: Any, model: type[BaseModel]) -> str:
    kind, context, given = problem["type"], problem.get("ctx", {}), problem["input"]
    key = str(problem["loc"][-1])
    if kind == "missing":
        return f"The key '{key}' is missing. Add it."
    if kind == "extra_forbidden":
        known = _keys(model, problem["loc"][:-1])
        return f"'{key}' is not a known key. {did_you_mean(key, known)}Known here: {', '.join(known)}."
    if kind in ("enum", "literal_error"):
        words = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        return f"'{given}' is not one of the words for this. {did_you_mean(str(given), words)}Write one of: {', '.join(words)}."
    if kind == "string_pattern_mismatch":
        wanted = next((want for start, want in _PATTERNS.items() if context["pattern"].startswith(start)), "another form")
        return f"'{given}' does not have the right form. Write {wanted}."
    if kind in ("too_short", "string_too_short"):
        return f"'{key}' is empty. Fill it in."
    if kind == "value_error":
        return f"{context['error']}."
    if kind in _KINDS:
        return f"{_shown(given)} is not of the right type. Write {_KINDS[kind]}."
    return f"{_shown(given)} does not fit: {problem['msg']}. Mend the value."


def _shown(given: Any) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict):
        return "A table"
    if isinstance(given, list):
        return "A list"
    return f"'{given}'"


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    for part in loc:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation)
    return list(model.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(found for part in get_args(annotation) if (found := _model_in(part)))
