"""A function over a book in; a rule out, with its id, its reason, and a good and a bad example that anybody can read."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from generator import reading
from generator.link import Book
from generator.marks import Path
from generator.models import Entry
from generator.problems import Fix, Problem, Severity
from generator.texts import PageText, Piece, page_texts, pieces

_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: at ``path`` of ``entry``, at the first place of ``part`` in that value if it is given."""

    entry: Entry
    path: Path
    message: str
    hint: str
    part: str = ""
    severity: Severity | None = None
    better: str = ""
    """What certainly belongs in the place of ``part``."""


@dataclass(frozen=True)
class Desk:
    """What rules look at: the book, the day, and the words of its pages, worked out when a rule first asks."""

    book: Book
    today: datetime.date

    @cached_property
    def pages(self) -> tuple[PageText, ...]:
        """The words of every page."""
        return tuple(page_texts(self.book))

    @cached_property
    def page_of(self) -> Mapping[str, PageText]:
        """Id of an entry with a page of its own → the words of that page."""
        return {page.entry.id: page for page in self.pages if page.entry}

    @cached_property
    def syllables(self) -> Mapping[str, int]:
        """Every word of every page → its syllables."""
        return reading.syllables_of(piece.text for page in self.pages for piece in page.pieces)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Single words, in small letters, of all that the book explains."""
        return frozenset(word for term in self.book.words for word in reading.words(term))

    def each(self, model: type[_E]) -> Iterator[_E]:
        """Yield the entries of one model, in the order of the book."""
        return (entry for entry in self.book.entries.values() if isinstance(entry, model))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every paragraph of the book, once."""
        return tuple(piece for entry in self.book.entries.values() for piece in pieces(entry))

    @cached_property
    def _levels(self) -> dict[int, tuple[reading.Level, reading.Level]]:
        return {}

    def levels(self, page: PageText) -> tuple[reading.Level, reading.Level]:
        """Return the reading level of one of `pages`, raw and with explained terms counted lightly."""
        if id(page) not in self._levels:
            texts = [piece.text for piece in page.pieces]
            self._levels[id(page)] = reading.levels(texts, self.syllables, light=self.terms)
        return self._levels[id(page)]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``says`` it in a sentence, gives its ``reason``, and shows a ``good`` and a ``bad`` text."""

    id: str
    says: str
    reason: str
    good: str
    bad: str
    severity: Severity
    find: Callable[[Desk], Iterator[Found]]

    def problems(self, desk: Desk) -> Iterator[tuple[Entry, Problem]]:
        """Yield what it finds, each with the entry and as a problem at its place."""
        for one in self.find(desk):
            origin = desk.book.origins[one.entry.id]
            line, column = origin.place(one.path, part=one.part)
            severity = one.severity or self.severity
            fix = Fix(one.part, one.better) if one.part and one.better else None
            yield one.entry, Problem(origin.shown, line, column, self.id, one.message, one.hint, severity, fix)


def rule(
    *, reason: str, good: str, bad: str, severity: Severity = "error"
) -> Callable[[Callable[[Desk], Iterator[Found]]], Rule]:
    """Return a decorator that makes a rule of a function: its name, with hyphens, is the id; its docstring says it."""

    def made(find: Callable[[Desk], Iterator[Found]]) -> Rule:
        says = " ".join((find.__doc__ or "").split())
        return Rule(find.__name__.replace("_", "-"), says, reason, good, bad, severity, find)

    return made
