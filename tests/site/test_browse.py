"""The page to browse by where and when it hurts, as it stands without a script: content guide 3.6."""

import re

import pytest

from tests.site.reading import goal, has, plain, resolve, words

URI = "find/index.html"
NEVER = re.compile(
    r"\b(results?|best|top (?:match|pages?)|(?:un)?likely|probability|scores?|rank\w*|recommend\w*|suggests?|diagnos\w+"
    r"|detect\w*|assess\w*|triage|your symptoms|you (?:may |might |probably )?have)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def page(pages):
    return pages[URI]


def test_the_table_holds_every_cause_with_its_words_in_the_order_of_the_alphabet(page, book):
    (table,) = page.xpath(f"//article//table[{has('cb-browse__table')}]")
    causes = sorted((*book.of["causes"], *book.of["conditions"]), key=lambda one: one.title.casefold())
    rows = table.xpath("./tbody/tr")
    assert [words(row.find("th")) for row in rows] == [cause.title for cause in causes]
    for row, cause in zip(rows, causes, strict=True):
        said = cause.sounds_like
        assert resolve(URI, row.xpath("./th/a/@href")[0]) == goal(book, cause.id)
        columns = (
            ("body-areas", said.where, said.where.areas),
            ("onsets", said.starts, said.starts.onsets),
            ("feels", said.feels, said.feels.feels),
        )
        for cell, (name, claim, ids) in zip(row.xpath("./td"), columns, strict=True):
            assert plain(claim.text) in words(cell)
            assert {resolve(URI, link) for link in cell.xpath(".//a/@href")} == {goal(book, id_) for id_ in ids}
            assert row.get(f"data-{name}").split() == list(ids)
    assert not table.xpath("ancestor-or-self::*[@hidden] | .//*[@hidden]")


def test_a_word_can_be_chosen_for_every_word_of_the_book_and_for_nothing_else(page, book):
    for name in ("body-areas", "onsets", "feels"):
        (group,) = page.xpath(f"//article//fieldset[@data-cb-group='{name}']")
        assert words(group.find("legend")) == book.collections[name].heading
        assert [words(one) for one in group.iter("label")] == [word.title for word in book.of[name]]
    fields = page.xpath("//article//*[self::input or self::select or self::textarea]")
    assert {(one.get("type"), one.get("name")) for one in fields} == {("checkbox", None)}
    assert page.xpath("//article//form/@action | //article//form/@method") == []


def test_the_same_warning_box_stands_above_the_choice(page, pages, book):
    box = f"//article//*[{has('cb-help')}]"
    (here,) = page.xpath(box)
    assert here.xpath(f"following::*[{has('cb-browse')}]")
    assert not here.xpath("ancestor-or-self::*[@hidden]")
    assert words(here) == words(pages[goal(book, book.of["body-areas"][0].id)[0]].xpath(box)[0])


def test_the_page_never_speaks_as_if_it_knew_the_reader(page, root):
    script = (root / "overrides/assets/javascripts/browse.js").read_text(encoding="utf-8")
    keeps = re.compile(r"Storage|cookie|history|location|fetch|XMLHttp|sendBeacon|indexedDB")
    assert [one[0] for one in NEVER.finditer(words(page.find(".//article")))] == []
    assert NEVER.search(script) is None
    assert keeps.search(script) is None


def test_only_this_page_loads_its_script(pages):
    loads = [uri for uri, one in pages.items() if one.xpath("//script[contains(@src, 'browse.js')][@defer]")]
    assert loads == [URI]
