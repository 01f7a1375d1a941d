"""Each editorial rule finds its mistake, at its place; a mistake that is waived stays quiet, and no longer than it may."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator import checks
from generator.checks import RULES, written
from generator.checks.rule import Desk
from generator.link import Book, link
from generator.load import Loaded, load
from generator.models import Claim, Code, Entry, Rating, Relation, Section, Term, Waiver, Waivers
from generator.origin import Origin
from generator.problems import Problem
from tests.tiny import DAY

LONG_AGO, FAR_OFF = datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)
HARD = "Nocturnal exacerbation necessitates discontinuation of recreational running pending professional evaluation."
MANY = " ".join(["Run"] * 21) + "."


@pytest.fixture(scope="module")
def loaded(root: Path) -> Loaded:
    return load(root / "data")


@pytest.fixture(scope="module")
def whole(loaded: Loaded) -> Book:
    return _book(loaded, (), "")


@pytest.fixture
def clean(loaded: Loaded) -> Callable[..., Desk]:
    """Return a desk with the real book, some of its entries changed or added."""

    def made(*entries: Entry, place: str = "") -> Desk:
        return Desk(_book(loaded, entries, place), DAY)

    return made


def _book(loaded: Loaded, changed: tuple[Entry, ...], place: str) -> Book:
    new = {entry.id: entry for entry in changed}
    of = {name: [new.pop(one.id, one) for one in entries] for name, entries in loaded.entries.items()}
    origins = dict(loaded.origins)
    for entry in new.values():
        of[place].append(entry)
        origins[place, entry.id] = Origin(Path("nowhere.yaml"), f"data/{place}/{entry.id}.yaml", "")
    book, problems = link(replace(loaded, entries={name: tuple(list_) for name, list_ in of.items()}, origins=origins))
    assert not problems
    return book


def _claim(text: str, certainty: str = "high", sources: tuple[str, ...] = ("cheung2003",)) -> Claim:
    return Claim(text=text, certainty=certainty, sources=sources)  # type: ignore[arg-type]


def _point(**claim: Any) -> dict[str, Any]:
    """Return a change of an entry's key points: one more claim in front of three good ones."""
    good = _claim("It eases.")
    return {"key_points": (_claim(**claim), good, good, good)}


CAUSE, TIP, ASKED, MECHANISM = "doms", "recover-well", "what-eases-soreness", "glycogen-depletion"

BROKEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "claim-without-source": (CAUSE, _point(text="It may ease.", certainty="low", sources=()), "no source is named"),
    "verb-and-grade": (CAUSE, _point(text="It probably eases."), "'probably' stands in a claim that is 'high'"),
    "number-without-source": (CAUSE, _point(text="It takes 9 days.", certainty="expert", sources=()), "no source"),
    "judges-nobody": (CAUSE, _point(text="You may have a stress fracture."), "judgement about the reader"),
    "plain-words": (CAUSE, _point(text="Patients get better."), "'Patients' has a plainer word"),
    "plain-numbers": (CAUSE, _point(text="It takes 2-3 days."), "'2-3' is hard to take in"),
    "do-not-first": (CAUSE, {"do_not": "Never run."}, "does not start with 'Do not'"),
    "picture-in-words": ("soreness-curve", {"description": "Picture of a curve."}, "it is a picture"),
    "placeholder": (CAUSE, _point(text="TODO: say more."), "'TODO' is a placeholder"),
    "reading-grade": (MECHANISM, {"unknowns": (HARD,) * 12}, "this page reads at grade"),
    "smog-grade": (MECHANISM, {"unknowns": (HARD,) * 12}, "has a SMOG grade of"),
    "long-sentence": (CAUSE, _point(text=MANY), "a sentence of 21 words"),
    "mean-sentence": (MECHANISM, {"unknowns": (MANY,) * 40}, "words on the whole"),
    "long-paragraph": (CAUSE, _point(text="Run. Run. Run. Run."), "4 sentences in one text"),
    "page-length": (MECHANISM, {"unknowns": (MANY,) * 40}, "250 to 400 are allowed"),
    "answer-first": (ASKED, {"main_message": _claim(" ".join(["Run"] * 41) + ".")}, "the answer has 41 words"),
    "related-twice": (
        CAUSE,
        {"relations": (Relation(kind="eases", to=TIP, certainty="expert"),) * 2},
        "stands here twice",
    ),
    "empty-link-text": (CAUSE, _point(text=f"Look [here]({TIP})."), "'here' do not say where"),
    "review-before-check": (CAUSE, {"review_due": DAY}, "not after the check"),
    "days-in-order": (CAUSE, {"updated": LONG_AGO}, "it was changed on 2020-01-01"),
    "review-overdue": (
        CAUSE,
        {"review_due": LONG_AGO, "checked": datetime.date(2019, 1, 1)},
        "due to be checked again",
    ),
    "source-overdue": ("cheung2003", {"check_by": LONG_AGO}, "due to be looked at again"),
    "source-without-address": ("cheung2003", {"doi": None, "url": None}, "neither 'doi' nor 'url'"),
    "code-not-pinned": (
        CAUSE,
        {"codes": (Code(system="ICD-10", code="M84.3", title="Broken"),)},
        "the title of ICD-10",
    ),
}
"""Rule → the entry that breaks it, the fields that make it do so, and a part of what is said."""


def _found(rule: str, desk: Desk) -> list[Problem]:
    return [problem for one in RULES if one.id == rule for _, problem in one.problems(desk)]


