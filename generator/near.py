"""A misspelt word, or a number in words, in; what is certainly meant out, or nothing."""

import re
from collections.abc import Iterable

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50"}
"""A number in words → in digits."""

_GAPS = re.compile(r"[\s_-]+")
_DIGITS = re.compile(r"\d")


def certain(word: str, choices: Iterable[str]) -> str:
    """Return the one of ``choices`` that ``word`` is a slip of; nothing where none or several are near, or a digit differs.

    One slip is a letter too many, too few, wrong, or two letters swapped. Words of 5 letters and more may have one, those
    of 9 and more two; of shorter ones only two letters may be swapped. A digit is never a slip: 'smith2020' and
    'smith2021' are two studies.
    """
    known = tuple(dict.fromkeys(choices))
    same = [one for one in known if _GAPS.sub("-", one.casefold()) == _GAPS.sub("-", word.strip().casefold())]
    if same:
        return same[0] if len(same) == 1 else ""
    near = [one for one in known if _is_slip(word.casefold(), one.casefold())]
    return near[0] if len(near) == 1 else ""


def number(words: str) -> str:
    """Return a number in words as digits, or nothing."""
    return NUMBERS.get(words.strip().casefold(), "")


def _is_slip(word: str, meant: str) -> bool:
    if _DIGITS.findall(word) != _DIGITS.findall(meant) or len(word) > 80:
        return False
    shorter = min(len(word), len(meant))
    if shorter < 5:
        return sorted(word) == sorted(meant) and len(word) > 2 and distance(word, meant) == 1
    return abs(len(word) - len(meant)) <= 2 and distance(word, meant) <= (1 if shorter < 9 else 2)


def distance(one: str, other: str) -> int:
    """Return how many slips of a typist lead from one word to the other (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        now = [row]
        for column, theirs in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (char != theirs))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == theirs:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
