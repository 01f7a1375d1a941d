"""Each sheet as people get it: on one side, in black and white, the words of its page, and a code that leads there."""

import re
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from generator.handouts.catalogue import BOOKLET, PAPERS, downloads
from generator.handouts.make import make
from generator.handouts.sheet import sentences, words
from tests.handouts.conftest import SITE, picture, text
from tests.site.reading import goal, parse

SIDES = {"": 1, "-large": 2}


def flat(words):
    """Return the letters and digits of a text: how a reader of PDFs shows the ends of lines differs."""
    return re.sub(r"\W+", "", words)


@pytest.mark.parametrize("size", SIDES)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_cause_and_condition_takes_one_side_and_large_print_two(files, unaddressed, sheets, paper, size):
    for of in (files, unaddressed):
        found = {id_: len(pypdfium2.PdfDocument(of[f"{id_}-{paper}{size}.pdf"])) for id_ in sheets}
        assert found == {id_: SIDES[size] * one.sides for id_, one in sheets.items()}
    assert {id_ for id_, one in sheets.items() if one.sides > 1} == {"warning-signs"}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_sheet_has_the_size_of_its_paper(files, paper):
    page = pypdfium2.PdfDocument(files[f"doms-{paper}.pdf"])[0]
    points = [side * 72 / 25.4 for side in (PAPERS[paper].width, PAPERS[paper].height)]
    assert page.get_size() == pytest.approx(points, abs=0.1)


def test_every_sentence_stands_on_the_paper_and_on_the_page(files, unaddressed, sheets, book, site):
    documents = parse(site)
    for id_, one in sheets.items():
        uri = goal(book, id_)[0] if id_ in book.home and book.home[id_].pages == "each" else f"{id_}/index.html"
        page = flat(documents[uri].text_content())
        empty = {level.word for level in one.levels if not level.groups}  # the word alone, over a level without a sign
        told = [sentence for sentence in sentences(one) if sentence and sentence not in empty]
        assert [sentence for sentence in told if flat(sentence) not in page] == [], id_
        drawn = {drawing.alternative for drawing in one.places}
        for of in (files, unaddressed):
            for name in (f"{id_}{end}.pdf" for end in ("-a4", "-letter", "-a4-large", "-letter-large")):
                paper = flat("".join(text(of[name])))
                assert [each for each in told if each not in drawn and flat(each) not in paper] == [], name


def test_each_source_on_paper_is_one_of_the_page(sheets, book, site):
    documents = parse(site)
    for id_, one in sheets.items():
        for source in one.sources:
            name, _, year = source.rpartition(" ")
            listed = documents[goal(book, id_)[0]].xpath("//article//*[@class='cb-sources']//li")
            assert any(
                li.text_content().lstrip().startswith((name or year)[:20]) and year in li.text_content()
                for li in listed
            ), source


def test_a_sheet_says_at_most_as_much_as_the_guide_asks_for(sheets):
    for id_, one in sheets.items():
        if one.sides == 1:
            assert len(one.do) <= 5, id_
            assert 1 <= len(one.do_not) <= 3, id_
            assert [level.rank for level in one.levels] == [0, 1, 2], id_
            assert 200 <= words(one) <= 450, id_


def test_the_blocks_come_in_the_order_of_the_guide(files, sheets):
    for id_, one in sheets.items():
        if one.sides > 1:
            continue
        for name, headings in (
            ("a4", ("In short", "What to do", "What not to do", "When you can start", "When to get help", "My notes")),
            (
                "a4-large",
                ("In short", "When to get help", "What to do", "What not to do", "When you can start", "My notes"),
            ),
        ):
            written = " ".join(" ".join(text(files[f"{id_}-{name}.pdf"])).split())
            places = [written.index(one.title), *(written.index(heading) for heading in headings)]
            assert all(before < after for before, after in pairwise(places)), (id_, name, places)
            ends = [
                written.index(words) for words in ("Come back or call if", "Ticked for you by", one.disclaimer[:30])
            ]
            assert ends == sorted(ends), id_
            assert ends[0] > places[-1], id_


def test_nothing_on_paper_has_a_colour(files):
    for name in files:
        if name.endswith(".pdf") and not name.startswith(BOOKLET):
            red, green, blue = picture(files[name], dots=50).split()
            assert not ImageChops.difference(red, green).getbbox(), name
            assert not ImageChops.difference(green, blue).getbbox(), name


def test_the_code_leads_to_the_page_and_the_version(files, sheets):
    for id_, one in sheets.items():
        last = one.sides - 1
        (code,) = zxingcpp.read_barcodes(
            picture(files[f"{id_}-letter.pdf"], last), formats=zxingcpp.BarcodeFormat.QRCode
        )
        assert code.text == (f"{one.address}#paper-{one.version}" if one.version else one.address)
        assert code.text.startswith(SITE.address)
        shown = re.sub(r"[^a-z0-9./]", "", "".join(text(files[f"{id_}-letter.pdf"])))  # long ones are broken over lines
        assert re.sub(r"[^a-z0-9./]", "", one.address.removeprefix("https://")) in shown


def test_the_code_is_large_enough_and_survives_the_photocopier_twice(files):
    made = picture(files["doms-a4.pdf"], dots=300)
    (code,) = zxingcpp.read_barcodes(made)
    assert (code.position.top_right.x - code.position.top_left.x) / 300 * 25.4 == pytest.approx(25, abs=0.7)
    copy = made.convert("L").resize((made.width // 2, made.height // 2))
    for _ in range(2):
        copy = copy.rotate(0.6, fillcolor=255).filter(ImageFilter.GaussianBlur(1.1))
        copy = copy.point(lambda grey: 0 if grey < 150 else 255)
    assert [one.text for one in zxingcpp.read_barcodes(copy)] == [code.text]


def test_without_an_address_there_is_no_code_and_no_address(unaddressed):
    assert zxingcpp.read_barcodes(picture(unaddressed["doms-a4.pdf"])) == []
    written = "".join(text(unaddressed["doms-a4.pdf"]))
    assert "://" not in written
    assert "newer versions" not in written


def test_the_same_data_makes_the_same_bytes(book, files):
    again = dict(make(book, site=SITE, wanted=lambda file: file.of in ("doms", BOOKLET)))
    assert set(again) == {name for name in files if name.startswith(("doms", BOOKLET))}
    assert {name for name, content in again.items() if content != files[name]} == set()


def test_everything_that_the_catalogue_promises_is_made(book, files):
    promised = {file.name for one in downloads(book) for file in one.files} | {
        f"{one.id}.png" for one in downloads(book)
    }
    assert set(files) == promised


def test_a_preview_is_a_small_picture_of_the_whole_side(files):
    import io

    for name in files:
        if name.endswith(".png"):
            with Image.open(io.BytesIO(files[name])) as shown:
                assert shown.height / shown.width == pytest.approx(297 / 210, abs=0.02)
            assert len(files[name]) < 60_000
