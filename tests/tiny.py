"""A tiny book about gardens, made in test code alone: its collections, models and templates are none of the generator's."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from generator.marks import Prose, Ref
from generator.models import BookInfo, Claim, Collection, Entry, Relation, Source, Term

DAY = datetime.date(2026, 11, 22)
"""The day on which books are checked and built in tests."""


class Plant(Entry):
    """A collection that the generator has never heard of."""

    advice: Annotated[str, Prose()]
    tools: tuple[Annotated[str, Ref("tools")], ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[Claim, ...] = ()


class Tool(Entry):
    use: Annotated[str, Prose()] = Field("", description="What it is for.")


GARDEN = (
    Collection("plants", Plant, "plant", "Plants"),
    Collection("tools", Tool, "tool", "Tools for this"),
    Collection("sources", Source, "source", "Sources", pages="shared"),
    Collection("glossary", Term, "term", "Words", pages="shared"),
    Collection("book", BookInfo, "book", "Book", pages="none", single=True),
)

TEMPLATES = {
    "plants.md.j2": """\
---
title: {{ entry.title | quoted }}
---

# {{ entry.title }}

{{ sheet.prose(entry.advice) }}
{% for claim in entry.claims %}
- {{ sheet.prose(claim.text) }} ({{ CERTAINTIES[claim.certainty].badge }}; {{ sheet.cite(claim.sources) | join(", ") }})
{% endfor %}
{% for group in sheet.groups() %}
## {{ group.collection.heading }} ({{ group.stance }})

{% for one in group.neighbours %}
- {{ sheet.link(one.entry.id) }} {{ "out" if one.outward else "in" }}: {{ one.phrase }}
{% endfor %}
{% endfor %}
{% if sheet.named_by(entry) %}
Named by: {% for one in sheet.named_by(entry) %}{{ sheet.link(one.id) }}{{ ", " if not loop.last }}{% endfor %}
{% endif %}

{% for source in sheet.cited %}
{{ loop.index }}. {{ source.title }}
{% endfor %}
""",
    "entry.md.j2": "# {{ entry.title }}\n\nNamed by: {% for one in sheet.named_by(entry) %}{{ sheet.link(one.id) }} {% endfor %}\n",
    "index.md.j2": '# {{ collection.name }}\n\n{% include "parts/list.md.j2" %}\n',
    "glossary.index.md.j2": "# Words\n\n{% for term in book.of.glossary %}\n- {{ sheet.prose(term.plain) }}\n{% endfor %}\n",
    "sources.index.md.j2": "# Sources\n\n{% for one in book.of.sources %}\n- {{ one.title }}: {% for by in sheet.named_by(one) %}{{ sheet.link(by.id) }} {% endfor %}\n{% endfor %}\n",
}

BOOK = """\
id: book
title: Garden
description: A book about gardens.
activity: digging
publisher: Nobody
authors: [{name: A group, role: writers}]
funding: Nobody pays for it.
conflicts: None are known.
licence: CC BY 4.0
disclaimer: It informs only.
"""

SOURCE = """\
id: {id}
title: On {id}
type: trial
authors: [Doe J]
year: 2020
journal: Garden News
doi: 10.1000/{id}
finding: It found something.
finding_read: true
check_by: 2030-01-01
"""

FILES = {
    "book.yaml": BOOK,
    "plants/rose.yaml": """\
id: rose
title: Rose
order: 2
advice: Cut it with [good shears](shears) in spring. Mulch keeps mulch wet.
tools: [shears]
relations:
  - {kind: eases, to: tulip, certainty: low, sources: [smith2020]}
  - {kind: no-effect-on, to: moss, certainty: high, sources: [jones2021]}
claims:
  - {text: It likes sun., certainty: high, sources: [jones2021, smith2020]}
  - {text: It likes songs., certainty: untested}
""",
    "plants/tulip.yaml": "id: tulip\ntitle: Tulip\norder: 1\nadvice: See [the rose](rose).\n",
    "plants/moss.yaml": "id: moss\ntitle: Moss\norder: 3\nadvice: Leave it.\n",
    "tools/shears.yaml": "id: shears\ntitle: Shears\n",
    "sources/smith2020.yaml": SOURCE.format(id="smith2020"),
    "sources/jones2021.yaml": SOURCE.format(id="jones2021"),
    "glossary/mulch.yaml": "id: mulch\ntitle: mulch\nplain: Cover of bark. Mulch is cheap.\n",
}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write ``files`` (path below ``folder`` → text) and return ``folder``."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
