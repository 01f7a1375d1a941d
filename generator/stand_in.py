"""A folder of data that may hold mistakes, and the last good state of it, in; a book that can be shown out.

An entry that does not load, or whose references lead nowhere, is shown as it was when it was last right. Nothing here mends
or hides a mistake: all of them are handed back beside the book.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.link import Book, link
from generator.load import Loaded
from generator.models import Entry
from generator.problems import Problem, ProblemsFound, has_errors


@dataclass(frozen=True, slots=True)
class Shown:
    """A ``book`` that can be shown, the entries it was made of, and the ``problems`` of loading and linking.

    ``whole``: the book is what the data says, and no entry stands in for another.
    """

    loaded: Loaded
    book: Book
    problems: tuple[Problem, ...]
    whole: bool


def shown(loaded: Loaded, last: Shown | None) -> Shown:
    """Return the book of ``loaded``; where that has errors, the nearest to it that can be shown.

    In this order: with the last good version of each entry that has a problem; with the deleted entries too that others
    still lead to; the last good book as it was; without the entries that have a problem. Raises `ProblemsFound` where
    even that is no book.
    """
    book, unlinked = link(loaded)
    problems = tuple(sorted((*loaded.problems, *unlinked)))
    if not has_errors(problems):
        return Shown(loaded, book, problems, whole=True)
    wrong = {problem.path for problem in problems}
    for attempt in _attempts(loaded, wrong, last):
        book, unlinked = link(attempt)
        if not has_errors(unlinked):
            return Shown(attempt, book, problems, whole=False)
    if last is not None:
        return replace(last, problems=problems, whole=False)
    left = _without(loaded, wrong)
    while any(left.entries.values()):
        book, unlinked = link(left)
        wrong = {problem.path for problem in unlinked}
        if not wrong:
            return Shown(left, book, problems, whole=False)
        fewer = _without(left, wrong)
        if fewer.entries == left.entries:  # what is missing belongs to no entry: a file that every book needs
            break
        left = fewer
    raise ProblemsFound(problems)


def _attempts(loaded: Loaded, wrong: set[str], last: Shown | None) -> Iterable[Loaded]:
    if last is None:
        return
    here = set(loaded.origins)
    broken = {place for place in here if loaded.origins[place].shown in wrong}
    yield _with(loaded, last, broken)
    retired = {old for of in loaded.entries.values() for entry in of for old in entry.formerly}
    gone = {place for place in last.loaded.origins if place not in here and place[1] not in retired}
    yield _with(loaded, last, broken | gone)


def _with(loaded: Loaded, last: Shown, places: set[tuple[str, str]]) -> Loaded:
    """Return ``loaded`` with the entries at ``places`` as they last were, or without them where they never were."""
    entries = {}
    for name, of in loaded.entries.items():
        right = [entry for entry in of if (name, entry.id) not in places]
        before = [entry for entry in last.loaded.entries[name] if (name, entry.id) in places]
        entries[name] = tuple(sorted((*right, *before), key=_file_name))
    origins = {**last.loaded.origins, **loaded.origins}
    return replace(loaded, entries=entries, origins=origins, broken=frozenset(), problems=())


def _without(loaded: Loaded, wrong: set[str]) -> Loaded:
    entries = {
        name: tuple(entry for entry in of if loaded.origins[name, entry.id].shown not in wrong)
        for name, of in loaded.entries.items()
    }
    return replace(loaded, entries=entries, broken=frozenset(), problems=())


def _file_name(entry: Entry) -> str:
    return f"{entry.id}.yaml"
