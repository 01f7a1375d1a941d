"""The book's explaining pictures in; those that an entry shows out, each with its caption and the same facts in words."""

from generator.models import Picture, Shape
from generator.pictures import svg, timeline
from generator.pictures.svg import Markup, Paper, tag


def drawings(paper: Paper) -> Markup:
    """Return the pictures that the page's entry shows."""
    if paper.entry is None:
        return svg.EMPTY
    named_by = (mention.source for mention in paper.book.incoming.get(paper.entry.id, ()))
    shown = {one.id: one for one in named_by if isinstance(one, Picture) and paper.entry.id in one.shown_on}
    return Markup("".join(_one(paper, shown[id_]) for id_ in sorted(shown)))


def _one(paper: Paper, picture: Picture) -> Markup:
    if picture.curve_of:
        drawn = timeline.curve(paper, picture.curve_of, picture.title, picture.description)
    else:
        hatch = paper.fresh("cb-hatch")
        hatched = any(shape.look == "hatched" for shape in picture.shapes if shape.path)
        drawn = svg.drawing(
            paper,
            picture.id,
            *((svg.stripes(hatch),) if hatched else ()),
            *(_shape(shape, hatch) for shape in picture.shapes),
            width=picture.width,
            height=picture.height,
            title=picture.title,
            description=picture.description,
        )
    same = svg.details("The picture in words", svg.paragraph(picture.description))
    sure = (Markup(" "), svg.sure(paper, picture.certainty, picture.sources)) if picture.certainty else ()
    return svg.figure("drawing", drawn, picture.caption, *sure, same)


def _shape(shape: Shape, hatch: str) -> Markup:
    if shape.label:
        return svg.label(shape.label, "cb-bold" if shape.look == "strong" else None)
    fill = f"url(#{hatch})" if shape.look == "hatched" else None
    return tag("path", d=shape.path, class_=f"cb-{shape.look}", fill=fill)
