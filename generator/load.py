"""The folder ``data/`` in; validated entries and problems out, with validation errors rephrased for authors."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from generator import source
from generator.models import COLLECTIONS, Collection, Entry
from generator.origin import Origin
from generator.problems import Problem
from generator.rephrase import did_you_mean, rephrase

MAX_BYTES = 1_000_000
"""A data file holds one entry; a larger file than this is something else."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What ``data/`` holds.

    ``entries``: collection name → its entries, in the order of their file names. ``origins``: (collection, id) → file.
    ``broken``: id → collection name, for files that are there but could not be read, so that a reference to one of them
    is not reported a second time.
    """

    collections: tuple[Collection, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    origins: Mapping[tuple[str, str], Origin]
    broken: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Reading:
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(data: FilePath, *, collections: Sequence[Collection] = COLLECTIONS) -> Loaded:
    """Read every file below ``data`` and validate it against the model of its collection. Raises nothing."""
    reading = _Reading(entries={collection.name: [] for collection in collections})
    shown = data.as_posix()
    if not data.is_dir():
        reading.problems.append(
            Problem(shown, 1, 1, "no-data", "there is no such folder", "name the folder of the data with --data")
        )
    else:
        for collection, origin in _files(data, collections, reading.problems):
            _read_entry(collection, origin, reading)
        if not reading.origins and not reading.problems and not reading.broken:
            reading.problems.append(
                Problem(
                    shown,
                    1,
                    1,
                    "no-data",
                    "the folder holds no entry",
                    f"write a first one, such as {shown}/{collections[0].name}/my-first.yaml",
                )
            )
    return Loaded(
        tuple(collections),
        {name: tuple(entries) for name, entries in reading.entries.items()},
        reading.origins,
        reading.broken,
        tuple(reading.problems),
    )


def _files(
    data: FilePath, collections: Sequence[Collection], problems: list[Problem]
) -> Iterator[tuple[Collection, Origin]]:
    """Yield each data file with its collection; report all that has no business in ``data/``."""
    folders = {collection.name: collection for collection in collections if not collection.single}
    singles = {f"{collection.name}.yaml": collection for collection in collections if collection.single}
    inside = data.resolve()
    for item in _visible(data):
        where = item.as_posix()
        if not item.resolve().is_relative_to(inside):
            problems.append(_outside(where))
        elif item.name in singles and item.is_file():
            yield singles[item.name], Origin(item, where, item.name)
        elif item.is_dir() and item.name in folders:
            yield from _folder_files(item, folders[item.name], inside, problems)
        elif item.is_dir():
            problems.append(
                Problem(
                    where,
                    1,
                    1,
                    "unknown-folder",
                    f"'{item.name}' is no collection",
                    did_you_mean(item.name, folders) or f"collections are {', '.join(sorted(folders))}",
                )
            )
        else:
            problems.append(_stray(where, "entries stand in the folder of their collection"))


def _folder_files(
    folder: FilePath, collection: Collection, inside: FilePath, problems: list[Problem]
) -> Iterator[tuple[Collection, Origin]]:
    for item in _visible(folder):
        where = item.as_posix()
        if not item.resolve().is_relative_to(inside):
            problems.append(_outside(where))
        elif item.is_dir():
            problems.append(
                Problem(
                    where,
                    1,
                    1,
                    "unknown-folder",
                    f"a folder inside the collection '{collection.name}'",
                    "entries stand directly in the folder of their collection",
                )
            )
        elif item.suffix == ".yml":
            problems.append(
                Problem(where, 1, 1, "wrong-ending", "data files end in .yaml", f"rename it to {item.stem}.yaml")
            )
        elif item.suffix != ".yaml":
            problems.append(_stray(where, "move it out of the data folder, or name it .yaml if it is an entry"))
        else:
            yield collection, Origin(item, where, f"{folder.name}/{item.name}")


def _visible(folder: FilePath) -> list[FilePath]:
    """Return what a folder holds, sorted; hidden files (``.DS_Store``, editors' swap files) do not count."""
    with os.scandir(folder) as items:
        return sorted(FilePath(item.path) for item in items if not item.name.startswith("."))


def _outside(where: str) -> Problem:
    return Problem(where, 1, 1, "outside-data", "this link leads out of the data folder", "put the file itself here")


def _stray(where: str, hint: str) -> Problem:
    return Problem(where, 1, 1, "stray-file", "this file is no entry", hint)


def _read_entry(collection: Collection, origin: Origin, reading: _Reading) -> None:
    stem = origin.file.stem
    reading.origins[collection.name, stem] = origin
    data, problems = _read_file(origin)
    if not problems:
        try:
            entry = collection.model.model_validate(data)
        except ValidationError as error:
            problems = tuple(rephrase(details, collection, origin) for details in error.errors())
        else:
            if entry.id != stem:
                line, column = origin.place(("id",))
                problems = (
                    Problem(
                        origin.shown,
                        line,
                        column,
                        "id-file-name",
                        f"the id '{entry.id}' is not the file name",
                        f"write 'id: {stem}', or rename the file to {entry.id}.yaml",
                    ),
                )
            else:
                reading.entries[collection.name].append(entry)
    if problems:
        reading.problems.extend(problems)
        reading.broken[stem] = collection.name
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            reading.broken.setdefault(data["id"], collection.name)


def _read_file(origin: Origin) -> tuple[Any, tuple[Problem, ...]]:
    try:
        raw = origin.file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return None, (Problem(origin.shown, 1, 1, "unreadable", f"the file cannot be read: {reason}"),)
    if len(raw) > MAX_BYTES:
        return None, (
            Problem(
                origin.shown,
                1,
                1,
                "too-large",
                f"{len(raw)} bytes; a data file has at most {MAX_BYTES}",
                "one file holds one entry",
            ),
        )
    text, problems = source.decode(raw, origin.shown)
    if problems:
        return None, problems
    document = source.read(text, origin.shown)
    return document.data, document.problems
