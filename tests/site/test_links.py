"""Every link of the built site leads somewhere, and every page of it can be found by following links."""

import json
from collections import Counter, deque

from tests.site.reading import INNER, resolve, words

LINKS = "//@href | //@src"


def inner_links(document):
    return [link for link in document.xpath(LINKS) if INNER.match(link)]


def test_no_link_leads_a_reader_to_a_page_that_is_not_there(documents, site):
    assert [
        (uri, link)
        for uri, document in documents.items()
        for link in inner_links(document)
        if not (site / resolve(uri, link)[0]).is_file()
    ] == []


def test_no_link_leads_a_reader_to_a_place_that_is_not_on_the_page(documents):
    places = {uri: set(document.xpath("//@id | //a/@name")) for uri, document in documents.items()}
    assert [
        (uri, link)
        for uri, document in documents.items()
        for link in inner_links(document)
        for target, place in [resolve(uri, link)]
        if place and place not in places.get(target, ())
    ] == []


def test_no_link_sends_a_reader_over_an_unsafe_connection(documents):
    assert [
        (uri, link)
        for uri, document in documents.items()
        for link in document.xpath(LINKS)
        if not INNER.match(link) and not link.startswith(("https://", "mailto:", "tel:"))
    ] == []


def test_no_place_on_a_page_has_the_name_of_another(documents):
    assert [
        (uri, name)
        for uri, document in documents.items()
        for name, count in Counter(document.xpath("//@id")).items()
        if count > 1
    ] == []


def test_every_link_has_words_to_hear_and_to_click(documents):
    assert [
        (uri, link.get("href"))
        for uri, document in documents.items()
        for link in document.xpath("//a")
        if not (words(link) or link.get("aria-label") or link.xpath("string(.//img/@alt)"))
    ] == []


def test_every_page_can_be_reached_from_the_home_page(pages, book):
    moved = {
        f"{collection.name}/{old}/index.html"
        for collection in book.collections.values()
        for entry in book.of[collection.name]
        for old in entry.formerly
    } | {f"{one.was_in}/{one.id}/index.html" for one in book.retired.values()}
    seen, waiting = {"index.html"}, deque(["index.html"])
    while waiting:
        uri = waiting.popleft()
        for link in pages[uri].xpath("//a/@href"):
            target = resolve(uri, link)[0] if INNER.match(link) else uri
            if target in pages and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert pages.keys() - seen - moved == set()


def test_every_page_stands_for_an_entry_a_collection_or_a_written_page(pages, book, root):
    content = root / "content"
    written = {file.relative_to(content).with_suffix("").as_posix() for file in content.rglob("*.md")}
    expected = {"index.html" if name == "index" else f"{name.removesuffix('/index')}/index.html" for name in written}
    for collection in book.collections.values():
        if collection.pages in ("each", "shared"):
            expected.add(f"{collection.name}/index.html")
        if collection.pages == "each":
            names = [name for entry in book.of[collection.name] for name in (entry.id, *entry.formerly)]
            names += [one.id for one in book.retired.values() if one.was_in == collection.name]
            expected |= {f"{collection.name}/{name}/index.html" for name in names}
    assert pages.keys() == expected


def test_every_search_result_leads_to_a_place_that_is_there(documents, site):
    parts = [
        json.loads(part.read_text(encoding="utf-8").split(",", 1)[1].removesuffix(");\n"))
        for part in site.glob("assets/search/*/d*.js")
    ]
    found = [url for part in parts for _, url, *_ in part]
    places = {uri: {"", *document.xpath("//@id")} for uri, document in documents.items()}
    assert len(found) > len(documents)
    assert [url for url in found for target, place in [resolve("", url)] if place not in places.get(target, ())] == []


def test_menu_and_breadcrumbs_lead_to_the_same_page_by_the_same_name(pages):
    links = 0
    for uri, page in pages.items():
        menu = {words(link): resolve(uri, link.get("href")) for link in page.xpath("//header//nav//a")}
        assert len(menu) >= 5, uri
        for link in page.xpath("//nav[@class='md-path']//a"):
            links += 1
            assert resolve(uri, link.get("href")) == menu[words(link)], (uri, words(link))
    assert links > len(pages)
