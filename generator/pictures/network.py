"""A book in; a map of how its entries are linked out: around one entry, or between two collections.

Lines say by their style what a link is: solid where there is one, dashed where experts disagree, dotted and crossed where
studies found no effect.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generator import views
from generator.models import Entry
from generator.pictures import svg
from generator.pictures.svg import Markup, Paper, number, tag
from generator.relations import Stance
from generator.views import Neighbour

WIDTH = 328.0
BOX, STEP, INDENT = 40.0, 47.0, 46.0
TRUNKS: dict[Stance, float] = {"link": 8.0, "no-effect": 20.0, "contested": 32.0}
CROSS = "l10 10m0 -10l-10 10"
KEY = "Solid line: a link. Dashed line: experts do not agree. Dotted line with a cross: no effect found."


@dataclass(frozen=True, slots=True)
class _Row:
    """A neighbour in its place: its box begins at ``y``; ``way`` is 1 towards it, -1 from it, 0 where there is none."""

    neighbour: Neighbour
    stance: Stance
    way: int
    y: float

    @property
    def said(self) -> str:
        """The verb phrase, read together with the name that stands over it."""
        if self.way == 0:
            return "often mixed up with this"
        return f"this {self.neighbour.phrase} it" if self.way > 0 else f"{self.neighbour.phrase} this"


MOST_NAMES = 10
"""With more names a picture is a longer list than the list below it: pages that everything leads to show none."""


def around(paper: Paper, names: Collection[str]) -> Markup:
    """Return the page's entry in the middle, what feeds it above, what it feeds below; of the collections ``names``.

    Nothing where there are none, or more than `MOST_NAMES`.
    """
    if paper.entry is None:
        return svg.EMPTY
    found = [
        (one, group.stance, _way(one))
        for group in views.groups(paper.book, paper.entry)
        if group.collection.name in names
        for one in group.neighbours
    ]
    above, below = [one for one in found if one[2] < 0], [one for one in found if one[2] >= 0]
    if not 0 < len(found) <= MOST_NAMES:
        return svg.EMPTY
    middle = 1 + len(above) * STEP
    rows = [_Row(*one, 1 + place * STEP) for place, one in enumerate(above)]
    rows += [_Row(*one, middle + 40 + place * STEP) for place, one in enumerate(below)]
    name = svg.short(paper.entry)
    picture = svg.drawing(
        paper,
        "net",
        tag("path", d=_here(rows, middle), class_="cb-here"),
        svg.words([name], 12, middle + 20, class_="cb-bold"),
        *_lines(rows, middle),
        *(_boxes(paper, some) for some in (rows[: len(above)], rows[len(above) :]) if some),
        width=WIDTH,
        height=middle + 34 + len(below) * STEP,
        title=f"{name}: what it is linked to",
        description=f"{'; '.join(f'{svg.short(row.neighbour.entry)}: {row.said}' for row in rows)}.",
        linked=True,
    )
    stances = {row.stance for row in rows}
    caption = "What feeds this stands above it, and what it feeds stands below."
    return svg.figure("net", picture, f"{caption} {KEY}" if len(stances) > 1 else caption)


def _way(one: Neighbour) -> int:
    if one.relation.kind == "mistaken-for":
        return 0
    return 1 if one.outward else -1


def _boxes(paper: Paper, rows: Sequence[_Row]) -> Markup:
    """Return the words of boxes below each other, each the name over the verb: in HTML one element, in SVG three."""
    links = (
        svg.link(paper, row.neighbour.entry.id, svg.lines(svg.short(row.neighbour.entry), row.said)) for row in rows
    )
    return tag("foreignObject", *links, x=INDENT, y=rows[0].y, width=WIDTH - INDENT, height=len(rows) * STEP)


def _lines(rows: Sequence[_Row], middle: float) -> list[Markup]:
    """Return the lines and boxes of each stance as one path: pages have room for few elements."""
    paths: dict[Stance, str] = defaultdict(str)
    for stance in TRUNKS:
        mine = [row for row in rows if row.stance == stance]
        x = number(TRUNKS[stance])
        if up := [row for row in mine if row.y < middle]:
            paths[stance] += f"M{x} {number(up[0].y + BOX / 2)}V{number(middle)}"
            if any(row.way for row in up):
                paths[stance] += "m-4 -6l4 6l4 -6"
        if down := [row for row in mine if row.y > middle]:
            paths[stance] += f"M{x} {number(middle + 30)}V{number(down[-1].y + BOX / 2)}"
        for row in mine:
            y = row.y + BOX / 2
            paths[stance] += f"M{x} {number(y)}H{number(INDENT)}"
            if row.way > 0:
                paths[stance] += "m-6 -4l6 4l-6 4"
            paths[stance] += f"M{number(INDENT)} {number(row.y)}H{number(WIDTH - 1)}v{number(BOX)}H{number(INDENT)}z"
    return [tag("path", d=path, class_=f"cb-tie cb-tie--{stance}") for stance, path in paths.items() if path]


def _here(rows: Sequence[_Row], middle: float) -> str:
    """Return the box of the page itself, and the crosses on lines of no effect, which are as heavy."""
    ys = (row.y + BOX / 2 for row in rows if row.stance == "no-effect")
    crosses = "".join(f"M{number(INDENT - 18)} {number(y - 5)}{CROSS}" for y in ys)
    return f"M1 {number(middle)}h{number(WIDTH - 2)}v30h-{number(WIDTH - 2)}z{crosses}"


def whole(paper: Paper, left: str, right: str) -> Markup:
    """Return the entries of collection ``left`` on the left, those of ``right`` that they touch on the right, and lines."""
    ties = [
        (entry, one, group.stance)
        for entry in paper.book.of.get(left, ())
        for group in views.groups(paper.book, entry)
        if group.collection.name == right
        for one in group.neighbours
    ]
    if not ties:
        return svg.EMPTY
    starts, ends = _untangled([(entry.id, one.entry.id) for entry, one, _ in ties])
    height = 34.0 + max(len(starts), len(ends)) * 38
    places = _places(starts, height) | _places(ends, height)
    entries = paper.book.entries
    picture = svg.drawing(
        paper,
        "map",
        svg.words([paper.book.collections[left].heading], 0, 13, class_="cb-bold"),
        svg.words([_title(paper, right)], WIDTH, 13, text_anchor="end", class_="cb-bold"),
        *_curves(ties, places),
        *(_node(paper, entries[id_], 0, places[id_]) for id_ in starts),
        *(_node(paper, entries[id_], 210, places[id_]) for id_ in ends),
        width=WIDTH,
        height=height,
        title="How the pages hang together",
        description=f"{len(starts)} on the left, {len(ends)} on the right, {len(ties)} lines. The table has the same links.",
        linked=True,
    )
    same = svg.table(
        ("Page", "Link", "Page"),
        (
            (
                (svg.link(paper, entry.id, entry.title), one.phrase, svg.link(paper, one.entry.id, one.entry.title))
                if one.outward
                else (
                    svg.link(paper, one.entry.id, one.entry.title),
                    one.phrase,
                    svg.link(paper, entry.id, entry.title),
                )
            )
            for entry, one, _ in ties
        ),
    )
    caption = f"Follow a line from left to right. {KEY}"
    return svg.figure("net", picture, caption, svg.details("The same links as a table", same))


def _title(paper: Paper, name: str) -> str:
    section = paper.book.entries.get(name)
    return section.title if section else paper.book.collections[name].heading


def _untangled(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return both sides in an order in which few lines cross: each end is moved near the middle of its other ends."""
    starts = list(dict.fromkeys(start for start, _ in pairs))
    ends = list(dict.fromkeys(end for _, end in pairs))
    back = [(end, start) for start, end in pairs]
    for _ in range(8):
        ends = _by_middle(ends, back, starts)
        starts = _by_middle(starts, pairs, ends)
    return starts, ends


