"""Generated Markdown means the same to Python-Markdown, which builds the site today, and to CommonMark."""

import re

import pytest
from lxml import html
from markdown import Markdown
from markdown_it import MarkdownIt
from mkdocs.utils.yaml import yaml_load

from generator.checks.rule import Desk
from generator.render import Renderer
from tests.site.reading import words
from tests.tiny import DAY

DIALECT = re.compile(
    r"^[ \t]*(?:!!!|\?\?\?|={3,}|~{3,}|\*\[|\[\^|\[TOC\]|:::)|\{:|\[\^[^\]]+\]|==\w|\+\+\w|\{\{", re.MULTILINE
)
"""Syntax that only some engines know: admonitions, tabs, abbreviations, footnotes, attribute lists, inserts."""
HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"


@pytest.fixture(scope="module")
def texts(book):
    """Every generated page without its front matter: address → Markdown."""
    return {page.uri: page.text.split("---\n", 2)[2] for page in Renderer.of(Desk(book, DAY)).pages()}


@pytest.fixture(scope="module")
def readings(texts, root):
    """Every generated page as the two engines read it: address → (Python-Markdown, CommonMark)."""
    listed = yaml_load((root / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    configs = {name: of or {} for one in listed if isinstance(one, dict) for name, of in one.items()}
    ours = Markdown(
        extensions=[one if isinstance(one, str) else next(iter(one)) for one in listed], extension_configs=configs
    )
    common = MarkdownIt("commonmark", {"html": True}).enable("table")
    return {uri: (document(ours.reset().convert(text)), document(common.render(text))) for uri, text in texts.items()}


def document(markup):
    return html.document_fromstring(f"<main>{markup}</main>")


def differences(readings, read):
    faults = []
    for uri, (ours, common) in readings.items():
        here, there = read(ours), read(common)
        if here != there:
            first = next(
                (pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]), (len(here), len(there))
            )
            faults.append((uri, *first))
    return faults


def test_no_page_uses_syntax_that_one_engine_alone_understands(texts):
    assert [(uri, match[0]) for uri, text in texts.items() for match in DIALECT.finditer(text)] == []


def test_both_engines_show_a_reader_the_same_words(readings):
    assert len(readings) > 50
    assert differences(readings, lambda page: words(page).split()) == []


def test_both_engines_show_a_reader_the_same_headings(readings):
    assert differences(readings, lambda page: [(one.tag, words(one)) for one in page.xpath(HEADINGS)]) == []


def test_both_engines_lead_a_reader_to_the_same_places(readings):
    assert differences(readings, lambda page: page.xpath("//@href")) == []


def test_both_engines_make_the_same_lists_and_tables(readings):
    def shape(page):
        return [(one.tag, len(one), words(one)) for one in page.xpath("//*[self::ul or self::ol or self::tr]")]

    assert differences(readings, shape) == []


def test_both_engines_put_the_same_words_into_each_block(readings):
    def blocks(page):
        return [(one.get("class"), words(one)) for one in page.xpath("//*[self::div or self::details or self::sup]")]

    assert differences(readings, blocks) == []
