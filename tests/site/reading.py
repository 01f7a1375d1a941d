"""A built page in; what a reader sees of it out."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from generator.link import Book
from generator.prose import LINK

Element = html.HtmlElement
Documents = Mapping[str, Element]
INNER = re.compile(r"(?![a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
"""Matches a link that stays on the site."""


def parse(folder: Path) -> Documents:
    """Return every HTML file of a site: address below it → document."""
    return {
        file.relative_to(folder).as_posix(): html.document_fromstring(file.read_bytes())
        for file in sorted(folder.rglob("*.html"))
    }


def words(*elements: Element) -> str:
    return " ".join(" ".join(element.text_content() for element in elements).split())


def plain(text: str) -> str:
    """Return an author's text as a reader sees it."""
    return " ".join(LINK.sub(r"\1", text).replace("*", "").split())


def has(name: str) -> str:
    """Return the XPath condition that an element has the class ``name``."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def sections(page: Element) -> list[tuple[str, list[Element]]]:
    """Return, for each heading of level 2, its words and the elements from there to the next."""
    found = []
    for heading in page.xpath("//article//h2"):
        body: list[Element] = []
        for element in heading.itersiblings():
            if element.tag in ("h1", "h2"):
                break
            body.append(element)
        found.append((words(heading), body))
    return found


def resolve(uri: str, link: str) -> tuple[str, str]:
    """Return the file below the site, and the place in it, that a link on the page ``uri`` leads to."""
    parts = urlsplit(urljoin(f"https://here/{uri}", link))
    path = unquote(parts.path).lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path, unquote(parts.fragment)


def goal(book: Book, id_: str) -> tuple[str, str]:
    """Return the file below the site, and the place in it, where an entry is shown."""
    home = book.home[id_]
    if home.pages == "each":
        return f"{home.name}/{id_}/index.html", ""
    return (f"{id_}/index.html", "") if home.pages == "front" else (f"{home.name}/index.html", id_)


def goals(book: Book, ids: Iterable[str]) -> set[tuple[str, str]]:
    return {goal(book, id_) for id_ in ids}
