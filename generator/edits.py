"""A text and changes at exact places in; the changed text out. Comments and all that is not named stay as they are."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put ``new`` in place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    new: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with all ``edits`` made; their places are those of ``text``, and no two overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text
