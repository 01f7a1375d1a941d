"""A validation error in; problems in the words of an author out: the value, what is expected, and a next step."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.marks import Path
from generator.models import SLUG, Collection
from generator.near import certain, number
from generator.origin import Origin
from generator.problems import Fix, Problem
from generator.syntax import quoted, shown

MAX_PROBLEMS = 50
"""One file tells of at most so many problems: more are the same mistake again, or no entry at all."""

Said = tuple[str, str, str]
"""rule, message and hint of a problem."""

_EXPECTED = {
    "string_type": "text is",
    "int_type": "a whole number is",
    "float_type": "a number is",
    "bool_type": "true or false is",
    "tuple_type": "a list is",
    "model_type": "keys with values are",
    "date_type": "a day is",
}
_HINTS = {
    "int_type": "write digits alone, without quotes",
    "float_type": "write digits alone, without quotes",
    "bool_type": "write true or false, without quotes",
    "tuple_type": "begin each item on a line of its own with '- '",
    "date_type": "write it as 2026-11-22",
}
_FORMS = {
    SLUG: "small letters, digits and hyphens alone, as in 'calf-strain'",
    r"^https://\S+$": "write the whole address, beginning with https://, without spaces",
}
"""A pattern of a model → how to write what fits it, where the field's description does not say it."""
_SLUG_GAPS = re.compile(r"[^a-z0-9]+")
_BOUNDS = {"greater_than_equal": ("small", "at least", "ge"), "less_than_equal": ("large", "at most", "le")}
_TRUTH = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"} | {
    word: word for word in ("true", "false")
}
_RECORD_HINTS = {"span_backwards": "change one of the two numbers"}


@dataclass(frozen=True, slots=True)
class _Field:
    """What stands at a place in an entry: its ``model``, if it is a record, and the field and record that hold it."""

    holder: type[BaseModel] | None
    model: type[BaseModel] | None
    name: str
    description: str
    choices: tuple[str, ...]
    required: bool


def rephrase(
    error: ValidationError, collection: Collection, origin: Origin, *, passed_over: frozenset[Path] = frozenset()
) -> tuple[Problem, ...]:
    """Return the problems behind a validation error; a misspelt key is one problem, and not a missing field besides.

    Values at the paths ``passed_over`` have a problem already.
    """
    details = [one for one in error.errors() if one["loc"] not in passed_over and not _counts_wrongly(one)]
    missing: dict[Path, list[str]] = {}
    for one in details:
        if one["type"] == "missing":
            missing.setdefault(one["loc"][:-1], []).append(str(one["loc"][-1]))
    meant: set[Path] = set()
    problems = []
    for one in sorted(details[:MAX_PROBLEMS], key=lambda one: one["type"] != "extra_forbidden"):
        loc = one["loc"]
        if one["type"] == "missing" and loc in meant:
            continue
        field = _field(collection.model, loc)
        if one["type"] == "extra_forbidden":
            problem, guess = _unknown_key(loc, field, missing.get(loc[:-1], ()), origin)
            meant.add((*loc[:-1], guess))
        else:
            problem = _problem(one, field, origin)
        problems.append(problem)
    return (*problems, *more(origin, len(details)))


def _counts_wrongly(error: ErrorDetails) -> bool:
    """Return whether a list is called too short for the items in it that do not fit, each of which is told by itself."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def still_to_fill(path: Path, collection: Collection, origin: Origin) -> Problem:
    """Return the problem of a placeholder that stands where an author's own words belong."""
    field = _field(collection.model, path)
    told = _field(collection.model, path[:-1]) if field.name == "text" and len(path) > 1 else field
    hint = f"write one of {', '.join(field.choices)}" if field.choices else f"write it. {told.description}"
    names = "".join(f" {part + 1}" if isinstance(part, int) else f", {part}" for part in path).removeprefix(", ")
    message = f"'{names}' is still to be filled in"
    return Problem(origin.shown, *origin.place(path), "still-to-fill", message, hint)


def first(problems: Sequence[Problem], origin: Origin) -> tuple[Problem, ...]:
    """Return the first problems of a file, and how many more there are."""
    return (*problems[:MAX_PROBLEMS], *more(origin, len(problems)))


def more(origin: Origin, count: int) -> Iterator[Problem]:
    """Yield a problem that says how many of the ``count`` problems of a file are not told."""
    if count > MAX_PROBLEMS:
        message = f"{count - MAX_PROBLEMS} more problems stand in this file"
        yield Problem(origin.shown, 1, 1, "many-problems", message, "mend those below first, and check again")


