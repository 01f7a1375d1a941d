"""What was loaded and an id in; nothing out if a new entry may have that id, or the reason why not with a next step."""

import re
from collections.abc import Iterator

from generator.load import Loaded
from generator.models import SLUG, Retired, Slug
from generator.syntax import shown

MAX_LENGTH = next(one.max_length for one in Slug.__metadata__ if hasattr(one, "max_length"))  # type: ignore[attr-defined]


class Refused(Exception):
    """The command was understood, and what it asks for is not done: the text says why, and what to do instead."""


def free_id(loaded: Loaded, id_: str) -> None:
    """Raise `Refused` if ``id_`` is no id, is taken, or was taken once."""
    if not re.search(SLUG, id_) or id_.endswith("\n"):
        slug = re.sub(r"[^a-z0-9]+", "-", id_.casefold()).strip("-")
        hint = f"type '{slug}'" if re.search(SLUG, slug) else "type one such as 'calf-strain'"
        raise Refused(f"{shown(id_)} is no id: an id has small letters, digits and single hyphens: {hint}")
    if len(id_) > MAX_LENGTH:
        raise Refused(f"{shown(id_)} has {len(id_)} letters, and at most {MAX_LENGTH} fit: choose a shorter id")
    for (_, stem), origin in loaded.origins.items():
        if stem == id_:
            raise Refused(f"'{id_}' is taken by {origin.shown}: mend that file, or choose another id")
    for old, where in _given_up(loaded):
        if old == id_:
            raise Refused(
                f"'{id_}' was given up and is kept in {where}, because old links lead there: choose another id"
            )


def _given_up(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for name, entries in loaded.entries.items():
        for entry in entries:
            where = loaded.origins[name, entry.id].shown
            yield from ((old, where) for old in entry.formerly)
            if isinstance(entry, Retired):
                yield from ((one.id, where) for one in entry.ids)
