"""The areas that an entry names in; for each figure that shows some of them, a drawing for paper out: black lines only."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from generator.link import Book
from generator.models import Figure
from generator.pictures.figure import Areas, areas_of, described
from generator.pictures.svg import tag

STEP = re.compile(r"([MLHVCSQZmlhvcsqz])|(-?(?:\d+\.?\d*|\.\d+))")


@dataclass(frozen=True, slots=True)
class Places:
    """A drawing: ``svg`` without words, the names of its ``views`` from left to right, its caption and alternative text."""

    svg: str
    views: tuple[str, ...]
    caption: str
    alternative: str


def places(book: Book, ids: Collection[str]) -> tuple[Places, ...]:
    """Return the drawings of the figures that show some of the areas ``ids``, with those areas hatched."""
    figures = cast(tuple[Figure, ...], book.of.get("figures", ()))
    found = ((figure, areas_of(book, figure, ids)) for figure in figures)
    return tuple(_draw(figure, areas) for figure, areas in found if areas)


def _draw(figure: Figure, areas: Areas) -> Places:
    lefts, tops, rights, bottoms = zip(box(figure.outline), *(box(shape.path) for _, shape in areas), strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    pen = {"fill": "none", "stroke": "#000", "stroke_linejoin": "round"}
    hatch = tag("path", d="M-2 2L2 -2M0 8L8 0M6 10L10 6", stroke="#000", stroke_width=1.9)
    drawn = tag(
        "svg",
        tag("pattern", hatch, id="h", width=8, height=8, patternUnits="userSpaceOnUse"),
        *(tag("path", d=shape.path, fill="url(#h)", stroke="#000", stroke_width=2.6) for _, shape in areas),
        tag("path", d=figure.outline, stroke_width=1.7, **pen),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left - 3:.1f} {top - 3:.1f} {right - left + 6:.1f} {bottom - top + 6:.1f}",
    )
    views = tuple(" ".join(one.lines) for one in sorted(figure.labels, key=lambda one: one.x))
    return Places(drawn, views, *described(figure, areas))


@lru_cache(maxsize=256)
def box(path: str) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the points that path data names, those of its curves included."""
    xs, ys = zip(*_points(path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _points(path: str) -> Iterator[tuple[float, float]]:
    """Yield every point of path data; of a curve, the points that pull at it too, between which it lies."""
    command, numbers = "", list[float]()
    x = y = start_x = start_y = 0.0
    takes = {"H": 1, "V": 1, "C": 6, "S": 4, "Q": 4}
    for letter, number in STEP.findall(path):
        if letter:
            command, numbers = letter, []
            if letter in "Zz":
                x, y = start_x, start_y
            continue
        numbers.append(float(number))
        if len(numbers) < takes.get(command.upper(), 2):
            continue
        from_x, from_y = (x, y) if command.islower() else (0.0, 0.0)
        match command.upper():
            case "H":
                x = from_x + numbers[0]
            case "V":
                y = from_y + numbers[0]
            case _:
                for one, other in zip(numbers[::2], numbers[1::2], strict=True):
                    x, y = from_x + one, from_y + other
                    yield x, y
        if command in "Mm":
            start_x, start_y, command = x, y, "l" if command == "m" else "L"
        yield x, y
        numbers = []