def _unknown_key(loc: Path, field: _Field, missing: Sequence[str], origin: Origin) -> tuple[Problem, str]:
    name, known = str(loc[-1]), tuple(field.holder.model_fields) if field.holder else ()
    guess = closest(name, missing) or closest(name, known)
    line, column = origin.place(loc, key=True)
    hint = f"did you mean '{guess}'?" if guess else f"the keys are {', '.join(known)}"
    meant = certain(name, known)
    fix = Fix(name, meant) if meant and meant == guess and not origin.has((*loc[:-1], meant)) else None
    return Problem(origin.shown, line, column, "unknown-key", f"{shown(name)} is not a key here", hint, fix=fix), guess


def _problem(error: ErrorDetails, field: _Field, origin: Origin) -> Problem:
    loc = error["loc"]
    absent = error["type"] == "missing"
    line, column = origin.place(loc[:-1] if absent else loc, key=absent)
    if absent:
        said = _missing(field, origin)
    elif error["input"] is None and (field.choices or error["type"] in _EXPECTED):
        said = _nothing(loc, field, origin)
    elif error["type"] in _EXPECTED:
        said = _wrong_type(error, field, origin.written(loc))
    else:
        said = _wrong_value(error, field, origin)
    return Problem(
        origin.shown, line, column, *said, fix=None if absent else _repair(error, field, origin.written(loc))
    )


def _repair(error: ErrorDetails, field: _Field, written: str) -> Fix | None:
    """Return what certainly belongs in the place of a value that was ``written``, if one thing does."""
    kind, value = error["type"], error["input"]
    small = value.casefold() if isinstance(value, str) else ""
    new = ""
    if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool) and "\n" not in written:
        new = quoted(written)
    elif kind in ("int_type", "float_type"):
        new = number(small) or (value if re.fullmatch(r"[0-9]+" + (r"(\.[0-9]+)?" * (kind[0] == "f")), small) else "")
    elif kind == "bool_type":
        new = _TRUTH.get(small, "")
    elif kind == "literal_error" and small:
        meant = certain(value, field.choices)
        return Fix(value, meant) if meant else None
    return Fix(written, new) if new and written else None


def _missing(field: _Field, origin: Origin) -> Said:
    words = f"add '{field.name}:'. {field.description}"
    if field.choices:
        words = f"add '{field.name}:' and one of {', '.join(field.choices)}"
    elif field.name == "id":
        words = f"add 'id: {origin.file.stem}', after the name of the file"
    return "missing-field", f"'{field.name}' is missing", words


def _nothing(loc: Path, field: _Field, origin: Origin) -> Said:
    if not loc:
        return "wrong-type", "this file holds nothing", "write the entry, or delete the file"
    written = origin.written(loc)
    delete = "" if field.required else ", or delete the key"
    if isinstance(loc[-1], int):
        delete = ", or delete the item"
    what, hint = f"nothing is written after '{loc[-1]}:'", f"write it{delete}. {field.description}"
    if isinstance(loc[-1], int):
        what, hint = "nothing is written in this item of the list", f"write it{delete}"
    elif field.choices:
        hint = f"write one of {', '.join(field.choices)}{delete}"
    if written:
        what, hint = f"'{written}' without quotes means that nothing is here", f'write "{written}" for the word{delete}'
    return "missing-field", what, hint


def _wrong_type(error: ErrorDetails, field: _Field, written: str) -> Said:
    kind, value = error["type"], error["input"]
    keys = ", ".join(field.model.model_fields) if field.model else ""
    one_line = written if len(written) <= 80 and "\n" not in written else ""
    hint = _HINTS.get(kind, "")
    if kind == "string_type":
        hint = f"write {quoted(one_line)}" if one_line else "put quotes around the whole text"
        if isinstance(value, tuple):
            hint = "write one text, without '- '"
            if written.startswith("["):
                hint = "write one text without brackets, or put quotes around a text that begins with '['"
        elif isinstance(value, dict):
            hint = f"write one text; if it has ': ' inside, in quotes{': ' + quoted(one_line) if one_line else ''}"
    elif kind == "model_type" and not error["loc"]:
        hint = f"begin the lines with 'id: ', 'title: ' and so on. The keys are {keys}"
    elif kind == "model_type":
        hint = f"write each of its keys on a line of its own below, indented: {keys}"
        if isinstance(value, tuple):
            hint = f"write its keys without '- ' before them: {keys}"
    elif kind == "tuple_type" and isinstance(value, str) and value.startswith("- "):
        hint = "begin it on the next line"
    elif kind in ("int_type", "float_type") and written[:1] in ("'", '"') and value.replace(".", "", 1).isdigit():
        hint = f"write {value}, without quotes"
    return "wrong-type", f"{_EXPECTED[kind]} expected, and {_is(value, written)}", hint


