"""What a sheet says in; about how high it stands on paper out, in millimetres.

It only decides what is tried: how many items a sheet is offered, how large its text is, how it is set. Whether that fits is
measured by the engine that sets it, and it stops the build where it does not. Heights and characters in a line were measured on the
sheets of the first book in 12 point, on which the estimate was never more than 8 mm too low.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.handouts.sheet import Handout
from generator.pictures.svg import wrap

MARGIN = 12.0
HIGH = 261.0
"""An estimate up to which US Letter, the lower of our papers, has 20 mm left for notes, with some to spare."""
BEST = 16.0
"""How much lower the estimate has to be for a size of text above the least one."""
WIDTH, LETTER = 191.9, 255.4
"""Width and height of US Letter without its margins."""


@dataclass(frozen=True, slots=True)
class Heights:
    """A sheet's parts: beside the picture, below it in two columns or with one part beside it, help, and the footer."""

    columns: float
    stacked: float
    help: float
    footer: float

    @property
    def all(self) -> float:
        """The whole sheet without its notes."""
        return min(self.columns, self.stacked) + self.help + self.footer


def heights(one: Handout, *, size: float = 12.0, width: float = WIDTH) -> Heights:
    """Return about how high the parts of ``one`` stand with text of ``size`` points between margins ``width`` mm apart."""
    scale = size / 12

    def lines(text: str, most: int) -> int:
        return len(wrap(text, int(most * width / WIDTH / scale)))

    def items(texts: Iterable[str], most: int) -> float:
        return sum(5.3 + (lines(text, most) - 1) * 4.55 for text in texts)

    beside, half, whole, head = (70, 44, 92, 9.6) if one.places else (92, 44, 92, 9.6)
    picture = 64 + sum(len(wrap(drawn.caption, int(21 / scale))) for drawn in one.places) * 4.0 * scale
    names = lines(f"Also called: {', '.join(one.names)}", beside) * 4.8 if one.names else 0.0
    title = len(wrap(one.title, beside // 2)) * 9.0 + names * scale
    start = (
        title
        + (3 + head + lines(one.main, beside) * 4.55 + items(one.points, beside) + head + items(one.do, beside)) * scale
    )
    columns = max(picture, start) + (head + max(items(one.do_not, half), items(one.again, half))) * scale
    stacked = (
        max(picture, start + (head + items(one.do_not, beside)) * scale) + (head + items(one.again, whole)) * scale
    )
    signs = sum(13.0 + items(group.signs, whole) for level in one.levels for group in level.groups)
    below = (one.disclaimer, ". ".join(one.about), f"Sources: {'; '.join(one.sources)}", "address")
    footer = 12 + max(28.0, sum(lines(text, 86) for text in below) * 4.1 * scale)
    return Heights(columns, stacked, (head + signs + 4.55) * scale, footer)


def gaps(about: Heights, *, height: float, sides: int) -> tuple[float, ...]:
    """Return the spaces between blocks to try, as parts of the size of the text: the generous one only where it may fit."""
    roomy = sides > 1 or about.all < height - (LETTER - HIGH) - 10
    return (1.05, 0.7) if roomy else (0.7,)


def sizes(one: Handout, allowed: Iterable[float], *, width: float, height: float, sides: int) -> tuple[float, ...]:
    """Return the sizes of text to try on ``sides`` sides, the one that seems to fit first, then all below it.

    ``allowed`` has the least size first; ``width`` and ``height`` are those of the paper between its margins.
    """
    found: list[float] = []
    for size in allowed:
        about = heights(one, size=size, width=width)
        first = about.all if sides == 1 else about.help + 0.6 * about.columns
        second = first if sides == 1 else 0.75 * about.columns + about.footer + 30
        if found and max(first, second) > height - (LETTER - HIGH) - BEST:
            break
        found.insert(0, size)
    return tuple(found)
