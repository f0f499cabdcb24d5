"""What two sequences have in common, in order: the pure algorithms, without any HTML."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Pair = tuple[int, int]

_WORK = 100_000
"""Pairs of equal items that difflib may look at; above that, only unique items are matched first."""
_PHRASE = 8
"""Items in a phrase."""
_CELLS = 10_000
"""Pairs that are weighed against each other; longer gaps are halved until they are this small."""


def longest_increasing(values: Sequence[int]) -> list[int]:
    """The positions of a longest increasing run of different values."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(tails[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        tails[length : length + 1] = [position]
    found = []
    position = tails[-1] if tails else -1
    while position >= 0:
        found.append(position)
        position = before[position]
    return found[::-1]


def common_ends(old: Sequence[object], new: Sequence[object]) -> Pair:
    """How many items two sequences begin with alike, and how many they then end with alike."""
    longest = min(len(old), len(new))
    start = next((index for index in range(longest) if old[index] != new[index]), longest)
    end = next((index for index in range(longest - start) if old[-1 - index] != new[-1 - index]), longest - start)
    return start, end


def equal_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The pairs of equal items, in order. Not always the most there are, but never slow."""
    start, end = common_ends(old, new)
    middle = _matched(old[start : len(old) - end], new[start : len(new) - end])
    return [
        *((index, index) for index in range(start)),
        *((i + start, j + start) for i, j in middle),
        *((len(old) - index, len(new) - index) for index in range(end, 0, -1)),
    ]


def _matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    if not old or not new:
        return []
    in_old, in_new = Counter(old), Counter(new)
    if sum(count * in_new[item] for item, count in in_old.items()) <= _WORK:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]
    anchors = _anchors(old, new) or _anchors(_phrases(old), _phrases(new))
    found: list[Pair] = []
    for (i, j), (after_i, after_j) in gaps(anchors, len(old), len(new)):
        found += [(a + i, b + j) for a, b in equal_pairs(old[i:after_i], new[j:after_j])] if anchors else []
        found += [(after_i, after_j)] if after_i < len(old) and after_j < len(new) else []
    return found


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs, in order, of items that both have only one of."""
    in_old, in_new = Counter(old), Counter(new)
    places = {item: place for place, item in enumerate(old) if in_old[item] == 1 == in_new[item]}
    single = [(places[item], j) for j, item in enumerate(new) if item in places]
    return [single[position] for position in longest_increasing([i for i, _ in single])]


def _phrases(items: Sequence[Hashable]) -> list[Hashable]:
    """For each item that and the next ones: a phrase is single where its words are not."""
    return [tuple(items[index : index + _PHRASE]) for index in range(len(items) - _PHRASE + 1)]


def gaps(pairs: Sequence[Pair], old: int, new: int) -> Iterator[tuple[Pair, Pair]]:
    """From where to where the two sequences run before each pair, and after the last one."""
    i = j = 0
    for pair in [*pairs, (old, new)]:
        yield (i, j), pair
        i, j = pair[0] + 1, pair[1] + 1


def best_pairs(old: int, new: int, weigh: Callable[[int, int], float]) -> list[Pair]:
    """The pairs, in order, with the greatest sum of weights; a pair of weight 0 is none."""
    if not old or not new:
        return []
    if old * new <= _CELLS or min(old, new) <= 1:
        return _best(old, new, weigh)
    i, j = old // 2, new // 2
    rest = best_pairs(old - i, new - j, lambda a, b: weigh(a + i, b + j))
    return best_pairs(i, j, weigh) + [(a + i, b + j) for a, b in rest]


def _best(old: int, new: int, weigh: Callable[[int, int], float]) -> list[Pair]:
    weights = [[weigh(i, j) for j in range(new)] for i in range(old)]
    totals = [[0.0] * (new + 1) for _ in range(old + 1)]
    for i in range(old - 1, -1, -1):
        for j in range(new - 1, -1, -1):
            with_pair = weights[i][j] + totals[i + 1][j + 1] if weights[i][j] else 0.0
            totals[i][j] = max(with_pair, totals[i + 1][j], totals[i][j + 1])
    found, i, j = [], 0, 0
    while i < old and j < new:
        if weights[i][j] and totals[i][j] == weights[i][j] + totals[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif totals[i][j] == totals[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
