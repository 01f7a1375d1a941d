"""On the way to paper: a sheet put together by keyboard and kept nowhere, and what the code on old paper leads to."""

import re

import pytest
from playwright.sync_api import expect

from generator.prose import plain
from tests.browser.test_browse import KEPT
from tests.browser.test_reader import TOO_WIDE, visit  # noqa: F401 - a fixture

TINY = """() => [...document.querySelectorAll('.cb-composer label, .cb-composer button, .cb-papers a')]
  .filter(one => one.getClientRects()[0]?.height < 24).map(one => one.textContent)"""


@pytest.fixture(params=["phone", "desk"])
def reader(request, visit):  # noqa: F811
    return visit(request.param)


def test_a_sheet_is_put_together_by_keyboard_and_kept_nowhere(reader, book):
    page = reader.open("print/")
    kept, doms = page.evaluate(KEPT), book.entries["doms"]
    print_, status = page.get_by_role("button", name="Print", exact=True), page.get_by_role("status")
    expect(status).to_have_text("No sheets chosen.")
    expect(print_).to_be_disabled()
    page.get_by_role("checkbox", name=doms.title).press("Space")
    expect(status).to_have_text("1 sheet chosen.")
    page.get_by_role("checkbox", name=book.of["tips"][0].title).press("Space")
    page.get_by_role("checkbox", name=book.of["faqs"][0].title).press("Space")
    page.get_by_role("radio", name="UK").press("Space")
    page.get_by_label("Name of your clinic").press_sequentially("Hill Street")
    expect(status).to_have_text("3 sheets chosen.")
    sheet = page.locator(".cb-sheet").first
    for text in (
        doms.main_message.text,
        plain(doms.do[0].text),
        "Call 999 now if:",
        "Hill Street",
        "My notes",
        "Version 1.0",
    ):
        expect(sheet).to_contain_text(text)
    page.get_by_role("checkbox", name="Room for notes").press("Space")
    expect(sheet).not_to_contain_text("My notes")
    page.evaluate("() => { window.print = () => { document.body.dataset.printed = 'yes' } }")
    print_.press("Enter")
    expect(page.locator("body[data-printed=yes]")).to_have_count(1)
    assert (page.evaluate(KEPT), reader.errors, reader.strangers) == (kept, [], [])
    assert page.evaluate(TINY) == []
    assert page.evaluate(TOO_WIDE) == []


def test_the_choice_gets_into_the_address_only_if_asked_for_and_the_name_never(reader):
    page = reader.open("print/")
    page.get_by_role("checkbox", name="Soreness in the days after").check()
    page.get_by_label("Large print").check()
    page.get_by_role("radio", name="US or Canada").check()
    page.get_by_label("Name of your clinic").fill("Hill Street")
    assert "#" not in page.url
    page.get_by_role("button", name="Make a link to this choice").click()
    page.wait_for_url(re.compile("#choice=doms&calls=US%20or%20Canada&large$"))
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("checkbox", name="Soreness in the days after")).to_be_checked()
    expect(page.locator(".cb-sheet")).to_contain_text("Call 911 now if:")
    expect(page.locator(".cb-composer__sheets--large .cb-sheet")).to_have_count(1)
    expect(page.locator(".cb-sheet")).not_to_contain_text("Hill Street")
    assert (reader.errors, reader.strangers) == ([], [])


def test_on_paper_a_composed_sheet_stands_alone_and_tells_levels_without_colour(reader):
    page = reader.open("print/")
    page.get_by_role("checkbox", name="Soreness in the days after").check()
    expect(page.locator(".cb-sheet")).to_have_count(1)
    page.emulate_media(media="print")
    assert [
        one for one in page.locator("article h1, .cb-composer form, header, footer").all() if one.is_visible()
    ] == []
    borders = "() => [...document.querySelectorAll('.cb-sheet .cb-help')].map(one => [getComputedStyle(one).borderTopWidth, getComputedStyle(one).borderTopStyle])"
    assert page.evaluate(borders) == [["4px", "solid"], ["2px", "solid"], ["1px", "dashed"]]


def test_without_a_script_the_ready_pdfs_are_there(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/print/")
    expect(page.locator(".cb-composer form")).to_be_hidden()
    page.get_by_role("link", name="the ready handouts").click()
    links = page.get_by_role("link", name=re.compile("^(A4|US Letter)"))
    assert links.count() > 30
    answer = page.request.get(page.url + links.first.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    page.goto(f"{server}/causes/doms/#paper-1.0")
    expect(page.locator("[id='paper-1.0']")).to_be_in_viewport()
    context.close()


def test_a_page_says_when_it_is_newer_than_the_paper(reader):
    page = reader.open("causes/doms/#paper-1.0")
    note = page.locator(".cb-paper-note")
    expect(note).to_have_text("Your paper is version 1.0. That is the newest.")
    page = reader.open("causes/doms/?again#paper-0.9")
    expect(note).to_contain_text("Your paper is version 0.9. This page is newer: version 1.0.")
    note.get_by_role("link", name="Print the new version").press("Enter")
    expect(page.get_by_role("heading", name="Print or download")).to_be_in_viewport()
    reader.open("causes/doms/?none")
    expect(note).to_have_count(0)
    reader.open("causes/doms/?odd#paper-1.0<b>")
    expect(note).to_have_count(0)
    assert (reader.errors, reader.strangers) == ([], [])


def test_a_newer_page_says_what_has_changed_since(reader):
    page = reader.open("causes/doms/")
    page.evaluate("""() => {
      document.querySelector("[data-cb-version]").dataset.cbVersion = "1.2"
      const list = document.querySelector(".cb-about p")
      for (const [version, what] of [["1.2", "New numbers."], ["1.0", "Something old."]]) {
        const one = document.createElement("span")
        one.dataset.cbChange = version
        one.textContent = what
        list.append(one)
      }
      location.hash = "#paper-1.1"
    }""")
    note = page.locator(".cb-paper-note")
    expect(note).to_contain_text("What has changed:")
    expect(note.locator("li")).to_have_text(["New numbers."])
