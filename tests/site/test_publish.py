"""The settings of a site: its address and its repository. Where one is not set, what needs it is left out."""

import re

import pytest

from tests.site.reading import goal, parse

ADDRESS = "https://legs.example/book/"
REPOSITORY = "https://code.example/us/book"
EDIT = "https://code.example/us/book/edit/main/"
LOADED = (
    "//script/@src | //img/@src | //iframe/@src | //source/@src | //video/@src | //audio/@src | //object/@data"
    " | //link[not(@rel = 'canonical' or @rel = 'prev' or @rel = 'next' or @rel = 'edit')]/@href"
)
FOREIGN = re.compile(r"(?:[a-z]+:)?//")
EDIT_LINKS = "//a[contains(@href, 'code.example') or contains(@title, 'Edit')]/@href | //link[@rel='edit']/@href"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def published(build):
    return build("published", SITE_URL=ADDRESS, REPOSITORY_URL=REPOSITORY)


@pytest.fixture(scope="module")
def online(published):
    return parse(published)


def address(uri):
    return ADDRESS + uri.removesuffix("index.html")


def test_opening_a_page_calls_no_other_host(documents, online):
    for site in (documents, online):
        loaded = [(uri, link) for uri, page in site.items() for link in page.xpath(LOADED)]
        assert len(loaded) > len(site)
        assert [one for one in loaded if FOREIGN.match(one[1]) and not one[1].startswith(ADDRESS)] == []


def test_the_styles_call_no_other_host(published):
    sheets = [file.read_text(encoding="utf-8") for file in published.rglob("*.css")]
    assert sheets
    assert [
        one for text in sheets for one in re.findall(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^)'\"]*)", text)
    ] == []


def test_a_reader_who_finds_a_mistake_is_led_to_the_file_of_that_page(online, book, root):
    for collection in book.collections.values():
        for entry in book.of[collection.name] if collection.pages == "each" else ():
            links = set(online[goal(book, entry.id)[0]].xpath(EDIT_LINKS))
            assert links == {f"{EDIT}data/{collection.name}/{entry.id}.yaml"}
    targets = {link for page in online.values() for link in page.xpath(EDIT_LINKS)}
    assert [link for link in targets if not (root / link.removeprefix(EDIT)).is_file()] == []
    assert f"{EDIT}content/about.md" in targets


def test_without_a_repository_no_link_pretends_to_lead_there(documents):
    assert [(uri, link) for uri, page in documents.items() for link in page.xpath(EDIT_LINKS)] == []


def test_without_an_address_no_page_claims_to_have_one(site, documents):
    assert list(site.glob("sitemap.xml*")) == []
    assert [uri for uri, page in documents.items() if page.xpath("//link[@rel='canonical']")] == []


def test_with_an_address_every_page_can_be_found_under_it(published, online):
    from lxml import etree

    found = etree.parse(published / "sitemap.xml").xpath("//s:loc/text()", namespaces=SITEMAP)
    expected = {uri: address(uri) for uri in online if uri != "404.html"}
    assert sorted(found) == sorted(expected.values())
    shown = {uri: page.xpath("//link[@rel='canonical']/@href") for uri, page in online.items() if uri != "404.html"}
    assert shown == {uri: [of] for uri, of in expected.items()}
