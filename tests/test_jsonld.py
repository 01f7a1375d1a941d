"""What pages say to machines: only types and properties of the vocabulary, and nothing that the page does not say."""

import datetime
import json
import re
from typing import Any

import pytest

from generator.jsonld import structured_data
from generator.link import Book
from generator.models import Cause, Claim, Code, Entry, PageEntry, Person, Reviewer, Source, Step
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


DAYS = ("published", "updated", "checked", "review_due")


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


ADDRESS = "https://legs.example/page/"
MESSAGE = Claim(text="Rest, eat and see a [physio](physio).", certainty="high")
AUTHOR = Person(name="Ada Author", role="writer")
REVIEWER = Reviewer(name="Rae Reviewer", role="physiotherapist", date=datetime.date(2026, 11, 1), scope="whole page")


def _of(book: Book, entry: Entry, *, address: str | None = ADDRESS) -> dict[str, Any]:
    return json.loads(structured_data(book, entry, address=address))


def _changed(book: Book, id_: str, **fields: Any) -> PageEntry:
    """Return a page's entry in which every date is another, so that none can stand for another."""
    days = {name: datetime.date(2026, month, 1) for month, name in enumerate(DAYS, 1)}
    return book.entries[id_].model_copy(update={"main_message": MESSAGE, "version": "2.3"} | days | fields)


def test_a_page_is_told_word_for_word(book):
    """The whole record of a page that has everything; only its sources are looked at apart."""
    codes = (
        Code(system="ICD-10", code="M84.3", title="Stress fracture"),
        Code(system="MeSH", code="D1", title="Bones"),
    )
    fields = {"title": "Sore bone", "also_called": ("bone ache",), "medical_name": "Osteopathy", "codes": codes}
    entry = _changed(book, "bone-stress", authors=(AUTHOR,), reviewers=(REVIEWER,), **fields)
    page = _of(book, entry)
    cited = page.pop("citation")
    assert page == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": "Sore bone",
        "description": "Rest, eat and see a physio.",
        "inLanguage": "en-GB",
        "datePublished": "2026-01-01",
        "dateModified": "2026-02-01",
        "lastReviewed": "2026-03-01",
        "version": "2.3",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "medicalAudience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "author": [{"@type": "Organization", "name": "Ada Author"}],
        "url": ADDRESS,
        "alternateName": ["bone ache"],
        "reviewedBy": [{"@type": "Person", "name": "Rae Reviewer", "jobTitle": "physiotherapist"}],
        "about": {
            "@type": "MedicalCondition",
            "name": "Sore bone",
            "code": [
                {"@type": "MedicalCode", "codingSystem": "ICD-10", "codeValue": "M84.3", "name": "Stress fracture"},
                {"@type": "MedicalCode", "codingSystem": "MeSH", "codeValue": "D1", "name": "Bones"},
            ],
            "alternateName": ["Osteopathy", "bone ache"],
        },
    }
    sources = {one.target.title for one in book.outgoing["bone-stress"] if isinstance(one.target, Source)}
    assert sorted(one["name"] for one in cited) == sorted(sources)


def test_what_a_page_does_not_have_is_left_out(book):
    entry = _changed(book, "bone-stress", also_called=(), medical_name=None, authors=(), reviewers=())
    page = _of(book, entry, address=None)
    assert {"url", "alternateName", "reviewedBy", "mainEntity"} & page.keys() == set()
    assert "alternateName" not in page["about"]
    assert "about" not in _of(book, _changed(book, "bone-stress", codes=()))
    assert [one["name"] for one in page["author"]] == [one.name for one in book.singles["book"].authors]


def test_a_source_is_told_with_its_address_and_its_year(book):
    (doi,) = (one for one in book.of["sources"] if one.id == "cheung2003")
    page = next(one for one in book.of["sources"] if one.doi is None and one.year)
    undated = next(one for one in book.of["sources"] if one.doi is None and not one.year)
    cited = {one["name"]: one for entry in book.of["causes"] for one in _of(book, entry)["citation"]}
    assert cited[doi.title] == {
        "@type": "ScholarlyArticle",
        "name": doi.title,
        "sameAs": f"https://doi.org/{doi.doi}",
        "datePublished": str(doi.year),
    }
    for one in (page, undated):
        told = {"@type": "WebPage", "name": one.title, "url": one.url}
        expected = told | ({"datePublished": str(one.year)} if one.year else {})
        assert cited.get(one.title, expected) == expected
    assert {one["@type"] for one in cited.values()} == {"ScholarlyArticle", "WebPage"}


def test_a_question_has_its_answer_and_a_tip_its_steps(book):
    question = _of(book, _changed(book, "what-eases-soreness", title="What eases it?"))
    assert question["@type"] == ["MedicalWebPage", "FAQPage"]
    answer = {"@type": "Answer", "text": "Rest, eat and see a physio."}
    assert question["mainEntity"] == [{"@type": "Question", "name": "What eases it?", "acceptedAnswer": answer}]
    steps = (Step(text="Walk for a [while](doms)."), Step(text="Then [run](doms).", why="It helps."))
    tip = _of(book, _changed(book, "recover-well", title="Recover", steps=steps))
    assert tip["@type"] == "MedicalWebPage"
    assert tip["mainEntity"] == {
        "@type": "HowTo",
        "name": "Recover",
        "step": [{"@type": "HowToStep", "text": "Walk for a while."}, {"@type": "HowToStep", "text": "Then run."}],
    }


def test_only_pages_about_something_are_told(book):
    assert {
        structured_data(book, one, address=ADDRESS) for name in ("body-areas", "sources") for one in book.of[name]
    } == {""}


def test_text_of_the_data_cannot_close_the_script(book):
    entry = next(entry for entry in book.entries.values() if isinstance(entry, Cause))
    nasty = entry.model_copy(update={"title": "</script><b>&"})
    text = structured_data(book, nasty, address=None)
    assert not re.search("[<&]", text)
    assert json.loads(text)["name"] == nasty.title
