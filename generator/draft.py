"""The text of an issue made with the form for a new page, and the form, in; the first draft of the entry as YAML out.

GitHub shows an answer as ``### Label`` and the words under it. The id of a form field is the name of a model's field, so the
form is the one place that says which answer goes where. What was answered is words and nothing else: no line of it
can become a key, a comment or a tag of the draft.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator import source
from generator.load import TO_FILL
from generator.models import Collection
from generator.problems import Problem, ProblemsFound

KIND = "kind"
"""Id of the form field that says which collection it is, by its noun."""
UNANSWERED = "_No response_"
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BULLET = re.compile(r"^(?:[-*+•]|\d{1,2}[.)])\s+")
_TICKED = re.compile(r"^- \[[ xX]\]")


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to begin with: the ``uri`` of its file below the data, and its ``text``."""

    uri: str
    text: str


def draft(text: str, form: Mapping[str, Any], collections: Sequence[Collection], *, shown: str) -> Draft:
    """Return the draft. ``shown`` names the text in problems. Raises `ProblemsFound` for text that is not from the form."""
    fields = [field for field in form["body"] if field["type"] not in ("markdown", "checkboxes")]
    answered = answers(text, {field["attributes"]["label"]: field["id"] for field in fields})
    collection = next((one for one in collections if one.noun == answered.get(KIND, "").strip().lower()), None)
    if collection is None:
        nouns = next(field["attributes"]["options"] for field in fields if field["id"] == KIND)
        label = next(field["attributes"]["label"] for field in fields if field["id"] == KIND)
        hint = f"copy the whole text of the issue; under '### {label}' stands one of: {', '.join(nouns)}"
        raise ProblemsFound([Problem(shown, 1, 1, "not-the-form", "this is not the text of the form", hint)])
    known = collection.model.model_fields
    entry: dict[str, Any] = {"id": _slug(answered.get("title", ""))}
    for name, field in known.items():
        if name in answered:
            entry[name] = _value(answered[name], field.annotation)
    rest = {
        field["attributes"]["label"]: _lines(answered[field["id"]])
        for field in fields
        if field["id"] in answered and field["id"] not in known and field["id"] != KIND
    }
    todo = {name: field for name, field in known.items() if field.is_required() and name not in entry}
    parts = (_head(collection), _dump(entry), *_comments(rest), *_to_do(todo))
    return Draft(f"{collection.name}/{entry['id']}.yaml", "\n".join(parts))


def answers(text: str, ids: Mapping[str, str]) -> dict[str, str]:
    """Return the answers by field id. ``ids``: label → field id, in the form's order. Empty ones are left out.

    A label counts once and in the form's order, so a heading inside an answer stays a part of it.
    """
    waiting = list(ids)
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        label = line[4:].strip() if line.startswith("### ") else None
        if label in waiting:
            waiting = waiting[waiting.index(label) + 1 :]
            lines = found.setdefault(ids[label], [])
        elif not _TICKED.match(line) and not (label and not waiting):
            lines.append(line)
    joined = {id_: _clean("\n".join(said)).strip() for id_, said in found.items()}
    return {id_: said for id_, said in joined.items() if said and said != UNANSWERED}


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\t", " ")).replace("\x85", " ")


def _lines(text: str) -> list[str]:
    """Return the lines of an answer without marks of a list."""
    return [line for raw in text.splitlines() if (line := " ".join(_BULLET.sub("", raw.strip()).split()))]


def _value(text: str, annotation: Any) -> Any:
    """Return an answer as a field of this type takes it: a text, a record that begins with it, or a list of either."""
    if get_origin(annotation) is tuple:
        return tuple(_value(line, get_args(annotation)[0]) for line in _lines(text))
    record = _record(annotation)
    if record is None:
        return " ".join(text.split())
    (first, field), *others = record.model_fields.items()
    return {first: _value(text, field.annotation), **{name: TO_FILL for name, other in others if other.is_required()}}


def _record(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record(part))), None)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return (slug if len(slug) <= 60 else slug[:60].rpartition("-")[0]) or "new-entry"


def _dump(entry: Mapping[str, Any]) -> str:
    """Return YAML that our own reader reads as exactly this entry; with quotes around all of it where it would not."""
    text = yaml.safe_dump(entry, sort_keys=False, allow_unicode=True, width=100)
    read = source.read(text, "")
    if read.data == entry and not read.problems:
        return text
    return yaml.safe_dump(entry, sort_keys=False, allow_unicode=True, width=100, default_style='"')


def _head(collection: Collection) -> str:
    return (
        f"# yaml-language-server: $schema=../../schemas/{collection.name}.json\n"
        f"# A first draft, made from an issue. Put something in the place of each '{TO_FILL}', and add what is asked for below."
    )


def _comments(rest: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for label, lines in rest.items():
        yield f"# {label}, as they were given:\n" + "".join(f"#   {line}\n" for line in lines)


def _to_do(todo: Mapping[str, FieldInfo]) -> Iterator[str]:
    if todo:
        yield "# Still needed:\n" + "".join(f"# {name}: {field.description}\n" for name, field in todo.items())
