"""Time courses in; bars or a curve over hours, days and months out, on a scale that gives early hours room."""

import math
from collections.abc import Iterator, Sequence
from typing import cast

from generator.models import BookInfo, Entry, Hours, TimeCourse
from generator.pictures import svg
from generator.pictures.svg import Markup, Paper, number, tag

DAY, WEEK, MONTH = 24.0, 168.0, 730.0
TICKS = ((DAY, "1 day"), (3 * DAY, "3 days"), (WEEK, "1 week"), (MONTH, "1 month"), (6 * MONTH, "6 months"))
WIDTH, LEFT, RIGHT = 328.0, 6.0, 300.0
PHASES = (("starts", "Starts"), ("peaks", "Worst"), ("settles", "Settles"))


class _Scale:
    """Hours in, places out: each doubling of the days is the same distance."""

    def __init__(self, last: float) -> None:
        self.end = next((hours for hours, _ in TICKS if hours >= max(last, MONTH)), last)
        self.ticks = tuple(tick for tick in TICKS if tick[0] <= self.end)

    def __call__(self, hours: float) -> float:
        return LEFT + (RIGHT - LEFT) * math.log2(1 + hours / DAY) / math.log2(1 + self.end / DAY)


def time_line(paper: Paper) -> Markup:
    """Return the time line of the page's entry, or nothing where it has none."""
    course = getattr(paper.entry, "time_course", None)
    if not isinstance(course, TimeCourse) or paper.entry is None:
        return svg.EMPTY
    scale, zero = _Scale(course.settles.last), _zero(paper)
    spans = [(name, said, span) for name, said in PHASES if (span := getattr(course, name))]
    rows: list[Markup] = []
    for row, (name, said, span) in enumerate(spans):
        y = 20 + row * 44
        rows += svg.words([f"{said}: {_span(span, zero)}"], LEFT, y), _bar(scale, name, span, y + 7)
    foot = 18 + len(spans) * 44
    picture = svg.drawing(
        paper,
        "time",
        *_axis(scale, 6, foot, zero),
        *rows,
        width=WIDTH,
        height=foot + 38,
        title=f"{paper.entry.title}: when it starts and settles",
        description=_account(course, zero),
    )
    return svg.figure(
        "time", picture, f"{_account(course, zero)} Times are rounded, and each step is longer than the last."
    )


def time_lines(paper: Paper) -> Markup:
    """Return one time line for all entries of the book that have a time course."""
    rows = tuple(_courses(paper))
    if not rows:
        return svg.EMPTY
    scale, zero = _Scale(max(course.settles.last for _, course in rows)), _zero(paper)
    parts: list[Markup] = []
    for row, (entry, course) in enumerate(rows):
        y = 20 + row * 50
        parts.append(svg.link(paper, entry.id, svg.target(0, y - 5, WIDTH), svg.words([svg.short(entry)], LEFT, y)))
        parts.append(
            tag("path", d=f"M{number(scale(course.starts.first))} {y + 14}H{number(scale(course.settles.last))}")
        )
        parts += (_bar(scale, name, span, y + 7) for name, _ in PHASES if (span := getattr(course, name)))
    foot = 18 + len(rows) * 50
    key = [
        part
        for place, (name, said) in enumerate(PHASES)
        for part in (
            tag("rect", x=LEFT + place * 84, y=foot + 44, width=18, height=14, class_=f"cb-bar cb-bar--{name}"),
            svg.words([said], LEFT + place * 84 + 24, foot + 56),
        )
    ]
    picture = svg.drawing(
        paper,
        "times",
        *_axis(scale, 6, foot, zero),
        *parts,
        *key,
        width=WIDTH,
        height=foot + 62,
        title="When each ache starts, is worst and settles",
        description=" ".join(f"{entry.title}: {_account(course, zero)}" for entry, course in rows),
        linked=True,
    )
    same = svg.table(
        ("Page", *(said for _, said in PHASES)),
        (
            (
                svg.link(paper, entry.id, entry.title),
                *(_span(span, zero) if (span := getattr(course, name)) else "no clear time" for name, _ in PHASES),
            )
            for entry, course in rows
        ),
    )
    caption = "See how early each one starts and how long it can last. Pages with no known times are left out."
    return svg.figure("time", picture, caption, svg.details("The same times as a table", same))


