"""The rule about codes of medical classifications: each is one that exists, with the title it really has."""

from collections.abc import Iterator

from generator.checks.rule import Desk, Found, rule
from generator.models import CodeList, PageEntry


@rule(
    reason="A wrong code sends other people's software to the wrong illness.",
    good="M84.3, Stress fracture, not elsewhere classified",
    bad="M84.3, Broken shin",
)
def code_not_pinned(desk: Desk) -> Iterator[Found]:
    """Every code stands in the book's list of that classification, with the same title."""
    pinned = {
        (entry.title, one.code): one.title
        for entry in desk.book.entries.values()
        if isinstance(entry, CodeList)
        for one in entry.codes
    }
    for entry in desk.book.entries.values():
        for position, code in enumerate(entry.codes if isinstance(entry, PageEntry) else ()):
            title = pinned.get((code.system, code.code))
            if title is None:
                message = f"'{code.code}' does not stand in the list of {code.system} codes"
                yield Found(
                    entry, ("codes", position, "code"), message, "add it to data/codes/ with its title, or leave it out"
                )
            elif title != code.title:
                message = f"the title of {code.system} {code.code} is '{title}'"
                yield Found(entry, ("codes", position, "title"), message, "copy that title")
