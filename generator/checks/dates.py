"""Rules about days: when the evidence was looked at, and when somebody has to look again."""

from collections.abc import Iterator

from generator.checks.rule import Desk, Found, rule
from generator.models import PageEntry, Rating, Source


@rule(
    reason="A check that is due before the last one was made is a slip of the pen.",
    good="checked: 2026-11-22 and review_due: 2027-11-22",
    bad="checked: 2026-11-22 and review_due: 2025-11-22",
)
def review_before_check(desk: Desk) -> Iterator[Found]:
    """The day a page is due for review comes after the day its evidence was checked."""
    for entry in desk.each(PageEntry):
        if entry.review_due <= entry.checked:
            message = f"the review is due on {entry.review_due}, not after the check on {entry.checked}"
            yield Found(entry, ("review_due",), message, "set a later day")


@rule(
    reason="A page that tells of a day to come, or that changed before it appeared, is not believed in the rest.",
    good="published: 2026-11-22 and updated: 2026-12-01",
    bad="published: 2026-11-22 and updated: 2026-01-12",
)
def days_in_order(desk: Desk) -> Iterator[Found]:
    """A page is not changed before it was published, and no day on which something was done is still to come."""
    for entry in desk.each(PageEntry):
        if entry.updated < entry.published:
            message = f"it was changed on {entry.updated} and published on {entry.published}"
            yield Found(entry, ("updated",), message, "one of the two days is wrong")
        for name in ("published", "updated", "checked"):
            day = getattr(entry, name)
            if day > desk.today:
                yield Found(entry, (name,), f"{day} is still to come", "write the day on which it was done")


@rule(
    reason="What was true may have changed. The page itself says so too, until somebody has looked.",
    good="review_due: a day to come",
    bad="review_due: a day that has passed",
    severity="warning",
)
def review_overdue(desk: Desk) -> Iterator[Found]:
    """A page is checked again by the day it is due."""
    for entry in desk.each(PageEntry):
        if entry.review_due < desk.today:
            message = f"this page was due to be checked again by {entry.review_due}"
            yield Found(
                entry,
                ("review_due",),
                message,
                "check the evidence of the whole page, then set 'checked' and a new day",
            )


@rule(
    reason="Studies are corrected and withdrawn, and guidelines replaced.",
    good="check_by: a day to come",
    bad="check_by: a day that has passed",
    severity="warning",
)
def source_overdue(desk: Desk) -> Iterator[Found]:
    """A source is looked at again by its day."""
    for entry in desk.each(Source):
        if entry.check_by < desk.today:
            message = f"this source was due to be looked at again by {entry.check_by}"
            yield Found(entry, ("check_by",), message, "see if it still holds, then set a new day")


@rule(
    reason="People rated other words than those that now stand there.",
    good="A rating whose fingerprint is that of the page's text",
    bad="A rating from before the page was rewritten",
    severity="warning",
)
def stale_rating(desk: Desk) -> Iterator[Found]:
    """A rating by people is of the text that stands there now."""
    for entry in desk.each(Rating):
        page = desk.page_of.get(entry.of)
        if page is None or page.fingerprint() != entry.fingerprint:
            message = f"the text of '{entry.of}' has changed since it was rated"
            yield Found(entry, ("fingerprint",), message, "rate it again, or delete the file")
