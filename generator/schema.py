"""The models, examples and a book in; JSON Schemas for editors out: one file a collection, and one with the ids that exist.

Editors complete keys, explain them with an example, offer ids, and mark mistakes while somebody types. The
schemas hold what the models hold; ids stand in a file of their own and are only offered, so that a new entry is no
mistake in an editor that has not heard of it yet. ``causebook check`` remains the judge.
"""

import inspect
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from generator.link import Book
from generator.marks import REFERENCE
from generator.models import SLUG, Collection

IDS = "ids.json"
DIALECT = "http://json-schema.org/draft-07/schema#"  # what editors' YAML servers read; the models use nothing newer
Examples = Mapping[str, Mapping[str, Any]]
"""Name of a model → field → an example of its value, as plain data."""


def schemas(collections: Sequence[Collection], examples: Examples) -> Mapping[str, str]:
    """Return the schema files: file name → text."""
    return {f"{one.name}.json": _text(_schema(one, examples)) for one in collections}


def ids(book: Book) -> str:
    """Return the file of the ids that exist: for each collection, and for the whole book under ``any``."""
    pages = [id_ for id_, home in book.home.items() if home.pages != "none"]
    known = {"any": pages, **{name: [entry.id for entry in of] for name, of in book.of.items()}}
    offered = {name: {"enum": sorted(list_)} if list_ else {"type": "string"} for name, list_ in known.items()}
    return _text({"$schema": DIALECT, "title": "Ids that exist", "definitions": offered})


def with_schemas(settings: str, collections: Sequence[Collection], folder: str) -> str:
    """Return the settings of an editor, as JSON, that say which schema of ``folder`` belongs to which files."""
    known = json.loads(settings)
    files = {one.name: f"data/{one.name}.yaml" if one.single else f"data/{one.name}/*.yaml" for one in collections}
    known["yaml.schemas"] = {f"{folder}/{name}.json": of for name, of in files.items()}
    return json.dumps(known, indent=2, ensure_ascii=False) + "\n"


def example_of(model: type[BaseModel], field: str, examples: Examples) -> Any:
    """Return the example of a field: that of the model which defines it. None where there is none."""
    for owner in model.__mro__:
        if field in inspect.get_annotations(owner):
            return examples.get(owner.__name__, {}).get(field)
    return None


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and every model of the records inside it, each once, from the outside in."""
    seen: dict[type[BaseModel], None] = {}

    def walk(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in seen:
                seen[annotation] = None
                for field in annotation.model_fields.values():
                    walk(field.annotation)
            return
        for argument in get_args(annotation):
            walk(argument)

    walk(model)
    yield from seen


def sample(field: str, value: Any) -> str:
    """Return an example as it stands in a file."""
    return yaml.safe_dump({field: value}, sort_keys=False, allow_unicode=True, width=90).strip()


def _schema(collection: Collection, examples: Examples) -> dict[str, Any]:
    made = collection.model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    for model in models_in(collection.model):
        known = made if model is collection.model else definitions[model.__name__]
        for name, field in known.get("properties", {}).items():
            value = example_of(model, name, examples)
            if value is not None and (text := field.get("description")):
                field["markdownDescription"] = f"{text}\n\nExample:\n\n```yaml\n{sample(name, value)}\n```"
    schema = {
        "$schema": DIALECT,
        "title": f"A {collection.noun}",
        "description": " ".join((collection.model.__doc__ or "").split()),
        **{key: value for key, value in made.items() if key not in ("title", "description")},
        "definitions": definitions,
    }
    tidy: dict[str, Any] = _with_ids(_tidy(schema))
    return tidy


def _tidy(node: Any) -> Any:
    """Return a schema without what tells an author nothing: made-up titles, defaults, 'null' as a choice."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node
    choices = node.get("anyOf", [])
    rest = [one for one in choices if one != {"type": "null"}]
    if choices and len(rest) == 1:
        node = {**{key: value for key, value in node.items() if key != "anyOf"}, **rest[0]}
    return {
        key: {name: _tidy(one) for name, one in value.items()} if key in ("properties", "definitions") else _tidy(value)
        for key, value in node.items()
        if key not in ("default",)
        and not (key == "title" and ("type" in node or "$ref" in node or "enum" in node) and "$schema" not in node)
    }


def _with_ids(node: Any) -> Any:
    """Return a schema in which every text that is an id is offered the ids that exist, and takes any other slug."""
    if isinstance(node, list):
        return [_with_ids(one) for one in node]
    if not isinstance(node, dict):
        return node
    if REFERENCE in node:
        offered = [{"$ref": f"{IDS}#/definitions/{name}"} for name in node[REFERENCE] or ["any"]]
        kept = {key: value for key, value in node.items() if key not in (REFERENCE, "type")}
        return {**kept, "type": "string", "anyOf": [*offered, {"pattern": SLUG}]}
    return {key: _with_ids(value) for key, value in node.items()}


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
