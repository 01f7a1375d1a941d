"""Rules about words: the ones people use, numbers they can take in, advice that reads right when skimmed.

The lists come from the NHS content style guide, and from what makes a text a medical device: it informs and never judges
the person who reads it. Words that the book explains may stand: a reader will hear them from a doctor.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.checks.rule import Desk, Found, rule
from generator.link import Book
from generator.models import Figure, Picture, Source
from generator.near import number
from generator.texts import Piece

BETTER = {
    r"should(?:n't)?": "say it as an action: 'Stop running'",
    r"patients?": "'you', or 'people'",
    r"individuals?": "'people'",
    r"sufferers?|suffer(?:s|ed|ing)? from": "'people with', or 'have'",
    r"acute(?:ly)?": "'sudden'",
    r"chronic(?:ally)?": "'for a long time'",
    r"fevers?|feverish": "'high temperature'",
    r"over-the-counter|OTC": "'medicine you buy from a pharmacy or shop'",
    r"diseases?|disorders?": "'problem' or 'condition'",
    r"clinicians?": "'a doctor, nurse or physio'",
    r"chemist(?:'s)?": "'pharmacy'",
    r"urine|urinat\w+": "'pee'",
    r"risks?|risky": "'chance'",
    r"reduc(?:e|es|ed|ing) (?:the )?(?:pain|soreness)": "'ease'",
    r"e\.g\.|eg|i\.e\.|etc\.?": "'for example', or nothing",
    r"experience(?:s|d)? (?:pain|soreness|symptoms)": "'get' or 'have'",
    r"utili[sz]e\w*": "'use'",
    r"prior to": "'before'",
    r"approximately": "'about'",
    r"in order to": "'to'",
    r"commence\w*": "'start'",
    r"sufficient(?:ly)?": "'enough'",
    r"additional(?:ly)?": "'more' or 'also'",
    r"demonstrat\w+": "'show'",
    r"individuali[sz]ed": "'your own'",
}
"""A pattern of words → what is better."""

JUDGING = {
    r"you (?:probably |may |might |must |could )?have (?:a|an|the)? ?(?=(?:stress fracture|clot|strain|tear|injury|syndrome|condition)\b)": "say what people notice",
    r"you (?:may|might|must|could) have": "say what people notice, not what the reader has",
    r"this (?:suggests|indicates|means that you have)": "say what people with it notice",
    r"diagnos(?:e|es|ed|ing)\b": "'find out what it is', said of a doctor",
    r"assess(?:es|ed|ing)? (?:your|yourself)": "'look at'",
    r"detect(?:s|ed|ing)?": "'find' or 'notice'",
    r"triag\w+": "leave it out",
    r"check your symptoms": "'read the signs'",
    r"(?:it|this) is not (?:a |an )?(?=(?:stress fracture|clot|strain|tear)\b)": "a page cannot rule anything out",
    r"most likely (?:cause|problem|reason)": "a page cannot say what is likely for one person",
}
"""A pattern of words that judge the reader → what to say instead."""

NUMBERS = {
    r"\d+\.\d+ ?%": "round it, or say '1 in 7 people'",
    r"\d+ ?[-–] ?\d+ (?=[a-z])": "write '2 to 3', not '2-3'",  # noqa: RUF001 - that dash is what it looks for
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\b(?! or more)": "write the number in digits",
    r"\b\d+ ?hrs?\b|\b\d+ ?mins?\b|\b\d+ ?wks?\b|\b\d+ ?secs?\b": "write the unit out: 'hours', 'minutes', 'weeks'",
    r"\b\d{4,}(?= (?:people|runners|women|men|studies|adults|athletes))": "write thousands with a comma: 5,201",
}
"""A pattern of numbers → how to write it."""

_DENIED = re.compile(r"\b(?:not|never|no|nobody|cannot|without)\b[^.!?]*$", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?<![\w-])[a-z]+ (?!(?:is|was|has|does|as|its|this|us|of|times|or|and|to)\b)(?:[a-z]{3,}s|people|women|men|children)\b"
)
"""A number in words with what it counts right after it: there, digits can stand in its place."""
_NUMBER_BEFORE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|\d+)\W+(?:(?:or|to|and)\W+)?$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\b(?:todo|tbd|fixme|lorem|xxx)\b", re.IGNORECASE)
_PICTURE_OF = re.compile(r"^(?:a |an |the )?(?:picture|image|photo|drawing|graphic|figure)(?: of)?\b", re.IGNORECASE)
DESCRIPTION_WORDS = 15


@dataclass(frozen=True, slots=True)
class _Table:
    """Patterns with what is better, and one pattern that finds any of them: most texts are asked only that."""

    any: re.Pattern[str]
    each: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def of(cls, table: dict[str, str]) -> "_Table":
        compiled = tuple((re.compile(pattern, re.IGNORECASE), better) for pattern, better in table.items())
        return cls(re.compile("|".join(f"(?:{pattern})" for pattern in table), re.IGNORECASE), compiled)

    def matches(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """Yield the first match of each pattern, with what is better."""
        if self.any.search(text):
            for pattern, better in self.each:
                if match := pattern.search(text):
                    yield match, better


_BETTER = _Table.of({rf"\b(?:{pattern})(?![\w-])": better for pattern, better in BETTER.items()})
_JUDGING, _NUMBERS = _Table.of(JUDGING), _Table.of(NUMBERS)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a text that have better ones: ``part`` is how they stand there."""

    part: str
    message: str
    hint: str
    better: str = ""


