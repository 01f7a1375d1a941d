"""What a sheet says in; about how high it stands in 12 point on US Letter, the lower of our papers, out.

It only decides how many items a sheet is offered. Whether they fit is measured by the engine that sets them, and it stops the
build where they do not. Heights are in millimetres; they and the characters in a line were measured on sheets of the first book,
on which the estimate was never more than 8 mm too low.
"""

from collections.abc import Iterable

from generator.handouts.sheet import Handout
from generator.pictures.svg import wrap

HIGH = 261.0
"""An estimate up to which 20 mm are left for notes, with some to spare."""

LINE, ITEM, HEAD, BOX = 4.55, 5.3, 9.6, 13.0
HALF, BESIDE, WHOLE = 44, 70, 92
"""Characters in a line: in one of two columns, beside a picture, and over the whole width."""


def height(one: Handout) -> float:
    """Return about how high ``one`` stands without its notes."""
    picture = 64 + sum(_lines(drawn.caption, 21) for drawn in one.places) * 4.0
    start = 17 + HEAD + _lines(one.main, BESIDE) * LINE + _items(one.points, BESIDE) + HEAD + _items(one.do, BESIDE)
    columns = max(picture, start) + HEAD + max(_items(one.do_not, HALF), _items(one.again, HALF))
    stacked = max(picture, start + HEAD + _items(one.do_not, BESIDE)) + HEAD + _items(one.again, WHOLE)
    signs = sum(BOX + _items(group.signs, WHOLE) for level in one.levels for group in level.groups)
    below = (one.disclaimer, ". ".join(one.about), f"Sources: {'; '.join(one.sources)}", one.address)
    footer = 12 + max(28.0, sum(_lines(text, 86) for text in below) * 4.1)
    return min(columns, stacked) + HEAD + signs + LINE + footer


def _lines(text: str, most: int) -> int:
    return len(wrap(text, most))


def _items(texts: Iterable[str], most: int) -> float:
    return sum(ITEM + (_lines(text, most) - 1) * LINE for text in texts)