def _by_middle(ids: list[str], pairs: Sequence[tuple[str, str]], others: list[str]) -> list[str]:
    at = {id_: place / len(others) for place, id_ in enumerate(others)}
    ends: dict[str, list[float]] = {id_: [] for id_ in ids}
    for one, other in pairs:
        ends[one].append(at[other])
    return sorted(ids, key=lambda id_: (round(sum(ends[id_]) / len(ends[id_]), 6), id_))


def _places(ids: Sequence[str], height: float) -> dict[str, float]:
    step = (height - 24) / len(ids)
    return {id_: 24 + step * (place + 0.5) for place, id_ in enumerate(ids)}


def _curves(ties: Sequence[tuple[Entry, Neighbour, Stance]], places: dict[str, float]) -> list[Markup]:
    paths: dict[Stance, str] = defaultdict(str)
    crosses = ""
    for entry, one, stance in ties:
        y, end = places[entry.id], places[one.entry.id]
        paths[stance] += f"M112 {number(y)}C160 {number(y)} 156 {number(end)} 204 {number(end)}"
        if stance == "no-effect":
            crosses += f"M189 {number(end - 5)}{CROSS}"
    drawn = [tag("path", d=path, class_=f"cb-tie cb-tie--{stance}") for stance, path in paths.items()]
    return [*drawn, tag("path", d=crosses, class_="cb-cross")] if crosses else drawn


def _node(paper: Paper, entry: Entry, x: float, y: float) -> Markup:
    lines = svg.wrap(svg.short(entry), 17)
    target = svg.target(x, y, 118.0 if x else 112.0, max(svg.TARGET, 15.0 * len(lines) + 4))
    return svg.link(paper, entry.id, target, svg.words(lines, x, y + 4.5 - 7.5 * (len(lines) - 1)))
