"""The built pages, each parsed once."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from generator.link import Book
from generator.models import PageEntry

Documents = Mapping[str, html.HtmlElement]


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
        entry.id: documents[f"{collection.name}/{entry.id}/index.html"]
        for collection in book.collections.values()
        if collection.pages == "each" and issubclass(collection.model, PageEntry)
        for entry in book.of[collection.name]
    }


@pytest.fixture(scope="session")
def online(build) -> Documents:
    """The site as it is published: with an address and a repository."""
    return parse(build("online", SITE_URL="https://legs.example/book/", REPOSITORY_URL="https://code.example/us/book"))


def parse(folder: Path) -> Documents:
    return {
        file.relative_to(folder).as_posix(): html.document_fromstring(file.read_bytes())
        for file in sorted(folder.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def resolve():
    """Return a function: a link as it stands on the page ``uri`` in; (file below the site, fragment) out."""

    def resolve(uri: str, link: str) -> tuple[str, str]:
        parts = urlsplit(urljoin(f"https://here/{uri}", link))
        path = unquote(parts.path).lstrip("/")
        return path + "index.html" if not path or path.endswith("/") else path, unquote(parts.fragment)

    return resolve


@pytest.fixture(scope="session")
def sections():
    """Return a function: a document in; for each heading of level 2 its words and the elements up to the next, out."""

    def sections(document: html.HtmlElement) -> list[tuple[str, list[html.HtmlElement]]]:
        found = []
        for heading in document.xpath("//article//h2"):
            body = []
            for element in heading.itersiblings():
                if element.tag in ("h1", "h2"):
                    break
                body.append(element)
            found.append((heading.text_content().strip(), body))
        return found

    return sections
