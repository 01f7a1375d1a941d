"""Signs that need help reach the reader: on every page, above any advice, and all of them on one page."""

from tests.site.reading import goal, goals, has, plain, resolve, sections, words


def test_every_page_says_when_to_get_help(entry_pages, book):
    for id_, page in entry_pages.items():
        items = [item for part in dict(sections(page))["When to get help"] for item in part.xpath(".//li")]
        named, first = book.entries[id_].get_help, book.of["help-levels"][0].id
        assert named, id_
        assert len(items) == len(named), id_
        links = {resolve(goal(book, id_)[0], link) for item in items for link in item.xpath("./a/@href")}
        # Nothing leads a reader away from the call in an emergency.
        assert links == goals(book, [one for one in named if book.entries[one].level != first]), id_


def test_every_sign_stands_under_the_heading_that_says_how_fast_to_act(entry_pages, book):
    for id_, page in entry_pages.items():
        for level in book.of["help-levels"]:
            signs = [book.entries[one] for one in book.entries[id_].get_help if book.entries[one].level == level.id]
            boxes = page.xpath(f"//article//*[{has('cb-help--' + level.id)} and not({has('cb-help--first')})]")
            assert len(boxes) == bool(signs), (id_, level.id)
            for box in boxes:
                assert level.short in words(box), id_
                assert plain(level.call) in words(box), id_
                assert {words(item) for item in box.iter("li")} == {plain(sign.notice) for sign in signs}, id_


def test_an_emergency_is_named_before_any_advice(entry_pages, book):
    first = book.of["help-levels"][0]
    boxed = 0
    for id_, page in entry_pages.items():
        signs = [book.entries[one] for one in book.entries[id_].get_help if book.entries[one].level == first.id]
        boxes = page.xpath(f"//article//*[{has('cb-help--first')}]")
        assert len(boxes) == bool(signs), id_
        for box in boxes:
            boxed += 1
            assert plain(first.call) in words(box), id_
            assert {words(item) for item in box.iter("li")} == {plain(sign.notice) for sign in signs}, id_
            assert [words(one) for one in box.xpath("preceding::h2[ancestor::article]")] == ["In short"], id_
    assert boxed > len(entry_pages) / 2


def test_all_signs_stand_on_one_page_under_their_level_and_are_explained_there(pages, book):
    page = pages["warning-signs/index.html"]
    for level in book.of["help-levels"]:
        (box,) = page.xpath(f"//article//*[{has('cb-help--' + level.id)}]")
        signs = [sign for sign in book.of["warning-signs"] if sign.level == level.id]
        assert sorted(words(item) for item in box.iter("li")) == sorted(plain(sign.notice) for sign in signs)
        assert signs
        for sign in signs:
            (more,) = page.xpath(f"//article//*[@id='{sign.id}']")
            for text in (sign.notice, sign.why.text, *sign.also_notice, *sign.do, *sign.do_not):
                assert plain(text) in words(more), sign.id


def test_the_most_urgent_level_comes_first_on_the_page_of_signs(pages, book):
    boxes = pages["warning-signs/index.html"].xpath(f"//article//*[{has('cb-help')}]")
    assert [words(box.find("h2")) for box in boxes] == [level.short for level in book.of["help-levels"]]
    assert [level.id for level in book.of["help-levels"]] == ["emergency", "urgent", "soon"]


def test_the_home_page_names_the_page_of_signs_before_anything_else(pages):
    links = pages["index.html"].xpath("//article//a/@href")
    assert resolve("index.html", links[0])[0] == "warning-signs/index.html"
