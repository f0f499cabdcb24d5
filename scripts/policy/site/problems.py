"""What an editor sees in the browser while something is wrong: every problem, and no page."""

from markupsafe import escape

from policy.findings import Finding


def problem_page(problems: list[Finding]) -> str:
    """Markdown of raw HTML that lists the problems."""
    rows = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    return f'<div class="notice problem"><h2>Not shown: {len(problems)} to mend</h2><ul>{rows}</ul></div>'
