"""A figure of the book in; a map of its areas out: with every area a link, or with the areas of one entry marked."""

from collections.abc import Collection, Iterable, Iterator
from typing import cast

from generator.link import Book
from generator.models import AreaShape, Entry, Figure, Label
from generator.pictures import svg
from generator.pictures.svg import Markup, Paper, tag

Areas = tuple[tuple[Entry, AreaShape], ...]
"""Areas of a figure, each as the entry that names it and its place there."""


def area_links(paper: Paper, id_: str) -> Markup:
    """Return the map of a figure whose areas lead to their pages."""
    figure = cast(Figure, paper.book.entries[id_])
    areas = tuple(_areas(paper, figure))
    targets = _targets(figure, [label for _, shape in areas for label in shape.labels])
    links = (
        svg.link(
            paper,
            entry.id,
            tag("path", d=shape.path, class_="cb-area"),
            *(targets[label] for label in shape.labels),
            *(svg.label(label, again=place > 0) for place, label in enumerate(shape.labels)),
            name=None if (entry.title,) == shape.labels[0].lines else entry.title,
        )
        for entry, shape in areas
    )
    picture = _draw(paper, figure, areas, *links, linked=True)
    same = tag("ul", *(tag("li", svg.link(paper, entry.id, entry.title)) for entry, _ in areas))
    return svg.figure("map", picture, figure.caption, svg.details("The same places as a list", same))


def _targets(figure: Figure, labels: Iterable[Label]) -> dict[Label, Markup]:
    """Return what a finger has to hit for each label: out to the edge of the drawing, and none over another."""
    found: dict[Label, Markup] = {}
    foot = dict.fromkeys(("start", "middle", "end"), 0.0)
    for label in sorted(labels, key=lambda one: one.y):
        height = max(svg.TARGET, 15.0 * len(label.lines) + 4)
        top = max(label.y - 11 + 15.0 * len(label.lines) / 2 - height / 2, foot[label.align])
        foot[label.align] = top + height
        half = 3.6 * max(map(len, label.lines)) + 6
        left = {"start": label.x - 6, "middle": label.x - half, "end": 0.0}[label.align]
        right = {"start": figure.width, "middle": label.x + half, "end": label.x + 6}[label.align]
        found[label] = svg.target(left, top + height / 2, right - left, height)
    return found


def marked_areas(paper: Paper, ids: Collection[str]) -> Markup:
    """Return each figure that shows some of the areas ``ids``, with those areas marked and named."""
    figures = cast(tuple[Figure, ...], paper.book.of.get("figures", ()))
    found = ((one, areas_of(paper.book, one, ids)) for one in figures)
    return Markup("".join(_marked(paper, one, shown) for one, shown in found if shown))


def areas_of(book: Book, figure: Figure, ids: Collection[str]) -> Areas:
    """Return the areas among ``ids`` that ``figure`` shows, in reading order."""
    entries = sorted((book.entries[id_] for id_ in ids), key=lambda entry: (entry.order, entry.title))
    return tuple((entry, shape) for entry in entries for shape in _shapes(entry) if shape.figure == figure.id)


def described(figure: Figure, areas: Areas) -> tuple[str, str]:
    """Return the caption of a figure with these areas marked, and the same facts for those who do not see it."""
    names = [entry.title for entry, _ in areas]
    return f"{figure.caption_marked} {'; '.join(names)}.", f"{figure.description} Marked are: {', '.join(names)}."


def _marked(paper: Paper, figure: Figure, areas: Areas) -> Markup:
    hatch = paper.fresh("cb-hatch")
    marks = (
        tag("path", d="".join(shape.path for _, shape in areas), class_="cb-marked", fill=f"url(#{hatch})"),
        *(svg.label(label) for _, shape in areas for label in shape.labels),
    )
    picture = _draw(paper, figure, areas, svg.stripes(hatch), *marks, linked=False)
    return svg.figure("map", picture, described(figure, areas)[0])


def _areas(paper: Paper, figure: Figure) -> Iterator[tuple[Entry, AreaShape]]:
    for entries in paper.book.of.values():
        for entry in entries:
            yield from ((entry, shape) for shape in _shapes(entry) if shape.figure == figure.id)


def _shapes(entry: Entry) -> tuple[AreaShape, ...]:
    return tuple(shape for shape in getattr(entry, "shapes", ()) if isinstance(shape, AreaShape))


def _draw(paper: Paper, figure: Figure, areas: Areas, *parts: Markup, linked: bool) -> Markup:
    leaders = "".join(shape.leaders or "" for _, shape in areas)
    description = figure.description if linked else described(figure, areas)[1]
    return svg.drawing(
        paper,
        figure.id,
        tag("path", d=figure.outline, class_="cb-body"),
        *parts,
        *((tag("path", d=figure.lines, class_="cb-fine"),) if figure.lines else ()),
        *((tag("path", d=leaders, class_="cb-leader"),) if leaders else ()),
        *(svg.label(label, "cb-view") for label in figure.labels),
        width=figure.width,
        height=figure.height,
        title=figure.title,
        description=description,
        linked=linked,
    )
