"""Reading levels agree with the published formulas, and with what a person counts."""

import pytest

from generator import reading

GO = "Go to bed. Sleep well."
FOX = "The quick brown fox jumps over the lazy dog. The doctor examined the swollen ankle carefully."


def _levels(*texts: str, light: frozenset[str] = frozenset()) -> tuple[reading.Level, reading.Level]:
    return reading.levels(texts, reading.syllables_of(texts), light=light)


def test_words_sentences_and_syllables_are_those_that_a_person_counts() -> None:
    raw, _ = _levels(GO)
    assert (raw.words, raw.sentences, raw.syllables, raw.long_words) == (5, 2, 5, 0)
    raw, _ = _levels(FOX)
    assert (raw.words, raw.sentences, raw.syllables, raw.long_words) == (16, 2, 25, 2)


def test_grades_follow_the_formulas() -> None:
    raw, _ = _levels(FOX)
    assert raw.grade == pytest.approx(0.39 * 8 + 11.8 * 25 / 16 - 15.59)
    assert raw.ease == pytest.approx(206.835 - 1.015 * 8 - 84.6 * 25 / 16)
    assert raw.smog is None, "SMOG was made for 30 sentences"
    raw, _ = _levels(*([FOX] * 15))
    assert raw.smog == pytest.approx(1.0430 * (30 * 30 / 30) ** 0.5 + 3.1291)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("calves", 1), ("ache", 1), ("achilles", 3), ("tendinopathy", 5), ("anaemia", 4), ("hyponatraemia", 6),
        ("iliotibial", 6), ("fibre", 2), ("physios", 3), ("colour", 2), ("x", 1), ("5,201", 1), ("don't", 1),
    ],
)  # fmt: skip
def test_medical_and_british_words_are_counted(word: str, syllables: int) -> None:
    assert reading.syllables_of([word]) == {word: syllables}


def test_explained_terms_count_lightly_in_the_second_figure() -> None:
    text = "Tendinopathy is sore. Tendinopathy heals."
    raw, light = _levels(text, light=frozenset({"tendinopathy"}))
    assert (raw.syllables, light.syllables) == (13, 7)
    assert (raw.long_words, light.long_words) == (2, 0)
    assert light.grade < raw.grade


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It took 3.5 days. Then it went.", 2), ("He said: “Go.” Then 2 of 3 went.", 2), ("Why? Because. Yes!", 3),
        ("No end", 1), ("", 0), ("...", 0), ("10,000 runners ran. 5 fell.", 2),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_stops(text: str, count: int) -> None:
    assert len(reading.sentences(text)) == count


def test_a_text_without_words_has_a_level() -> None:
    raw, light = _levels("")
    assert (raw.grade, raw.ease, raw.smog) == (0, 100, None)
    assert light == raw