def _changed(book: Book, id_: str, change: dict[str, Any]) -> Entry:
    entry = book.entries[id_]
    if isinstance(change.get("do_not"), str):
        action = entry.do_not[0].model_copy(update={"text": change["do_not"]})  # type: ignore[attr-defined]
        change = {"do_not": (action,)}
    return entry.model_copy(update=change)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_told_at_its_place(rule: str, whole: Book, clean: Callable[..., Desk]) -> None:
    id_, change, part = BROKEN[rule]
    path = whole.origins[id_].shown
    found = [one for one in _found(rule, clean(_changed(whole, id_, change))) if one.path == path]
    assert found, f"nobody would hear of a broken rule '{rule}'"
    assert part in found[0].message
    assert found[0].hint


ADDED: dict[str, tuple[str, Entry]] = {
    "uncited-source": ("sources", None),  # type: ignore[dict-item]
    "unused-warning-sign": ("warning-signs", None),  # type: ignore[dict-item]
    "orphan-page": ("faqs", None),  # type: ignore[dict-item]
    "unused-term": ("glossary", Term(id="enthesis", title="enthesis", plain="Where a tendon joins a bone.")),
    "section-without-collection": ("sections", Section(id="reasons", title="Reasons", intro=("See below.",))),
    "stale-rating": (
        "reviews",
        Rating(
            id="doms-rated",
            title="Soreness",
            of="doms",
            instrument="DISCERN",
            points=60,
            possible=75,
            rater={"name": "A test", "role": "test"},  # type: ignore[arg-type]
            date="2026-11-22",  # type: ignore[arg-type]
            fingerprint="0" * 12,
        ),
    ),
}
"""Rule → an entry that breaks it where it is added to a collection; None: a copy of one that stands there."""


@pytest.mark.parametrize("rule", ADDED)
def test_an_entry_that_nothing_leads_to_is_told(rule: str, whole: Book, clean: Callable[..., Desk]) -> None:
    place, entry = ADDED[rule]
    if entry is None:
        entry = whole.of[place][0].model_copy(update={"id": "brand-new", "relations": (), "formerly": ()})
    assert f"data/{place}/{entry.id}.yaml" in {one.path for one in _found(rule, clean(entry, place=place))}


def test_each_rule_is_tried_and_explains_itself() -> None:
    assert {rule.id for rule in RULES} == {*BROKEN, *ADDED}
    for rule in RULES:
        assert len(rule.reason) > 30, rule.id
        assert rule.says.endswith("."), rule.id
        assert rule.good != rule.bad, rule.id


def test_the_real_book_breaks_no_rule_and_needs_few_waivers(book: Book) -> None:
    errors = [one for one in checks.check(Desk(book, DAY)) if one.severity == "error"]
    assert errors == []
    waivers = book.singles["waivers"].waivers if "waivers" in book.singles else ()  # type: ignore[attr-defined]
    assert len(waivers) <= 10


def _waived(rule: str = "plain-words", until: datetime.date = FAR_OFF) -> Waivers:
    waiver = Waiver(entry=CAUSE, rule=rule, reason="It is the name of a group.", until=until)
    return Waivers(id="waivers", title="Waivers", waivers=(waiver,))


def test_a_waiver_silences_one_rule_of_one_entry(whole: Book, clean: Callable[..., Desk]) -> None:
    id_, change, _ = BROKEN["plain-words"]
    bad = _changed(whole, id_, change)
    assert checks.check(clean(bad, _waived(), place="waivers")) == checks.check(clean())


@pytest.mark.parametrize(
    ("waivers", "broken", "message"),
    [
        (_waived(), False, "'doms' no longer breaks 'plain-words'"),
        (_waived(until=LONG_AGO), True, "this waiver ended on 2020-01-01"),
        (_waived("plain-word"), True, "no rule that can be waived is called 'plain-word'"),
    ],
)
def test_a_waiver_that_does_nothing_is_an_error(
    waivers: Waivers, broken: bool, message: str, whole: Book, clean: Callable[..., Desk]
) -> None:
    id_, change, _ = BROKEN["plain-words"]
    entries = (_changed(whole, id_, change),) if broken else ()
    found = checks.check(clean(*entries, waivers, place="waivers"))
    assert message in [one.message for one in found if one.rule == "waiver-not-needed"]
    assert any(one.rule == "plain-words" for one in found) is broken


def test_words_that_the_book_explains_may_stand(whole: Book, clean: Callable[..., Desk]) -> None:
    doms = whole.entries[CAUSE].model_copy(update=_point(text="See a doctor for peripheral artery disease."))
    assert not _found("plain-words", clean(doms))


def test_a_sentence_that_says_what_we_do_not_do_judges_nobody(whole: Book) -> None:
    page = "# About\n\nThis site does not diagnose.\n\nWe detect problems.\n"
    found = list(written.check_page(whole, "content/about.md", page))
    assert [(one.rule, one.line) for one in found] == [("judges-nobody", 5)]


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("# Hi\n\nPatients get better.\n", "plain-words", 3),
        ("# Hi\n\n- One.\n- It takes 2-3 days.\n", "plain-numbers", 4),
        (f"---\ntitle: Hi\n---\n\n# Hi\n\n{MANY}\n", "long-sentence", 7),
        ("# Hi\n\nFor more, click [here](about.md).\n", "empty-link-text", 3),
        (f"# Hi\n\n{HARD * 12}\n", "reading-grade", 1),
    ],
)
def test_pages_written_by_hand_follow_the_same_rules(text: str, rule: str, line: int, whole: Book) -> None:
    found = [(one.rule, one.line) for one in written.check_page(whole, "content/a.md", text)]
    assert (rule, line) in found
