"""A book in; the files of its handouts out, each with its name. What has not changed comes from a store."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path as FilePath
from typing import Any, Protocol

from generator.handouts.catalogue import BOOKLET, PAPERS, File, downloads
from generator.handouts.sheet import Handout
from generator.handouts.view import NOWHERE, Site, handouts
from generator.link import Book
from generator.problems import Problem, ProblemsFound

HERE = FilePath(__file__).parent


class Store(Protocol):
    """Keeps what was made, by a fingerprint of all that it was made from."""

    def get(self, key: str) -> bytes | None:
        """Return what was kept under ``key``."""
        ...

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``."""
        ...


class Nowhere:
    """Keeps nothing."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002
        """Return nothing."""
        return None

    def put(self, key: str, content: bytes) -> None:
        """Forget it."""


def make(
    book: Book,
    *,
    site: Site = NOWHERE,
    store: Store | None = None,
    wanted: Callable[[File], bool] = lambda file: True,  # noqa: ARG005
    previews: bool = True,
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of the handouts that is ``wanted``.

    A site without an address gets no QR codes. Raises `ProblemsFound` at the end, with everything that does not fit.
    """
    problems: list[Problem] = []
    workshop = _Workshop(book, store or Nowhere())
    sheets = {one.id: one for one in handouts(book, site)}
    for download in downloads(book):
        files = [file for file in download.files if wanted(file)]
        try:
            for file in files:
                of = [sheets[one.id] for one in downloads(book) if one.id in sheets] if file.of == BOOKLET else ()
                yield file.name, workshop.pdf(file, of or (sheets[file.of],))
            if previews and files:
                yield f"{download.id}.png", workshop.preview(sheets.get(download.id))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(dict.fromkeys(problems))


class _Workshop:
    """Asks the store, and the press only where the store has nothing: then Typst is loaded."""

    def __init__(self, book: Book, store: Store) -> None:
        self._book, self._store = book, store
        self._press: Any = None

    def pdf(self, file: File, of: Collection[Handout]) -> bytes:
        """Return the PDF of one handout, or of a booklet of them."""
        sheets = tuple(of)
        if file.of == BOOKLET:
            return self._kept(file.name, sheets, lambda press: press.booklet(sheets, file))
        return self._kept(file.name, sheets, lambda press: press.sheet(sheets[0], file))

    def preview(self, one: Handout | None) -> bytes:
        """Return the picture of the first side of a handout, or of the front of the booklet."""
        file = File(one.id if one else BOOKLET, *FIRST)
        if one is None:
            return self._kept(f"{BOOKLET}.png", (), lambda press: press.front(file))
        return self._kept(f"{one.id}.png", (one,), lambda press: press.preview(one, file))

    def _kept(self, name: str, of: tuple[Handout, ...], work: Callable[[Any], bytes]) -> bytes:
        info = self._book.singles["book"].model_dump(mode="json")
        text = json.dumps([name, info, [asdict(one) for one in of]], default=str, sort_keys=True)
        key = hashlib.sha256(f"{_tools()}\n{text}".encode()).hexdigest()
        content = self._store.get(key)
        if content is None:
            if self._press is None:
                from generator.handouts.press import Press

                self._press = Press(self._book)
            content = work(self._press)
            self._store.put(key, content)
        return content


FIRST = (next(iter(PAPERS)), "normal")
"""The paper and the size that a preview shows."""


@cache
def _tools() -> str:
    """Return a fingerprint of what sets the sheets: templates, fonts, our own modules, and the engines."""
    made = hashlib.sha256()
    for file in sorted(HERE.rglob("*")):
        if file.is_file() and file.suffix in (".typ", ".ttf", ".py"):
            made.update(file.read_bytes())
    return f"{made.hexdigest()} {version('typst')} {version('segno')}"
