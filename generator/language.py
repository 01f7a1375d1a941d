"""A text in; its words as search compares them out: small, bare, without ending, in the words that the book uses.

``overrides/assets/javascripts/search-engine.js`` does the same to what people type. A test holds the two together.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.models import SearchWords

_APOSTROPHES = re.compile(r"['’‘ʼ`´]")  # noqa: RUF001 - people type all of them
_WORD = re.compile(r"[a-z0-9]+")
_DOUBLE = re.compile(r"([^aeioulsz])\1$")


def bare(text: str) -> list[str]:
    """Return the words of ``text`` in small letters, without accents, apostrophes and hyphens."""
    low = _APOSTROPHES.sub("", text.lower())
    if not low.isascii():
        low = "".join(char for char in unicodedata.normalize("NFKD", low) if not unicodedata.combining(char))
    return _WORD.findall(low.replace("%", " percent "))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return ``word`` without the ending that English grammar gave it, by a few rules that JavaScript has too."""
    if len(word) <= 3 or word.isdigit():
        return word
    if len(word) > 6 and word.endswith("ness"):
        word = word[:-4]
    elif len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    cut = 3 if len(word) > 5 and word.endswith("ing") else 2 if len(word) > 4 and word.endswith("ed") else 0
    if cut and word[-cut - 1] != "e":
        word = _DOUBLE.sub(r"\1", word[:-cut])
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@dataclass(frozen=True, slots=True)
class Language:
    """The word lists of a book. ``same``: stems that people use, with a space between → the stems that stand for them."""

    ignore: frozenset[str]
    whole: frozenset[str]
    same: Mapping[str, tuple[str, ...]]
    longest: int
    faint: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lists: Iterable[SearchWords]) -> "Language":
        """Add up all word lists of a book. Where two give a word, the first counts."""
        lists = tuple(lists)
        plain = cls(
            frozenset(word for one in lists for words in one.ignore for word in bare(words)),
            frozenset(word for one in lists for words in one.whole for word in bare(words)),
            {},
            0,
        )
        same: dict[str, tuple[str, ...]] = {}
        for group in (group for one in lists for group in one.same):
            first = tuple(plain.stems(group[0]))
            for words in group:
                same.setdefault(" ".join(plain.stems(words)), first)
        same.pop("", None)
        whole = cls(plain.ignore, plain.whole, same, max((words.count(" ") + 1 for words in same), default=0))
        return replace(
            whole,
            faint=frozenset(term for one in lists for words in one.faint for term in whole.terms(words)),
            telling=frozenset(term for one in lists for words in one.telling for term in whole.terms(words)),
        )

    def tells(self, term: str) -> int:
        """Return 1 for a word that names the subject, -1 for one that says little about it, such as a number; else 0."""
        return 1 if term in self.telling else -1 if term in self.faint or term.isdigit() else 0

    def stems(self, text: str) -> list[str]:
        """Return the stems of ``text`` without the words to ignore."""
        return [word if word in self.whole else stem(word) for word in bare(text) if word not in self.ignore]

    def terms(self, text: str) -> list[str]:
        """Return the stems of ``text``, each run of words that has another name replaced by it: the longest run first."""
        stems = self.stems(text)
        if not self.same:
            return stems
        found: list[str] = []
        start = 0
        while start < len(stems):
            for length in range(min(self.longest, len(stems) - start), 0, -1):
                other = self.same.get(" ".join(stems[start : start + length]))
                if other is not None:
                    found += other
                    start += length
                    break
            else:
                found.append(stems[start])
                start += 1
        return found
