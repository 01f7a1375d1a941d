"""Rules about what leads where: nothing is said twice, nothing lies about unused."""

from collections.abc import Iterator

from generator.checks.rule import Desk, Found, rule
from generator.marks import Prose, marked_values
from generator.models import Cause, Entry, PageEntry, Source, Term, WarningSign
from generator.prose import LINK
from generator.views import relation_of

EMPTY_WORDS = frozenset({"here", "click here", "this", "link", "this page", "this link", "more", "read more", "page"})


@rule(
    reason="The second of two relations adds nothing, and the two can come to differ.",
    good="One 'eases' relation to soreness in the tip's file",
    bad="Two 'eases' relations to soreness in the same file",
)
def related_twice(desk: Desk) -> Iterator[Found]:
    """Two entries are related once in each kind, in one of the two files."""
    for id_, mentions in desk.book.outgoing.items():
        seen: set[tuple[str, str]] = set()
        for mention in mentions:
            if relation := relation_of(mention):
                key = relation.kind, relation.to
                if key in seen:
                    entry = desk.book.entries[id_]
                    yield Found(
                        entry, ("relations",), f"'{key[0]}' '{key[1]}' stands here twice", "keep one of the two"
                    )
                seen.add(key)


@rule(
    reason="A list of sources that nobody uses looks like proof that is not there.",
    good="A source whose id stands under 'sources' of a claim",
    bad="A file in data/sources/ that no claim names",
)
def uncited_source(desk: Desk) -> Iterator[Found]:
    """Every source is cited by an entry."""
    yield from _unnamed(desk, Source, "no entry cites this source", "cite it, or delete the file")


@rule(
    reason="A reader who wants to see for herself needs a place to look.",
    good="doi: 10.1136/bjsports-2016-097037",
    bad="A source with neither 'doi' nor 'url'",
)
def source_without_address(desk: Desk) -> Iterator[Found]:
    """Every source has a DOI or an address."""
    for entry in desk.each(Source):
        if not entry.doi and not entry.url:
            yield Found(entry, ("title",), "this source has neither 'doi' nor 'url'", "add where it can be found")


@rule(
    reason="A sign that no page names is found by nobody who reads about that problem.",
    good="'rf-dvt' under 'get_help' of the page on calf strain",
    bad="A warning sign that stands on the list and on no page",
)
def unused_warning_sign(desk: Desk) -> Iterator[Found]:
    """Every warning sign is named by a cause or a condition."""
    named = {id_ for entry in desk.book.entries.values() if isinstance(entry, Cause) for id_ in entry.get_help}
    for entry in desk.each(WarningSign):
        if entry.id not in named:
            hint = "add its id to 'get_help' of the pages where it belongs"
            yield Found(entry, ("id",), "no cause or condition names this warning sign", hint)


def _unnamed(desk: Desk, model: type[Entry], message: str, hint: str) -> Iterator[Found]:
    for entry in desk.each(model):
        if not desk.book.incoming.get(entry.id):
            yield Found(entry, ("id",), message, hint)


@rule(
    reason="Readers reach a page from the pages around it. One that nothing leads to is read by nobody.",
    good="A question with 'answers' relations to the causes it is about",
    bad="A question that no page names and that names no page",
)
def orphan_page(desk: Desk) -> Iterator[Found]:
    """Every page is related to another page, or linked from one."""
    for entry in desk.book.entries.values():
        if not isinstance(entry, PageEntry):
            continue
        around = (*desk.book.incoming.get(entry.id, ()), *filter(relation_of, desk.book.outgoing.get(entry.id, ())))
        if not any(
            isinstance(end, PageEntry) and end is not entry for one in around for end in (one.source, one.target)
        ):
            yield Found(entry, ("id",), "no other page leads here", "add a relation, or link to it from another entry")


@rule(
    reason="A list of words is read when a word is met. One that no page uses only makes the list longer.",
    good="'tendon', which many pages use",
    bad="'enthesis', which no page uses",
)
def unused_term(desk: Desk) -> Iterator[Found]:
    """Every glossary term, in one of its forms, stands in the words of another entry."""
    used = "\n".join(piece.text for piece in desk.pieces)
    named = "\n".join(
        name
        for entry in desk.book.entries.values()
        if not isinstance(entry, Term)
        for name in (entry.title, *getattr(entry, "also_called", ()), getattr(entry, "medical_name", None) or "")
    )
    words = f"{used}\n{named}".casefold()
    for entry in desk.book.entries.values():
        if isinstance(entry, Term):
            forms = [form.casefold() for form in (entry.title, *entry.forms)]
            if not any(form in words for form in forms):
                yield Found(
                    entry, ("title",), "no page uses this word", "delete the file, or add the form that pages use"
                )


@rule(
    reason="The words of a section open the page of a collection. With another name they are shown nowhere.",
    good="data/sections/causes.yaml, for the collection 'causes'",
    bad="data/sections/reasons.yaml, where no collection is called 'reasons'",
)
def section_without_collection(desk: Desk) -> Iterator[Found]:
    """A section is named after the collection whose own page it opens."""
    book = desk.book
    for id_, home in book.home.items():
        if home.pages == "front" and (id_ not in book.collections or book.collections[id_].pages in ("front", "none")):
            yield Found(
                book.entries[id_],
                ("id",),
                f"no collection with a page is called '{id_}'",
                "name the file after the collection",
            )


@rule(
    reason="People who listen to a page jump from link to link. 'Here' tells them nothing.",
    good="See [how to build up slowly](build-up-gradually).",
    bad="To build up slowly, click [here](build-up-gradually).",
)
def empty_link_text(desk: Desk) -> Iterator[Found]:
    """The words of a link say where it leads."""
    for entry in desk.book.entries.values():
        for marked in marked_values(entry):
            if isinstance(marked.mark, Prose) and "](" in marked.value:
                for match in LINK.finditer(marked.value):
                    if " ".join(match[1].casefold().split()) in EMPTY_WORDS:
                        message = f"the link words '{match[1]}' do not say where the link leads"
                        yield Found(entry, marked.path, message, "link the words that name the other page", match[0])
