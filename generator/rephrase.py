"""A validation error in; a problem in the words of an author out: the value, what is expected, and a next step."""

import difflib
from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.models import Collection
from generator.origin import Origin
from generator.problems import Problem

_KIND_OF = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    tuple: "a list",
    dict: "keys with values",
}
_EXPECTED = {
    "string_type": ("text", "put it in quotes"),
    "int_type": ("a whole number", "write digits only, without quotes"),
    "float_type": ("a number", "write digits only, without quotes"),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "tuple_type": ("a list", "begin each item on a line of its own with '- '"),
    "model_type": ("keys with values", ""),
    "date_type": ("a day", "write it as 2026-11-22"),
}


def rephrase(error: ErrorDetails, collection: Collection, origin: Origin) -> Problem:
    """Turn one validation error into a problem with the value, what is expected, and a next step."""
    kind, loc, value = error["type"], error["loc"], error["input"]
    name = str(loc[-1]) if loc else ""
    model, description = _describe(collection.model, loc)
    context = error.get("ctx", {})
    key = kind in ("missing", "extra_forbidden")
    line, column = origin.place(loc[:-1] if kind == "missing" else loc, key=key)

    def problem(rule: str, message: str, hint: str = "") -> Problem:
        return Problem(origin.shown, line, column, rule, message, hint)

    if kind == "missing":
        return problem("missing-field", f"'{name}' is missing", f"add '{name}:'. {description}")
    if kind == "extra_forbidden":
        known = tuple(model.model_fields) if model else ()
        return problem(
            "unknown-key",
            f"'{name}' is not a key here",
            did_you_mean(name, known) or f"the keys are {', '.join(known)}",
        )
    if value is None and kind in _EXPECTED:
        return problem(
            "missing-field", f"nothing is written after '{name}:'", f"write it, or delete the key. {description}"
        )
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind]
        if kind == "model_type":
            inner = model.model_fields if model else {}
            hint = f"its keys are {', '.join(inner)}"
        return problem(
            "wrong-type", f"{expected} is expected, and {_shown(value)} is {_KIND_OF.get(type(value), 'not')}", hint
        )
    if kind == "literal_error":
        choices = _choices(model, loc) or ()
        return problem(
            "wrong-value",
            f"{_shown(value)} is not one of the values allowed here",
            did_you_mean(str(value), choices) or f"write one of {context.get('expected', '')}",
        )
    if kind == "string_too_long":
        limit = context["max_length"]
        return problem(
            "too-long",
            f"{len(value)} characters, at most {limit} fit",
            f"shorten it by {len(value) - limit} characters, or make two of it",
        )
    if kind == "string_too_short":
        return problem(
            "too-short", f"{_shown(value)} is too short: at least {context['min_length']} characters", description
        )
    if kind == "too_long":
        return problem(
            "too-long", f"{context['actual_length']} items, at most {context['max_length']} fit", description
        )
    if kind == "too_short":
        return problem(
            "too-short", f"{context['actual_length']} items, at least {context['min_length']} are needed", description
        )
    if kind == "string_pattern_mismatch":
        return problem("wrong-form", f"{_shown(value)} is not written in the form expected here", description)
    if kind == "missing_certainty":
        return problem("missing-field", "'certainty' is missing", "add 'certainty:'. How sure we are of the link")
    return problem("wrong-value", f"{_shown(value)}: {error['msg']}", description)


def _describe(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[type[BaseModel] | None, str]:
    """Return the model that holds (or is) what stands at ``loc``, and the description of its field."""
    here: type[BaseModel] | None = model
    description = ""
    holder: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or here is None:
            continue
        holder, info = here, here.model_fields.get(part)
        if info is None:
            return holder, description
        description = info.description or ""
        here = _inner_model(info.annotation)
    return (here or holder), description


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _inner_model(arg))), None)


def _choices(model: type[BaseModel] | None, loc: tuple[str | int, ...]) -> tuple[str, ...]:
    names = [part for part in loc if isinstance(part, str)]
    info = model.model_fields.get(names[-1]) if model and names else None
    return _literal_values(info.annotation) if info else ()


def _literal_values(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is not None and all(isinstance(arg, str) for arg in get_args(annotation)):
        return get_args(annotation)
    return next((values for arg in get_args(annotation) if (values := _literal_values(arg))), ())


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return "did you mean '...'?" for the closest of ``choices``, or nothing if none is close."""
    close = difflib.get_close_matches(word, tuple(choices), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""


def _shown(value: Any) -> str:
    if isinstance(value, str):
        text = " ".join(value.split())
        return f"'{text if len(text) <= 40 else text[:37] + '...'}'"
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    if isinstance(value, int | float):
        return f"'{value}'"
    return "this"
