"""What every page about an entry owes its reader, in the order in which a reader meets it."""

import re
from itertools import pairwise

from generator.marks import records
from generator.prose import LINK
from generator.relations import CERTAINTIES

SAID = {"Action": "why", "Help": "benefit"}
"""Kind of record → the field before its badge, where that is not ``text``."""
NEEDED = {"causes": 9, "mechanisms": 22, "faqs": 6, "tips": 7, "glossary": 40}


def words(element) -> str:
    return " ".join(element.text_content().split())


def plain(text: str) -> str:
    return " ".join(LINK.sub(r"\1", text).replace("*", "").split())


def has(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def test_the_book_is_as_full_as_it_was_promised(book):
    counts = {name: len(book.of[name]) for name in NEEDED}
    assert {name for name, least in NEEDED.items() if counts[name] < least} == set(), counts


def test_a_page_has_one_title_and_its_headings_never_skip_a_level(pages):
    faults = []
    for uri, page in pages.items():
        levels = [int(heading.tag[1]) for heading in page.xpath("//article//*[re:test(name(), '^h[1-6]$')]", namespaces={"re": "http://exslt.org/regular-expressions"})]
        skips = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        if levels[:1] != [1] or levels.count(1) != 1 or skips:
            faults.append((uri, levels.count(1), skips))
    assert faults == []


def test_no_page_has_two_sections_of_one_name(pages, sections):
    names = {uri: [name for name, _ in sections(page)] for uri, page in pages.items()}
    assert {uri: of for uri, of in names.items() if len(of) != len(set(of))} == {}


def test_the_main_message_stands_before_everything_but_the_title(entry_pages, book):
    for id_, page in entry_pages.items():
        (main,) = page.xpath(f"//article//*[{has('cb-main')}]")
        assert words(main).startswith(plain(book.entries[id_].main_message.text)), id_
        assert [heading.tag for heading in main.xpath("preceding::*[self::h1 or self::h2 or self::h3]")] == ["h1"], id_


def test_a_reader_in_a_hurry_gets_three_to_five_points(entry_pages, sections):
    counts = {id_: [len(part.findall("li")) for part in dict(sections(page))["In short"] if part.tag == "ul"] for id_, page in entry_pages.items()}
    assert {id_: count for id_, count in counts.items() if count not in ([3], [4], [5])} == {}


def test_every_claim_says_in_words_how_sure_we_are_and_where_it_comes_from(entry_pages, book):
    faults = []
    for id_, page in entry_pages.items():
        text = words(page.xpath("//article")[0])
        for _, claim in records(book.entries[id_]):
            said = getattr(claim, SAID.get(type(claim).__name__, "text"), None)
            if said is None or not hasattr(claim, "certainty"):
                continue
            source = r"\d+" + r", \d+" * (len(claim.sources) - 1) if claim.sources else "no source"
            badge = re.escape(CERTAINTIES[claim.certainty].badge)
            if not re.search(re.escape(plain(said)) + rf" {badge} ?{source}(?![\d,])", text):
                faults.append((id_, said))
    assert faults == []


def test_no_badge_stands_without_its_words_or_its_source(pages):
    known = {one.badge for one in CERTAINTIES.values()}
    faults = []
    for uri, page in pages.items():
        for badge in page.xpath(f"//article//*[{has('cb-sure')} and not(ancestor::*[{has('cb-list')}])]"):
            after = badge.getnext()
            kind = after.get("class") if after is not None else None
            shown = words(after) if after is not None else ""
            if words(badge) not in known or (kind, shown) != ("cb-nosource", "no source") and not (kind == "cb-cite" and re.fullmatch(r"\d+(, \d+)*", shown)):
                faults.append((uri, words(badge), kind, shown))
    assert faults == []


def test_every_page_says_when_to_get_help(entry_pages, sections, book, resolve):
    for id_, page in entry_pages.items():
        links = [link for part in dict(sections(page))["When to get help"] for link in part.xpath(".//li/a/@href")]
        uri = f"{book.home[id_].name}/{id_}/index.html"
        assert sorted(resolve(uri, link) for link in links) == sorted(("warning-signs/index.html", sign) for sign in book.entries[id_].get_help), id_
        assert links, id_


def test_an_emergency_is_named_before_any_advice_to_act(entry_pages, book):
    first = book.of["help-levels"][0].id
    boxed = 0
    for id_, page in entry_pages.items():
        signs = [book.entries[sign] for sign in book.entries[id_].get_help if book.entries[sign].level == first]
        boxes = page.xpath(f"//article//*[{has('cb-help--first')}]")
        assert len(boxes) == bool(signs), id_
        for box in boxes:
            boxed += 1
            assert {plain(sign.notice) for sign in signs} == {words(item) for item in box.iter("li")}, id_
            before = [words(heading) for heading in box.xpath("preceding::h2[ancestor::article]")]
            assert before == ["In short"], id_
    assert boxed > len(entry_pages) / 2


def test_all_warning_signs_stand_on_their_page_under_their_level(pages, book):
    page = pages["warning-signs/index.html"]
    for level in book.of["help-levels"]:
        (box,) = page.xpath(f"//article//*[{has('cb-help--' + level.id)}]")
        listed = {words(item) for item in box.iter("li")}
        signs = [sign for sign in book.of["warning-signs"] if sign.level == level.id]
        assert listed == {plain(sign.notice) for sign in signs}
        assert [sign.id for sign in signs if not page.xpath(f"//article//*[@id='{sign.id}']")] == []


def test_a_page_says_that_no_clinician_has_reviewed_it_and_how_old_it_is(entry_pages, sections, book):
    for id_, page in entry_pages.items():
        about = " ".join(words(part) for part in dict(sections(page))["About this page"])
        entry = book.entries[id_]
        assert ("Not yet reviewed by a clinician" in about) is not bool(entry.reviewers), id_
        for lead, day in (("First published on", entry.published), ("last changed on", entry.updated), ("last checked on", entry.checked), ("due by", entry.review_due)):
            assert f"{lead} {day.day} {day:%B %Y}" in about, (id_, lead)


def test_every_number_leads_to_a_source_that_can_be_looked_up(entry_pages, book):
    for id_, page in entry_pages.items():
        items = page.xpath(f"//article//*[{has('cb-sources')}]/ol/li")
        cited = list(dict.fromkeys(page.xpath(f"//article//*[{has('cb-cite')}]/a/@href")))
        assert cited == [f"#source-{number}" for number in range(1, len(items) + 1)], id_
        for number, item in enumerate(items, 1):
            links = item.xpath(".//a/@href")
            source = book.entries[links[-1].partition("#")[2]]
            assert item.xpath(".//@id") == [f"source-{number}"], (id_, number)
            assert all(part in words(item) for part in (*source.authors, plain(source.title), source.journal)), (id_, source.id)
            assert links[0] == (f"https://doi.org/{source.doi}" if source.doi else source.url), (id_, source.id)
        assert items, id_


def test_every_page_can_be_told_apart_in_a_list_of_search_results(pages):
    for kind, where in (("title", "//head/title/text()"), ("description", "//head/meta[@name='description']/@content")):
        shown = {uri: page.xpath(where) for uri, page in pages.items()}
        assert {uri: of for uri, of in shown.items() if len(of) != 1 or not of[0].strip()} == {}, kind
        assert len({of[0] for of in shown.values()}) == len(shown), kind
