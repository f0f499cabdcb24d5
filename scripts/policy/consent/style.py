"""The module's style sheet, made to stand against the rules of any website."""

import re

import rcssmin

_LAYER = "leiz-choice"
_ZERO = re.compile(r"(?<=[\s:,(-])0(?=\.[0-9])")
_DECLARATION = re.compile(r"(?<=[{;])([a-z][a-z-]*:[^;{}]+)(?=[;}])")


def layered(css: str) -> str:
    """The style in a layer of its own, minified, with `!important` on every declaration of a known property.

    Among important declarations those in a layer win from those in none, whatever their selectors; only a layer
    that the website declares before ours wins from it. Among the others a layer loses, so that a website may set the
    custom properties.
    """
    small = _ZERO.sub("", rcssmin.cssmin(css))
    return f"@layer {_LAYER}{{{_DECLARATION.sub(_important, small)}}}"


def _important(match: re.Match[str]) -> str:
    return match[1] + "!important"
