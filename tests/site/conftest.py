"""The built pages, each parsed once."""

from pathlib import Path

import pytest

from generator.link import Book
from generator.models import PageEntry
from tests.site.reading import Documents, goal, parse


@pytest.fixture(scope="session")
def documents(site: Path) -> Documents:
    """Every HTML file of the site: address below the site → document."""
    return parse(site)


@pytest.fixture(scope="session")
def pages(documents: Documents) -> Documents:
    """Every page a reader can be led to: the HTML files without the one for addresses that do not exist."""
    return {uri: page for uri, page in documents.items() if uri != "404.html"}


@pytest.fixture(scope="session")
def entry_pages(documents: Documents, book: Book) -> Documents:
    """The pages of entries that make claims, not those of single words: id → document."""
    return {
        entry.id: documents[goal(book, entry.id)[0]]
        for collection in book.collections.values()
        if collection.pages == "each" and issubclass(collection.model, PageEntry)
        for entry in book.of[collection.name]
    }
