"""Making a style sheet smaller changes nothing of what it says."""

from pathlib import Path

import pytest
import rcssmin
from playwright.sync_api import Browser

from tests.conftest import ROOT

SHEETS = [ROOT / "theme_overrides/assets/site.css", *sorted((ROOT / "consent_js").glob("*.css"))]
RULES = """css => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return [...sheet.cssRules].map(rule => rule.cssText.replace(/, +/g, ','))
}"""
"""What a browser makes of a sheet; custom properties keep their white space, which says nothing."""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_browser_reads_the_same_rules_from_the_small_sheet(browser: Browser, sheet: Path) -> None:
    """The minifier once joined `tbody :is(td)` inside an at-rule to `tbody:is(td)`."""
    css = sheet.read_text("utf-8")
    page = browser.new_page()
    rules, small = page.evaluate(RULES, css), page.evaluate(RULES, rcssmin.cssmin(css))
    page.close()
    assert [(rule, less) for rule, less in zip(rules, small, strict=True) if rule != less] == []
