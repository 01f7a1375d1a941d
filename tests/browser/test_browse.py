"""A reader chooses words of the table by keyboard: what is shown, why, and what is never kept."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_reader import visit  # noqa: F401 - a fixture

TINY = """() => [...document.querySelectorAll('.cb-browse label, .cb-browse button, .cb-browse small a, .cb-browse th a')]
  .filter(one => one.getClientRects()[0].height < 24).map(one => one.textContent)"""
KEPT = "() => [location.search, location.hash, document.cookie, history.length, localStorage.length, sessionStorage.length]"


@pytest.fixture
def reader(visit):  # noqa: F811
    return visit("phone")


def titles(page):
    return page.locator(".cb-browse tbody tr:visible th > a").all_inner_texts()


def using(book, *ids):
    causes = sorted((*book.of["causes"], *book.of["conditions"]), key=lambda one: one.title.casefold())
    said = [(one.title, one.sounds_like) for one in causes]
    return [title for title, one in said if {*ids} <= {*one.where.areas, *one.starts.onsets, *one.feels.feels}]


def test_words_are_chosen_by_keyboard_and_each_row_says_why_it_is_shown(reader, book):
    page = reader.open("find/")
    everything, kept = titles(page), page.evaluate(KEPT)
    status, show_all = page.get_by_role("status"), page.get_by_role("button", name="Show all pages")
    expect(status).to_have_text(f"All {len(everything)} pages.")
    page.get_by_role("checkbox", name="Hip or groin").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Calf")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="The next morning").press("Space")
    shown = using(book, "calf", "next-morning")
    assert 1 < len(shown) < len(everything)
    assert titles(page) == shown
    expect(status).to_have_text(f"{len(shown)} of {len(everything)} pages mention: calf, the next morning")
    row = page.locator(".cb-browse tbody tr:visible").first
    expect(row).to_contain_text("Why it matched: calf, the next morning")
    assert row.locator(".cb-browse__why").all_inner_texts() == ["calf", "the next morning"]
    page.get_by_role("checkbox", name="Shin").press("Space")
    expect(status).to_contain_text("mention: shin or calf, the next morning")
    either = {*shown, *using(book, "shin", "next-morning")}
    assert titles(page) == [one for one in everything if one in either]
    page.emulate_media(media="print")
    assert titles(page) == everything
    page.emulate_media(media="screen")
    page.locator(".cb-browse tbody tr:visible").last.scroll_into_view_if_needed()
    expect(show_all).to_be_in_viewport()
    show_all.press("Enter")
    assert (titles(page), page.locator(":checked, .cb-browse__why, .cb-browse__reason").count()) == (everything, 0)
    assert (page.evaluate(KEPT), reader.errors, reader.strangers) == (kept, [], [])


def test_words_that_no_page_uses_together_show_the_full_list(reader, book):
    page = reader.open("find/")
    everything, box = titles(page), page.locator("article .cb-help").inner_text()
    assert using(book, "ankle", "unwell") == []
    page.get_by_role("checkbox", name="Ankle").check()
    page.get_by_role("checkbox", name="Unwell all over").check()
    expect(page.get_by_role("status")).to_have_text("No page uses all these words; here is the full list.")
    assert titles(page) == everything
    assert page.locator(".cb-browse__why").count() == 0
    assert page.locator("article .cb-help").inner_text() == box
    page.reload()
    expect(page.get_by_role("status")).to_have_text(f"All {len(everything)} pages.")


def test_everything_to_press_is_large_enough_and_fits_a_narrow_screen(reader):
    page = reader.open("find/")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(TINY) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator(".cb-browse__label:visible").first).to_have_text("Where:")
