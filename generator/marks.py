"""Marks on model fields in; every reference and every piece of prose of an entry out, each with its place.

A mark is metadata on a field's type: ``Annotated[str, Ref("causes")]``. The rest of the package asks for marks and
never for field names, so a new field or a new collection needs no change outside ``models``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

Path = tuple[str | int, ...]
"""Where a value stands inside an entry: field names and list positions, from the outside in."""


REFERENCE = "x-collections"
"""Key of a JSON Schema that says of which collections a text is an id; none: of any."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The text is the id of an entry in one of ``collections``; with none named, of any entry."""

    collections: tuple[str, ...] = ()

    def __init__(self, *collections: str) -> None:
        object.__setattr__(self, "collections", collections)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """Tell the schema of a model which collections the id is of, under the key `REFERENCE`."""
        return {**handler(core), REFERENCE: list(self.collections)}


@dataclass(frozen=True, slots=True)
class Prose:
    """The text is one paragraph of Markdown whose links lead to entries by id."""


@dataclass(frozen=True, slots=True)
class Defines:
    """The text is a word that its entry explains: its first use on a page leads there."""


@dataclass(frozen=True, slots=True)
class Names:
    """The text is another name of the entry, or what people type when they look for it: search finds the entry by it."""


Mark = Ref | Prose | Defines | Names


class Marked(NamedTuple):
    """One marked value of an entry: ``path`` from the entry's top, the ``mark``, the text, the record that holds it."""

    path: Path
    mark: Mark
    value: str
    record: BaseModel


_Walk = Callable[[Any, Path, BaseModel, list[Marked]], None]
"""Appends the marks inside a value, which stands at a path of a record, to a list: nested generators cost twice as much."""


def marked_values(record: BaseModel) -> tuple[Marked, ...]:
    """Return every marked value of ``record`` and of the records inside it, in the order of the model's fields."""
    found: list[Marked] = []
    _walk_record(record, (), record, found)
    return tuple(found)


def _walk_record(record: BaseModel, path: Path, _: BaseModel, found: list[Marked]) -> None:
    for name, walk in _plan(type(record)):
        value = getattr(record, name)
        if value or value == "":
            walk(value, (*path, name), record, found)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, _Walk], ...]:
    steps = []
    for name, field in model.model_fields.items():
        walk = _walk_for(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
        if walk is not None:
            steps.append((name, walk))
    return tuple(steps)


def _walk_text(mark: Mark) -> _Walk:
    def walk(value: str, path: Path, record: BaseModel, found: list[Marked]) -> None:
        found.append(Marked(path, mark, value, record))

    return walk


def _walk_items(inner: _Walk) -> _Walk:
    def walk(value: tuple[Any, ...], path: Path, record: BaseModel, found: list[Marked]) -> None:
        for position, item in enumerate(value):
            inner(item, (*path, position), record, found)

    return walk


def _walk_for(annotation: Any) -> _Walk | None:
    """Return how to find marks in a value of this type, or None where it can hold none."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        mark = next((mark for mark in args[1:] if isinstance(mark, Mark)), None)
        return _walk_text(mark) if mark else _walk_for(args[0])
    if origin in (Union, UnionType):
        walks = [walk for arg in args if arg is not NoneType and (walk := _walk_for(arg))]
        return walks[0] if walks else None
    if origin is tuple:
        inner = _walk_for(args[0])
        if inner is None:
            return None
        return _walk_items(inner)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _walk_record
    return None


def records(record: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Yield ``record`` and every record inside it, each with its path, from the outside in."""
    yield path, record
    for name in _record_fields(type(record)):
        value = getattr(record, name)
        if isinstance(value, BaseModel):
            yield from records(value, (*path, name))
        elif value:
            for position, item in enumerate(value):
                yield from records(item, (*path, name, position))


@cache
def _record_fields(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if _holds_records(field.annotation))


def _holds_records(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, BaseModel)
    return any(_holds_records(arg) for arg in get_args(annotation))
