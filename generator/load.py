"""The folder ``data/`` in; validated entries and problems out, with validation errors rephrased for authors."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from generator import source
from generator.marks import Path
from generator.models import COLLECTIONS, SLUG, Collection, Entry
from generator.origin import Origin
from generator.problems import Problem
from generator.rephrase import did_you_mean, first, rephrase, still_to_fill
from generator.syntax import visible

MAX_BYTES = 250_000
"""A data file holds one entry; a larger file than this is something else."""

TO_FILL = "???"
"""What a new file has wherever only its author can know what belongs there."""

_Item = os.DirEntry[str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What ``data/`` holds; ``root`` is that folder as messages name it.

    ``entries``: collection name → its entries, in the order of their file names. ``origins``: (collection, id) → file.
    ``broken``: ids of files that are there but were turned away or have problems, so that a reference to one of them is
    not reported a second time.
    """

    root: str
    collections: tuple[Collection, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    origins: Mapping[tuple[str, str], Origin]
    broken: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file gave: it stays true as long as the file holds the same bytes."""

    raw: bytes
    entry: Entry | None
    problems: tuple[Problem, ...]
    broken: frozenset[str]


Known = dict[tuple[str, str], _Read]
"""What earlier calls of `load` found: (collection, file) → what it gave. Whoever calls often keeps one and passes it on."""


@dataclass(slots=True)
class _Reading:
    entries: dict[str, list[Entry]]
    inside: str
    known: Known
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def turn_away(self, where: str, rule: str, message: str, hint: str) -> None:
        self.problems.append(Problem(where, 1, 1, rule, message, hint))
        self.broken.add(_stem(where))


def load(data: FilePath, *, collections: Sequence[Collection] = COLLECTIONS, known: Known | None = None) -> Loaded:
    """Read every file below ``data`` and validate it against the model of its collection. Raises nothing.

    ``known`` is added to; a file with the bytes that it had then is not validated again.
    """
    root = visible(data.as_posix())
    entries: dict[str, list[Entry]] = {collection.name: [] for collection in collections}
    reading = _Reading(entries, os.path.realpath(data), {} if known is None else known)
    for collection, origin in _files(data, collections, reading):
        _read_entry(collection, origin, reading)
    if not reading.origins and not reading.problems:
        hint = f"write a first entry, such as {root}/{collections[0].name}/my-first.yaml, or name another folder"
        reading.problems.append(Problem(root, 1, 1, "no-data", "the folder holds no entry", hint))
    return Loaded(
        root,
        tuple(collections),
        {name: tuple(entries) for name, entries in reading.entries.items()},
        reading.origins,
        frozenset(reading.broken),
        tuple(reading.problems),
    )


def _files(data: FilePath, collections: Sequence[Collection], reading: _Reading) -> Iterator[tuple[Collection, Origin]]:
    """Yield each data file with its collection; turn away all that has no business in ``data/``."""
    folders = {collection.name: collection for collection in collections if not collection.single}
    singles = {collection.name: collection for collection in collections if collection.single}
    for item in _visible(data, reading, "name the folder of the data with --data"):
        where, stem = visible(f"{data.as_posix()}/{item.name}"), _stem(item.name)
        if _is_bad_link(item, where, reading):
            continue
        if item.is_dir() and item.name in folders:
            yield from _folder_files(FilePath(item.path), folders[item.name], reading)
        elif item.is_file() and stem in singles:
            if item.name == f"{stem}.yaml":
                yield singles[stem], Origin(FilePath(item.path), where, item.name)
            else:
                reading.turn_away(where, "wrong-ending", "data files end in .yaml", f"rename it to {stem}.yaml")
        elif item.is_dir():
            _turn_away_folder(item, where, folders, singles, reading)
        elif item.name in folders:
            message, hint = "this is a file, and a folder is expected", "delete it, and make a folder of this name"
            reading.turn_away(where, "stray-file", message, hint)
        else:
            hint = (
                f"move it into the folder of its collection ({', '.join(sorted(folders))}), or out of the data folder"
            )
            reading.turn_away(where, "stray-file", "this file is no entry", hint)


def _folder_files(folder: FilePath, collection: Collection, reading: _Reading) -> Iterator[tuple[Collection, Origin]]:
    for item in _visible(folder, reading, "look at its access rights"):
        where = visible(f"{folder.as_posix()}/{item.name}")
        if _is_bad_link(item, where, reading):
            continue
        name, dot, ending = item.name.rpartition(".")
        if item.is_dir():
            message, hint = f"a folder inside the collection '{collection.name}'", "move its files up into that folder"
            reading.turn_away(where, "unknown-folder", message, hint)
            reading.broken |= _stems_below(item)
        elif dot and ending == "yaml" and item.is_file():
            yield collection, Origin(FilePath(item.path), where, f"{folder.name}/{item.name}")
        elif not item.is_file():
            reading.turn_away(where, "stray-file", "this is neither a file nor a folder", "delete it")
        elif dot and ending.lower() in ("yml", "yaml"):
            reading.turn_away(where, "wrong-ending", "data files end in .yaml", f"rename it to {visible(name)}.yaml")
        else:
            hint = f"rename it to {_stem(where)}.yaml if it is an entry, or move it out of the data folder"
            reading.turn_away(where, "stray-file", "this file is no entry", hint)


def _visible(folder: FilePath, reading: _Reading, hint: str) -> list[_Item]:
    """Return what a folder holds, sorted; hidden files (``.DS_Store``, editors' swap files) do not count."""
    try:
        with os.scandir(folder) as items:
            return sorted((item for item in items if not item.name.startswith(".")), key=lambda item: item.name)
    except FileNotFoundError:
        message = "there is no such folder"
    except NotADirectoryError:
        message = "this is a file, and a folder is expected"
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror or 'unknown reason'}"
    reading.turn_away(visible(folder.as_posix()), "no-data", message, hint)
    return []


def _is_bad_link(item: _Item, where: str, reading: _Reading) -> bool:
    if not item.is_symlink():
        return False
    target = os.path.realpath(item.path)
    if target != reading.inside and not target.startswith(reading.inside + os.sep):
        message = "this link leads out of the data folder"
        reading.turn_away(where, "outside-data", message, "put the file itself here, in place of the link")
        return True
    if not os.path.exists(target):  # noqa: PTH110 - a Path raises for links that lead in a circle
        reading.turn_away(
            where, "unreadable", "this link leads nowhere", "put the file itself here, or delete the link"
        )
        return True
    return False


def _turn_away_folder(
    item: _Item, where: str, folders: Iterable[str], singles: Iterable[str], reading: _Reading
) -> None:
    name = _stem(item.name)
    if name in singles:
        message, hint = f"this is a folder, and the file {name}.yaml is expected", f"write {name}.yaml in its place"
    else:
        message = f"'{visible(item.name)}' is no collection"
        hint = did_you_mean(item.name, folders) or f"collections are {', '.join(sorted(folders))}"
    reading.turn_away(where, "unknown-folder", message, hint)
    reading.broken |= _stems_below(item)


def _stem(where: str) -> str:
    return where.rpartition("/")[2].partition(".")[0]


def _stems_below(folder: _Item) -> set[str]:
    return {_stem(name) for _, _, names in os.walk(folder.path) for name in names}


def _read_entry(collection: Collection, origin: Origin, reading: _Reading) -> None:
    stem, place = origin.file.stem, (collection.name, origin.shown)
    reading.origins[collection.name, stem] = origin
    raw, problems = _read_bytes(origin)
    if raw is None:
        reading.problems += problems
        reading.broken.add(stem)
        return
    read = reading.known.get(place)
    if read is None or read.raw != raw:
        read = reading.known[place] = _understand(collection, origin, raw)
    if read.entry:
        reading.entries[collection.name].append(read.entry)
    reading.problems += read.problems
    reading.broken |= read.broken


def _understand(collection: Collection, origin: Origin, raw: bytes) -> _Read:
    data, problems = _parse(origin, raw)
    entry = None
    if data is not None:
        entry, invalid = _validate(data, collection, origin)
        told = {(problem.line, problem.column) for problem in invalid}
        problems = *(one for one in first(problems, origin) if (one.line, one.column) not in told), *invalid
    broken = {origin.file.stem} if problems else set()
    if problems and isinstance(data, dict) and isinstance(data.get("id"), str):
        broken.add(data["id"])
    return _Read(raw, entry, problems, frozenset(broken))


def _validate(data: Any, collection: Collection, origin: Origin) -> tuple[Entry | None, tuple[Problem, ...]]:
    unfilled = tuple(_unfilled(data, ()))
    told = (*_misnamed(data, collection, origin), *(still_to_fill(path, collection, origin) for path in unfilled))
    try:
        entry = collection.model.model_validate(data)
    except ValidationError as error:
        invalid = rephrase(error, collection, origin, passed_over=frozenset(unfilled))
        return None, (*invalid, *first(told, origin))
    return (None if told else entry), first(told, origin)


def _unfilled(data: Any, path: Path) -> Iterator[Path]:
    if data == TO_FILL:
        yield path
    elif isinstance(data, dict | tuple):
        for part, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _unfilled(value, (*path, part))


def _misnamed(data: Any, collection: Collection, origin: Origin) -> tuple[Problem, ...]:
    """Return a problem if a well-formed id differs from the name of its file."""
    id_, stem = data.get("id") if isinstance(data, dict) else None, origin.file.stem
    if id_ == stem or not isinstance(id_, str) or not re.search(SLUG, id_):
        return ()
    hints = [f"write 'id: {stem}'"] if re.search(SLUG, stem) else []
    if not collection.single:
        hints.append(f"rename the file to {id_}.yaml")
    message = f"the id '{id_}' is not the file name"
    return (Problem(origin.shown, *origin.place(("id",)), "id-file-name", message, ", or ".join(hints)),)


def _read_bytes(origin: Origin) -> tuple[bytes | None, tuple[Problem, ...]]:
    try:
        with origin.file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1), ()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or 'unknown reason'}"
        hint = "look at its access rights, or write it anew"
        return None, (Problem(origin.shown, 1, 1, "unreadable", message, hint),)


def _parse(origin: Origin, raw: bytes) -> tuple[Any, tuple[Problem, ...]]:
    if len(raw) > MAX_BYTES:
        message = f"more than {MAX_BYTES:,} bytes, and an entry never needs so many"
        return None, (Problem(origin.shown, 1, 1, "too-large", message, "put each entry in a file of its own"),)
    text, problems = source.decode(raw, origin.shown)
    if problems:
        return None, problems
    document = source.read(text, origin.shown)
    return document.data, document.problems
