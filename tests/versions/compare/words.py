"""The Dutch words of a comparison."""

from policy.versions.compare.text import Wording

DUTCH = Wording(
    added="toegevoegd",
    removed="verwijderd",
    changed="gewijzigd",
    moved="verplaatst, stond eerst na: {before}",
    at_start="het begin",
    link="link gewijzigd: eerst {before}, nu {after}",
    unchanged="{count} delen zijn niet gewijzigd",
    unchanged_one="1 deel is niet gewijzigd",
    back="vorige wijziging",
    onward="volgende wijziging",
)
