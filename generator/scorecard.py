"""A page's words and its entry in; what a program can check of five instruments that score health pages, out.

The instruments: PEMAT-P (AHRQ), the CDC Clear Communication Index, DISCERN, the JAMA benchmarks, and EQIP (36 items). Only
items that a program can decide stand here; all others need people. So the outcome is "machine-checked: n of m" and never a
score, and the instruments are never added up. An item that does not apply to a page is left out of m.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.checks.reading import GRADE, MEAN_SENTENCE, PARAGRAPH
from generator.checks.rule import Desk
from generator.checks.words import numbers, plainer
from generator.link import Book
from generator.marks import records
from generator.models import PageEntry, Picture, Rating, Source
from generator.reading import Level, sentences, words
from generator.texts import PageText
from generator.views import sources_of

SECTION_WORDS = 120
_SUMS = re.compile(r"times your|divided? by|multipl|per kg|per kilo|% of your", re.IGNORECASE)
_TIME_OR_PLACE = ("sounds_like", "look_alikes")
"""Parts that stand in tables."""


@dataclass(frozen=True)
class Facts:
    """What items ask of a page."""

    book: Book
    page: PageText
    entry: PageEntry
    levels: tuple[Level, Level]

    @cached_property
    def text(self) -> str:
        """All words of the page."""
        return "\n".join(piece.text for piece in self.page.pieces)

    @cached_property
    def claims(self) -> tuple[Any, ...]:
        """Every record that says how sure we are."""
        return tuple(record for _, record in records(self.entry) if getattr(record, "certainty", None))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources the page cites."""
        return sources_of(self.book, self.entry)

    @cached_property
    def section_words(self) -> Mapping[str, int]:
        """Words of each part that is a list or a text."""
        count: dict[str, int] = {}
        for piece in self.page.pieces:
            if piece.entry is self.entry and piece.path[0] not in _TIME_OR_PLACE:
                name = str(piece.path[0])
                count[name] = count.get(name, 0) + len(words(piece.text))
        return count

    def has(self, *fields: str) -> bool:
        """Return whether one of these fields of the entry says something."""
        return any(getattr(self.entry, field, None) for field in fields)

    def treats(self) -> bool:
        """Return whether the page tells what may help."""
        return self.has("what_helps", "steps")

    def pictures(self) -> bool:
        """Return whether the page shows a drawing."""
        return any(isinstance(one.source, Picture) for one in self.book.incoming.get(self.entry.id, ()))


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an instrument: its number there, what it asks, and whether it holds (None: does not apply)."""

    instrument: str
    number: int
    asks: str
    holds: Callable[[Facts], bool | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a program found for one page and one instrument."""

    instrument: str
    passed: tuple[Item, ...]
    failed: tuple[Item, ...]

    @property
    def possible(self) -> int:
        """How many of its machine-checkable items apply."""
        return len(self.passed) + len(self.failed)


def _everyday(facts: Facts) -> bool:
    return facts.levels[1].grade <= GRADE and not any(True for _ in plainer(facts.text, facts.book))


def _numbers(facts: Facts) -> bool | None:
    return not any(True for _ in numbers(facts.text)) if re.search(r"\d", facts.text) else None


def _chunks(facts: Facts) -> bool:
    short = all(len(sentences(piece.text)) <= PARAGRAPH for piece in facts.page.pieces)
    return short and max(facts.section_words.values(), default=0) <= SECTION_WORDS


def _to_you(facts: Facts) -> bool:
    return re.search(r"\byour?\b", facts.text, re.IGNORECASE) is not None


def _acts(facts: Facts) -> bool:
    return facts.has("do", "steps", "means_for_you")


def _uncertain(facts: Facts) -> bool:
    return bool(facts.entry.unknowns) or any(claim.certainty != "high" for claim in facts.claims)


def _when_treats(*fields: str) -> Callable[[Facts], bool | None]:
    return lambda facts: facts.has(*fields) if facts.treats() else None


def _sourced(facts: Facts) -> bool:
    return bool(facts.sources)


def _dated(facts: Facts) -> bool:
    return all(source.year or source.check_by for source in facts.sources)


def _choices(facts: Facts) -> bool | None:
    return len(getattr(facts.entry, "what_helps", ())) > 1 if facts.has("what_helps") else None


def _count_of_benefit(facts: Facts) -> bool | None:
    if not facts.treats():
        return None
    said = [claim.text for claim in facts.entry.evidence]
    said += [one.benefit for one in getattr(facts.entry, "what_helps", ())]
    return any(re.search(r"\d", text) for text in said)


def _named_people(facts: Facts) -> bool:
    return any(author.credentials for author in facts.entry.authors)


def _room_for_notes(facts: Facts) -> bool | None:
    return True if facts.page.collection.handout == "each" else None  # the build stops where there is no room


def _always(_: Facts) -> bool:
    return True


def _never(_: Facts) -> bool:
    return False


PEMAT, CDC, DISCERN, JAMA, EQIP = "PEMAT-P", "CDC index", "DISCERN", "JAMA benchmarks", "EQIP"
INSTRUMENTS = (PEMAT, CDC, DISCERN, JAMA, EQIP)

