"""A linked book in; what breaks an editorial rule out.

Each rule is a generator of problems whose docstring says the rule; its name, with hyphens, is the rule's id.
"""

from collections.abc import Callable, Iterator

from generator.link import Book
from generator.marks import Path, records
from generator.models import Entry, PageEntry, Source, WarningSign
from generator.problems import Problem
from generator.views import relation_of

GRADED = frozenset({"high", "moderate", "low", "very-low"})
"""Grades of evidence. A claim that has one rests on a study; ``untested`` and ``expert`` say that none is behind it."""


def check(book: Book) -> tuple[Problem, ...]:
    """Return what every rule finds in ``book``."""
    return tuple(problem for rule in RULES for problem in rule(book))


def claim_without_source(book: Book) -> Iterator[Problem]:
    """A claim with a grade of evidence names the source it rests on."""
    for entry in book.entries.values():
        for path, record in records(entry):
            certainty = getattr(record, "certainty", None)
            if certainty in GRADED and getattr(record, "sources", None) == ():
                yield _at(
                    book,
                    entry,
                    (*path, "certainty"),
                    "claim-without-source",
                    f"'{certainty}' is a grade of evidence, and no source is named",
                    "add 'sources: [...]', or write 'untested' or 'expert'",
                )


def related_twice(book: Book) -> Iterator[Problem]:
    """Two entries are related once in each kind, in one of the two files."""
    for id_, mentions in book.outgoing.items():
        seen: set[tuple[str, str]] = set()
        for mention in mentions:
            if relation := relation_of(mention):
                key = relation.kind, relation.to
                if key in seen:
                    yield _at(
                        book,
                        book.entries[id_],
                        ("relations",),
                        "related-twice",
                        f"'{key[0]}' '{key[1]}' stands here twice",
                        "keep one of the two",
                    )
                seen.add(key)


def uncited_source(book: Book) -> Iterator[Problem]:
    """Every source is cited by an entry."""
    yield from _unnamed(book, Source, "uncited-source", "no entry cites this source", "cite it, or delete the file")


def unused_warning_sign(book: Book) -> Iterator[Problem]:
    """Every warning sign is named by a page."""
    yield from _unnamed(
        book,
        WarningSign,
        "unused-warning-sign",
        "no page names this warning sign",
        "add its id to 'get_help' of the pages where it belongs",
    )


def _unnamed(book: Book, model: type[Entry], rule: str, message: str, hint: str) -> Iterator[Problem]:
    for entry in book.entries.values():
        if isinstance(entry, model) and not book.incoming.get(entry.id):
            yield _at(book, entry, ("id",), rule, message, hint)


def review_before_check(book: Book) -> Iterator[Problem]:
    """The day a page is due for review comes after the day its evidence was checked."""
    for entry in book.entries.values():
        if isinstance(entry, PageEntry) and entry.review_due <= entry.checked:
            yield _at(
                book,
                entry,
                ("review_due",),
                "review-before-check",
                f"the review is due on {entry.review_due}, not after the check on {entry.checked}",
                "set a later day",
            )


def section_without_collection(book: Book) -> Iterator[Problem]:
    """A section is named after the collection whose own page it opens."""
    for id_, home in book.home.items():
        if home.pages == "front" and (id_ not in book.collections or book.collections[id_].pages in ("front", "none")):
            yield _at(
                book,
                book.entries[id_],
                ("id",),
                "section-without-collection",
                f"no collection with a page is called '{id_}'",
                "name the file after the collection",
            )


def _at(book: Book, entry: Entry, path: Path, rule: str, message: str, hint: str) -> Problem:
    origin = book.origins[entry.id]
    line, column = origin.place(path)
    return Problem(origin.shown, line, column, rule, message, hint)


RULES: tuple[Callable[[Book], Iterator[Problem]], ...] = (
    claim_without_source,
    related_twice,
    uncited_source,
    unused_warning_sign,
    review_before_check,
    section_without_collection,
)