def _wrong_value(error: ErrorDetails, field: _Field, origin: Origin) -> Said:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    what, description = _value(value, origin.written(error["loc"])), field.description
    if kind == "literal_error":
        hint = did_you_mean(str(value), field.choices) or f"write one of {', '.join(field.choices)}"
        return "wrong-value", f"{what} is none of the words that '{field.name}' can have", hint
    if kind == "string_too_long":
        limit = context["max_length"]
        hint = f"take {len(value) - limit} characters out, or make two texts of it"
        return "too-long", f"{len(value)} characters, and at most {limit} fit", hint
    if kind == "string_too_short":
        hint = f"write at least {context['min_length']} characters. {description}"
        return "too-short", f"{what} is too short", hint
    if kind == "too_long":
        limit = context["max_length"]
        hint = f"take {len(value) - limit} out, or make one of several. {description}"
        return "too-long", f"{len(value)} items, and at most {limit} fit", hint
    if kind == "too_short":
        wanted = context["min_length"]
        hint = f"add {wanted - len(value)}. {description}"
        return "too-short", f"{len(value)} item{'s' * (len(value) != 1)}, and at least {wanted} needed", hint
    if kind == "string_pattern_mismatch":
        hint = _FORMS.get(context["pattern"], description)
        if error["loc"] == ("id",):
            slug = _SLUG_GAPS.sub("-", value.casefold()).strip("-")
            hint = f"small letters, digits and hyphens alone: write 'id: {slug}', and name the file {slug}.yaml"
        return "wrong-form", f"{what} does not have the form that belongs here", hint
    if kind in _BOUNDS:
        size, least, bound = _BOUNDS[kind]
        return "wrong-value", f"{what} is too {size}: {least} {context[bound]:g}", f"change it. {description}"
    if "url" in error:  # an error of pydantic's own, whose words are for programmers
        return "wrong-value", f"{what} does not fit here", description
    if kind == "date_text":
        return "wrong-value", f"{what} is not a day", _HINTS["date_type"]
    if kind == "missing_certainty" and field.model:
        hint = f"add 'certainty:' and one of {', '.join(_field(field.model, ('certainty',)).choices)}"
        return "missing-field", "'certainty' is missing", hint
    if isinstance(value, dict):
        return "wrong-value", error["msg"], _RECORD_HINTS.get(kind, description)
    return "wrong-value", f"{what} does not fit: {error['msg']}", description


def _field(model: type[BaseModel], loc: Path) -> _Field:
    here: type[BaseModel] | None = model
    holder: type[BaseModel] | None = None
    name, info = "", None
    for part in loc:
        if isinstance(part, str):
            holder, name = here, part
            info = here.model_fields.get(part) if here else None
            here = inner_model(info.annotation) if info else None
    description = (info.description or "") if info else ""
    choices = literal_values(info.annotation) if info else ()
    return _Field(holder, here, name, description, choices, info is not None and info.is_required())


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model of the records that a value of this type is or holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := inner_model(arg))), None)


def literal_values(annotation: Any) -> tuple[str, ...]:
    """Return the words that a value of this type may be, where it may be only some."""
    if get_origin(annotation) is not None and all(isinstance(arg, str) for arg in get_args(annotation)):
        return get_args(annotation)
    return next((values for arg in get_args(annotation) if (values := literal_values(arg))), ())


def closest(word: str, choices: Iterable[str]) -> str:
    """Return the one of ``choices`` that is most like ``word``, or nothing if none is close."""
    by_small = {choice.casefold(): choice for choice in choices}
    close = difflib.get_close_matches(word[:100].casefold(), by_small, n=1, cutoff=0.6)
    return by_small[close[0]] if close else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return "did you mean '...'?" for the closest of ``choices``, or nothing if none is close."""
    close = closest(word, choices)
    return f"did you mean '{close}'?" if close else ""


def _value(value: Any, written: str) -> str:
    if isinstance(value, str):
        return shown(value)
    return shown(written) if isinstance(value, int | float) else "this"


def _is(value: Any, written: str) -> str:
    """Return what kind of value this is, as in "'12' is a number"."""
    kinds = {str: "text", int: "a number", float: "a number", bool: "a yes-or-no value"}
    if isinstance(value, tuple | dict):
        return "this is a list" if isinstance(value, tuple) else "these are keys with values"
    return f"{_value(value, written)} is {kinds.get(type(value), 'something else')}"
