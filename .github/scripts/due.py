"""The JSON of ``causebook report`` in; a Markdown checklist of what is due out, or nothing.

Usage: due.py REPORT.json DATA
"""

import json
import sys
from pathlib import Path

HEAD = """\
The day by which these were to be checked again has passed. The site says so on each page until it is done.

For a page: read the whole of it against its sources, then set `checked:` and `review_due:`.
For a source: look whether it still holds and whether a newer one is there, then set `check_by:`.

"""


def listed(due: list[str], data: Path) -> str:
    """Return the checklist, oldest first. ``due`` holds texts "day id"."""
    if not due:
        return ""
    files = {file.stem: file.as_posix() for file in sorted(data.glob("*/*.yaml"))}
    days = (line.split(" ", 1) for line in sorted(due))
    return HEAD + "".join(f"- [ ] {day}: `{files.get(id_, id_)}`\n" for day, id_ in days)


if __name__ == "__main__":
    report, folder = map(Path, sys.argv[1:])
    sys.stdout.write(listed(json.loads(report.read_text(encoding="utf-8"))["due"], folder))
