"""One paragraph of an author's Markdown in; its links, and what is not allowed in it, out.

Allowed are words, emphasis, code and links written as ``[words](target)``, where the target is the id of an entry or an
``https:``, ``mailto:`` or ``tel:`` address. A CommonMark parser judges every text that holds a special character, so that
what it would read as HTML, a picture or a hidden kind of link is refused however it is spelt.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

from generator.problems import Fix
from generator.syntax import shown

LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*)\)")
"""A link as authors write it: group 1 its words, group 2 its target."""

_OUTER = ("https:", "mailto:", "tel:")
_SPECIAL = re.compile(r"[\[\]<>&\\`*_|~]|^\s*(?:#|[-+=]|\d+[.)]|\s{4})|[\n\t]")
_EASY_LINK = re.compile(r"(?<!!)\[\s*[^\s\[\]<>&\\`*_|~][^\[\]<>&\\`*_|~\n]*\]\([a-z0-9]+(?:-[a-z0-9]+)*\)")
"""A link to an id whose words hold nothing special: what CommonMark makes of it is certain without asking the parser."""

_SLUG_LIKE = re.compile(r"[\w-]+\Z")

_parser = MarkdownIt("commonmark")
# Every target is taken for a link, so that `javascript:` is seen, and refused here.
_parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005


@dataclass(frozen=True, slots=True)
class Fault:
    """Something an author may not write: ``part`` is the piece of text it is about (empty: all of it).

    The first ``skip`` characters of the part only serve to find it.
    """

    rule: str
    message: str
    hint: str
    part: str = ""
    skip: int = 0
    fix: Fix | None = None


def links(text: str) -> tuple[str, ...]:
    """Return the targets of the links in ``text``, in order."""
    return tuple(match[2] for match in LINK.finditer(text)) if "](" in text else ()


def plain(text: str) -> str:
    """Return ``text`` without its links, on one line: for a title, an attribute or a description."""
    return LINK.sub(r"\1", " ".join(text.split()))


def spoken(text: str) -> str:
    """Return ``text`` as somebody would read it aloud: without links, emphasis and code marks, on one line."""
    flat = plain(text)
    if not _SPECIAL.search(flat):
        return flat
    inline = _parser.parseInline(flat)[0].children or ()
    return "".join(token.content for token in inline if token.type in ("text", "code_inline"))


def is_outer(target: str) -> bool:
    """Return whether a link leads out of the book, to an address that is allowed."""
    return target.startswith(_OUTER)


def faults(text: str) -> Iterator[Fault]:
    """Yield everything in ``text`` that is not allowed in prose; whether ids exist is not asked here."""
    if not _SPECIAL.search(text) or not _SPECIAL.search(_EASY_LINK.sub("x", text)):
        return
    blocks = _parser.parse(text)
    for token in blocks:
        if token.type == "html_block":
            yield _html(token.content)
            return
    if [token.type for token in blocks] != ["paragraph_open", "inline", "paragraph_close"]:
        yield Fault(
            "one-paragraph",
            "one paragraph of text is expected here",
            "take out blank lines, list signs ('- ', '1. '), '#' and '>' at the start, or make several items of it",
        )
        return
    hrefs = []
    tags = pictures = False
    for token in blocks[1].children or ():
        if token.type == "html_inline":
            if not (tags and token.content.startswith("</")):
                yield _html(token.content)
            tags = True
        elif token.type == "image":
            yield Fault("picture-in-prose", "a picture cannot stand in a text", "take the '!' before the '[' out", "![")
            pictures = True
        elif token.type == "link_open":
            hrefs.append(str(token.attrs["href"]))
    if pictures:
        return
    written = links(text)
    if [_parser.normalizeLink(target) for target in written] != hrefs:
        yield Fault(
            "bad-link",
            "a link that is not written as [words](target)",
            "write the words in square brackets and the target right after them in round ones, without spaces",
        )
        return
    for target in written:
        if not is_outer(target) and not _SLUG_LIKE.match(target):
            yield Fault("bad-link", f"{shown(target)} is no target for a link", _target_hint(target), f"]({target})", 2)
    for match in LINK.finditer(text):
        if not match[1].strip():
            yield Fault(
                "bad-link",
                f"the link to {shown(match[2])} has no words",
                "write the words to click on in the square brackets",
                match[0],
            )


def _target_hint(target: str) -> str:
    if target.startswith("http:"):
        return "only https: addresses are allowed: write https: if the site has it"
    inner = re.fullmatch(r"[\w./-]*?([\w-]+)(?:\.(?:md|html|yaml))?/?(?:#[\w-]*)?", target)
    if inner:
        return f"an entry is linked by its id alone: write ({inner[1]})"
    return "link to an entry by its id, or to an https:, mailto: or tel: address"


def _html(content: str) -> Fault:
    hint = "write it in words; for emphasis, write *words* or **words**"
    return Fault("raw-html", f"{shown(content)} is HTML, and a text here holds none", hint, content[:20])


def rewrite(text: str, on_words: Callable[[str], str], on_target: Callable[[str], str]) -> str:
    """Return ``text`` with ``on_words`` applied to what is outside links and ``on_target`` to the links' targets."""
    if "](" not in text:
        return on_words(text)
    parts: list[str] = []
    end = 0
    for match in LINK.finditer(text):
        parts += on_words(text[end : match.start()]), f"[{match[1]}]({on_target(match[2])})"
        end = match.end()
    parts.append(on_words(text[end:]))
    return "".join(parts)
