"""Pictures drawn from the data: a page in, inline SVG out. What templates may call stands in `DRAWN`."""

from collections.abc import Callable

from generator.pictures.drawing import drawings
from generator.pictures.figure import area_links, marked_areas
from generator.pictures.network import around, whole
from generator.pictures.svg import Markup
from generator.pictures.timeline import time_line, time_lines

DRAWN: dict[str, Callable[..., Markup]] = {
    "area_links": area_links,
    "marked_areas": marked_areas,
    "time_line": time_line,
    "time_lines": time_lines,
    "network_around": around,
    "network": whole,
    "drawings": drawings,
}
