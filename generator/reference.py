"""The models and their examples in; the data reference for contributors as Markdown out.

One table a model: field, whether it is needed, its meaning, what fits. Fields that several models share stand once, with the
model that defines them. ``causebook docs`` writes it; nothing of it is kept by hand.
"""

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter

from generator.marks import REFERENCE, Prose
from generator.models import Collection
from generator.schema import Examples, example_of, models_in, sample

_SHOWN = {
    "each": "Each entry is a page.",
    "shared": "All entries stand on one page, `{name}/`.",
    "front": "Each entry holds the words of a collection's own page.",
    "none": "Entries have no page of their own: other pages show them.",
}
_HEAD = """\
<!-- Written by `causebook docs` from generator/models.py and schemas/examples.yaml: do not edit. -->

# Data reference

One file is one entry; its fields stand here. While you type, your editor shows the same words (`schemas/`).
"Needed" means that the check refuses an entry without it; every other field may be left out.
"""
BAR = "\\|"

_HEADING = re.compile(r"#{2,3} (.+)")
_PRINTED = re.compile(r"{{.*?}}")
_LOOP = re.compile(r"{% for .*?%}")
_FIELD = re.compile(r"\bentry\.(\w+)")


def data_reference(collections: Sequence[Collection], examples: Examples, templates: Mapping[str, str]) -> str:
    """Return the whole page. ``templates``: name of a page's template → its text, which tells where a field shows."""
    anchors: dict[type[BaseModel], str] = {one.model: one.name for one in reversed(collections)}
    owners = _owners(one.model for one in collections)
    others = [owner for owner in owners if owner not in anchors]
    shared = [owner for owner in others if any(issubclass(model, owner) for model in anchors)]
    records = [owner for owner in others if owner not in shared]
    page = _Page(examples, templates, {one.name: one.noun for one in collections}, anchors)
    return "\n".join(
        (
            _HEAD,
            _contents(collections, shared, records),
            "## Fields that entries share\n",
            *(page.section(owner, owner.__name__, "entry.md.j2") for owner in shared),
            "## Collections\n",
            *(page.collection(one) for one in collections),
            "## Records inside entries\n",
            *(page.section(owner, owner.__name__, "") for owner in records),
        )
    )


def shown_under(template: str) -> dict[str, tuple[str, ...]]:
    """Return field of the entry → headings under which the template prints it; "" stands for the top of the page."""
    found: dict[str, dict[str, None]] = {}
    heading = ""
    for line in template.splitlines():
        if line.startswith("{% block "):
            heading = ""
        if match := _HEADING.match(line):
            heading = _PRINTED.sub("...", match[1])
        for printed in (*_PRINTED.findall(line), *_LOOP.findall(line)):
            for name in _FIELD.findall(printed):
                found.setdefault(name, {})[heading] = None
    return {name: tuple(headings) for name, headings in found.items()}


def _owners(models: Iterator[type[BaseModel]] | Sequence[type[BaseModel]]) -> dict[type[BaseModel], None]:
    """Return every model that defines a field of an entry, those that entries are made of first."""
    found: dict[type[BaseModel], None] = {}
    for model in models:
        for inner in models_in(model):
            for owner in reversed(inner.__mro__):
                if inspect.isclass(owner) and issubclass(owner, BaseModel) and _own(owner):
                    found[owner] = None
    return found


