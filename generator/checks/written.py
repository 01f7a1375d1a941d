"""A page written by hand in; what breaks the rules about words and reading out, at its line."""

from collections.abc import Iterator

from markdown_it import MarkdownIt

from generator import prose, reading
from generator.checks import words as word_rules
from generator.checks.links import EMPTY_WORDS, empty_link_text
from generator.checks.reading import (
    ENOUGH_WORDS,
    GRADE,
    GRADE_MOST,
    SENTENCE,
    SENTENCE_MOST,
    long_sentence,
    reading_grade,
)
from generator.checks.rule import Rule
from generator.link import Book
from generator.problems import Problem, Severity

_parser = MarkdownIt("commonmark").enable("table")


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the plain words of every paragraph and list item; headings, HTML and front matter are none."""
    body, before = _without_front_matter(text)
    heading = False
    for token in _parser.parse(body):
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type == "inline" and token.map and not heading:
            yield before + token.map[0] + 1, " ".join(prose.plain(" ".join(token.content.split())).split())


def check_page(book: Book, shown: str, text: str) -> Iterator[Problem]:
    """Yield what is wrong with the words of one page, which messages call ``shown``."""
    found = tuple(paragraphs(text))
    for line, words in found:
        for rule, faults in (
            (word_rules.plain_words, word_rules.plainer(words, book)),
            (word_rules.judges_nobody, word_rules.judgements(words)),
            (word_rules.plain_numbers, word_rules.numbers(words)),
        ):
            for one in faults:
                yield _problem(rule, shown, _line(text, line, one.part), one.message, one.hint)
        for sentence in reading.sentences(words):
            if (count := len(reading.words(sentence))) > SENTENCE:
                severity: Severity = "error" if count > SENTENCE_MOST else "warning"
                place = _line(text, line, " ".join(sentence.split()[:2]))
                yield _problem(long_sentence, shown, place, f"a sentence of {count} words", "make two of it", severity)
    for number, written in enumerate(text.splitlines(), 1):
        for match in prose.LINK.finditer(written):
            if " ".join(match[1].casefold().split()) in EMPTY_WORDS:
                message = f"the link words '{match[1]}' do not say where the link leads"
                yield _problem(empty_link_text, shown, number, message, "link the words that name the other page")
    texts = [words for _, words in found]
    terms = frozenset(word for term in book.words for word in reading.words(term))
    raw, light = reading.levels(texts, reading.syllables_of(texts), light=terms)
    if raw.words >= ENOUGH_WORDS and light.grade > GRADE:
        message = f"this page reads at grade {light.grade:.1f} ({raw.grade:.1f} with its terms counted in full)"
        worst: Severity = "error" if light.grade > GRADE_MOST else "warning"
        yield _problem(reading_grade, shown, 1, message, "shorter sentences, shorter words", worst)


def _problem(rule: Rule, shown: str, line: int, message: str, hint: str, severity: Severity | None = None) -> Problem:
    return Problem(shown, line, 1, rule.id, message, hint, severity or rule.severity)


def _line(text: str, first: int, part: str) -> int:
    """Return the line on which ``part`` stands, from line ``first`` on; ``first`` where it is broken over two lines."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines[first - 1 :], first) if part in line), first)


def _without_front_matter(text: str) -> tuple[str, int]:
    lines = text.split("\n")
    if lines and lines[0].strip() == "---":
        end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
        if end:
            return "\n".join(lines[end + 1 :]), end + 1
    return text, 0
