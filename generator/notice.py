"""Problems in; what the preview shows of them on a page out, as HTML. It is never part of a built site.

The preview puts it into a page while it answers the browser; what is built stays as it is.
"""

import html
from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.link import Book
from generator.problems import Problem
from generator.render import address

ID = "causebook-preview"
"""The HTML id of the notice: nothing else on a page has it, and no built page holds it."""
MOST = 20
"""Problems told in full on one page."""
FILES = 6
"""Files named on every page."""

_ARTICLE = "<article"
_STYLE = (
    "border:2px solid #a3161a;background:#fff3f2;color:#1b1b1b;padding:.6rem .8rem;margin:0 0 1rem;"
    "font-size:.75rem;line-height:1.5;overflow-wrap:anywhere"
)
_PLAIN = "color:inherit;background:none"  # the box looks the same in the dark


def by_page(problems: Iterable[Problem], book: Book, content: str) -> Mapping[str, tuple[Problem, ...]]:
    """Return address of a page → the problems of its entry; ``content`` is how messages call the hand-written pages.

    Problems of entries that are on no page stand under the empty address.
    """
    pages = {book.origins[id_].shown: _page(book, id_) for id_ in book.entries}
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        written = problem.path.removeprefix(f"{content}/")
        found[pages.get(problem.path, "") if written == problem.path else written].append(problem)
    return {uri: tuple(of) for uri, of in found.items()}


def _page(book: Book, id_: str) -> str:
    return "" if book.home[id_].pages == "none" else address(book, id_).partition("#")[0]


def notice(found: Mapping[str, tuple[Problem, ...]], uri: str, links: Mapping[str, str]) -> str:
    """Return the notice of the page at ``uri``: nothing where all is well, else the problems of this page and a count.

    ``found`` is what `by_page` gives; ``links`` leads from the address of a page to its link.
    """
    here = found.get(uri, ())
    errors = {problem.path: uri for uri, of in found.items() for problem in of if problem.severity == "error"}
    count = sum(problem.severity == "error" for of in found.values() for problem in of)
    if not here and not count:
        return ""
    parts = [f"<li>{_item(problem)}</li>" for problem in here[:MOST]]
    if len(here) > MOST:
        parts.append(f"<li>{len(here) - MOST} more on this page: <code>causebook check</code> tells them all</li>")
    told = f"<ul style='margin:.3rem 0 0;padding-left:1.2rem'>{''.join(parts)}</ul>" if parts else ""
    files = ", ".join(_file(path, links.get(of, "")) for path, of in list(errors.items())[:FILES])
    more = f" and {len(errors) - FILES} more files" if len(errors) > FILES else ""
    line = f"<strong>{count} problem{'s' * (count != 1)}</strong> in {files}{more}" if count else "Worth a look:"
    return f"<div id='{ID}' role='status' style='{_STYLE}'>Preview: {line}{told}</div>"


def _item(problem: Problem) -> str:
    place = html.escape(f"{problem.path}:{problem.line}:{problem.column}")
    hint = f"<br>{html.escape(problem.hint)}" if problem.hint else ""
    said = f"{problem.severity}: {problem.message}"
    return f"<code style='{_PLAIN}'>{place}</code><br>{html.escape(said)} [{html.escape(problem.rule)}]{hint}"


def _file(path: str, link: str) -> str:
    name = html.escape(path)
    return f"<a href='{html.escape(link)}' style='{_PLAIN}'>{name}</a>" if link else name


def placeholder(question: str) -> str:
    """Return what stands in a page until the problems are known: it asks the address ``question`` for its notice."""
    return (
        f"<div id='{ID}'></div><script>fetch('{html.escape(question)}').then(answer=>answer.text())"
        f".then(text=>{{document.getElementById('{ID}').outerHTML=text}})</script>"
    )


def put(page: str, text: str) -> str:
    """Return the HTML ``page`` with ``text`` at the top of what is read."""
    start = page.find(_ARTICLE)
    if start < 0:
        start = page.find("<body")
    end = page.find(">", start) + 1
    return page[:end] + text + page[end:] if text and start >= 0 and end > 0 else page
