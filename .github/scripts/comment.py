"""The zip of a ``diff`` artifact, made by a stranger's code, in; a comment that can do no harm, as JSON, out.

Usage: comment.py DIFF.zip COMMENT.json RUN_URL

The text is taken for what anybody on the internet may have written: one file of one name, small, and free of whatever
calls people, shows pictures, leads elsewhere, or points at other issues. Standard library only: nothing is installed.
"""

import json
import re
import sys
import zipfile
from pathlib import Path

NAME = "diff.md"
MOST = 64_000
"""Characters of text that are shown. GitHub takes 65,536."""
READ = 2_000_000
"""Bytes of text that are read at all: a zip may claim anything."""
MARKER = "<!-- causebook diff -->"

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_FOLD = re.compile(r"&lt;(/?(?:details|summary))>")
_DRAWN = re.compile(r"(`{3,}|~{3,})[ \t]*(?!diff\b)\w[^\n`]*")
"""A block of code of a kind that GitHub may draw, such as a map."""


def text_of(path: Path) -> str:
    """Return the text of the one file in the zip. Raises ValueError for any other shape."""
    with zipfile.ZipFile(path) as archive:
        if archive.namelist() != [NAME]:
            raise ValueError(f"a zip with nothing but {NAME} is expected")
        with archive.open(NAME) as stream:
            raw = stream.read(READ + 1)
    if len(raw) > READ:
        raise ValueError(f"{NAME} is larger than {READ} bytes")
    return raw.decode("utf-8", "replace")


def harmless(text: str) -> str:
    """Return Markdown that shows the same words and does nothing: no HTML but folds, no links out, no calls to people."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n"))
    text = re.sub(r"&(?=#|\w+;)", "&amp;", text).replace("<", "&lt;")
    text = _FOLD.sub(r"<\1>", text)
    text = _DRAWN.sub(r"\1", text)
    text = text.replace("@", "@\u200b")  # names nobody
    text = re.sub(r"#(?=\d)", "#\u200b", text)  # points at no issue
    text = re.sub(r"(?i)\bgh-(?=\d)", "GH-\u200b", text)
    text = re.sub(r"(?i):(?=//)|(?<=\bwww)\.", lambda found: found.group() + "\u200b", text)  # is no address
    text = text.replace("](", "]\u200b(").replace("][", "]\u200b[").replace("]:", "]\u200b:")  # no link, no picture
    return cut(text)


def cut(text: str) -> str:
    """Return at most `MOST` characters of a text, whole lines, with a word about what is left out."""
    if len(text) <= MOST:
        return text
    kept = text[:MOST].rpartition("\n")[0]
    left = kept.count("<details>") - kept.count("</details>")
    return kept + "\n\n" + "</details>\n" * max(left, 0) + "\nThe rest is left out here: the run has the whole text.\n"


def comment(text: str, run_url: str) -> str:
    """Return the body of the comment. ``run_url`` comes from GitHub and is trusted."""
    head = f"[Preview of this change]({run_url}#artifacts): download it, unpack it, open `index.html`."
    return f"{MARKER}\n{head}\n\n{harmless(text)}"


def main(diff: str, out: str, run_url: str) -> None:
    """Write the comment as the JSON that GitHub's API takes."""
    Path(out).write_text(json.dumps({"body": comment(text_of(Path(diff)), run_url)}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
