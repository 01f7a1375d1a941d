"""What editors are given is what the models say, with an example of every field that the models themselves accept."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from generator import schema
from generator.models import COLLECTIONS


@pytest.fixture(scope="module")
def examples(root: Path) -> dict[str, dict[str, Any]]:
    text = (root / "schemas/examples.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]


MODELS = {model.__name__: model for collection in COLLECTIONS for model in schema.models_in(collection.model)}


def test_the_schemas_in_the_repository_are_fresh(examples: dict[str, dict[str, Any]], root: Path) -> None:
    made = schema.schemas(COLLECTIONS, examples)
    kept = {name: (root / "schemas" / name).read_text(encoding="utf-8") for name in made}
    stale = [name for name in made if made[name] != kept[name]]
    assert not stale, "run 'causebook schemas', and commit what it writes"


def test_editors_are_told_which_schema_belongs_to_which_files(root: Path) -> None:
    settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        f"schemas/{one.name}.json": f"data/{one.name}.yaml" if one.single else f"data/{one.name}/*.yaml"
        for one in COLLECTIONS
    }


def test_a_new_collection_is_told_to_editors_and_other_settings_stay(root: Path) -> None:
    settings = (root / ".vscode/settings.json").read_text(encoding="utf-8")
    assert schema.with_schemas(settings, COLLECTIONS, "schemas") == settings, "run 'causebook schemas'"
    fewer = json.loads(schema.with_schemas(settings, COLLECTIONS[:1], "schemas"))
    assert len(fewer.pop("yaml.schemas")) == 1
    assert fewer.items() <= json.loads(settings).items()


@pytest.mark.parametrize("name", MODELS)
def test_each_field_has_words_and_an_example_that_the_model_accepts(
    name: str, examples: dict[str, dict[str, Any]]
) -> None:
    for field, info in MODELS[name].model_fields.items():
        assert info.description, field
        example = schema.example_of(MODELS[name], field, examples)
        assert example is not None, f"schemas/examples.yaml lacks {name}.{field}"
        accepts = TypeAdapter(info.rebuild_annotation())
        least = next((one.min_length for one in info.metadata if hasattr(one, "min_length")), None) or 1
        whole = example * least if isinstance(example, list) else example  # one item stands for several
        accepts.validate_json(json.dumps(whole, default=str))


def test_no_example_is_of_a_field_that_is_gone(examples: dict[str, dict[str, Any]]) -> None:
    fields = {
        (owner.__name__, name)
        for model in MODELS.values()
        for owner in model.__mro__
        for name in getattr(owner, "model_fields", {})
    }
    assert {(model, field) for model, of in examples.items() for field in of} <= fields


def test_ids_are_offered_by_collection(book: Any) -> None:
    offered = json.loads(schema.ids(book))["definitions"]
    assert "doms" in offered["causes"]["enum"]
    assert "doms" in offered["any"]["enum"]
    assert "doms" not in offered["sources"]["enum"]
    assert "legs" not in offered["any"]["enum"], "a figure has no page to lead to"
