"""Rules about how easy a page is to read. A figure is a smoke alarm, not a certificate: people still read it aloud.

The limits are those of two measured pages that people read well (a page made from NHS text on shin splints: grade 5.7,
SMOG 9.0; a page of MedlinePlus on leg pain: 4.2 and 8.1).
"""

from collections.abc import Iterator

from generator.checks.rule import Desk, Found, rule
from generator.models import PageEntry, Question, Source
from generator.problems import Severity
from generator.reading import key, sentences, words
from generator.texts import PageText, Piece

GRADE, GRADE_MOST = 6.5, 8.0
SMOG, SMOG_MOST = 9.0, 10.0
SENTENCE, SENTENCE_MOST = 20, 25
MEAN_SENTENCE = 15
PARAGRAPH = 3
ANSWER = 40
ENOUGH_WORDS = 100
"""With fewer words on a page, a grade says nothing."""
WORST = 3


@rule(
    reason="Most health pages need 12 years of school. At grade 6, most adults understand a page when they are tired and worried.",
    good="Stop running. See a doctor if it hurts at night.",
    bad="Nocturnal exacerbation necessitates discontinuation of running pending professional evaluation.",
)
def reading_grade(desk: Desk) -> Iterator[Found]:
    """A page reads at grade 6.5 or below (Flesch-Kincaid, explained terms counted lightly); above 8 it is an error."""
    for page in desk.pages:
        raw, light = desk.levels(page)
        if raw.words >= ENOUGH_WORDS and light.grade > GRADE:
            severity: Severity = "error" if light.grade > GRADE_MOST else "warning"
            message = f"this page reads at grade {light.grade:.1f} ({raw.grade:.1f} with its terms counted in full)"
            yield from _worst(desk, page, message, severity)


@rule(
    reason="Long words are what readers stumble over, and SMOG counts just those.",
    good="The bone repairs itself more slowly than the damage grows.",
    bad="Remodelling insufficiency precipitates accumulating microarchitectural deterioration.",
)
def smog_grade(desk: Desk) -> Iterator[Found]:
    """A page of 30 sentences and more has a SMOG grade of at most 9 (explained terms counted lightly); above 10 it is an error."""
    for page in desk.pages:
        raw, light = desk.levels(page)
        if light.smog is not None and light.smog > SMOG:
            severity: Severity = "error" if light.smog > SMOG_MOST else "warning"
            in_full = f"{raw.smog:.1f}" if raw.smog is not None else "unknown"
            message = f"this page has a SMOG grade of {light.smog:.1f} ({in_full} with its terms counted in full)"
            yield from _worst(desk, page, message, severity)


@rule(
    reason="A reader holds about 20 words in mind. After that the start of the sentence is gone.",
    good="Stop running. Get help the same day.",
    bad="A sentence that goes on and on, with one clause and another, until it has more than 20 words and nobody knows how it began.",
    severity="warning",
)
def long_sentence(desk: Desk) -> Iterator[Found]:
    """A sentence has at most 20 words; with more than 25 it is an error."""
    for piece in _each_once(desk):
        for sentence in sentences(piece.text):
            if (count := len(words(sentence))) > SENTENCE:
                severity: Severity = "error" if count > SENTENCE_MOST else "warning"
                yield Found(
                    piece.entry,
                    piece.path,
                    f"a sentence of {count} words",
                    "make two of it",
                    _start(sentence),
                    severity,
                )


@rule(
    reason="Short sentences on the whole keep a page calm. One long one now and then does no harm.",
    good="A page whose sentences have 10 words on the whole",
    bad="A page whose sentences have 18 words on the whole",
    severity="warning",
)
def mean_sentence(desk: Desk) -> Iterator[Found]:
    """The sentences of a page have at most 15 words on the whole."""
    for page in desk.pages:
        raw, _ = desk.levels(page)
        if raw.words >= ENOUGH_WORDS and raw.words_a_sentence > MEAN_SENTENCE:
            yield from _worst(
                desk, page, f"the sentences of this page have {raw.words_a_sentence:.1f} words on the whole"
            )


@rule(
    reason="A screen of text without a break is not read on a phone.",
    good="Two sentences, then the next point",
    bad="Five sentences in one point",
    severity="warning",
)
def long_paragraph(desk: Desk) -> Iterator[Found]:
    """A text has at most 3 sentences; what a study found may have more."""
    for piece in _each_once(desk):
        if not isinstance(piece.entry, Source) and (count := len(sentences(piece.text))) > PARAGRAPH:
            yield Found(piece.entry, piece.path, f"{count} sentences in one text", "make two items of it, or say less")


@rule(
    reason="Too short leaves a worried reader with questions; too long is not read to the end.",
    good="A mechanism told in 300 words",
    bad="A mechanism told in 700 words",
    severity="warning",
)
def page_length(desk: Desk) -> Iterator[Found]:
    """A page has as many words before the evidence as its collection allows; half as many again is an error."""
    for page in desk.pages:
        if page.collection.length and page.entry:
            low, high = page.collection.length
            count = page.before_evidence()
            if not low <= count <= high:
                severity: Severity = "warning" if low / 1.5 <= count <= high * 1.5 else "error"
                hint = "say more of what a reader needs" if count < low else "take out what a reader can do without"
                message = f"{count} words before the evidence, and {low} to {high} are allowed"
                yield Found(page.entry, ("title",), message, hint, severity=severity)


@rule(
    reason="People ask a question and read on only if the answer comes at once.",
    good="Yes, if it is mild and settles by the next morning. Stop if it gets worse.",
    bad="An answer of 60 words that begins with the history of the question",
)
def answer_first(desk: Desk) -> Iterator[Found]:
    """The main message of a question answers it in at most 40 words; any main message has at most 3 sentences."""
    for entry in desk.book.entries.values():
        if isinstance(entry, PageEntry):
            text = entry.main_message.text
            path = ("main_message", "text")
            if isinstance(entry, Question) and (count := len(words(text))) > ANSWER:
                yield Found(entry, path, f"the answer has {count} words", f"answer in at most {ANSWER} words")
            if (count := len(sentences(text))) > PARAGRAPH:
                yield Found(entry, path, f"the main message has {count} sentences", "say it in 1 to 3 sentences")


def _each_once(desk: Desk) -> Iterator[Piece]:
    seen: set[tuple[str, tuple[str | int, ...]]] = set()
    for page in desk.pages:
        for piece in page.pieces:
            if (piece.entry.id, piece.path) not in seen:
                seen.add((piece.entry.id, piece.path))
                yield piece


def _worst(desk: Desk, page: PageText, message: str, severity: Severity | None = None) -> Iterator[Found]:
    """Yield the fault of a page at its worst sentences: the ones with the most syllables."""
    hard = sorted(
        (
            (sum(desk.syllables[key(word)] for word in words(sentence)), piece, sentence)
            for piece in page.pieces
            for sentence in sentences(piece.text)
        ),
        key=lambda one: -one[0],
    )
    for syllables, piece, sentence in hard[:WORST]:
        told = f"{message}; a sentence of {syllables} syllables is among its hardest"
        yield Found(piece.entry, piece.path, told, "say it in two, with shorter words", _start(sentence), severity)


def _start(sentence: str) -> str:
    """Return the first words of a sentence, as they are found again in the file."""
    return " ".join(sentence.split()[:2])