def curve(paper: Paper, id_: str, title: str, description: str) -> Markup:
    """Return how strongly the ache of entry ``id_`` is felt over time: it rises, is worst and fades."""
    course = cast(TimeCourse, getattr(paper.book.entries[id_], "time_course"))  # noqa: B009 - any entry may have one
    worst, zero = course.peaks or course.starts, _zero(paper)
    scale = _Scale(course.settles.last)
    top, foot = 30.0, 130.0
    start, left, right, end = (
        scale(hours) for hours in (course.starts.first, worst.first, worst.last, course.settles.last)
    )
    rise, fall = (left - start) / 2, (end - right) / 2
    line = "".join(
        (
            f"M{number(LEFT)} {foot}H{number(start)}C{number(start + rise)} {foot} {number(left - rise)} {top}",
            f" {number(left)} {top}H{number(right)}",
            f"C{number(right + fall)} {top} {number(end - fall)} {foot} {number(end)} {foot}H{number(RIGHT)}",
        )
    )
    return svg.drawing(
        paper,
        "curve",
        *_axis(scale, 6, foot, zero),
        tag("path", d=f"M{number(left)} {top}H{number(right)}V{foot}H{number(left)}Z", class_="cb-soft"),
        tag("path", d=line, class_="cb-strong"),
        svg.words(["Worst"], (left + right) / 2, top - 12, text_anchor="middle"),
        svg.words(["fades"], right + fall + 16, (top + foot) / 2 - 12),
        svg.words(["builds"], max(start + rise - 4, LEFT + 46), top + 24, text_anchor="end"),
        width=WIDTH,
        height=foot + 38,
        title=title,
        description=f"{description} {_account(course, zero)}",
    )


def _courses(paper: Paper) -> Iterator[tuple[Entry, TimeCourse]]:
    for entries in paper.book.of.values():
        for entry in entries:
            if isinstance(course := getattr(entry, "time_course", None), TimeCourse):
                yield entry, course


def _axis(scale: _Scale, top: float, foot: float, zero: str) -> Iterator[Markup]:
    grid = "".join(f"M{number(scale(hours))} {number(top)}V{number(foot + 4)}" for hours, _ in scale.ticks)
    yield tag("path", d=grid, class_="cb-grid")
    yield tag(
        "path", d=f"M{number(LEFT)} {number(top)}V{number(foot + 20)}M{number(LEFT)} {number(foot)}H{number(WIDTH - 2)}"
    )
    for hours, said in scale.ticks:
        yield svg.words([said], scale(hours), foot + 17, text_anchor="middle", class_="cb-tick")
    yield svg.words([zero[:1].upper() + zero[1:]], LEFT, foot + 33, class_="cb-tick")


def _bar(scale: _Scale, name: str, span: Hours, y: float) -> Markup:
    left, right = scale(span.first), scale(span.last)
    return tag("rect", x=left, y=y, width=max(right - left, 6), height=14, rx=2, class_=f"cb-bar cb-bar--{name}")


def _account(course: TimeCourse, zero: str) -> str:
    said = [f"it starts {_span(course.starts, zero)}"]
    if course.peaks:
        said.append(f"is worst {_span(course.peaks, zero)}")
    said.append(f"settles {_span(course.settles, zero)}")
    return _sentence(said)


def _sentence(parts: Sequence[str]) -> str:
    text = f"{', '.join(parts[:-1])} and {parts[-1]}."
    return text[0].upper() + text[1:]


def _zero(paper: Paper) -> str:
    book = paper.book.singles.get("book")
    return book.hour_zero if isinstance(book, BookInfo) else "at once"


def _span(span: Hours, zero: str) -> str:
    """Return a span in words: "after 1 to 3 days"."""
    if span.last == 0:
        return zero
    last, unit = _measure(span.last)
    if span.first == 0:
        return f"within {_said(last, unit)}"
    first, first_unit = _measure(span.first)
    if (first, first_unit) == (last, unit):
        return f"after about {_said(last, unit)}"
    early = str(first) if first_unit == unit else _said(first, first_unit)
    return f"after {early} to {_said(last, unit)}"


def _measure(hours: float) -> tuple[int, str]:
    if hours < DAY:
        return round(hours), "hour"
    if hours < WEEK:
        return round(hours / DAY), "day"
    if hours < 2.3 * MONTH:
        return round(hours / WEEK), "week"
    return round(hours / MONTH), "month"


def _said(count: int, unit: str) -> str:
    return f"{count} {unit}{'s' * (count != 1)}"
