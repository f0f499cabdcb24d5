"""axe-core on a page: the rules of WCAG 2.2 AA and good practice, without Node.js."""

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

_RUN = """
async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(({ id, help, nodes }) =>
  nodes.map(({ target, failureSummary }) => ({ id, help, target: target.join(' '), summary: failureSummary })))
"""


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong on the page as it is shown now: rule, element and what to mend, one entry an element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    return page.evaluate(_RUN)
