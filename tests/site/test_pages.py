"""The frame of a page about an entry, in the order in which a reader meets it."""

from itertools import pairwise

from tests.site.reading import has, parse, plain, sections, words
from tests.site.test_publish import ADDRESS, REPOSITORY

MOST = 500
"""Elements of a page about an entry, the head included. More than that, and slow phones are slow."""
NEEDED = {"causes": 9, "conditions": 13, "mechanisms": 25, "faqs": 30, "tips": 12, "glossary": 40}
HEADINGS = "//article//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"


def test_the_book_is_as_full_as_it_was_promised(book):
    counts = {name: len(book.of[name]) for name in NEEDED}
    assert {name: counts[name] for name, least in NEEDED.items() if counts[name] < least} == {}


def test_a_page_has_one_title_and_its_headings_never_skip_a_level(pages):
    faults = []
    for uri, page in pages.items():
        levels = [int(heading.tag[1]) for heading in page.xpath(HEADINGS)]
        skips = [(before, after) for before, after in pairwise(levels) if after > before + 1]
        if levels[:1] != [1] or levels.count(1) != 1 or skips:
            faults.append((uri, levels.count(1), skips[:3]))
    assert faults == []


def test_no_page_has_two_sections_of_one_name(pages):
    names = {uri: [name for name, _ in sections(page)] for uri, page in pages.items()}
    assert {uri: of for uri, of in names.items() if len(of) != len(set(of))} == {}


def test_no_section_is_an_empty_promise(pages):
    shown = {uri: sections(page) for uri, page in pages.items()}
    assert [(uri, name) for uri, of in shown.items() for name, body in of if not words(*body)] == []


def test_the_main_message_stands_before_everything_but_the_title(entry_pages, book):
    for id_, page in entry_pages.items():
        (main,) = page.xpath(f"//article//*[{has('cb-main')}]")
        assert words(main).startswith(plain(book.entries[id_].main_message.text)), id_
        before = main.xpath("preceding::*[ancestor::article][self::h1 or self::h2 or self::h3]")
        assert [heading.tag for heading in before] == ["h1"], id_


def test_a_reader_in_a_hurry_gets_three_to_five_points_first(entry_pages):
    counts = {}
    for id_, page in entry_pages.items():
        name, body = sections(page)[0]
        assert name == "In short", id_
        counts[id_] = [len(part.findall("li")) for part in body if part.tag in ("ul", "ol")]
    assert {id_: count for id_, count in counts.items() if count not in ([3], [4], [5])} == {}


def test_a_page_says_who_reviewed_it_and_how_old_it_is(entry_pages, book):
    for id_, page in entry_pages.items():
        entry = book.entries[id_]
        about = words(*dict(sections(page))["About this page"])
        assert ("Not yet reviewed by a clinician" in about) is not bool(entry.reviewers), id_
        assert all(one.name in about for one in entry.reviewers), id_
        for lead, day in (
            ("First published on", entry.published),
            ("last changed on", entry.updated),
            ("last checked on", entry.checked),
            ("due by", entry.review_due),
        ):
            assert f"{lead} {day.day} {day:%B %Y}" in about, id_


def test_every_page_can_be_told_apart_in_a_list_of_search_results(pages):
    for where in ("//head/title/text()", "//head/meta[@name='description']/@content"):
        shown = {uri: page.xpath(where) for uri, page in pages.items()}
        assert {uri: of for uri, of in shown.items() if len(of) != 1 or not of[0].strip()} == {}
        first = {of[0]: uri for uri, of in shown.items()}
        assert {uri: first[of[0]] for uri, of in shown.items() if first[of[0]] != uri} == {}


def test_a_page_of_an_entry_has_at_most_500_elements(build):
    """As it is published: with an address and a repository, both of which add to the head and the page."""
    site = build("published", SITE_URL=ADDRESS, REPOSITORY_URL=REPOSITORY)
    counts = {uri: sum(1 for one in page.iter() if isinstance(one.tag, str)) for uri, page in parse(site).items()}
    entries = {uri: count for uri, count in counts.items() if uri.count("/") == 2}
    assert len(entries) > 40
    assert {uri: count for uri, count in entries.items() if count > MOST} == {}
    assert (
        max(counts[uri] for uri in entries if not uri.startswith(("causes/", "conditions/"))) <= 300
    )  # room for the next ones


def test_nothing_that_only_the_script_of_the_theme_would_use_is_on_a_page(pages):
    left = "//input[contains(@class, 'md-toggle')] | //label | //*[contains(@class, 'md-dialog') or @data-md-component='announce']"
    assert [
        uri for uri, page in pages.items() if uri not in ("find/index.html", "print/index.html") and page.xpath(left)
    ] == []