ITEMS: tuple[Item, ...] = (
    Item(PEMAT, 3, "Common, everyday language", _everyday),
    Item(PEMAT, 4, "Medical terms are explained at their first use", _always),
    Item(PEMAT, 6, "Numbers are clear", _numbers),
    Item(PEMAT, 7, "No calculations are asked for", lambda facts: not _SUMS.search(facts.text)),
    Item(PEMAT, 8, "Short sections and paragraphs", _chunks),
    Item(PEMAT, 11, "A summary", lambda facts: facts.has("key_points")),
    Item(PEMAT, 12, "Boxes and lists draw attention to key points", _always),
    Item(PEMAT, 17, "Pictures have captions", lambda facts: True if facts.pictures() else None),
    Item(PEMAT, 19, "Tables are simple, with headings", lambda facts: True if facts.has("sounds_like") else None),
    Item(PEMAT, 20, "At least one action", _acts),
    Item(PEMAT, 21, "Addresses the reader", _to_you),
    Item(
        CDC,
        1,
        "One main message of 1 to 3 sentences",
        lambda facts: len(sentences(facts.entry.main_message.text)) <= PARAGRAPH,
    ),
    Item(CDC, 2, "The main message is at the top", _always),
    Item(CDC, 3, "The main message stands out", _always),
    Item(CDC, 5, "A call to action", _acts),
    Item(CDC, 8, "Lists", _always),
    Item(CDC, 9, "Sections with headings", _always),
    Item(CDC, 11, "What is known, and what is not", lambda facts: bool(facts.claims) and bool(facts.entry.unknowns)),
    Item(CDC, 12, "Says what to do", _acts),
    Item(CDC, 19, "Gains and drawbacks of what is advised", _when_treats("what_helps", "downside")),
    Item(DISCERN, 1, "The aim is clear", lambda facts: bool(facts.entry.main_message.text)),
    Item(DISCERN, 4, "Sources are named", _sourced),
    Item(DISCERN, 5, "It says when it was written and checked", _dated),
    Item(DISCERN, 7, "Other places to find help", lambda facts: facts.has("more_help")),
    Item(DISCERN, 8, "Says what is uncertain", _uncertain),
    Item(DISCERN, 10, "Benefit of each treatment", _when_treats("what_helps", "benefit")),
    Item(DISCERN, 11, "Downside of each treatment", _when_treats("what_helps", "downside")),
    Item(
        DISCERN,
        12,
        "What happens with no treatment",
        lambda facts: facts.has("if_you_do_nothing") if facts.has("what_helps") else None,
    ),
    Item(DISCERN, 14, "More than one choice", _choices),
    Item(
        DISCERN,
        15,
        "Helps to decide together: questions to ask",
        lambda facts: facts.has("questions_to_ask") if facts.treats() else None,
    ),
    Item(JAMA, 1, "Authors with their names and qualifications", _named_people),
    Item(JAMA, 2, "Sources of every statement", _sourced),
    Item(JAMA, 3, "Who owns and pays for it", lambda facts: bool(facts.book.singles.get("book"))),
    Item(JAMA, 4, "Days of publication and of the last change", _always),
    Item(EQIP, 1, "Says what it covers", lambda facts: facts.has("key_points")),
    Item(
        EQIP, 3, "Describes the problem", lambda facts: facts.has("sounds_like", "what_happens", "because", "for_whom")
    ),
    Item(EQIP, 5, "Names other choices", _choices),
    Item(EQIP, 7, "Benefits in words", _when_treats("what_helps", "benefit")),
    Item(EQIP, 8, "Benefits in numbers", _count_of_benefit),
    Item(EQIP, 9, "Downsides in words", _when_treats("what_helps", "downside")),
    Item(
        EQIP,
        13,
        "What the reader can do to be careful",
        lambda facts: facts.has("do_not", "not_for", "means_for_you", "get_help"),
    ),
    Item(EQIP, 14, "Warning signs", lambda facts: facts.has("get_help")),
    Item(EQIP, 17, "Other reliable places", lambda facts: facts.has("more_help")),
    Item(EQIP, 19, "Day of issue or change", _always),
    Item(EQIP, 21, "Names of those who made it", _named_people),
    Item(EQIP, 22, "Names of those who paid", lambda facts: bool(facts.book.singles.get("book"))),
    Item(EQIP, 23, "A short list of sources", _sourced),
    Item(EQIP, 24, "Whether and how patients took part", _never),
    Item(EQIP, 25, "Everyday language", _everyday),
    Item(EQIP, 27, "Short sentences", lambda facts: facts.levels[0].words_a_sentence <= MEAN_SENTENCE),
    Item(EQIP, 28, "Addresses the reader", _to_you),
    Item(EQIP, 35, "Room for the reader's notes, on its handout", _room_for_notes),
)


def scorecard(desk: Desk, page: PageText) -> tuple[Checked, ...]:
    """Return what a program finds for a page, by instrument; nothing for a page without an entry of its own."""
    if not isinstance(page.entry, PageEntry):
        return ()
    facts = Facts(desk.book, page, page.entry, desk.levels(page))
    results = [(item, item.holds(facts)) for item in ITEMS]
    return tuple(
        Checked(
            name,
            tuple(item for item, holds in results if item.instrument == name and holds is True),
            tuple(item for item, holds in results if item.instrument == name and holds is False),
        )
        for name in INSTRUMENTS
    )


def ratings(book: Book, page: PageText) -> tuple[tuple[Rating, bool], ...]:
    """Return the ratings that people gave a page, each with whether the text is still the one they rated."""
    print_now = page.fingerprint()
    return tuple(
        (one, one.fingerprint == print_now)
        for one in book.entries.values()
        if isinstance(one, Rating) and page.entry is not None and one.of == page.entry.id
    )
