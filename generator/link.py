"""Entries in; a book out, in which every reference leads somewhere and is known from both ends.

Nothing here knows a collection or a field by name: references, prose and defined words are found by their marks.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from generator import prose
from generator.load import Loaded
from generator.marks import Defines, Marked, Names, Ref, marked_values
from generator.models import Collection, Entry
from generator.origin import Origin
from generator.problems import Problem
from generator.rephrase import did_you_mean


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference: ``source`` names ``target``, in ``record`` (the entry itself, or a record inside it)."""

    source: Entry
    target: Entry
    record: BaseModel
    in_prose: bool


@dataclass(frozen=True, slots=True)
class Book:
    """All entries, linked.

    ``entries``: id → entry. ``of``: collection name → its entries, in reading order. ``home``: id → collection.
    ``origins``: id → file. ``outgoing`` and ``incoming``: id → mentions from and of that entry, in the order in which they
    are written. ``words``: a defined word in small letters → id of the entry that explains it. ``singles``: name of a
    collection of one file → its entry.
    """

    collections: Mapping[str, Collection]
    entries: Mapping[str, Entry]
    of: Mapping[str, tuple[Entry, ...]]
    home: Mapping[str, Collection]
    origins: Mapping[str, Origin]
    outgoing: Mapping[str, tuple[Mention, ...]]
    incoming: Mapping[str, tuple[Mention, ...]]
    words: Mapping[str, str]
    singles: Mapping[str, Entry]


def link(loaded: Loaded) -> tuple[Book, tuple[Problem, ...]]:
    """Return the book and every reference in it that leads nowhere; such references are left out of the book."""
    problems: list[Problem] = []
    entries, home, origins = _by_id(loaded, problems)
    outgoing: dict[str, list[Mention]] = defaultdict(list)
    incoming: dict[str, list[Mention]] = defaultdict(list)
    words: dict[str, str] = {}
    aims = _Aims(entries, home, loaded.broken)
    for id_, entry in entries.items():
        for marked in marked_values(entry):
            if isinstance(marked.mark, Defines):
                taken = words.setdefault(marked.value.casefold(), id_)
                if taken != id_:
                    problems.append(
                        _problem(
                            origins[id_],
                            marked,
                            "duplicate-term",
                            f"'{marked.value}' is already explained by '{taken}'",
                            "keep it in one of the two",
                        )
                    )
                continue
            if isinstance(marked.mark, Names):
                continue
            for target, fault in aims.follow(entry, marked):
                if fault:
                    problems.append(_problem(origins[id_], marked, *fault[:3], part=fault[3]))
                elif target is not None:
                    mention = Mention(entry, target, marked.record, not isinstance(marked.mark, Ref))
                    outgoing[id_].append(mention)
                    incoming[target.id].append(mention)
    problems.extend(_missing_singles(loaded))
    ordered = {
        name: tuple(sorted(of, key=lambda entry: (entry.order, entry.title.casefold(), entry.id)))
        for name, of in loaded.entries.items()
    }
    return Book(
        {collection.name: collection for collection in loaded.collections},
        entries,
        ordered,
        home,
        origins,
        {id_: tuple(mentions) for id_, mentions in outgoing.items()},
        {id_: tuple(mentions) for id_, mentions in incoming.items()},
        words,
        {name: of[0] for name, of in ordered.items() if of and home[of[0].id].single},
    ), tuple(problems)


def _by_id(
    loaded: Loaded, problems: list[Problem]
) -> tuple[dict[str, Entry], dict[str, Collection], dict[str, Origin]]:
    entries: dict[str, Entry] = {}
    home: dict[str, Collection] = {}
    origins: dict[str, Origin] = {}
    for collection in loaded.collections:
        for entry in loaded.entries[collection.name]:
            origin = loaded.origins[collection.name, entry.id]
            if entry.id in entries:
                line, column = origin.place(("id",))
                problems.append(
                    Problem(
                        origin.shown,
                        line,
                        column,
                        "duplicate-id",
                        f"the id '{entry.id}' is taken by {origins[entry.id].shown}",
                        "ids are unique in the whole book: choose another, and rename the file",
                    )
                )
                continue
            entries[entry.id], home[entry.id], origins[entry.id] = entry, collection, origin
    for entry in entries.values():
        for position, old in enumerate(entry.formerly):
            if old in entries:
                line, column = origins[entry.id].place(("formerly", position))
                problems.append(
                    Problem(
                        origins[entry.id].shown,
                        line,
                        column,
                        "retired-id",
                        f"'{old}' is an id in use ({origins[old].shown})",
                        "a retired id is never used again",
                    )
                )
    return entries, home, origins


Fault = tuple[str, str, str, str]
"""rule, message, hint, and the part of the text that is meant (empty: all of it)."""


@dataclass(frozen=True, slots=True)
class _Aims:
    """What references can lead to."""

    entries: Mapping[str, Entry]
    home: Mapping[str, Collection]
    broken: Mapping[str, str]

    def follow(self, entry: Entry, marked: Marked) -> Iterator[tuple[Entry | None, Fault | None]]:
        """Yield, for each reference in a marked value, the entry it leads to or what is wrong with it."""
        if isinstance(marked.mark, Ref):
            yield self._aim(entry, marked.value, marked.mark.collections, "")
            return
        faults = [(fault.rule, fault.message, fault.hint, fault.part) for fault in prose.faults(marked.value)]
        if faults:
            yield from ((None, fault) for fault in faults)
            return
        for target in prose.links(marked.value):
            if not prose.is_outer(target):
                yield self._aim(entry, target, (), f"]({target})")

    def _aim(self, entry: Entry, id_: str, wanted: tuple[str, ...], part: str) -> tuple[Entry | None, Fault | None]:
        target = self.entries.get(id_)
        if target is None:
            if id_ in self.broken:
                return None, None  # that file has a problem of its own
            kind = " or ".join(wanted) or "this book"
            return None, ("unknown-id", f"there is no '{id_}' in {kind}", self._suggest(id_, wanted), part)
        home = self.home[id_]
        if wanted and home.name not in wanted:
            return None, (
                "wrong-kind",
                f"'{id_}' is a {home.noun}, and an id of {' or '.join(wanted)} is expected",
                self._suggest(id_, wanted),
                part,
            )
        if not wanted and home.pages == "none":
            return None, ("no-page", f"'{id_}' is a {home.noun}, which has no page to lead to", "", part)
        if target is entry:
            return None, ("self-reference", f"'{id_}' is this entry itself", "take the reference out", part)
        return target, None

    def _suggest(self, id_: str, wanted: tuple[str, ...]) -> str:
        known = [known for known in self.entries if not wanted or self.home[known].name in wanted]
        if close := did_you_mean(id_, known):
            return close
        if wanted:
            return f"ids are the names of the files in data/{wanted[0]}/"
        return "an id is the name of a file in data/ without .yaml"


def _problem(origin: Origin, marked: Marked, rule: str, message: str, hint: str, *, part: str = "") -> Problem:
    line, column = origin.place(marked.path, part=part)
    if part.startswith("]("):
        column += 2
    return Problem(origin.shown, line, column, rule, message, hint)


def _missing_singles(loaded: Loaded) -> Iterator[Problem]:
    if not loaded.origins:
        return
    some = next(iter(loaded.origins.values()))
    root = some.shown[: -len(some.relative) - 1]
    for collection in loaded.collections:
        if collection.single and (collection.name, collection.name) not in loaded.origins:
            yield Problem(
                f"{root}/{collection.name}.yaml",
                1,
                1,
                "no-data",
                "this file is missing",
                "write it: it holds what is true of the whole book",
            )
