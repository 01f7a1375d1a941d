"""Every claim says how sure we are and where it comes from, and every source can be looked up."""

import re
from collections import defaultdict

import pytest

from generator.marks import records
from generator.relations import CERTAINTIES
from tests.site.reading import goal, goals, has, plain, resolve, words

SAID = {"Action": "why", "Help": "benefit"}
"""Kind of record → the field that its badge stands behind, where that is not ``text``."""
BADGES = {one.badge for one in CERTAINTIES.values()}
BADGE = re.compile(r"(?P<badge>.+?)(?: \[(?P<numbers>\d+(?:, \d+)*)\]|, no source)")
CITED = re.compile(r"\[(\d+(?:, \d+)*)\]$")


def test_every_claim_says_in_words_how_sure_we_are_and_where_it_comes_from(entry_pages, book):
    faults = []
    for id_, page in entry_pages.items():
        text = words(page.find(".//article"))
        for _, claim in records(book.entries[id_]):
            said = getattr(claim, SAID.get(type(claim).__name__, "text"), None)
            if said is None or not hasattr(claim, "certainty"):
                continue
            source = r" \[\d+" + r", \d+" * (len(claim.sources) - 1) + r"\]" if claim.sources else ", no source"
            badge = re.escape(CERTAINTIES[claim.certainty].badge)
            if not re.search(rf"{re.escape(plain(said))} {badge}{source}", text):
                faults.append((id_, said))
    assert faults == []


def test_no_badge_stands_without_its_words_and_its_source(pages):
    faults = []
    for uri, page in pages.items():
        # The lists on section pages show a page's main message in short: its sources stand on that page.
        for badge in page.xpath(f"//article//*[{has('cb-sure')}][not(ancestor::*[{has('cb-list')}])]"):
            said = BADGE.fullmatch(words(badge))
            sourced = said and said["numbers"] and badge.tag == "a"
            unsourced = said and not said["numbers"] and badge.tag == "span"
            if not said or said["badge"] not in BADGES or not (sourced or unsourced):
                faults.append((uri, words(badge)))
    assert faults == []


def test_every_badge_is_explained_on_the_page_about_how_sure_we_are(pages):
    text = words(pages["how-sure-we-are/index.html"].find(".//article"))
    assert [one.badge for one in CERTAINTIES.values() if f"{one.badge} {one.meaning}" not in text] == []


@pytest.fixture(scope="module")
def by_address(book):
    """Address of a source, as pages link it → source."""
    return {f"https://doi.org/{one.doi}" if one.doi else one.url: one for one in book.of["sources"]}


def test_every_number_leads_to_a_source_that_can_be_looked_up(entry_pages, book, by_address):
    for id_, page in entry_pages.items():
        items = page.xpath(f"//article//*[{has('cb-sources')}]/ol/li")
        marks = page.xpath(f"//article//a[{has('cb-sure')} or {has('cb-cite')}]")
        numbers = [CITED.search(words(mark))[1].split(", ") for mark in marks]
        assert items, id_
        assert [mark.get("href") for mark in marks] == [f"#source-{first}" for first, *_ in numbers], id_
        # A link to another entry has its numbers as words: the verb says already how sure we are.
        linked = "//h2[@id='what-this-is-linked-to']/following-sibling::ul/li"
        said = page.xpath(f"//article//a[{has('cb-sure')} or {has('cb-cite')}] | {linked}")
        found = [CITED.search(words(one)) for one in said]
        cited = dict.fromkeys(number for one in found if one for number in one[1].split(", "))
        assert list(cited) == [str(number) for number in range(1, len(items) + 1)], id_
        for number, item in enumerate(items, 1):
            links = item.xpath(".//a/@href")
            source = by_address[links[0]]
            assert item.xpath(".//a/@id") == [f"source-{number}"], (id_, number)
            for part in (*source.authors, plain(source.title), source.journal):
                assert part in words(item), (id_, number)
        (more,) = page.xpath(f"//article//*[{has('cb-sources')}]/p/a/@href")
        assert resolve(goal(book, id_)[0], more) == ("sources/index.html", ""), id_


def test_a_page_lists_the_sources_that_its_entry_rests_on(entry_pages, book, by_address):
    for id_, page in entry_pages.items():
        links = page.xpath(f"//article//*[{has('cb-sources')}]/ol/li/a/@href")
        listed = {by_address[link].id for link in links}
        shown = [one for _, one in records(book.entries[id_]) if type(one).__name__ != "TimeCourse"]
        assert {source for one in shown for source in getattr(one, "sources", ())} <= listed, id_


def test_a_source_lists_every_page_that_cites_it(pages, book):
    citing = defaultdict(set)
    for entry in book.entries.values():
        for _, one in records(entry):
            for source in getattr(one, "sources", ()):
                citing[source] |= {*getattr(entry, "shown_on", (entry.id,))}  # a picture is cited where it is shown
    assert len(citing) > 20
    faults = {}
    for source, ids in citing.items():
        (box,) = pages["sources/index.html"].xpath(f"//article//*[@id='{source}']")
        listed = {resolve("sources/index.html", link) for link in box.xpath(".//a/@href")}
        if missing := goals(book, ids) - listed:
            faults[source] = sorted(missing)
    assert faults == {}
