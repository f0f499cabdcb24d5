"""The files that a website gets: their names, their sizes, and the same bytes every time."""

import re

import brotli
import pytest
from benchmarks.consent import growth

from policy.consent.link import bundle
from policy.consent.style import layered
from tests import demo

RETURNING_BUDGET = 2_500
"""Bytes with Brotli for a returning visitor: the entry alone, for 3 purposes and 6 services in one language."""

FIRST_VISIT_BUDGET = 5_000
"""For the first visit: the entry and the first layer, in two requests."""

SECOND_LAYER_BUDGET = 6_000
"""For the second layer of 6 services, when it is opened."""

GROWTH_BUDGET = 1_000
"""What the first visit may grow by where a website has 500 services."""

LANGUAGES = {"voorbeeld": ["nl"], "deelt": ["nl", "en"]}
PARTS = ("acts", "after", "button", "changes", "details", "diagnosis", "frames", "notice", "place")


def _files(website: str = "voorbeeld") -> dict[str, bytes]:
    return demo.files.__wrapped__(website)


def _sizes(files: dict[str, bytes]) -> dict[str, int]:
    """Bytes with Brotli of each file that a browser gets, by the name of the part."""
    return {name.split(".")[0]: len(brotli.compress(body)) for name, body in files.items() if "readable" not in name}


@pytest.mark.parametrize("website", LANGUAGES)
def test_the_files_by_name(website: str) -> None:
    names = {re.sub(r"\.[0-9a-f]{8}\.", ".", name) for name in _files(website)}
    parts = {f"{part}.{language}" for part in PARTS for language in LANGUAGES[website]}
    if website == "deelt":  # nothing there waits for a click
        parts -= {"button.nl", "button.en"}
    assert names == {f"{part}{form}" for part in ("consent", *parts) for form in (".js", ".readable.js")}


def test_the_entry_and_every_part_name_the_same_build() -> None:
    files = _files()
    pins = {re.search(r"\.([0-9a-f]{8})\.", name)[1] for name in files if not name.startswith("consent.")}
    (pin,) = pins
    assert f'"pin":"{pin}"'.encode() in files["consent.js"]
    parts = [body for name, body in files.items() if pin in name and "readable" not in name]
    assert all(f"const pin = '{pin}'".encode() in body for body in parts)


def test_a_part_that_changes_renames_all_of_them() -> None:
    before = {name for name in _files() if not name.startswith("consent.")}
    shorter = demo.inventory().model_copy(
        update={"notices": tuple(n.model_copy(update={"saved": "Bewaard."}) for n in demo.inventory().notices)}
    )
    after = bundle([(3, shorter)], "voorbeeld", sources=demo.SOURCES, policy="/privacy/")
    assert before.isdisjoint(name for name in after if not name.startswith("consent."))


def test_the_same_inventory_gives_the_same_bytes() -> None:
    assert _files() == _files()


def test_a_first_and_a_returning_visit_and_the_second_layer_stay_small() -> None:
    sizes = _sizes(_files())
    assert sizes["consent"] <= RETURNING_BUDGET
    assert sizes["consent"] + sizes["notice"] <= FIRST_VISIT_BUDGET
    assert sizes["details"] <= SECOND_LAYER_BUDGET


def test_five_hundred_services_cost_a_first_visit_less_than_a_kilobyte() -> None:
    few, many = (_sizes(growth.files(size)) for size in (5, 500))
    assert many["consent"] + many["notice"] - few["consent"] - few["notice"] <= GROWTH_BUDGET


def test_no_name_looks_like_an_annoyance_to_filter_lists() -> None:
    code = "".join(path.read_text("utf-8") for path in demo.SOURCES.glob("*.*s"))
    names = re.findall(r"(?:class|id): '([^']*)'|\.([a-z][\w-]*) *[{,:]|'(leiz[\w-]*)'", code)
    words = {word for groups in names for group in groups for word in group.split()}
    assert {word for word in words if re.search("cookie|banner|consent|gdpr", word)} == set()


def test_nothing_of_the_module_writes_markup_or_runs_on_import() -> None:
    for path in demo.SOURCES.glob("*.js"):
        code = re.sub(r"/\*.*?\*/|//.*", "", path.read_text("utf-8"), flags=re.S)
        markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setAttribute\('style'"
        assert not re.search(markup, code), path.name
        starts = re.findall(r"^\S.*", code, flags=re.M)
        allowed = r"import |export |(async )?function |const [A-Z_]+ = |let [a-z]+ = ''$|[})\]]"
        assert [line for line in starts if not re.match(allowed, line)] == [], path.name


def test_the_data_cannot_end_a_script() -> None:
    notices = tuple(n.model_copy(update={"title": "</script><b>"}) for n in demo.inventory().notices)
    inventory = demo.inventory().model_copy(update={"notices": notices})
    files = bundle([(3, inventory)], "voorbeeld", sources=demo.SOURCES, policy="/privacy/")
    assert any(rb"<\/script><b>" in body for body in files.values())
    assert not any(b"</script" in body for body in files.values())


def test_every_declaration_of_the_style_is_important_and_in_a_layer() -> None:
    css = "/* why */ a, a:hover { color: red; --x: var(--y, #fff) }\n@media (width > 1em) { b { margin: 0 } }"
    assert layered(css) == (
        "@layer leiz-choice{a,a:hover{color:red!important;--x:var(--y,#fff)}@media (width>1em){b{margin:0!important}}}"
    )


def test_every_style_of_the_module_survives_the_linker() -> None:
    for path in demo.SOURCES.glob("*.css"):
        plain = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        declarations = len(re.findall(r"^\s+\w[\w-]*:[^;{]*;", plain, flags=re.M))
        assert layered(path.read_text("utf-8")).count("!important") == declarations, path.name


def test_the_readable_form_holds_the_comments_and_the_data() -> None:
    files = _files()
    assert b"Silence is a refusal" in files["consent.readable.js"]
    assert b"Silence is a refusal" not in files["consent.js"]
    first = next(body for name, body in files.items() if name.startswith("notice.nl") and "readable" in name)
    assert b'"allow_all": "Alles toestaan"' in first
