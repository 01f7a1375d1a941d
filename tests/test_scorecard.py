"""What a program can check is shown as that and never as a score; ratings by people go stale with the text."""

import datetime
import json
from dataclasses import replace

import pytest

from generator import overview
from generator.checks.rule import Desk
from generator.link import Book
from generator.models import Entry, PageEntry, Person, Rating, WebLink
from generator.render import Renderer
from generator.scorecard import INSTRUMENTS, ITEMS, Checked, scorecard
from tests.tiny import DAY


@pytest.fixture(scope="module")
def desk(book: Book) -> Desk:
    return Desk(book, DAY)


def _changed(book: Book, *entries: Entry) -> Book:
    new = {entry.id: entry for entry in entries}
    home = {**book.home, **{id_: book.collections["reviews"] for id_ in new if id_ not in book.home}}
    of = {name: tuple(new.get(one.id, one) for one in list_) for name, list_ in book.of.items()}
    return replace(book, entries={**book.entries, **new}, of=of, home=home)


def _cards(book: Book, id_: str) -> dict[str, Checked]:
    desk = Desk(book, DAY)
    return {one.instrument: one for one in scorecard(desk, desk.page_of[id_])}


@pytest.mark.parametrize(
    ("change", "instrument", "item"),
    [
        ({"unknowns": ("The patient's aetiology necessitates interdisciplinary consideration.",) * 80}, "PEMAT-P", 3),
        ({"unknowns": ("It takes 2-3 days.",)}, "PEMAT-P", 6),
        ({"unknowns": ("Drink 5 ml per kg.",)}, "PEMAT-P", 7),
        ({"unknowns": ("You can run on and on as far as you like.",) * 20}, "PEMAT-P", 8),
        ({"do": ()}, "PEMAT-P", 20),
        ({"do": ()}, "CDC index", 5),
        ({"unknowns": ()}, "CDC index", 11),
        ({"more_help": ()}, "DISCERN", 7),
        ({"if_you_do_nothing": None}, "DISCERN", 12),
        ({"questions_to_ask": ()}, "DISCERN", 15),
        ({"get_help": ()}, "EQIP", 14),
    ],
)
def test_an_item_fails_where_the_page_lacks_it(
    change: dict[str, object], instrument: str, item: int, book: Book
) -> None:
    whole = book.entries["doms"].model_copy(update={"more_help": (WebLink(name="More", url="https://a.example"),)})
    before = _cards(_changed(book, whole), "doms")[instrument]
    after = _cards(_changed(book, whole.model_copy(update=change)), "doms")[instrument]
    assert item in {one.number for one in before.passed}
    assert item in {one.number for one in after.failed}
    assert before.possible == after.possible


def test_named_authors_with_a_qualification_are_needed_for_authorship(book: Book) -> None:
    named = Person(name="A Test", role="physiotherapist", credentials="MSc")
    doms = book.entries["doms"]
    assert [item.number for item in _cards(book, "doms")["JAMA benchmarks"].failed] == [1]
    assert not _cards(_changed(book, doms.model_copy(update={"authors": (named,)})), "doms")["JAMA benchmarks"].failed


def test_items_that_do_not_apply_are_left_out(desk: Desk) -> None:
    card = next(one for one in scorecard(desk, desk.page_of["glycogen-depletion"]) if one.instrument == "DISCERN")
    assert {10, 11, 12, 14, 15}.isdisjoint(item.number for item in (*card.passed, *card.failed))


def test_every_item_names_its_place_in_an_instrument_once() -> None:
    assert len({(item.instrument, item.number) for item in ITEMS}) == len(ITEMS)
    assert {item.instrument for item in ITEMS} == set(INSTRUMENTS)


def _page(book: Book, id_: str, day: datetime.date = DAY) -> str:
    return next(page.text for page in Renderer.of(Desk(book, day)).pages() if page.entry and page.entry.id == id_)


def test_every_page_says_what_a_program_checked_and_that_nobody_rated_it(book: Book) -> None:
    text = _page(book, "doms")
    assert "Machine-checked, and no score: PEMAT-P " in text
    assert "Not rated by people yet." in text


def _rating(print_: str) -> Rating:
    return Rating(
        id="doms-2026", title="Rating", of="doms", instrument="DISCERN", points=60, possible=75,
        rater=Person(name="A Test", role="physiotherapist"), date="2026-11-22", fingerprint=print_,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_rating_goes_stale_when_a_word_changes(book: Book, desk: Desk) -> None:
    now = desk.page_of["doms"].fingerprint()
    assert "DISCERN rated 60 of 75 by A Test, physiotherapist, on 22 November 2026." in _page(
        _changed(book, _rating(now)), "doms"
    )
    assert "before the text was changed" in _page(_changed(book, _rating("0" * 12)), "doms")


def test_a_page_says_that_its_check_is_overdue(book: Book) -> None:
    doms = book.entries["doms"]
    assert isinstance(doms, PageEntry)
    late = doms.review_due + datetime.timedelta(days=1)
    words = "This page was due to be checked again by 22 November 2027. It may be out of date."
    now = f'data-cb-due="2027-11-22" data-cb-due-words="{words}"'
    assert now in _page(book, "doms"), "a script shows it on a site that was built before"
    assert f'<p class="cb-due">{words}</p>' in _page(book, "doms", late)
    assert "of the sources of this page were due to be looked at again" in _page(
        book, "doms", datetime.date(2040, 1, 1)
    )


def test_the_report_tells_how_the_whole_book_reads(desk: Desk) -> None:
    found = overview.overview(desk)
    assert found.median_grade <= 6.5
    assert found.hardest_grade <= 8
    assert {page.fingerprint for page in found.pages} == {
        page.fingerprint() for page in desk.pages if isinstance(page.entry, PageEntry)
    }
    assert json.loads(overview.as_json(found))["pages"][0]["id"] == found.pages[0].id
    for page in found.pages:
        assert f"/{page.id} " in overview.as_text(found)
        assert f"| {page.title} | {page.collection} |" in overview.as_markdown(found)
