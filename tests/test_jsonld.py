"""What pages say to machines: only types and properties of the vocabulary, and nothing that the page does not say."""

import json
from typing import Any

import pytest

from generator.jsonld import structured_data
from generator.link import Book
from generator.models import Cause, PageEntry
from generator.prose import plain

ALLOWED = {
    "MedicalWebPage": {
        "name", "description", "inLanguage", "datePublished", "dateModified", "lastReviewed", "version", "license", "url",
        "isAccessibleForFree", "medicalAudience", "author", "alternateName", "reviewedBy", "citation", "about", "mainEntity",
    },
    "FAQPage": set(),
    "MedicalAudience": {"audienceType"},
    "Organization": {"name"},
    "Person": {"name", "jobTitle"},
    "ScholarlyArticle": {"name", "sameAs", "datePublished"},
    "WebPage": {"name", "url", "datePublished"},
    "MedicalCondition": {"name", "code", "alternateName"},
    "MedicalCode": {"codingSystem", "codeValue", "name"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "HowTo": {"name", "step"},
    "HowToStep": {"text"},
}  # fmt: skip
"""Type → the properties of schema.org 30.0 that we use on it."""


def _things(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [thing for one in value for thing in _things(one)]
    if isinstance(value, dict):
        return [value, *(thing for one in value.values() for thing in _things(one))]
    return []


@pytest.fixture(scope="module")
def data(book: Book) -> dict[str, dict[str, Any]]:
    return {
        entry.id: json.loads(structured_data(book, entry, address=f"https://legs.example/{entry.id}/"))
        for entry in book.entries.values()
        if isinstance(entry, PageEntry)
    }


def test_only_types_and_properties_of_the_vocabulary_are_used(data):
    wrong = []
    for id_, page in data.items():
        for thing in _things(page):
            types = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
            allowed = set().union(*(ALLOWED[type_] for type_ in types)) | {"@type", "@context"}
            wrong += [(id_, types, name) for name in thing.keys() - allowed]
    assert wrong == []


def test_machines_are_told_what_the_page_says(data, book):
    for id_, page in data.items():
        entry = book.entries[id_]
        assert page["name"] == entry.title
        assert page["description"] == plain(entry.main_message.text)
        assert page["lastReviewed"] == entry.checked.isoformat()
        assert len(page["citation"]) >= 1, id_


def test_nobody_is_named_as_a_reviewer_who_did_not_review(data, book):
    assert [id_ for id_, page in data.items() if "reviewedBy" in page and not book.entries[id_].reviewers] == []


def test_a_behaviour_is_never_called_a_condition(data, book):
    conditions = {id_ for id_, page in data.items() if "about" in page}
    assert "bone-stress" in conditions
    assert {"running-form", "inadequate-warm-up", "overtraining"} & conditions == set()
    assert all(isinstance(book.entries[id_], Cause) for id_ in conditions)


def test_text_of_the_data_cannot_close_the_script(book):
    entry = next(entry for entry in book.entries.values() if isinstance(entry, Cause))
    nasty = entry.model_copy(update={"title": "</script><b>&"})
    assert "<" not in structured_data(book, nasty, address=None)
