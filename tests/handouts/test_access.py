"""A PDF for everybody: what PDF/UA-1 asks for and a program can see. The order itself is checked beside its words."""

import io
from itertools import pairwise

import pikepdf
import pytest

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@pytest.fixture(
    scope="module", params=["doms-a4.pdf", "doms-letter-large.pdf", "warning-signs-a4.pdf", "booklet-a4.pdf"]
)
def pdf(request, files):
    with pikepdf.open(io.BytesIO(files[request.param])) as opened:
        yield opened


def elements(node):
    """Yield every element of the structure, parents first, in reading order."""
    for child in node.get("/K", []) if isinstance(node.get("/K", []), pikepdf.Array) else [node.K]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def tags(pdf):
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    return [(str(roles.get(one.S, one.S)).lstrip("/"), one) for one in elements(pdf.Root.StructTreeRoot)]


def test_it_is_tagged_says_its_language_and_shows_its_title(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("en")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"]
        assert about["dc:creator"]
    assert not pdf.is_encrypted


def test_its_headings_begin_at_the_first_level_and_never_skip_one(pdf):
    levels = [HEADINGS.index(name) + 1 for name, _ in tags(pdf) if name in HEADINGS]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_are_lists(pdf):
    names = [name for name, _ in tags(pdf)]
    assert names.count("L") >= 3
    assert names.count("LI") > names.count("L")
    for name, one in tags(pdf):
        if name == "L":
            assert {str(child.S) for child in one.K if isinstance(child, pikepdf.Dictionary)} <= {"/LI", "/Caption"}


def test_every_picture_says_what_it_shows(pdf, sheets):
    figures = [one for name, one in tags(pdf) if name == "Figure"]
    said = [str(one.get("/Alt", "")) for one in figures]
    assert all(said)
    if pdf.docinfo.get("/Title") == sheets["doms"].title:
        assert sheets["doms"].places[0].alternative in said
        assert f"QR code that leads to {sheets['doms'].address.removeprefix('https://')}" in said


def test_every_link_says_where_it_leads(pdf):
    notes = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert notes
    assert [note for note in notes if not str(note.get("/Contents", ""))] == []
    assert "Link" in [name for name, _ in tags(pdf)]


def test_every_page_is_read_in_the_order_of_its_structure(pdf):
    assert all(page.get("/Tabs") == "/S" for page in pdf.pages if "/Annots" in page)


def test_every_font_is_in_it_and_says_what_its_shapes_mean(pdf):
    fonts = {key: font for page in pdf.pages for key, font in page.Resources.get("/Font", {}).items()}
    assert fonts
    for font in fonts.values():
        assert "/ToUnicode" in font
        assert "Atkinson" in str(font.BaseFont)


def test_it_has_bookmarks(pdf, sheets):
    with pdf.open_outline() as outline:
        titles = [one.title for one in outline.root]
    if str(pdf.docinfo.Title) in {one.title for one in sheets.values()}:
        assert titles == [str(pdf.docinfo.Title)]
    else:
        assert titles[1:] == [sheets["warning-signs"].title, *(one.title for one in sheets.values() if one.sides == 1)]


def test_the_booklet_has_contents_that_lead_to_numbered_pages(files, sheets):
    with pikepdf.open(io.BytesIO(files["booklet-letter.pdf"])) as pdf:
        links = [note for note in pdf.pages[1].Annots if note.Subtype == "/Link"]
        assert len(links) >= len(sheets)
        assert "TOC" in [name for name, _ in tags(pdf)]
