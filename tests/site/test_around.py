"""What stands around a page: where it is in the book, what it is connected to, who is called when it opens."""

import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest
import yaml

from generator.relations import KINDS

LOADED = "//script/@src | //img/@src | //iframe/@src | //source/@src | //video/@src | //audio/@src | //object/@data | //link[@rel!='canonical' and @rel!='prev' and @rel!='next']/@href"
ADDRESS = "https://legs.example/book/"
EDIT = "https://code.example/us/book/edit/main/"


def words(element) -> str:
    return " ".join(element.text_content().split())


def uri_of(book, id_):
    return f"{book.home[id_].name}/{id_}/index.html"


@pytest.fixture(scope="module")
def tabs(root):
    """Collection name → the words of its tab."""
    text = re.sub(r"!ENV ", "", (root / "mkdocs.yml").read_text(encoding="utf-8"))
    sections = [one for one in yaml.safe_load(text)["nav"] if isinstance(next(iter(one.values())), list)]
    return {page.split("/")[0]: name for one in sections for name, pages in one.items() for page in pages}


def test_a_page_shows_which_part_of_the_book_it_is_in(entry_pages, book, tabs, resolve):
    for id_, page in entry_pages.items():
        name = book.home[id_].name
        assert [words(tab) for tab in page.xpath("//li[contains(@class, 'md-tabs__item--active')]")] == [tabs[name]], id_
        crumbs = page.xpath("//nav[@class='md-path']//a")
        assert [words(crumb) for crumb in crumbs] == ["Home", tabs[name]], id_
        ends = [resolve(uri_of(book, id_), crumb.get("href"))[0] for crumb in crumbs]
        assert ends == ["index.html", f"{name}/index.html"], id_


def test_a_reader_can_read_a_part_of_the_book_from_front_to_back(pages, book, resolve):
    def footer(uri, way):
        links = pages[uri].xpath(f"//footer//a[contains(@class, 'md-footer__link--{way}')]/@href")
        return [resolve(uri, link)[0] for link in links]

    for collection in book.collections.values():
        if collection.pages == "each":
            chain = [f"{collection.name}/index.html", *(uri_of(book, entry.id) for entry in book.of[collection.name])]
            for before, after in zip(chain, chain[1:], strict=False):
                assert footer(before, "next") == [after]
                assert footer(after, "prev") == [before]
            assert footer(chain[-1], "next") in ([], [f"{collection.name}/index.html"]) or not footer(chain[-1], "next")[0].startswith(f"{collection.name}/")


def test_a_word_is_explained_once_on_a_page_and_where_it_is_first_used(entry_pages, book):
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(book.words, key=len, reverse=True))) + r")(?!\w)")
    faults = []
    for id_, page in entry_pages.items():
        explained = []
        for block in page.xpath(f"//article//*[self::p or self::li or self::td][not({_not_prose()})]"):
            for link, text in _runs(block):
                if "/glossary/#" in link:
                    explained.append(link.partition("#")[2])
                elif not link:
                    faults += [(id_, "not linked", match[0]) for match in pattern.finditer(text.casefold()) if book.words[match[0]] not in explained]
        faults += [(id_, "linked again", term) for term, count in Counter(explained).items() if count > 1]
    assert faults == []
