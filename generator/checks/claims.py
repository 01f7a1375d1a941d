"""Rules about claims: how sure we are stands beside each, its source is named, and its verb fits."""

import re
from collections.abc import Iterator
from typing import Protocol, cast

from generator.checks.rule import Desk, Found, rule
from generator.marks import Path, records
from generator.models import Entry
from generator.prose import plain

GRADED = frozenset({"high", "moderate", "low", "very-low"})
"""Grades of evidence. A claim that has one rests on a study; ``untested`` and ``expert`` say that none is behind it."""

DESCRIBING = frozenset({"sounds_like", "look_alikes", "evidence", "time_course", "course", "what_happens"})
"""Parts that tell what people notice, how a thing goes step by step, or what a study found: there the verb is that of the
people or of the study."""

ADVISING = frozenset({"means_for_you", "back_to_activity"})
"""Parts that say what to do: an instruction has no 'probably'."""

_PROBABLY = re.compile(r"\bprobably\b", re.IGNORECASE)
_MAY = re.compile(r"\b(?:may|might)\b(?! or may not)", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?:can(?:not)?|could|often|usually|mostly|mainly|sometimes|some|many|most|few|seems?|"
    r"stud(?:y|ies)|reviews?|trials?|guidelines?|statement|experts?|doctors?|scientists?|advis\w+|call an ambulance|go to an emergency department)\b",
    re.IGNORECASE,
)
"""Words that say how many, how often or who says so: good evidence may be worded with them instead of 'probably'."""
_OPEN = re.compile(
    r"\b(?:do(?:es)? not (?:yet )?know|nobody (?:knows|has)|no one (?:knows|has)|not (?:clear|known|sure|settled|proven|shown|agree)|"
    r"unclear|unknown|unproven|disputed|disagree|may or may not|thin|studies differ|no (?:\w+ )?(?:study|studies|trial))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")


@rule(
    reason="A grade of evidence without a study behind it is a promise nobody can check.",
    good="certainty: low, sources: [law2007]",
    bad="certainty: low, with no sources",
)
def claim_without_source(desk: Desk) -> Iterator[Found]:
    """A claim with a grade of evidence names the source it rests on."""
    for entry, path, record in _claims(desk):
        if record.certainty in GRADED and record.sources == ():
            yield Found(
                entry,
                (*path, "certainty"),
                f"'{record.certainty}' is a grade of evidence, and no source is named",
                "add 'sources: [...]', or write 'untested' or 'expert'",
            )


@rule(
    reason="Readers take the verb for how sure we are. After the plain-language words of GRADE, 'probably' says good evidence "
    "that could change, 'may' says limited evidence, and a plain verb says strong evidence.",
    good="Massage probably eases soreness. (moderate)",
    bad="Massage eases soreness. (low)",
)
def verb_and_grade(desk: Desk) -> Iterator[Found]:
    """The verb of a claim fits its grade: high is plain, moderate says probably, low says may, very low says unknown."""
    for entry, path, record in _claims(desk):
        field, text = _text(record)
        if not text:
            continue
        grade, probably, may, unknown = (
            record.certainty,
            _PROBABLY.search(text),
            _MAY.search(text),
            _OPEN.search(text),
        )
        place = (*path, field)
        if probably and grade != "moderate":
            hint = "take 'probably' out, or set the certainty to moderate if the evidence is that good"
            yield Found(entry, place, f"'probably' stands in a claim that is '{grade}'", hint, probably[0])
        elif may and grade != "low" and not unknown:
            hint = "write 'can' for what some people get, or set the certainty to low"
            yield Found(entry, place, f"'{may[0].lower()}' stands in a claim that is '{grade}'", hint, may[0])
        elif DESCRIBING.isdisjoint(path) and ADVISING.isdisjoint(path):
            missing = {
                "moderate": (
                    probably or unknown or _SOME.search(text),
                    "write 'probably' before the verb, or say how many or how often",
                ),
                "low": (may or unknown, "write 'may' before the verb, or say that it is not known"),
                "very-low": (unknown, "begin with 'We do not know if'"),
            }.get(grade)
            if missing and not missing[0]:
                yield Found(entry, place, f"this is worded more surely than '{grade}'", missing[1])


@rule(
    reason="A number is believed more than a word. It has to be one that a reader can look up.",
    good="About 70 days, with the study it comes from",
    bad="About 70 days, with certainty expert and no source",
)
def number_without_source(desk: Desk) -> Iterator[Found]:
    """Every number in a claim has a source."""
    for entry, path, record in _claims(desk):
        for field in ("text", "why", "benefit", "downside"):
            number = _NUMBER.search(plain(getattr(record, field, ""))) if record.sources == () else None
            if number:
                hint = "name the source of the number, or say it without one"
                yield Found(entry, (*path, field), "a number stands here and no source is named", hint, number[0])


class Claimed(Protocol):
    """Any record that says how sure we are, and names its sources."""

    @property
    def certainty(self) -> str:
        """How sure we are."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of its sources."""


def _claims(desk: Desk) -> Iterator[tuple[Entry, Path, Claimed]]:
    for entry in desk.book.entries.values():
        for path, record in records(entry):
            if getattr(record, "certainty", None) and isinstance(getattr(record, "sources", None), tuple):
                yield entry, path, cast(Claimed, record)


def _text(record: Claimed) -> tuple[str, str]:
    """Return the field that makes the claim, and its words: for an action that is its reason."""
    field = next((name for name in ("benefit", "why", "text") if hasattr(record, name)), "text")
    return field, getattr(record, field, "")
