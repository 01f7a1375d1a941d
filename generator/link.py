"""Entries in; a book out, in which every reference leads somewhere and is known from both ends.

Nothing here knows a collection or a field by name: references, prose and defined words are found by their marks.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import BaseModel

from generator import prose
from generator.load import Loaded
from generator.marks import Defines, Marked, Names, Path, Ref, marked_values
from generator.models import SLUG, Collection, Entry, Retired, RetiredId
from generator.near import certain
from generator.origin import Origin
from generator.problems import Fix, Problem
from generator.prose import Fault
from generator.rephrase import MAX_PROBLEMS, did_you_mean, more
from generator.syntax import shown


class Mention(NamedTuple):
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
    collection of one file → its entry. ``retired``: id of an entry that was deleted → what its address leads to.
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
    retired: Mapping[str, RetiredId] = field(default_factory=dict)


def link(loaded: Loaded) -> tuple[Book, tuple[Problem, ...]]:
    """Return the book and every reference in it that leads nowhere; such references are left out of the book."""
    problems: list[Problem] = []
    entries, home, origins = _by_id(loaded, problems)
    outgoing: dict[str, list[Mention]] = defaultdict(list)
    incoming: dict[str, list[Mention]] = defaultdict(list)
    words: dict[str, str] = {}
    aims = _Aims(entries, home, loaded.broken, loaded.root)
    for id_, entry in entries.items():
        faults: list[tuple[Marked, Fault]] = []
        for marked in marked_values(entry):
            if isinstance(marked.mark, Defines):
                taken = words.setdefault(marked.value.casefold(), id_)
                if taken != id_:
                    message = f"{shown(marked.value)} is already explained by '{taken}'"
                    faults.append((marked, Fault("duplicate-term", message, "keep it in one of the two files")))
                continue
            if isinstance(marked.mark, Names):
                continue
            for target in aims.follow(entry, marked):
                if isinstance(target, Entry):
                    mention = Mention(entry, target, marked.record, not isinstance(marked.mark, Ref))
                    outgoing[id_].append(mention)
                    incoming[target.id].append(mention)
                else:
                    faults.append((marked, target))
        problems.extend(_placed(faults, origins[id_]))
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
        {one.id: one for entry in entries.values() if isinstance(entry, Retired) for one in entry.ids},
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
    reserved: dict[str, str] = {}
    for entry in entries.values():
        for path, old in _reserved_by(entry):
            by = origins[old].shown if old in entries else reserved.get(old)
            reserved[old] = origins[entry.id].shown
            if by:
                message = f"'{old}' is an id in use ({by})" if old in entries else f"'{old}' is kept in {by} already"
                hint = "an id that was given up is never used again: give the new entry another one, or take this out"
                line, column = origins[entry.id].place(path)
                problems.append(Problem(origins[entry.id].shown, line, column, "retired-id", message, hint))
    return entries, home, origins


def _reserved_by(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield the ids that are kept from being used again because ``entry`` names them as its own or as deleted."""
    yield from ((("formerly", position), old) for position, old in enumerate(entry.formerly))
    if isinstance(entry, Retired):
        yield from ((("ids", position, "id"), one.id) for position, one in enumerate(entry.ids))


@dataclass(frozen=True, slots=True)
class _Aims:
    """What references can lead to; ``hints`` holds the next steps that were worked out before."""

    entries: Mapping[str, Entry]
    home: Mapping[str, Collection]
    broken: frozenset[str]
    root: str
    hints: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def follow(self, entry: Entry, marked: Marked) -> Iterator[Entry | Fault]:
        """Yield, for each reference in a marked value, the entry it leads to or what is wrong with it."""
        if isinstance(marked.mark, Ref):
            yield from self._aim(entry, marked.value, marked.mark.collections)
            return
        faults = tuple(prose.faults(marked.value))
        if faults:
            yield from faults
            return
        for target in prose.links(marked.value):
            if not prose.is_outer(target):
                yield from self._aim(entry, target, (), f"]({target})", 2)

    def _aim(
        self, entry: Entry, id_: str, wanted: tuple[str, ...], part: str = "", skip: int = 0
    ) -> Iterator[Entry | Fault]:
        target = self.entries.get(id_)
        if target is None:
            if id_ not in self.broken:  # else that file has a problem of its own
                message = f"there is no {shown(id_)} in {' or '.join(wanted) or 'this book'}"
                yield Fault("unknown-id", message, self._hint(id_, wanted), part, skip, self._fix(id_, wanted))
            return
        home = self.home[id_]
        if wanted and home.name not in wanted:
            message = f"'{id_}' stands in {home.name}, and an id of {' or '.join(wanted)} is expected"
            yield Fault("wrong-kind", message, self._hint(id_, wanted), part, skip)
        elif not wanted and home.pages == "none":
            message = f"'{id_}' stands in {home.name}, whose entries have no page to lead to"
            yield Fault("no-page", message, "take the link out, or link to another entry", part, skip)
        elif target is entry:
            yield Fault("self-reference", f"'{id_}' is this entry itself", "take the reference out", part, skip)
        else:
            yield target

    def _hint(self, id_: str, wanted: tuple[str, ...]) -> str:
        if (id_, wanted) not in self.hints:
            known = self._known(wanted)
            folders = " or ".join(f"{self.root}/{name}/" for name in wanted) or f"{self.root}/"
            fallback = f"an id is the name of a file in {folders}, without .yaml"
            if len(wanted) == 1 and id_ not in self.entries and re.search(SLUG, id_):
                fallback += f", and 'causebook new {wanted[0]} {id_}' begins one"
            self.hints[id_, wanted] = did_you_mean(id_, known) or fallback
        return self.hints[id_, wanted]

    def _known(self, wanted: tuple[str, ...]) -> list[str]:
        return [known for known in self.entries if not wanted or self.home[known].name in wanted]

    def _fix(self, id_: str, wanted: tuple[str, ...]) -> Fix | None:
        """Return the id that is certainly meant. Without a wanted collection, only of entries that have a page."""
        meant = certain(id_, (one for one in self._known(wanted) if wanted or self.home[one].pages != "none"))
        return Fix(id_, meant) if meant and f"'{meant}'" in self._hint(id_, wanted) else None


def _placed(faults: Sequence[tuple[Marked, Fault]], origin: Origin) -> tuple[Problem, ...]:
    """Return the faults of one entry as problems, each at its own place."""
    problems = []
    seen: Counter[tuple[Path, str]] = Counter()
    for marked, fault in faults[:MAX_PROBLEMS]:
        nth = seen[marked.path, fault.part]
        seen[marked.path, fault.part] += 1
        line, column = origin.place(marked.path, part=fault.part, skip=fault.skip, nth=nth)
        problems.append(Problem(origin.shown, line, column, fault.rule, fault.message, fault.hint, fix=fault.fix))
    return (*problems, *more(origin, len(faults)))


def _missing_singles(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each file that every book has and this one lacks, unless there is no book at all."""
    for collection in loaded.collections:
        name = collection.name
        needed = collection.single and collection.needed
        if loaded.origins and needed and (name, name) not in loaded.origins and name not in loaded.broken:
            keys = (key for key, info in collection.model.model_fields.items() if info.is_required())
            message = f"this file is missing, and it says what holds for the whole {collection.noun}"
            yield Problem(
                f"{loaded.root}/{name}.yaml", 1, 1, "no-data", message, f"write it, with the keys {', '.join(keys)}"
            )
