"""An entry's page in; what it says to machines, as schema.org JSON-LD, out.

Only types and properties that hold (schema.org 30.0), and only what also stands on the page. A behaviour is never called a
condition: ``MedicalCondition`` is for entries that carry a code of a medical classification. Our certainty has no place in
the vocabulary (``evidenceLevel`` belongs to guidelines), so it is not forced into one. Nobody is named who did not review.
"""

import json
from typing import Any

from generator.link import Book
from generator.models import Entry, PageEntry, Question, Source, Tip
from generator.prose import plain
from generator.views import sources_of

LANGUAGE = "en-GB"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

Thing = dict[str, Any]


def structured_data(book: Book, entry: Entry, *, address: str | None) -> str:
    """Return the JSON-LD of an entry's page, safe inside a script element; empty for an entry without a page frame.

    ``address`` is the page's canonical address, or None where the site's address is not known.
    """
    if not isinstance(entry, PageEntry):
        return ""
    text = json.dumps(_page(book, entry, address), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _page(book: Book, entry: PageEntry, address: str | None) -> Thing:
    page: Thing = {
        "@context": "https://schema.org",
        "@type": ["MedicalWebPage", "FAQPage"] if isinstance(entry, Question) else "MedicalWebPage",
        "name": entry.title,
        "description": plain(entry.main_message.text),
        "inLanguage": LANGUAGE,
        "datePublished": entry.published.isoformat(),
        "dateModified": entry.updated.isoformat(),
        "lastReviewed": entry.checked.isoformat(),
        "version": entry.version,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "medicalAudience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "author": [{"@type": "Organization", "name": author.name} for author in _authors(book, entry)],
    }
    if address:
        page["url"] = address
    if entry.also_called:
        page["alternateName"] = list(entry.also_called)
    if entry.reviewers:
        page["reviewedBy"] = [{"@type": "Person", "name": one.name, "jobTitle": one.role} for one in entry.reviewers]
    if cited := sources_of(book, entry):
        page["citation"] = [_citation(source) for source in cited]
    if entry.codes:
        page["about"] = _condition(entry)
    if isinstance(entry, Question):
        page["mainEntity"] = [
            {
                "@type": "Question",
                "name": entry.title,
                "acceptedAnswer": {"@type": "Answer", "text": plain(entry.main_message.text)},
            }
        ]
    if isinstance(entry, Tip):
        page["mainEntity"] = {
            "@type": "HowTo",
            "name": entry.title,
            "step": [{"@type": "HowToStep", "text": plain(step.text)} for step in entry.steps],
        }
    return page


def _authors(book: Book, entry: PageEntry) -> tuple[Any, ...]:
    if entry.authors:
        return entry.authors
    return tuple(author for single in book.singles.values() for author in getattr(single, "authors", ()))


def _citation(source: Source) -> Thing:
    thing: Thing = {"@type": "ScholarlyArticle" if source.doi else "WebPage", "name": source.title}
    if source.doi:
        thing["sameAs"] = f"https://doi.org/{source.doi}"
    elif source.url:
        thing["url"] = source.url
    if source.year:
        thing["datePublished"] = str(source.year)
    return thing


def _condition(entry: PageEntry) -> Thing:
    condition: Thing = {
        "@type": "MedicalCondition",
        "name": entry.title,
        "code": [
            {"@type": "MedicalCode", "codingSystem": code.system, "codeValue": code.code, "name": code.title}
            for code in entry.codes
        ],
    }
    medical = getattr(entry, "medical_name", None)
    names = [name for name in (medical, *entry.also_called) if name]
    return condition | ({"alternateName": names} if names else {})
