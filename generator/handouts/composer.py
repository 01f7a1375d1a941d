"""A book in; for each entry that can be put on a sheet in the browser, a small script that hands over its words, out.

The scripts call ``causebookSheet(id, words)``, so that they load from ``file://`` too. The words are those of the handouts.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from generator.handouts.view import about, book_info, handout, levels
from generator.link import Book
from generator.models import Cause, PageEntry, Question, Tip
from generator.prose import spoken

FOLDER = "assets/composer"
Block = tuple[str, str, tuple[str, ...]]
"""Heading, kind of list ("text", "list", "tick", "cross" or "steps"), items."""


def scripts(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the address below the site's tree and the text of each script."""
    for collection in book.collections.values():
        for entry in book.of[collection.name] if collection.composed else ():
            if isinstance(entry, PageEntry):
                words = json.dumps(_words(book, entry), ensure_ascii=False, sort_keys=True)
                yield f"{FOLDER}/{entry.id}.js", f"causebookSheet({json.dumps(entry.id)}, {words});\n"


def _words(book: Book, entry: PageEntry) -> dict[str, Any]:
    info = book_info(book)
    return {
        "title": entry.title,
        "main": spoken(entry.main_message.text),
        "blocks": [block for block in _blocks(book, entry) if block[2]],
        "levels": [asdict(level) for level in levels(book, entry.get_help)],
        "about": f"{'. '.join(about(entry, info))}.",
        "disclaimer": spoken(info.disclaimer),
    }


def _blocks(book: Book, entry: PageEntry) -> tuple[Block, ...]:
    points = tuple(spoken(one.text) for one in entry.key_points)
    if isinstance(entry, Cause):
        one = handout(book, entry)
        return (
            ("In short", "list", one.points),
            ("What to do", "tick", one.do),
            ("What not to do", "cross", one.do_not),
            (f"When you can start {one.activity} again", "tick", one.again),
        )
    if isinstance(entry, Tip):
        return (
            ("Who it is for", "text", (spoken(entry.for_whom),)),
            ("Leave it out, or ask first, if this is you", "cross", tuple(spoken(one) for one in entry.not_for)),
            ("Step by step", "steps", tuple(spoken(one.text) for one in entry.steps)),
            ("When to stop", "list", tuple(spoken(one) for one in entry.stop_if)),
        )
    if isinstance(entry, Question):
        return ("In short", "list", points), ("Why", "list", tuple(spoken(one.text) for one in entry.because))
    return (("In short", "list", points),)
