"""Names, attributes and children in; escaped SVG and HTML text out, on one line and without style attributes."""

import html
from collections.abc import Iterable, Sequence
from typing import Protocol

from generator.link import Book
from generator.models import Certainty, Entry, Label
from generator.relations import CERTAINTIES


class Paper(Protocol):
    """The page that a picture is drawn on: its book, its entry, addresses as seen from it, ids that are free on it."""

    book: Book
    entry: Entry | None

    def url(self, id_: str) -> str:
        """Return the address of an entry's built page."""
        ...

    def cite(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of sources on the page."""
        ...

    def fresh(self, stem: str) -> str:
        """Return an id that nothing else on the page has."""
        ...


class Markup(str):
    """Text that is escaped already."""

    __slots__ = ()


EMPTY = Markup("")


def tag(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """Return an element. An attribute's ``_`` stands for ``-``; one at its end is dropped; None leaves it out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(child if isinstance(child, Markup) else html.escape(child, quote=False) for child in children)
    return Markup(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")


def _value(value: str | float) -> str:
    return number(value) if isinstance(value, int | float) else html.escape(value)


def number(value: float) -> str:
    """Return a length with at most one decimal place."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def words(lines: Sequence[str], x: float, y: float, *, step: float = 15, **attributes: str | float | None) -> Markup:
    """Return a text whose first line stands at (x, y); the others are below it."""
    ends = attributes.get("text_anchor") == "end"  # the space between words must not shift the line
    before, after = (" ", "") if ends else ("", " ")
    first, *others = (*(line + after for line in lines[:-1]), lines[-1])
    others = [before + line for line in others]
    return tag("text", first, *(tag("tspan", line, x=x, dy=step) for line in others), x=x, y=y, **attributes)


def lines(*texts: str) -> Markup:
    """Return texts for a box of HTML that keeps the ends of lines; a figure has none of its own."""
    return Markup("&#10;".join(html.escape(text, quote=False) for text in texts))


def label(one: Label, class_: str | None = None, *, again: bool = False) -> Markup:
    """Return the words of a label; one that stands there ``again`` is for the eye only."""
    anchor = None if one.align == "start" else one.align
    return words(one.lines, one.x, one.y, text_anchor=anchor, class_=class_, aria_hidden="true" if again else None)


def drawing(
    paper: Paper,
    kind: str,
    *children: str,
    width: float,
    height: float,
    title: str,
    description: str,
    linked: bool = False,
) -> Markup:
    """Return an ``svg`` that is named by its title and described by its description.

    One that holds links is a group: readers of the screen never get into what has the role of an image.
    """
    id_ = paper.fresh(f"cb-{kind}")
    return tag(
        "svg",
        tag("title", title, id=f"{id_}-title"),
        tag("desc", description, id=f"{id_}-desc"),
        *children,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="group" if linked else "img",
        aria_labelledby=f"{id_}-title {id_}-desc",
    )


def figure(kind: str, picture: Markup, caption: str, *more: Markup) -> Markup:
    """Return a picture with its caption and what belongs to it, as one HTML block of Markdown."""
    return Markup(
        tag("figure", picture, tag("figcaption", caption, *more), class_=f"cb-figure cb-figure--{kind}") + "\n"
    )


def details(summary: str, *content: Markup) -> Markup:
    """Return the same facts for those who cannot use the picture; it is open on paper."""
    return tag("details", tag("summary", summary), *content)


def sure(paper: Paper, certainty: Certainty, sources: Iterable[str]) -> Markup:
    """Return how sure we are and the numbers of the sources, as beside every claim."""
    class_, said = f"cb-sure cb-sure--{certainty}", CERTAINTIES[certainty].badge
    if numbers := paper.cite(sources):
        listed = ", ".join(map(str, numbers))
        return tag("a", f"{said} [{listed}]", class_=class_, href=f"#source-{numbers[0]}")
    return tag("span", f"{said}, no source", class_=class_)


def paragraph(text: str) -> Markup:
    """Return a paragraph."""
    return tag("p", text)


def link(paper: Paper, id_: str, *children: str, name: str | None = None) -> Markup:
    """Return a link to an entry's page; ``name`` is what is read out, where it is not the words inside."""
    return tag("a", *children, href=paper.url(id_), aria_label=name)


TARGET = 28.0
"""Height of what a finger has to hit: 24 pixels where a drawing of 328 units is shown 288 pixels wide."""


def target(x: float, middle: float, width: float, height: float = TARGET) -> Markup:
    """Return an unseen box around the words of a link, ``middle`` its height: words alone are hard to hit."""
    return tag("rect", x=x, y=middle - height / 2, width=width, height=height, class_="cb-hit")


def table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Return a table."""
    head = tag("tr", *(tag("th", one, scope="col") for one in heads))
    body = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    return tag("table", tag("thead", head), tag("tbody", *body))


def short(entry: Entry) -> str:
    """Return an entry's short name, or its title."""
    return getattr(entry, "short", None) or entry.title


def wrap(text: str, most: int) -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``most`` characters, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def stripes(id_: str) -> Markup:
    """Return a pattern of slanted stripes: it shows on screen, on paper and without colour."""
    return tag(
        "pattern",
        tag("path", d="M-1 1L1 -1M0 5L5 0M4 6L6 4", class_="cb-stripe"),
        id=id_,
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
    )
