"""A book in; every PDF that can be made of it out: on which paper, in which size, under which name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.link import Book

FOLDER = "handouts"
"""Where they stand on a site. A page of that name shows them all."""
BOOKLET = "booklet"
NORMAL, LARGE = "normal", "large"


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper: its name, width and height in millimetres."""

    name: str
    width: float
    height: float


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {"a4": Paper("A4", 210.0, 297.0), "letter": Paper("US Letter", 215.9, 279.4)}
)


@dataclass(frozen=True, slots=True)
class File:
    """One PDF: ``of`` is the id of an entry, the name of a collection with one sheet, or `BOOKLET`."""

    of: str
    paper: str
    size: str

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return f"{self.of}-{self.paper}{'-large' if self.size == LARGE else ''}.pdf"

    @property
    def uri(self) -> str:
        """Return its address below the site's tree."""
        return f"{FOLDER}/{self.name}"

    @property
    def words(self) -> str:
        """Return what a link to it says: "A4, large print"."""
        return f"{PAPERS[self.paper].name}{', large print' if self.size == LARGE else ''}"


@dataclass(frozen=True, slots=True)
class Download:
    """What one entry, one collection or the whole book has on paper. ``preview`` is the name of a picture of its first side."""

    id: str
    title: str
    heading: str
    files: tuple[File, ...]

    @property
    def preview(self) -> str:
        """Return the address of the picture below the site's tree."""
        return f"{FOLDER}/{self.id}.png"


def downloads(book: Book) -> Iterator[Download]:
    """Yield what is on paper: the sheets that stand for whole collections, those of entries in reading order, the booklet."""
    kinds = sorted(book.collections.values(), key=lambda one: one.handout != "all")
    found = False
    for collection in kinds:
        if collection.handout == "none":
            continue
        ids = (collection.name,) if collection.handout == "all" else (entry.id for entry in book.of[collection.name])
        for one in filter(None, (download(book, id_) for id_ in ids)):
            found = True
            yield one
    if found:
        yield Download(
            BOOKLET, "All of them in one booklet", "", tuple(File(BOOKLET, paper, NORMAL) for paper in PAPERS)
        )


def download(book: Book, id_: str) -> Download | None:
    """Return what an entry, or a collection with one sheet, has on paper; None if it has nothing."""
    if id_ in book.collections and book.collections[id_].handout == "all" and book.of[id_]:
        words = book.entries.get(id_)
        return Download(id_, words.title if words else book.collections[id_].heading, "", files(id_))
    if id_ in book.home and book.home[id_].handout == "each":
        return Download(id_, book.entries[id_].title, book.home[id_].heading, files(id_))
    return None


def files(of: str) -> tuple[File, ...]:
    """Return the PDFs of one entry."""
    return tuple(File(of, paper, size) for size in (NORMAL, LARGE) for paper in PAPERS)
