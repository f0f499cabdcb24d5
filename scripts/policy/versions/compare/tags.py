"""What the elements of HTML are to a comparison."""


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


RUN = ""
"""Stands for text and inline elements that follow each other."""
MOVED = "moved"
"""Stands for a section that moved: its heading and all that follows it."""
HEADINGS = _tags("h1 h2 h3 h4 h5 h6")
BLOCKS = HEADINGS | _tags(
    "address article aside blockquote caption col colgroup dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "moved"
)
VOID = _tags("area base br col embed hr img input link meta source track wbr")
"""They have no end tag and no content."""
ONLY = _tags("caption colgroup thead tbody tfoot summary figcaption legend")
"""Their parent has one of them, so the old and the new one are the same thing."""
BY_CLASS = _tags("div section article span")
"""They mean nothing by themselves: their class says what they are."""
GROWING = _tags("ul ol dl table tbody div section article details blockquote moved")
"""They hold other blocks: a list that grows stays that list."""
TELLING = _tags("a del ins s")
"""With or without them, the same words say something else."""
NO_TEXT = VOID | _tags("ul ol dl table thead tbody tfoot tr colgroup details picture")
"""Text may not stand in them, or not at their start or end."""
HOLDS_FOLDS = _tags("div section article moved")
"""A `details` element may stand in them at any place."""
NOT_FOLDED = _tags("li dt dd tr td th thead tbody tfoot caption summary figcaption legend")
"""They may not stand in a `details` element of their own."""
