"""A collection, an id and examples in; the text of a commented starting file out.

Lines that begin with ``##`` explain, lines that begin with ``#`` are optional keys: take the ``# `` away to use one. What
only the author can know is `load.TO_FILL`, which the check asks for one by one.
"""

import datetime
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from generator.canonical import formatted, scalar
from generator.load import TO_FILL
from generator.marks import Path
from generator.models import Collection, written_order
from generator.rephrase import inner_model, literal_values
from generator.schema import Examples, example_of, sample

Answers = Mapping[Path, str]
"""What the author has said already: the path of a value → its text."""
MAX_QUESTIONS = 5
_YEAR_LATER = ("_due", "_by")  # days by which somebody looks again: the review of a page, of a source
_KNOWN = {"version": '"1.0"'}
_WIDTH = 110


@dataclass(frozen=True, slots=True)
class _Draft:
    examples: Examples
    answers: Answers
    today: datetime.date
    explained: set[str] = field(default_factory=set)


def starting_file(
    collection: Collection, id_: str, *, examples: Examples, today: datetime.date, schema: str, answers: Answers
) -> str:
    """Return the text of a new file; ``schema`` is the address of its JSON Schema as seen from that file."""
    draft = _Draft(examples, {**answers, ("id",): id_}, today)
    lines = [
        f"# yaml-language-server: $schema={schema}",
        "#",
        *_comment(f"A new {collection.noun}. Write your own words wherever {TO_FILL} stands.", "#"),
        *_comment(
            "Lines with ## explain, and may be deleted. A line with one # is a key you may use: take the '# ' away.",
            "#",
        ),
        *_comment("'causebook check' tells you what is still to fill in, and what else is wrong.", "#"),
    ]
    for name in written_order(collection.model):
        lines += ["", *_field(collection.model, name, draft)]
    return "\n".join(lines) + "\n"


def questions(collection: Collection) -> tuple[tuple[Path, str, tuple[str, ...]], ...]:
    """Return what to ask an author first: the path of a value, what belongs there, and the words it may be, if only some."""
    asked: list[tuple[Path, str, tuple[str, ...]]] = []
    for name in written_order(collection.model):
        info = collection.model.model_fields[name]
        if not info.is_required() or name == "id" or name in _KNOWN:
            continue
        kind = _bare(info.annotation)
        if kind is str or literal_values(info.annotation):
            asked.append(((name,), info.description or "", literal_values(info.annotation)))
        elif (model := inner_model(kind)) is kind and model and "text" in model.model_fields:
            asked.append(((name, "text"), info.description or "", ()))
    return tuple(asked[:MAX_QUESTIONS])


def _field(model: type[BaseModel], name: str, draft: _Draft) -> Iterator[str]:
    """Yield the lines of a top-level field: what it means, an example, and the field itself."""
    info = model.model_fields[name]
    example = example_of(model, name, draft.examples)
    shown = _canonical(model, name, example) if example is not None else ()
    yield from _comment(" ".join(filter(None, (info.description, _limits(info)))), "##")
    if info.is_required():
        if shown and name != "id" and (name,) not in draft.answers:
            yield "## Example:"
            yield from (f"##   {line}".rstrip() for line in shown)
        yield from _value(info, name, (name,), 0, draft)
    elif shown:
        yield from (f"# {line}".rstrip() for line in shown)


def _canonical(model: type[BaseModel], name: str, example: Any) -> tuple[str, ...]:
    text, _ = formatted(sample(name, example) + "\n", name, model)
    return tuple(text.splitlines())


def _value(info: Any, name: str, path: Path, indent: int, draft: _Draft) -> Iterator[str]:
    """Yield a required field with what is known of its value, and a placeholder for the rest."""
    annotation, lead = info.annotation, f"{' ' * indent}{name}:"
    kind = _bare(annotation)
    told = draft.answers.get(path)
    if get_origin(kind) is tuple:
        yield lead
        yield from _items(info, kind, path, indent + 2, draft)
    elif (model := inner_model(kind)) is kind and model:
        yield lead
        yield from _record(model, path, indent + 2, draft)
    elif told is not None:
        yield f"{lead} {scalar(told)}"
    elif kind is datetime.date:
        yield f"{lead} {_a_year_later(draft.today) if name.endswith(_YEAR_LATER) else draft.today}"
    else:
        choices = ("true", "false") if kind is bool else literal_values(annotation)
        note = f" # {', '.join(choices[:-1])} or {choices[-1]}" if choices else ""
        yield f"{lead} {_KNOWN.get(name, TO_FILL)}{note if name not in _KNOWN else ''}"


def _items(info: Any, kind: Any, path: Path, indent: int, draft: _Draft) -> Iterator[str]:
    least = next((one.min_length for one in info.metadata if getattr(one, "min_length", None)), 1)
    model = inner_model(kind)
    for position in range(least):
        if model is None:
            yield f"{' ' * indent}- {TO_FILL}"
            continue
        first, *rest = _record(model, (*path, position), indent + 2, draft)
        yield f"{' ' * indent}- {first.lstrip()}"
        yield from rest


def _record(model: type[BaseModel], path: Path, indent: int, draft: _Draft) -> Iterator[str]:
    """Yield the fields of a record inside an entry; the first record of a kind says what each field means."""
    new = model.__name__ not in draft.explained
    draft.explained.add(model.__name__)
    required = [name for name in written_order(model) if model.model_fields[name].is_required()]
    for name in required:
        info = model.model_fields[name]
        lines = list(_value(info, name, (*path, name), indent, draft))
        if new and "#" not in lines[0] and info.description:
            lines[0] = f"{lines[0]} ## {info.description}"
        yield from lines
    for name in written_order(model):
        info = model.model_fields[name]
        example = example_of(model, name, draft.examples)
        if name not in required and example is not None and new:
            yield from (" " * indent + line for line in _comment(info.description or "", "##"))
            if isinstance(example, list) and all(isinstance(one, str) for one in example):
                yield f"{' ' * indent}# {name}: [{', '.join(example)}]"
            else:
                yield from (f"{' ' * indent}# {line}" for line in _canonical(model, name, example))


def _limits(info: Any) -> str:
    """Return how long a text or list may be, in words."""
    is_list = get_origin(_bare(info.annotation)) is tuple
    bounds = [one for one in info.metadata if isinstance(one, StringConstraints) or is_list]
    least = next((one.min_length for one in bounds if getattr(one, "min_length", None)), None)
    most = next((one.max_length for one in bounds if getattr(one, "max_length", None)), None)
    if not is_list and get_origin(info.annotation) is Annotated:
        least = least or next((getattr(one, "min_length", None) for one in get_args(info.annotation)[1:]), None)
    if most is None:
        return f"At least {least} of them." if least and least > 1 and is_list else ""
    if is_list and re.search(r"\d", info.description or ""):
        return ""
    return f"({least or 0} to {most} of them)" if is_list else f"At most {most} characters."


def _bare(annotation: Any) -> Any:
    """Return a type without its marks, and without 'or nothing'."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def _a_year_later(day: datetime.date) -> datetime.date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _comment(text: str, sign: str) -> Iterator[str]:
    line = sign
    for word in text.split():
        if len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = sign
        line += f" {word}"
    yield line
