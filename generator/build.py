"""The folders ``data/`` and ``content/`` in; the linked book and every page out, or the problems that prevent it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from generator.checks import check
from generator.checks.rule import Desk
from generator.checks.written import check_page
from generator.clock import today
from generator.link import Book, link
from generator.load import load
from generator.models import COLLECTIONS, Collection
from generator.problems import Problem, ProblemsFound, has_errors
from generator.render import Draft, Page, Renderer
from generator.source import decode


@dataclass(frozen=True, slots=True)
class Written:
    """A page written by hand: its address below ``content/``, its text with the markers filled."""

    uri: str
    text: str


def examine(data: FilePath, *, collections: Sequence[Collection] = COLLECTIONS) -> tuple[Desk, tuple[Problem, ...]]:
    """Load, link and check; return the book on its desk and all problems, sorted.

    The book is whole only if none of them is an error of loading or linking; then no rule was asked.
    """
    loaded = load(data, collections=collections)
    book, unlinked = link(loaded)
    desk = Desk(book, today())
    found = (*loaded.problems, *unlinked)
    if not has_errors(found):
        found = (*found, *check(desk))
    return desk, tuple(sorted(found))


def open_book(data: FilePath, *, collections: Sequence[Collection] = COLLECTIONS) -> tuple[Desk, tuple[Problem, ...]]:
    """Return the book on its desk, and its warnings. Raises `ProblemsFound` where it holds errors."""
    desk, problems = examine(data, collections=collections)
    if has_errors(problems):
        raise ProblemsFound(problems)
    return desk, problems


def pages(renderer: Renderer, written: Sequence[str], content: str) -> tuple[Page, ...]:
    """Return the generated pages. Raises `ProblemsFound` where one has the address of a page written by hand.

    ``written`` holds the addresses of those pages below the folder that messages call ``content``.
    """
    generated = tuple(renderer.pages())
    found = collisions(renderer.book, generated, written, content)
    if found:
        raise ProblemsFound(found)
    return generated


def collisions(
    book: Book, generated: Iterable[Page | Draft], written: Iterable[str], content: str
) -> tuple[Problem, ...]:
    """Return a problem for each generated page that has the address of a page written by hand."""
    taken = set(written)
    return tuple(
        Problem(
            f"{content}/{page.uri}",
            1,
            1,
            "page-collision",
            f"this page has the address of a page made from {_made_from(book, page)}",
            "rename this file, or the id of that entry",
        )
        for page in generated
        if page.uri in taken
    )


def _made_from(book: Book, page: Page | Draft) -> str:
    return book.origins[page.entry.id].shown if page.entry else f"the collection '{page.collection.name}'"


def check_written(book: Book, content: FilePath) -> tuple[Problem, ...]:
    """Return what is wrong with the words of the pages written by hand below ``content``."""
    problems: list[Problem] = []
    for file in sorted(content.rglob("*.md")):
        shown = file.as_posix()
        text, unreadable = decode(file.read_bytes(), shown)
        if not unreadable:
            problems += check_page(book, shown, text)
    return tuple(sorted(problems))


def fill_all(renderer: Renderer, content: FilePath) -> Iterator[Written]:
    """Yield every Markdown page below ``content`` with its markers filled. Raises `ProblemsFound` for unknown ones."""
    problems: list[Problem] = []
    for uri in written_uris(content):
        page, unknown = fill(renderer, content, uri)
        problems += unknown
        yield page
    if problems:
        raise ProblemsFound(problems)


def written_uris(content: FilePath) -> tuple[str, ...]:
    """Return the addresses of the Markdown pages below ``content``."""
    return tuple(file.relative_to(content).as_posix() for file in sorted(content.rglob("*.md")))


def fill(renderer: Renderer, content: FilePath, uri: str) -> tuple[Written, tuple[Problem, ...]]:
    """Return one page below ``content`` with its markers filled, and what is wrong with them."""
    source, unreadable = decode((content / uri).read_bytes(), f"{content.as_posix()}/{uri}")
    text, unknown = renderer.fill(source, uri)
    named = (replace(one, path=f"{content.as_posix()}/{one.path}") for one in unknown)
    return Written(uri, text), (*unreadable, *named)
