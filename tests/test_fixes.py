"""What `causebook check --fix` may change: slips with one meaning. A wrong guess on a health page would do harm."""

import pytest

from generator.checks.words import numbers
from generator.edits import Edit, apply
from generator.fixes import fixed
from generator.near import certain, distance
from generator.problems import Fix, Problem

GRADES = ("high", "moderate", "low", "very-low", "untested", "expert")
IDS = ("doms", "bone-stress", "smith2020", "smith2021", "rf-pe", "calf-strain", "calf-strains", "hip-groin")


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("hgih", GRADES, "high"),
        ("moderat", GRADES, "moderate"),
        ("very_low", GRADES, "very-low"),
        ("Expert", GRADES, "expert"),
        ("bone-stres", IDS, "bone-stress"),
        ("Bone Stress", IDS, "bone-stress"),
        ("boen-stresss", IDS, "bone-stress"),
        ("hip-grion", IDS, "hip-groin"),
        # never guessed:
        ("lo", GRADES, ""),  # too short to be sure
        ("slow", GRADES, ""),
        ("smith2022", IDS, ""),  # another study
        ("smith202", IDS, ""),
        ("rf-pa", IDS, "rf-pe"),
        ("calf-strainz", IDS, ""),  # two are near
        ("bone", IDS, ""),
        ("", IDS, ""),
        ("x" * 500, IDS, ""),
    ],
)
def test_only_a_slip_with_one_meaning_is_certain(word: str, choices: tuple[str, ...], meant: str) -> None:
    assert certain(word, choices) == meant


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("", "abc", 3), ("ab", "ba", 1), ("hihg", "high", 1), ("a", "a", 0)]
)
def test_slips_are_counted_as_a_typist_makes_them(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == distance(other, one) == slips


def _problem(line: int, column: int, old: str, new: str) -> Problem:
    return Problem("data/x.yaml", line, column, "wrong-value", "m", "h", fix=Fix(old, new))


def test_a_repair_is_made_at_its_place_and_nowhere_else() -> None:
    text = "a: hgih # hgih\nb: 'hgih'\n"
    assert fixed(text, [_problem(2, 4, "hgih", "high")]).text == "a: hgih # hgih\nb: 'high'\n"


@pytest.mark.parametrize(
    ("line", "column", "old"),
    [(1, 1, "hgih"), (1, 4, "hgi"), (9, 1, "hgih"), (1, 40, "hgih")],
)
def test_what_does_not_stand_there_any_more_is_left_alone(line: int, column: int, old: str) -> None:
    done = fixed("a: hgih\n", [_problem(line, column, old, "high")])
    assert (done.text, done.mended) == ("a: hgih\n", ())


def test_a_repair_that_would_break_the_file_is_not_made() -> None:
    assert fixed("a: b\n", [_problem(1, 4, "b", "[")]).mended == ()


def test_two_repairs_of_one_place_are_one() -> None:
    done = fixed("a: hgih\r\n", [_problem(1, 4, "hgih", "high"), _problem(1, 4, "hgih", "low")])
    assert (done.text, len(done.mended)) == ("a: high\r\n", 1)


def test_edits_keep_their_places_whatever_order_they_come_in() -> None:
    assert apply("abc", [Edit(0, 1, "xyz"), Edit(2, 3, ""), Edit(1, 1, "-")]) == "xyz-b"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("It takes two weeks.", "2"),
        ("Ask three people.", "3"),
        ("It takes one or two weeks.", ""),  # would read '1 or 2' only if both were changed
        ("Two weeks are enough.", ""),  # a person decides how the sentence begins
        ("It eases in two-thirds of runners.", ""),
        ("The two are alike.", ""),
        ("Of the two, this is better.", ""),
        ("It takes twenty five weeks.", ""),
    ],
)
def test_a_number_in_words_becomes_digits_only_before_what_it_counts(text: str, digits: str) -> None:
    assert next(iter(numbers(text))).better == digits
