"""A book in; the words that each of its pages shows out, each with its entry and its place in that entry's file.

These are the words that authors write: prose fields, and the words of the warning signs that a page names. What templates
add (labels, badges, lists of sources) is the same everywhere and is left out.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from generator import prose
from generator.link import Book
from generator.marks import Path, Prose, marked_values
from generator.models import Collection, Entry, PageEntry, WarningSign
from generator.reading import words


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph: the plain ``text`` of the field at ``path`` of ``entry``."""

    entry: Entry
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page. ``entry`` is whose page it is, or None where a collection shares one page."""

    collection: Collection
    entry: Entry | None
    title: str
    pieces: tuple[Piece, ...]

    def before_evidence(self) -> int:
        """Return how many words a reader meets before the evidence, the warning signs not counted."""
        own = (piece for piece in self.pieces if piece.entry is self.entry and piece.path[0] != "evidence")
        return sum(len(words(piece.text)) for piece in own)

    def fingerprint(self) -> str:
        """Return 12 hexadecimal digits that change whenever a word of the page does."""
        text = "\n".join((self.title, *(piece.text for piece in self.pieces)))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def pieces(entry: Entry) -> Iterator[Piece]:
    """Yield the paragraphs of one entry."""
    for marked in marked_values(entry):
        if isinstance(marked.mark, Prose):
            yield Piece(entry, marked.path, prose.plain(" ".join(marked.value.split())))


def page_texts(book: Book) -> Iterator[PageText]:
    """Yield the words of every generated page, in reading order."""
    for collection in book.collections.values():
        entries = book.of[collection.name]
        if not entries or collection.pages in ("none", "front"):
            continue
        if collection.pages == "each":
            for entry in entries:
                yield PageText(collection, entry, entry.title, (*pieces(entry), *_signs(book, entry)))
            continue
        shared = tuple(piece for entry in entries for piece in pieces(entry))
        yield PageText(collection, None, collection.heading, shared)


def _signs(book: Book, entry: Entry) -> Iterator[Piece]:
    if isinstance(entry, PageEntry):
        for id_ in entry.get_help:
            sign = book.entries[id_]
            if isinstance(sign, WarningSign):
                yield Piece(sign, ("notice",), prose.plain(sign.notice))
