"""What differs between two moments of a book in; text for a terminal, or Markdown for a comment of bounded length, out.

The Markdown may be posted by a machine for somebody we do not know: nothing of the book's text can call a person, name an issue,
make a link or write HTML there.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.compare import ClaimDiff, Claimed, Diff, PageDiff, Span

MOST = 60_000
"""Characters of the Markdown: a comment on GitHub holds 65,536."""
PARAGRAPH = 700
"""Characters of a change inside a paragraph, in Markdown."""
FOLD = 6
"""A page with more changes than this is folded."""
ROWS = 150
"""Rows of the table of pages."""

_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~-])")
_CALLS = re.compile(r"([@#]|:(?=//)|\bwww(?=\.))")
_JOINER = "\u2060"
"""An invisible sign that keeps an address from being made a link, and a name from being called."""


def as_text(diff: Diff, since: str) -> str:
    """Return every difference, page by page."""
    lines = [_summary(diff, since)]
    for page in diff.pages:
        lines += ["", f"{_heading(page)}", *(f"  {line}" for line in _facts(page, str))]
        lines += (f"  | {_in_text(spans)}" for spans in page.paragraphs)
    if diff.claims:
        lines += ["", "entries without a page", *(f"  {_claim(claim, str)}" for claim in diff.claims)]
    return "\n".join(lines) + "\n"


@dataclass(slots=True)
class _Block:
    """One page in Markdown: what is always told, and what may be left out if there is no room."""

    head: str
    body: str
    left_out: str


def as_markdown(diff: Diff, since: str) -> str:
    """Return the differences in at most `MOST` characters: where there is no room, the longest pages lose their words."""
    start = f"**{_escaped(_summary(diff, since))}**\n"
    if diff.pages:
        start += "\n| Page | | Grade before | Grade after | Changes | Claims |\n| --- | --- | --- | --- | --- | --- |\n"
        start += "".join(f"{_row(page)}\n" for page in diff.pages[:ROWS])
    if len(diff.pages) > ROWS:
        start += f"\nand {len(diff.pages) - ROWS} more pages\n"
    blocks = [_block(page) for page in diff.pages]
    if diff.claims:
        claims = "\n".join(f"- {_claim(claim, _escaped)}" for claim in diff.claims)
        blocks.append(
            _Block("### Entries without a page", claims, f"{len(diff.claims)} claims: too long to show here.")
        )
    room = MOST - len(start)
    size = sum(map(_size, blocks))
    for block in sorted(blocks, key=_size, reverse=True):
        if size <= room:
            break
        size -= _size(block)
        block.body = block.left_out
        size += _size(block)
    shown = "".join(f"\n{block.head}\n\n{block.body}\n" for block in blocks)
    if len(shown) > room:
        shown = f"\n{len(blocks)} pages are too many to show here one by one: run `causebook diff`.\n"
    return start + shown


def _size(block: _Block) -> int:
    return len(block.head) + len(block.body) + 4


def _block(page: PageDiff) -> _Block:
    facts = [f"- {line}" for line in _facts(page, _escaped)]
    words = [f"> {_in_markdown(spans)}\n" for spans in page.paragraphs]
    body = "\n".join((*facts, "", *words)).strip()
    count = f"{len(page.paragraphs)} paragraph{'s' * (len(page.paragraphs) != 1)}"
    if len(facts) + len(words) > FOLD:
        body = f"<details><summary>{count}, {len(facts)} facts</summary>\n\n{body}\n\n</details>"
    left_out = f"{count} and {len(facts)} facts differ: too long to show here, run `causebook diff`."
    return _Block(f"### {_escaped(_heading(page))}", body or "Nothing to read differs.", left_out)


def _summary(diff: Diff, since: str) -> str:
    if not diff.pages and not diff.claims:
        return f"No page differs from {since}."
    kinds = [("edited", sum(page.edited and page.kind == "changed" for page in diff.pages))]
    kinds += [(kind, sum(page.kind == kind for page in diff.pages)) for kind in ("new", "removed", "renamed")]
    kinds.append(("changed with them", sum(not page.edited for page in diff.pages)))
    claims = sum(len(page.claims) for page in diff.pages) + len(diff.claims)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
    changes = sum(len(page.paragraphs) for page in diff.pages)
    count = len(diff.pages)
    return (
        f"{count} page{'s' * (count != 1)} differ{'s' * (count == 1)} from {since}: {told or 'none'}; "
        f"{changes} paragraph{'s' * (changes != 1)}, {claims} claim{'s' * (claims != 1)} with another certainty or other sources"
    )


def _heading(page: PageDiff) -> str:
    was = f", was {page.was}" if page.was else ""
    kind = page.kind if page.edited else "changed with others"
    return f"{page.uri} ({kind}{was}): {page.title}"


def _row(page: PageDiff) -> str:
    before, after = (f"{grade:.1f}" if grade is not None else "" for grade in page.grades)
    kind = page.kind if page.edited else "with others"
    return f"| {_escaped(page.uri)} | {kind} | {before} | {after} | {len(page.paragraphs)} | {len(page.claims)} |"


def _facts(page: PageDiff, told: Callable[[str], str]) -> Iterable[str]:
    before, after = page.grades
    if before != after or page.kind != "changed":
        yield f"reading grade: {_grade(before)} → {_grade(after)}"
    for claim in page.claims:
        yield _claim(claim, told)
    for sign, links in (("new link", page.links_gained), ("lost link", page.links_lost)):
        yield from (f"{sign}: {told(link)}" for link in links)


def _grade(grade: float | None) -> str:
    return "none" if grade is None else f"{grade:.1f}"


def _claim(claim: ClaimDiff, told: Callable[[str], str]) -> str:
    words = told(f"'{_cut(claim.words, 120)}' ({claim.entry})")
    if claim.before is None or claim.after is None:
        one = claim.after or claim.before
        assert one is not None
        return f"{'lost' if claim.after is None else 'new'} claim {words}: {told(_rests_on(one))}"
    parts = []
    if claim.before.certainty != claim.after.certainty:
        parts.append(f"certainty {claim.before.certainty} → {claim.after.certainty}")
    if claim.before.sources != claim.after.sources:
        parts.append(f"sources {_ids(claim.before.sources)} → {_ids(claim.after.sources)}")
    return f"claim {words}: {told('; '.join(parts))}"


def _rests_on(claim: Claimed) -> str:
    return f"{claim.certainty}, sources {_ids(claim.sources)}"


def _ids(sources: tuple[str, ...]) -> str:
    return ", ".join(sources) or "none"


def _in_text(spans: tuple[Span, ...]) -> str:
    written = {" ": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return " ".join(written[sign].format(words) for sign, words in spans)


def _in_markdown(spans: tuple[Span, ...]) -> str:
    parts = []
    for sign, words in spans:
        text = _escaped(_cut(words, PARAGRAPH))
        parts.append({" ": text, "-": f"<del>{text}</del>", "+": f"<ins>**{text}**</ins>"}[sign])
    return " ".join(parts)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _escaped(text: str) -> str:
    """Return ``text`` as Markdown that shows it as it is, whoever wrote it."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\1", _CALLS.sub(rf"\1{_JOINER}", plain))


FORMATS: dict[str, Callable[[Diff, str], str]] = {"text": as_text, "markdown": as_markdown}