def _own(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields that a model adds to those of the models it is made from, or says anew."""
    return tuple(name for name in inspect.get_annotations(model) if name in model.model_fields)


def _contents(
    collections: Sequence[Collection], shared: Sequence[type[BaseModel]], records: Sequence[type[BaseModel]]
) -> str:
    def links(names: Sequence[str]) -> str:
        return ", ".join(f"[{name}](#{name.lower()})" for name in names)

    return (
        f"- Shared: {links([model.__name__ for model in shared])}\n"
        f"- Collections: {links([one.name for one in collections])}\n"
        f"- Records: {links([model.__name__ for model in records])}\n"
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What sections need: examples, templates, collection → noun, model → the heading of its collection."""

    examples: Examples
    templates: Mapping[str, str]
    nouns: Mapping[str, str]
    anchors: Mapping[type[BaseModel], str]

    def collection(self, one: Collection) -> str:
        """Return the section of a collection."""
        file = f"data/{one.name}.yaml" if one.single else f"data/{one.name}/<id>.yaml"
        length = f" {one.length[0]} to {one.length[1]} words before the evidence." if one.length else ""
        bases = [base for base in one.model.__mro__[1:] if issubclass(base, BaseModel) and _own(base)]
        also = ", ".join(f"[{self.anchors.get(base, base.__name__)}](#{self._anchor(base)})" for base in bases)
        lead = f"`{file}` ({one.noun}). {_SHOWN[one.pages].format(name=one.name)}{length} It has the fields of {also}"
        end = ", and:" if _own(one.model) else "."
        return self.section(one.model, one.name, f"{one.name}.md.j2", lead=lead + end)

    def section(self, model: type[BaseModel], title: str, template: str, *, lead: str = "") -> str:
        """Return what a model says, its own fields, and an example of each."""
        words = " ".join((inspect.getdoc(model) or "").split())
        text = f"### {title}\n\n{words}\n\n" + (f"{lead}\n\n" if lead else "")
        if not (own := _own(model)):
            return text
        said = TypeAdapter(model).json_schema(ref_template="{model}")["properties"]
        places = shown_under(self.templates.get(template, ""))
        titles = ("field", "needed", "meaning", "what fits", *(("where it shows",) if places else ()))
        rows: list[tuple[str, ...]] = [titles, ("---",) * len(titles)]
        for name in own:
            field = model.model_fields[name]
            fits = self._fits(said[name]) + _links(model, name)
            row = (f"`{name}`", "needed" if field.is_required() else "", str(field.description), fits)
            under = ", ".join(f"'{heading}'" if heading else "top of the page" for heading in places.get(name, ()))
            rows.append((*row, under) if places else row)
        table = "".join(f"| {' | '.join(cell.replace('|', BAR) for cell in row)} |\n" for row in rows)
        shown = [sample(name, value) for name in own if (value := example_of(model, name, self.examples)) is not None]
        return f"{text}{table}\n```yaml\n" + "\n".join(shown) + "\n```\n"

    def _anchor(self, model: type[BaseModel]) -> str:
        return self.anchors.get(model, model.__name__.lower())

    def _fits(self, said: Mapping[str, Any]) -> str:
        """Return what a value may be, in words, from its JSON Schema."""
        choices = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
        if choices:
            return " or ".join(self._fits(one) for one in choices)
        if "$ref" in said:
            return f"[{said['$ref']}](#{said['$ref'].lower()})"
        if REFERENCE in said:
            return "id of " + (" or ".join(f"a {self.nouns[name]}" for name in said[REFERENCE]) or "any entry")
        if "enum" in said:
            return "one of " + ", ".join(f"`{one}`" for one in said["enum"])
        kind = said.get("type")
        if kind == "array":
            return f"list{_span(said.get('minItems'), said.get('maxItems'))}: {self._fits(said.get('items', {}))}"
        if kind == "string":
            if said.get("format") == "date":
                return "a day, such as 2026-11-22"
            form = f", as `{said['pattern']}`" if "pattern" in said else ""
            return f"text{_span(said.get('minLength'), said.get('maxLength'), ' characters')}{form}"
        numbers = {"integer": "whole number", "number": "number", "boolean": "`true` or `false`"}
        return numbers.get(str(kind), "keys with values") + _span(said.get("minimum"), said.get("maximum"))


def _links(model: type[BaseModel], name: str) -> str:
    field = model.model_fields[name]
    return "; links by id" if _has_prose(field.annotation) or _has_prose(*field.metadata) else ""


def _has_prose(*parts: Any) -> bool:
    return any(isinstance(part, Prose) or _has_prose(*get_args(part)) for part in parts)


def _span(least: Any, most: Any, unit: str = "") -> str:
    if most is not None:
        return f" of {least} to {most}{unit}" if least else f" of at most {most}{unit}"
    return f" of at least {least}{unit}" if least is not None else ""
