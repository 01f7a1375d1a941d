"""What one sheet of paper says, as plain sentences: the one thing that the web page and the paper share."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from generator.handouts.places import Places


@dataclass(frozen=True, slots=True)
class Group:
    """Signs under a heading of their own; with an empty heading, right under the level."""

    heading: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """How fast to get help: ``rank`` 0 is the most urgent. It is told by word, weight of the border and shape."""

    rank: int
    word: str
    call: str
    groups: tuple[Group, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Handout:
    """What one sheet says. ``sides`` is how many sides it may take in normal print, ``address`` that of its page or nothing.

    Every text but the headings, and the short forms of the sources, stands on the web page word by word.
    """

    id: str
    title: str
    names: tuple[str, ...]
    main: str
    points: tuple[str, ...]
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    again: tuple[str, ...]
    activity: str
    levels: tuple[Level, ...]
    in_doubt: str
    places: tuple[Places, ...]
    about: tuple[str, ...]
    disclaimer: str
    sources: tuple[str, ...]
    version: str
    day: datetime.date
    address: str
    sides: int = 1


def sentences(one: Handout) -> Iterator[str]:
    """Yield every text of a sheet that its web page must hold word by word."""
    yield from (one.title, *one.names, one.main, *one.points, *one.do, *one.do_not, *one.again)
    for level in one.levels:
        yield from (level.word, level.call, level.note)
        for group in level.groups:
            yield from (group.heading, *group.signs)
    yield from (one.in_doubt, *one.about, one.disclaimer)
    for drawn in one.places:
        yield from (*drawn.views, drawn.caption, drawn.alternative)


def words(one: Handout) -> int:
    """Return how many words stand on a sheet, without its headings."""
    texts = (
        *(text for text in sentences(one) if text not in [drawn.alternative for drawn in one.places]),
        *one.sources,
    )
    return sum(len(text.split()) for text in texts)