def plainer(text: str, book: Book) -> Iterator[Wording]:
    """Yield the words of ``text`` that have a plainer one; words that ``book`` explains may stand."""
    if not _BETTER.any.search(text):
        return
    known = _explained(tuple(book.words))
    left = known.sub(lambda match: "·" * len(match[0]), text) if known else text
    for match, better in _BETTER.matches(left):
        yield Wording(match[0], f"'{match[0]}' has a plainer word", f"better: {better}")


def judgements(text: str) -> Iterator[Wording]:
    """Yield the words of ``text`` that judge the reader; a sentence that says we do not do it may have them."""
    for match, better in _JUDGING.matches(text):
        if not _DENIED.search(text[: match.start()]):
            part = match[0].strip()
            yield Wording(part, f"'{part}' reads as a judgement about the reader", f"better: {better}")


def numbers(text: str) -> Iterator[Wording]:
    """Yield the numbers of ``text`` that are hard to take in."""
    for match, better in _NUMBERS.matches(text):
        part = match[0].strip()
        first = text.find(part) == match.start()  # the place of a part is that of the first such part
        counts = _COUNTED.match(text, match.start()) and not _NUMBER_BEFORE.search(text[: match.start()])
        digits = number(part) if first and part.islower() and counts else ""
        yield Wording(part, f"'{part}' is hard to take in", f"better: {better}", digits)


@lru_cache(maxsize=4)
def _explained(known: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE) if known else None


def _everywhere(desk: Desk, faults: Callable[[str], Iterator[Wording]]) -> Iterator[Found]:
    for piece in _pieces(desk):
        for one in faults(piece.text):
            yield Found(piece.entry, piece.path, one.message, one.hint, one.part, better=one.better)


@rule(
    reason="People read a plain word faster, and take it as it is meant: to many, 'chronic' says 'bad' and 'acute' says 'sharp'.",
    good="Ask a doctor, nurse or physio if it lasts for a long time.",
    bad="Patients should consult a clinician about chronic pain.",
)
def plain_words(desk: Desk) -> Iterator[Found]:
    """A word that has a plainer one is not used, unless the book explains it."""
    yield from _everywhere(desk, lambda text: plainer(text, desk.book))


@rule(
    reason="These pages inform. A text that tells a reader what they have, or rules something out, can do harm, and is a "
    "medical device in law.",
    good="People with a stress fracture often point to one sore spot.",
    bad="If you have one sore spot, you may have a stress fracture.",
)
def judges_nobody(desk: Desk) -> Iterator[Found]:
    """No text says what the reader has or has not."""
    yield from _everywhere(desk, judgements)


@rule(
    reason="Digits are found and taken in faster than words, and '2 to 3' is read right aloud where '2-3' is not.",
    good="It takes 2 to 3 weeks for 1 in 7 people.",
    bad="It takes two-3 wks for 14.3% of people.",
)
def plain_numbers(desk: Desk) -> Iterator[Found]:
    """Numbers are digits, spans say 'to', and no share has decimals."""
    yield from _everywhere(desk, numbers)


@rule(
    reason="People who skim see the line and not the heading above it: 'Run through the pain' under 'What not to do' reads as advice.",
    good="Do not run through the pain.",
    bad="Running through the pain.",
)
def do_not_first(desk: Desk) -> Iterator[Found]:
    """Everything not to do starts with 'Do not'."""
    for entry in desk.book.entries.values():
        for position, one in enumerate(getattr(entry, "do_not", ())):
            text = one if isinstance(one, str) else one.text
            path = ("do_not", position) if isinstance(one, str) else ("do_not", position, "text")
            if not text.startswith("Do not "):
                yield Found(entry, path, "this does not start with 'Do not'", "begin it with 'Do not'")


@rule(
    reason="Somebody who does not see a picture has only these words.",
    good="A curve of soreness: none at once, most after 1 to 3 days, gone in about a week.",
    bad="Picture of a curve.",
)
def picture_in_words(desk: Desk) -> Iterator[Found]:
    """The description of a picture tells what it shows, in at least 15 words, and does not begin with 'picture of'."""
    for entry in desk.book.entries.values():
        if isinstance(entry, Picture | Figure):
            words = entry.description.split()
            if _PICTURE_OF.match(entry.description):
                hint = "begin with what is seen"
                yield Found(entry, ("description",), "everybody knows that it is a picture", hint)
            elif len(words) < DESCRIPTION_WORDS:
                message = f"{len(words)} words do not tell what the picture shows"
                yield Found(entry, ("description",), message, "tell the same facts that a person sees in it")


@rule(
    reason="A placeholder on a health page is worse than a gap.",
    good="Nobody knows how fast you can add running.",
    bad="TODO: how fast can you add running?",
)
def placeholder(desk: Desk) -> Iterator[Found]:
    """No text holds a placeholder such as 'TODO'."""
    for piece in desk.pieces:
        if match := _PLACEHOLDER.search(piece.text):
            yield Found(
                piece.entry, piece.path, f"'{match[0]}' is a placeholder", "write the text, or leave it out", match[0]
            )


def _pieces(desk: Desk) -> Iterator[Piece]:
    """Yield every paragraph of the book once. What a source found is told in the words of that source."""
    for piece in desk.pieces:
        if not isinstance(piece.entry, Source) and piece.path[-1] != "heard":
            yield piece
