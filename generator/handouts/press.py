"""A handout in; its PDF or a picture of it out, set by Typst with our own fonts. What does not fit is a problem, not a cut.

Typst is imported by this module alone, and this module only where a sheet has to be made.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path as FilePath
from typing import Any, Literal

import typst

from generator.handouts import fit, qr
from generator.handouts.catalogue import LARGE, PAPERS, File
from generator.handouts.sheet import Handout
from generator.handouts.view import book_info
from generator.link import Book
from generator.marks import Path
from generator.problems import Problem, ProblemsFound

HERE = FilePath(__file__).parent
FONTS = HERE / "fonts"
SIZES: Mapping[str, tuple[float, ...]] = {"normal": (12.0, 13.0, 14.0), "large": (16.0, 17.0, 18.0)}
"""Points, the least first; the content guide asks for 12 and prefers 14, and for 16 to 18 in large print."""
PREVIEW = 30.0
"""Dots per inch of a picture that is shown about as large as a thumb."""

STANDARD: Literal["ua-1"] = "ua-1"
_GLYPH = re.compile(r"the text `?\"(?P<text>.+?)\"`? could not be displayed")
_HINT = "put on_paper: into this file with fewer items of its lists, or shorten its texts"


class Press:
    """Sets the sheets of one book. Fonts are read once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._info = book_info(book)
        self._sheet = self._compiler("sheet.typ")
        self._booklet = self._compiler("booklet.typ")

    def sheet(self, one: Handout, file: File) -> bytes:
        """Return the PDF of a handout. Raises `ProblemsFound` where it does not fit, or is not for everybody to read."""
        return self._largest(one, file, format="pdf")

    def preview(self, one: Handout, file: File) -> bytes:
        """Return a small picture of a handout's first side, as PNG."""
        return self._largest(one, file, format="png")

    def booklet(self, of: Sequence[Handout], file: File) -> bytes:
        """Return one PDF of all handouts, with contents and page numbers."""
        return self._set(self._booklet, self._front(of, file), max(one.day for one in of), of, format="pdf")

    def front(self, file: File) -> bytes:
        """Return a small picture of the booklet's front, as PNG."""
        return self._set(self._booklet, self._front((), file), datetime.date.min, (), format="png")

    def _front(self, of: Sequence[Handout], file: File) -> dict[str, Any]:
        return {
            "paper": file.paper,
            "title": self._info.title,
            "main": self._info.description,
            "names": [],
            "publisher": self._info.publisher,
            "disclaimer": self._info.disclaimer,
            "licence": self._info.licence,
            "sheets": [self._data(one) for one in of],
        }

    def _compiler(self, name: str) -> typst.Compiler:
        return typst.Compiler(str(HERE / name), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)

    def _largest(self, one: Handout, file: File, *, format: str) -> bytes:  # noqa: A002 - as Typst calls it
        """Return the sheet in the largest text that fits."""
        paper, large = PAPERS[file.paper], file.size == LARGE
        width, height = paper.width - 2 * fit.MARGIN, paper.height - 2 * fit.MARGIN
        sides = one.sides * (2 if large else 1)
        allowed = SIZES[file.size]
        wanted = fit.sizes(one, allowed, width=width, height=height, sides=sides) if one.main else allowed[:1]
        heights = {size: fit.heights(one, size=size, width=width) for size in wanted}
        ways = [(size, gap) for size in wanted for gap in fit.gaps(heights[size], height=height, sides=sides)]
        for size, gap in ways:
            data = self._data(one) | {
                "paper": file.paper,
                "size": size,
                "gap": gap,
                "sides": sides,
                "columns": heights[size].columns < heights[size].stacked,
            }
            try:
                return self._set(self._sheet, data, one.day, (one,), format=format)
            except ProblemsFound:
                if (size, gap) == ways[-1]:
                    raise
        raise AssertionError(ways)

    def _data(self, one: Handout) -> dict[str, Any]:
        code = qr.code(qr.target(one.address, one.version)) if one.address else None
        shown = one.address.removeprefix("https://").removeprefix("http://")
        return asdict(one) | {
            "day": one.day.isoformat(),
            "book": self._info.title,
            "publisher": self._info.publisher,
            "shown_address": shown,
            "qr": code.svg if code else "",
            "qr_quiet": code.quiet if code else 0,
            "qr_width": qr.WIDTH,
            "qr_alternative": f"QR code that leads to {shown}",
        }

    def _set(
        self,
        compiler: typst.Compiler,
        data: Mapping[str, Any],
        day: datetime.date,
        of: Sequence[Handout],
        *,
        format: str,  # noqa: A002
    ) -> bytes:
        _refuse_unnamed(self._book, of)
        inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
        try:
            if format == "png":
                made = compiler.compile(format="png", ppi=PREVIEW, sys_inputs=inputs)
            else:
                at_midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
                stamp = int(at_midnight.timestamp())
                made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=stamp, sys_inputs=inputs)
        except typst.TypstError as error:
            if problem := next(_problems(self._book, of, error.message), None):
                raise ProblemsFound([problem]) from None
            raise
        first = made[0] if isinstance(made, list) else made
        assert isinstance(first, bytes)
        return first


