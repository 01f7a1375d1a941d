"""What a page is connected to: its part of the book, its neighbours, the words it explains."""

import re
from collections import Counter, defaultdict

import pytest
from mkdocs.utils.yaml import yaml_load

from generator.relations import KINDS
from tests.site.reading import goal, goals, has, resolve, sections, words

HOLDER = re.compile(r"^.*\((?:most|few) hold this view\): |^.*\(views are mixed\): ")
"""Who holds a view: a name, and no prose."""
LINKED, NAMED = "What this is linked to", "Also named on: "
NO_EFFECT, CONTESTED = "No effect found", "A link that is not settled"


@pytest.fixture(scope="module")
def tabs(root):
    """Collection → the words of its tab."""
    nav = yaml_load((root / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    parts = [(name, of) for one in nav for name, of in one.items() if isinstance(of, list)]
    return {page.split("/")[0]: name for name, of in parts for page in of}


def test_a_page_shows_which_part_of_the_book_it_is_in(entry_pages, book, tabs):
    for id_, page in entry_pages.items():
        name, uri = book.home[id_].name, goal(book, id_)[0]
        assert [words(tab) for tab in page.xpath("//header//a[@aria-current]")] == [tabs[name]], id_
        crumbs = page.xpath("//nav[@class='md-path']//a")
        assert [words(crumb) for crumb in crumbs] == ["Home", tabs[name]], id_
        ends = [resolve(uri, crumb.get("href"))[0] for crumb in crumbs]
        assert ends == ["index.html", f"{name}/index.html"], id_


def test_a_reader_can_read_a_part_of_the_book_from_front_to_back(pages, book):
    def footer(uri, way):
        links = pages[uri].xpath(f"//footer//a[@rel='{way}']/@href")
        return [resolve(uri, link)[0] for link in links]

    for name, entries in book.of.items():
        if book.collections[name].pages == "each":
            chain = [f"{name}/index.html", *(goal(book, entry.id)[0] for entry in entries)]
            assert [footer(uri, "next") for uri in chain[:-1]] == [[after] for after in chain[1:]]
            assert [footer(uri, "prev") for uri in chain[1:]] == [[before] for before in chain[:-1]]
            assert not set(footer(chain[-1], "next")) & set(chain)


def test_the_page_of_a_part_lists_all_its_entries_in_reading_order(pages, book):
    for name, entries in book.of.items():
        if book.collections[name].pages == "each":
            uri = f"{name}/index.html"
            expected = [goal(book, entry.id) for entry in entries]
            links = [resolve(uri, link) for link in pages[uri].xpath("//article//*[self::li or self::h2]//a/@href")]
            assert list(dict.fromkeys(link for link in links if link in expected)) == expected


def linked(page):
    """Return, for each heading of the section of links, its words and the elements below it; first what has no heading."""
    found = [("", [])]
    for part in dict(sections(page)).get(LINKED, ()):
        if part.tag == "h3":
            found.append((words(part), []))
        else:
            found[-1][1].append(part)
    return found


def first_links(book, id_, body):
    """Return where lists lead with the first link of each item, and where a paragraph that is a list leads."""
    items = [item for part in body if part.tag == "ul" for item in part.iterfind("li")]
    links = [link for item in items for link in item.xpath("(.//a)[1]/@href")]
    links += [link for part in body if part.tag == "p" for link in part.xpath("./a/@href")]
    return {resolve(goal(book, id_)[0], link) for link in links}


def connections(book, id_):
    """Return stance → the entries that stand in it to this one, read from the relations themselves."""
    found = defaultdict(set)
    for entry in book.entries.values():
        for relation in getattr(entry, "relations", ()):
            if id_ in (entry.id, relation.to):
                found[KINDS[relation.kind].stance].add(relation.to if entry.id == id_ else entry.id)
    return found


def test_a_link_that_studies_did_not_find_is_never_shown_as_one(entry_pages, book):
    headings = {one.heading: "link" for one in book.collections.values() if one.name != "sources"}
    stances = {**headings, NO_EFFECT: "no-effect", CONTESTED: "contested"}
    seen = Counter()
    for id_, page in entry_pages.items():
        shown = defaultdict(set)
        for name, body in linked(page):
            if name in stances:
                body = [part for part in body if not words(part).startswith(NAMED)]
                shown[stances[name]] |= first_links(book, id_, body)
        expected = connections(book, id_)
        assert shown == {stance: goals(book, ids) for stance, ids in expected.items()}, id_
        seen.update(expected.keys())
    assert all(seen[stance] >= 2 for stance in ("link", "no-effect", "contested")), seen


def test_every_other_page_that_names_this_one_is_listed_on_it(entry_pages, book):
    for id_, page in entry_pages.items():
        listed = {one for _, body in linked(page) for one in first_links(book, id_, body)}
        if sum(map(len, connections(book, id_).values())) >= 25:
            continue  # a page that everything leads to
        naming = {one.source.id for one in book.incoming.get(id_, ()) if one.source.id in entry_pages}
        assert goals(book, naming) <= listed, id_


def runs(block):
    """Yield (link, text) for each piece of text in a block; link is empty outside of links."""
    if block.text:
        yield "", block.text
    for child in block:
        if child.tag == "strong" and child is block[0] and not (block.text or "").strip():
            pass  # the name of a row, as a heading would be
        elif child.tag == "a":
            yield child.get("href"), child.text_content()
        elif child.tag in ("em", "strong", "code"):
            yield from runs(child)
        if child.tail:
            yield "", child.tail


def prose_blocks(page):
    """Return the blocks that hold authors' words, in reading order, without names, sources and lists of mere links."""
    skipped = ("cb-names", "cb-searched", "cb-help", "cb-sources", "cb-about")
    no = " or ".join(f"ancestor-or-self::*[{has(name)}]" for name in skipped)
    blocks = page.xpath(f"//article//*[self::p or self::td or self::li][not({no} or ancestor::figure)]")
    return [block for block in blocks if words(block) != words(*block.findall("a"))]


def meant(link):
    """Return the id of the entry that a link leads to: its anchor on a shared page, or its page's folder."""
    page, _, anchor = link.partition("#")
    return anchor if page.rstrip("/").endswith("glossary") else page.rstrip("/").rpartition("/")[2]


def test_a_hard_word_is_explained_where_it_is_first_used_and_only_there(entry_pages, book):
    longest, terms = sorted(book.words, key=len, reverse=True), set(book.words.values())
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    faults = []
    for id_, page in entry_pages.items():
        explained = [id_]
        for block in prose_blocks(page):
            for link, text in runs(block):
                if (term := meant(link)) in terms:
                    explained.append(term)
                elif not link:
                    used = [book.words[one[0]] for one in pattern.finditer(HOLDER.sub("", text).casefold())]
                    faults += [(id_, "not explained", text.strip(), term) for term in used if term not in explained]
        twice = (term for term, times in Counter(explained).items() if times > 1 and book.home[term].pages == "shared")
        faults += [(id_, "explained again", term) for term in twice]
    assert faults == []
