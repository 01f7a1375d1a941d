"""Every handout of the real book, made once: as a site with an address makes them, and as one without."""

from collections.abc import Iterator, Mapping

import pypdfium2
import pytest

from generator.handouts.make import make
from generator.handouts.sheet import Handout
from generator.handouts.view import Site, handouts
from generator.link import Book

SITE = Site("https://legs.example/book/")
Files = Mapping[str, bytes]


@pytest.fixture(scope="session")
def sheets(book: Book) -> Mapping[str, Handout]:
    """What each sheet says: id → handout."""
    return {one.id: one for one in handouts(book, SITE)}


@pytest.fixture(scope="session")
def files(book: Book) -> Files:
    """Every file: name → content."""
    return dict(make(book, site=SITE))


@pytest.fixture(scope="session")
def unaddressed(book: Book) -> Files:
    """The same of a site without an address."""
    return dict(make(book, previews=False))


def text(content: bytes) -> Iterator[str]:
    """Yield the text of each side, in the order in which it is written there."""
    for page in pypdfium2.PdfDocument(content):
        yield page.get_textpage().get_text_bounded()


def picture(content: bytes, side: int = 0, *, dots: int = 150):
    """Return a side as a picture."""
    return pypdfium2.PdfDocument(content)[side].render(scale=dots / 72).to_pil().convert("RGB")
