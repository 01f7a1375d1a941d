"""A linked book in; what breaks an editorial rule out, less what is waived for a time.

A rule is a function whose docstring says the rule (`rule.rule`); this is the list of all of them.
"""

import datetime
from collections.abc import Iterator

from generator.checks import claims, codes, dates, links, reading, words
from generator.checks.rule import Desk, Rule
from generator.link import Book
from generator.models import Waiver, Waivers
from generator.problems import Problem

RULES: tuple[Rule, ...] = (
    claims.claim_without_source,
    claims.verb_and_grade,
    claims.number_without_source,
    words.judges_nobody,
    words.plain_words,
    words.plain_numbers,
    words.do_not_first,
    words.picture_in_words,
    words.placeholder,
    reading.reading_grade,
    reading.smog_grade,
    reading.long_sentence,
    reading.mean_sentence,
    reading.long_paragraph,
    reading.page_length,
    reading.answer_first,
    links.related_twice,
    links.uncited_source,
    links.source_without_address,
    links.unused_warning_sign,
    links.orphan_page,
    links.unused_term,
    links.section_without_collection,
    links.empty_link_text,
    dates.review_before_check,
    dates.days_in_order,
    dates.review_overdue,
    dates.source_overdue,
    dates.stale_rating,
    codes.code_not_pinned,
)


def check(desk: Desk) -> tuple[Problem, ...]:
    """Return what every rule finds in the book on the desk, without what is waived."""
    book, today = desk.book, desk.today
    waivers = tuple(_waivers(book))
    used: set[int] = set()
    problems: list[Problem] = []
    for rule in RULES:
        for entry, problem in rule.problems(desk):
            waived = [
                number
                for number, (_, _, waiver) in enumerate(waivers)
                if waiver.entry == entry.id and waiver.rule == rule.id and waiver.until >= today
            ]
            used.update(waived)
            if not waived:
                problems.append(problem)
    problems.extend(_unneeded(book, waivers, used, today))
    return tuple(problems)


def _waivers(book: Book) -> Iterator[tuple[str, int, Waiver]]:
    for entry in book.entries.values():
        if isinstance(entry, Waivers):
            yield from ((entry.id, position, waiver) for position, waiver in enumerate(entry.waivers))


def _unneeded(
    book: Book, waivers: tuple[tuple[str, int, Waiver], ...], used: set[int], today: datetime.date
) -> Iterator[Problem]:
    known = {rule.id for rule in RULES}
    for number, (id_, position, waiver) in enumerate(waivers):
        origin = book.origins[id_]
        if waiver.rule not in known:
            line, column = origin.place(("waivers", position, "rule"))
            message, hint = f"no rule that can be waived is called '{waiver.rule}'", "copy the id from the problem"
        elif waiver.until < today:
            line, column = origin.place(("waivers", position, "until"))
            message, hint = f"this waiver ended on {waiver.until}", "mend the entry, then delete the waiver"
        elif number not in used:
            line, column = origin.place(("waivers", position, "entry"))
            message, hint = f"'{waiver.entry}' no longer breaks '{waiver.rule}'", "delete the waiver"
        else:
            continue
        yield Problem(origin.shown, line, column, "waiver-not-needed", message, hint)