def _refuse_unnamed(book: Book, of: Sequence[Handout]) -> None:
    """Refuse a picture that says nothing to those who do not see it."""
    problems = [
        _problem(
            book,
            one.id,
            (),
            "picture-without-words",
            "a picture on its handout has no alternative text",
            "say in words what the picture shows, under 'description' of the figure",
        )
        for one in of
        for drawn in one.places
        if not drawn.alternative.strip()
    ]
    if problems:
        raise ProblemsFound(problems)


def _problems(book: Book, of: Sequence[Handout], message: str) -> Iterator[Problem]:
    """Yield what a complaint of the engine means to an author."""
    one = of[0]
    if found := re.search(r"notes-too-small ([\d.]+)", message):
        text = f"its handout leaves {found[1]} mm for notes, and at least 20 mm are needed"
        yield _problem(book, one.id, ("on_paper",), "no-room-for-notes", text, _HINT)
    elif found := re.search(r"spill-over (\d+) of (\d+)", message):
        text = f"its handout takes {found[1]} sides, and may take {found[2]}"
        yield _problem(book, one.id, ("on_paper",), "handout-too-long", text, _HINT)
    elif found := _GLYPH.search(message):
        yield _missing(book, of, found["text"])
    elif "alt" in message and "missing" in message:
        text = "a picture on its handout has no alternative text"
        yield _problem(book, one.id, (), "picture-without-words", text, "say in words what the picture shows")


def _missing(book: Book, of: Sequence[Handout], text: str) -> Problem:
    """Return the problem of a letter that no font of ours holds, at the place where an author wrote it."""
    ids = [id_ for one in of for id_ in (one.id, *(mention.target.id for mention in book.outgoing.get(one.id, ())))]
    places = ((id_, path) for id_ in (*ids, *book.entries) if id_ in book.entries for path in _where(book, id_, text))
    id_, path = next(places, (of[0].id, ()))
    message = f"'{text}' (U+{ord(text[0]):04X}) is in none of the fonts for paper"
    hint = "write it in letters, or add a font that has it to generator/handouts/fonts"
    return _problem(book, id_, path, "letter-without-shape", message, hint, part=text)


def _where(book: Book, id_: str, text: str) -> Iterator[Path]:
    """Yield the paths of the values of an entry that hold ``text``."""

    def walk(value: Any, path: Path) -> Iterator[Path]:
        if isinstance(value, str):
            if text in value:
                yield path
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, (*path, key))
        elif isinstance(value, tuple | list):
            for position, inner in enumerate(value):
                yield from walk(inner, (*path, position))

    yield from walk(book.entries[id_].model_dump(), ())


def _problem(book: Book, id_: str, path: Path, rule: str, message: str, hint: str, *, part: str = "") -> Problem:
    if id_ not in book.origins:  # a sheet of a whole collection without words of its own
        return Problem(id_, 1, 1, rule, message, hint)
    origin = book.origins[id_]
    line, column = origin.place(path, part=part)
    return Problem(origin.shown, line, column, rule, message, hint)
