"""A book on its desk in; a report over the whole of it out, as data: how each page reads, what it rests on, what is due.

``causebook report`` prints it as text, Markdown or JSON. Lengths are in words, grades in US school years.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median

from generator.checks.rule import Desk
from generator.marks import records
from generator.models import CodeList, PageEntry, Source, Waivers
from generator.scorecard import INSTRUMENTS, ratings, scorecard
from generator.texts import PageText
from generator.views import sources_of


@dataclass(frozen=True, slots=True)
class PageReport:
    """One page. ``checked``: instrument → (items that hold, items that apply). ``claims``: certainty → how many."""

    id: str
    title: str
    collection: str
    words: int
    grade: float
    grade_light: float
    smog: float | None
    words_a_sentence: float
    claims: Mapping[str, int]
    claims_without_source: int
    sources: int
    checked: Mapping[str, tuple[int, int]]
    ratings: int
    review_due: str
    reviewers: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole book. ``claims``: certainty → how many. ``due``: what was due before ``day``, as "day id"."""

    day: str
    pages: tuple[PageReport, ...]
    median_grade: float
    hardest_grade: float
    claims: Mapping[str, int]
    claims_without_source: int
    sources: int
    sources_not_read: int
    codes: int
    waivers: int
    due: tuple[str, ...]


def overview(desk: Desk) -> Report:
    """Return the report over the book."""
    pages = tuple(_page(desk, page) for page in desk.pages if isinstance(page.entry, PageEntry))
    grades = [page.grade for page in pages] or [0.0]
    claims: Counter[str] = Counter()
    for page in pages:
        claims.update(page.claims)
    entries = desk.book.entries.values()
    sources = [entry for entry in entries if isinstance(entry, Source)]
    due = [(source.check_by, source.id) for source in sources if source.check_by < desk.today]
    due += [(one.review_due, one.id) for one in entries if isinstance(one, PageEntry) and one.review_due < desk.today]
    return Report(
        desk.today.isoformat(),
        pages,
        round(median(grades), 1),
        max(grades),
        dict(claims),
        sum(page.claims_without_source for page in pages),
        len(sources),
        sum(not source.finding_read for source in sources),
        sum(len(entry.codes) for entry in entries if isinstance(entry, CodeList)),
        sum(len(entry.waivers) for entry in entries if isinstance(entry, Waivers)),
        tuple(f"{day} {id_}" for day, id_ in sorted(due)),
    )


def _page(desk: Desk, page: PageText) -> PageReport:
    entry = page.entry
    assert isinstance(entry, PageEntry)
    raw, light = desk.levels(page)
    said = [record for _, record in records(entry) if getattr(record, "certainty", None)]
    return PageReport(
        entry.id,
        entry.title,
        page.collection.name,
        page.before_evidence(),
        round(raw.grade, 1),
        round(light.grade, 1),
        None if raw.smog is None else round(raw.smog, 1),
        round(raw.words_a_sentence, 1),
        dict(Counter(str(getattr(record, "certainty", "")) for record in said)),
        sum(getattr(record, "sources", None) == () for record in said),
        len(sources_of(desk.book, entry)),
        {one.instrument: (len(one.passed), one.possible) for one in scorecard(desk, page)},
        len(ratings(desk.book, page)),
        entry.review_due.isoformat(),
        len(entry.reviewers),
        page.fingerprint(),
    )


def as_json(report: Report) -> str:
    """Return the report with the fields of `Report`."""
    return json.dumps(asdict(report), indent=2, ensure_ascii=False) + "\n"


def as_markdown(report: Report) -> str:
    """Return the report as Markdown, one table row a page."""
    head = ("Page", "Collection", "Words", "Grade", "SMOG", "Claims", "No source", *INSTRUMENTS, "Fingerprint")
    rows = [" | ".join(_row(page)) for page in report.pages]
    table = "\n".join((f"| {' | '.join(head)} |", "| --- " * len(head) + "|", *(f"| {row} |" for row in rows)))
    return "# Report over the book\n\n" + "\n".join(f"- {line}" for line in _summary(report)) + f"\n\n{table}\n"


def as_text(report: Report) -> str:
    """Return the report in columns for a terminal."""
    lines = [
        f"{'page':<42} {'words':>5} {'grade':>5} {'light':>5} {'SMOG':>5} {'claims':>6} {'unsourced':>9}  machine-checked"
    ]
    for page in report.pages:
        smog = "" if page.smog is None else f"{page.smog:.1f}"
        checked = " ".join(f"{passed}/{possible}" for passed, possible in page.checked.values())
        lines.append(
            f"{page.collection}/{page.id:<{41 - len(page.collection)}} {page.words:>5} {page.grade:>5.1f} "
            f"{page.grade_light:>5.1f} {smog:>5} {sum(page.claims.values()):>6} {page.claims_without_source:>9}  {checked}"
        )
    lines += ["", *_summary(report), f"machine-checked columns: {', '.join(INSTRUMENTS)}; no scores"]
    return "\n".join(lines) + "\n"


def _row(page: PageReport) -> tuple[str, ...]:
    return (
        page.title,
        page.collection,
        str(page.words),
        f"{page.grade:.1f}",
        "" if page.smog is None else f"{page.smog:.1f}",
        str(sum(page.claims.values())),
        str(page.claims_without_source),
        *(f"{passed} of {possible}" for passed, possible in page.checked.values()),
        page.fingerprint,
    )


def _summary(report: Report) -> tuple[str, ...]:
    claims = ", ".join(f"{count} {name}" for name, count in sorted(report.claims.items(), key=lambda one: -one[1]))
    return (
        f"{len(report.pages)} pages on {report.day}: median reading grade {report.median_grade}, hardest {report.hardest_grade}",
        f"{sum(report.claims.values())} claims: {claims}; {report.claims_without_source} name no source and say so",
        f"{report.sources} sources, of which the finding of {report.sources_not_read} has not been read in the text itself",
        f"{sum(page.reviewers > 0 for page in report.pages)} pages reviewed by a clinician",
        f"{sum(page.ratings > 0 for page in report.pages)} pages rated by people; {report.waivers} waivers",
        f"due: {', '.join(report.due) or 'nothing'}",
    )


FORMATS: dict[str, Callable[[Report], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
