"""A number of entries in; a valid book of that size out, with the same bytes for the same arguments, to measure on.

Numbers of items, lengths of texts, links and citations follow the real book. The words mean nothing. Vocabularies, the
configuration and the theme's overrides are those of the repository, so a book is as valid as the models of the day.

    python benchmarks/make_book.py FOLDER --entries 2000
"""

import argparse
import json
import re
import shutil
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
VOCABULARIES = ("body-areas", "onsets", "feels", "help-levels", "figures")
"""Collections that do not grow with a book: copied from the repository's ``data/``."""

MIX = {
    "causes": 0.15,
    "mechanisms": 0.30,
    "tips": 0.15,
    "faqs": 0.15,
    "sources": 0.10,
    "glossary": 0.10,
    "warning-signs": 0.05,
}
"""Collection → its share of all entries that are no vocabulary."""

PAGES = ("causes", "mechanisms", "tips", "faqs")
LINKED = {"causes": 0.09, "mechanisms": 0.20, "tips": 0.09, "faqs": 0.35, "warning-signs": 0.0}
"""Collection → how many of its texts hold a link, as counted in the real book."""

EXPLAINED = 0.10
"""How many texts hold a word that the glossary explains."""

CERTAINTIES = {"high": 30, "moderate": 33, "low": 16, "very-low": 1, "untested": 1, "expert": 19}
KINDS = {
    "answers": 30,
    "contributes-to": 15,
    "explains": 11,
    "protects-against": 11,
    "causes": 6,
    "no-effect-on": 6,
    "mistaken-for": 5,
    "eases": 3,
    "contested": 2,
}
RELATIONS = {"causes": (1, 5), "mechanisms": (0, 2), "tips": (0, 4), "faqs": (3, 7)}


def _choices(text: str) -> list[str]:
    return text.split("|")


_WHO = _choices(
    "most runners|people who are new to it|your calf|the outer thigh|a tired muscle|one small trial|the first mile|a long run"
    "|the front of the shin|a steady walk|most of the ache|this feeling|a hill|the next morning|an easy week|the same route"
)
_DOES = _choices(
    "often takes|can change|usually brings back|can need|rarely shows|gives you|asks for|leaves|often shares|does not settle"
    "|slowly builds|can hide|often follows|makes room for|works with|is measured by"
)
_WHAT = _choices(
    "a few quiet days|less load than before|a slow start|the same small ache|some time to rest|more sleep and food|a dull feeling"
    "|shorter steps|an hour on your feet|the work of the week|a change of pace|what you are used to|a warm and tight spot"
)
_WHEN = _choices(
    "after a hard week|when you run downhill|in most people|for some days|at the end of the run|until it has settled"
    "|in the first month|on both sides|as far as we know|if you add too much|when you stop|before it gets worse"
)
_SYLLABLES = _choices("ba|co|dri|fe|gal|hu|ki|lor|mi|nu|pos|que|ras|sti|tam|ul|ver|xo|zin|pha|myo|ten")


def write_book(folder: Path, count: int, *, seed: int = 0) -> int:
    """Write a whole project with a book of ``count`` entries into the new folder ``folder``; return the bytes of data."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty: name a new folder")
    data = folder / "data"
    data.mkdir(parents=True)
    fixed = _copy_fixed(data)
    if count < fixed + 100:
        raise SystemExit(f"a book needs at least {fixed + 100} entries")
    ids = _ids(count - fixed, Random(f"{seed} ids"))
    _Author(ids, _words(len(ids["glossary"]), Random(f"{seed} words")), data, seed).write_all()
    _write_site(folder)
    return sum(file.stat().st_size for file in data.rglob("*.yaml"))


def _copy_fixed(data: Path) -> int:
    """Copy what does not grow with a book, write the words of the sections, and return how many entries that makes."""
    real = REPOSITORY / "data"
    for name in VOCABULARIES:
        shutil.copytree(real / name, data / name)
    shutil.copy(real / "book.yaml", data / "book.yaml")
    intro = "Each page says how sure we are. Look at the [signs that need help](warning-signs) first."
    for name in (*MIX, "body-areas", "onsets", "feels"):
        title = name.replace("-", " ").capitalize()
        _write(data / "sections" / f"{name}.yaml", {"id": name, "title": title, "intro": [_unlinked(intro, name)]})
    return sum(1 for _ in data.rglob("*.yaml"))


def _unlinked(text: str, id_: str) -> str:
    """Return ``text`` without a link to ``id_``, which would lead to itself."""
    return text.replace(f"]({id_})", "").replace("[", "") if f"]({id_})" in text else text


def _ids(count: int, rng: Random) -> dict[str, list[str]]:
    """Return collection → its ids. What rounding leaves over goes to the mechanisms."""
    sizes = {name: int(count * share) for name, share in MIX.items()}
    sizes["mechanisms"] += count - sum(sizes.values())
    return {
        name: [f"{name[:4].strip('-')}-{_invent(rng, 2, 3)}-{number}" for number in range(size)]
        for name, size in sizes.items()
    }


def _invent(rng: Random, least: int, most: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(least, most)))


def _words(count: int, rng: Random) -> list[str]:
    """Return ``count`` different terms; half have two words, and a first word begins up to 5 terms, as in the real book."""
    taken: dict[str, int] = {}
    terms: list[str] = []
    first = ""
    while len(terms) < count:
        if not terms or rng.random() < 0.7 or taken[first] >= 5:
            first = _invent(rng, 3, 5)
            if first in taken:
                continue
            taken[first] = 0
        term = f"{first} {_invent(rng, 2, 4)}" if rng.random() < 0.5 else first
        if term in terms[-9:]:
            continue
        taken[first] += 1
        terms.append(term)
    return terms


class _Author:
    """Writes the entries of one book. Each entry has a random generator of its own, so one can be changed alone."""

    def __init__(self, ids: Mapping[str, Sequence[str]], words: Sequence[str], data: Path, seed: int) -> None:
        self._ids, self._words, self._data, self._seed = ids, words, data, seed
        self._anywhere = [id_ for name in PAGES for id_ in ids[name]]
        self._vocabulary = {name: sorted(file.stem for file in (data / name).iterdir()) for name in VOCABULARIES}

    def write_all(self) -> None:
        fields: dict[str, Callable[[str, int], dict[str, Any]]] = {
            "causes": self._cause,
            "mechanisms": self._mechanism,
            "tips": self._tip,
            "faqs": self._faq,
            "sources": self._source,
            "glossary": self._term,
            "warning-signs": self._sign,
        }
        for name, ids in self._ids.items():
            for number, id_ in enumerate(ids):
                self._begin(name, id_, number)
                _write(self._data / name / f"{id_}.yaml", {"id": id_, **fields[name](id_, number)})

    def _begin(self, name: str, id_: str, number: int) -> None:
        self._rng, self._name, self._id = Random(f"{self._seed} {id_}"), name, id_
        # Every source and every sign is named at least once: the editorial rules ask for it.
        page = (
            number + sum(len(self._ids[before]) for before in PAGES[: PAGES.index(name)]) if name in PAGES else number
        )
        sources, signs = self._ids["sources"], self._ids["warning-signs"]
        few = self._rng.randint(3, 12)
        self._sources = list(dict.fromkeys((sources[page % len(sources)], *self._rng.choices(sources, k=few))))
        self._signs = list(
            dict.fromkeys((signs[page % len(signs)], *self._rng.choices(signs, k=self._rng.randint(3, 6))))
        )

    # Pieces

    def _bare(self) -> str:
        words = (self._rng.choice(part) for part in (_WHO, _DOES, _WHAT, _WHEN))
        return f"{' '.join(words)}.".capitalize()

    def _prose(self, sentences: int = 1) -> str:
        rng = self._rng
        text = " ".join(self._bare() for _ in range(sentences))
        if rng.random() < EXPLAINED:
            text = f"{text[:-1]} or {rng.choice(self._words)}."
        if rng.random() < LINKED.get(self._name, 0):
            what = next(part for part in _WHAT if part in text)
            text = text.replace(what, f"[{what}]({self._other(self._anywhere)})", 1)
        return text

    def _other(self, ids: Sequence[str]) -> str:
        while (id_ := self._rng.choice(ids)) == self._id:
            pass
        return id_

    def _sure(self) -> dict[str, Any]:
        certainty = self._rng.choices(list(CERTAINTIES), list(CERTAINTIES.values()))[0]
        least = 0 if certainty in ("untested", "expert") else 1
        number = self._rng.choice((least, 1, 1, 1, 2, 2))
        return {"certainty": certainty, "sources": self._rng.sample(self._sources, min(number, len(self._sources)))}

    def _claim(self, sentences: int = 1, **more: Any) -> dict[str, Any]:
        return _worded({"text": self._prose(sentences), **self._sure(), **more})

    def _some(self, least: int, most: int, make: Callable[[], Any]) -> list[Any]:
        return [make() for _ in range(self._rng.randint(least, most))]

    def _name_of(self, least: int = 3, most: int = 5) -> str:
        words = f"{self._rng.choice(_WHO)} {self._rng.choice(_WHEN)}".split()
        return " ".join(words[: self._rng.randint(least, most)]).capitalize()

    def _pick(self, vocabulary: str) -> list[str]:
        known = self._vocabulary[vocabulary]
        return self._rng.sample(known, self._rng.randint(1, 3))

    def _help(self) -> dict[str, Any]:
        one: dict[str, Any] = {"name": self._name_of()}
        if self._rng.random() < 0.4:
            one["tip"] = self._other(self._ids["tips"])
        return _worded({**one, "benefit": self._prose(), "downside": self._prose(), **self._sure()})

    def _relations(self) -> Iterator[dict[str, Any]]:
        seen = set()
        for _ in range(self._rng.randint(*RELATIONS[self._name])):
            kind = self._rng.choices(list(KINDS), list(KINDS.values()))[0]
            to = self._other(self._anywhere)
            if (kind, to) not in seen:
                seen.add((kind, to))
                sure = {} if kind == "answers" else self._sure()
                note = {"note": self._prose()} if self._rng.random() < 0.2 else {}
                yield {"kind": kind, "to": to, **sure, **note}

    def _disagreement(self) -> dict[str, Any]:
        views = [
            {
                "who": self._name_of(),
                "says": self._prose(2),
                "weight": self._rng.choice(("most", "mixed", "few")),
                "sources": self._sources[:1],
            }
            for _ in range(2)
        ]
        return {
            "about": self._name_of(),
            "agreed": self._prose(),
            "views": views,
            "would_settle": self._prose(),
            "meanwhile": self._prose(),
            "checked": "2026-11-22",
        }

    # The frame that pages share, in two parts

    def _top(self, number: int) -> dict[str, Any]:
        called = [f"{self._name_of(2, 4).lower()} {number}" for _ in range(self._rng.randint(6, 12))]
        main = self._claim(2)
        # The entry's first source may be cited by no other: here it is cited for certain.
        main["sources"] = list(dict.fromkeys((self._sources[0], *main["sources"])))
        return {
            "title": f"{self._name_of()} {number}",
            "order": number + 1,
            "also_called": called[:3],
            "searched_as": called[3:],
            "main_message": main,
            "key_points": self._some(3, 5, self._claim),
        }

    def _rest(self) -> dict[str, Any]:
        rng = self._rng
        few = 1 if self._name == "faqs" else 2  # answers are short
        return {
            "myths": self._some(
                1, few + 1, lambda: {"heard": self._prose(), "instead": self._claim(rng.randint(1, 2))}
            ),
            "unknowns": self._some(1, few + 1, self._prose),
            "disagreements": [self._disagreement()] if rng.random() < 0.1 else [],
            "get_help": self._signs,
            "relations": list(self._relations()),
            "questions_to_ask": self._some(2, 4, self._prose) if self._name == "causes" else [],
            "evidence": self._some(few - 1, 2 * few, lambda: self._claim(rng.randint(1, 2))),
            "published": "2026-11-22",
            "updated": "2026-11-22",
            "checked": "2026-11-22",
            "review_due": "2027-11-22",
            "version": "1.0",
        }

    # The collections

    def _cause(self, _id: str, number: int) -> dict[str, Any]:
        return {
            **self._top(number),
            "medical_name": self._name_of(),
            "sounds_like": {
                "where": self._claim(areas=self._pick("body-areas")),
                "starts": self._claim(onsets=self._pick("onsets")),
                "feels": self._claim(feels=self._pick("feels")),
                "worse_or_better": self._claim(),
                "lasts": self._claim(),
            },
            "time_course": {
                "starts": {"first": 0, "last": 12},
                "peaks": {"first": 12, "last": 48},
                "settles": {"first": 48, "last": 168},
                **self._sure(),
            },
            "look_alikes": self._some(1, 3, self._look_alike),
            "do": self._some(4, 5, lambda: _worded({"text": self._prose(), "why": self._prose(), **self._sure()})),
            "do_not": self._some(
                2,
                3,
                lambda: _worded({"text": f"Do not wait: {self._bare()}", "why": self._prose(), **self._sure()}),
            ),
            "back_to_activity": self._some(2, 4, self._claim),
            "why_it_happens": self._some(3, 6, self._claim),
            "who_gets_it": self._some(1, 3, self._claim),
            "what_helps": self._some(3, 5, self._help),
            "if_you_do_nothing": self._claim(),
            **self._rest(),
        }

    def _look_alike(self) -> dict[str, Any]:
        linked = {"entry": self._other(self._anywhere)} if self._rng.random() < 0.7 else {}
        rows = self._some(2, 5, lambda: {"feature": self._name_of(), "this": self._bare(), "other": self._prose()})
        return {"name": self._name_of(), **linked, "difference": self._claim(), "rows": rows}

    def _mechanism(self, _id: str, number: int) -> dict[str, Any]:
        return {
            **self._top(number),
            "what_happens": self._some(4, 6, self._claim),
            "means_for_you": self._some(1, 3, self._claim),
            **self._rest(),
        }

    def _tip(self, _id: str, number: int) -> dict[str, Any]:
        return {
            **self._top(number),
            "for_whom": self._prose(),
            "not_for": self._some(1, 3, self._prose),
            "steps": self._some(4, 6, lambda: {"text": self._prose(), "why": self._prose()}),
            "working_if": self._some(1, 2, self._prose),
            "stop_if": self._some(1, 3, self._prose),
            "benefit": self._claim(),
            "downside": self._claim(),
            "measure": self._prose(),
            "evidence_by_part": self._some(3, 5, self._help),
            **self._rest(),
        }

    def _faq(self, _id: str, number: int) -> dict[str, Any]:
        return {
            **self._top(number),
            "because": self._some(3, 5, lambda: self._claim(self._rng.randint(1, 2))),
            **self._rest(),
        }

    def _source(self, _id: str, number: int) -> dict[str, Any]:
        rng = self._rng
        return {
            "title": f"{self._bare()[:-1]}: {self._bare()[:-1].lower()} ({number})",
            "type": rng.choice(("randomised trial", "systematic review", "cohort study", "guideline")),
            "authors": [
                f"{_invent(rng, 2, 3).capitalize()} {rng.choice('ABCDEFGH')}" for _ in range(rng.randint(2, 7))
            ],
            "year": rng.randint(1980, 2026),
            "journal": f"{self._name_of(2, 3)} Journal",
            "volume": str(rng.randint(1, 90)),
            "issue": str(rng.randint(1, 12)),
            "pages": f"{rng.randint(1, 500)}-{rng.randint(501, 900)}",
            "doi": f"10.{rng.randint(1000, 9999)}/bench.{number}",
            "finding": f"{self._bare()} {self._bare()}",
            "finding_read": rng.random() < 0.5,
            "check_by": "2027-11-22",
        }

    def _term(self, _id: str, number: int) -> dict[str, Any]:
        word = self._words[number]
        return {"title": word, "plain": self._bare(), "forms": [f"{word}s"], "see": self._rng.choice(self._anywhere)}

    def _sign(self, _id: str, number: int) -> dict[str, Any]:
        rng = self._rng
        return {
            "title": f"{self._name_of()} {number}",
            "order": number + 1,
            "level": rng.choice(self._vocabulary["help-levels"]),
            "group": rng.choice(_WHAT).capitalize(),
            "notice": f"{self._bare()[:-1].lower()} ({number})",
            "also_notice": self._some(1, 3, self._prose),
            "why": self._claim(),
            "do": self._some(0, 2, self._prose),
            "do_not": [f"Do not wait: {self._bare()}"] if rng.random() < 0.5 else [],
        }


# YAML as people write it: blocks, lists of ids in brackets, long texts folded. The same bytes on every machine.

_LOOKS_SPECIAL = re.compile(r"[^A-Za-z]|(?:yes|no|on|off|y|n|true|false|null)\Z", re.IGNORECASE)


def _write(file: Path, record: Mapping[str, Any]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in _lines(record, "")), encoding="utf-8")


def _lines(record: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _lines(value, f"{indent}  ")
        elif isinstance(value, list) and not all(isinstance(item, str) and " " not in item for item in value):
            yield f"{indent}{key}:"
            for item in value:
                lines = (
                    list(_lines(item, f"{indent}    "))
                    if isinstance(item, Mapping)
                    else [_scalar(item, f"{indent}    ")]
                )
                yield f"{indent}  - {lines[0].lstrip()}"
                yield from lines[1:]
        elif isinstance(value, list):
            if value:
                yield f"{indent}{key}: {_folded('[' + ', '.join(value) + ']', indent)}"
        else:
            yield f"{indent}{key}: {_scalar(value, indent)}"


def _scalar(value: object, indent: str) -> str:
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    plain = not _LOOKS_SPECIAL.match(text) and ": " not in text and " #" not in text
    return _folded(text if plain else json.dumps(text), indent)


def _worded(record: dict[str, Any]) -> dict[str, Any]:
    """Return a claim whose verb fits its grade, and that has no number where it names no source: the rules ask for both."""
    said = next(name for name in ("benefit", "why", "text") if name in record)
    start = {"moderate": "Probably", "low": "May", "very-low": "Unknown"}.get(record["certainty"])
    first, _, rest = record[said].partition(" ")
    worded = {**record, said: f"{start} {record[said] if first.startswith('[') else rest}" if start else record[said]}
    if record["sources"]:
        return worded
    return {
        key: re.sub(r"(?<![\w-])\d+", "some", text) if isinstance(text, str) else text for key, text in worded.items()
    }


def _folded(text: str, indent: str) -> str:
    return textwrap.fill(
        text, 108 - len(indent), subsequent_indent=f"{indent}  ", break_long_words=False, break_on_hyphens=False
    )


# The rest of the project


def _write_site(folder: Path) -> None:
    """Copy the configuration and the overrides, and write a page for each address of the menu that is written by hand."""
    config = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    # Handouts have a benchmark of their own, and the made texts are not written to fit on one side.
    off = re.sub(r"^ +(?:handouts|composer): .*\n", "", config, flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(off, encoding="utf-8")
    shutil.copytree(REPOSITORY / "overrides", folder / "overrides")
    for uri in re.findall(r"^\s+- (?:[^:#\n]+: )?([\w/-]+\.md)\s*$", config, re.MULTILINE):
        real = REPOSITORY / "content" / uri
        if real.exists():
            page = folder / "content" / uri
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(_page(uri, real.read_text(encoding="utf-8")), encoding="utf-8")


def _page(uri: str, real: str) -> str:
    """Return a page with the same generated parts as the real one; parts about one entry of the real book are left out."""
    figures = [file.stem for file in (REPOSITORY / "data/figures").iterdir()]
    parts = [
        f"## Part {number}\n\n{match[0]}\n"
        for number, match in enumerate(re.finditer(r"^<!-- causebook:\S+(?: (\S+))? -->$", real, re.MULTILINE), start=1)
        if match[1] in (None, *MIX, *VOCABULARIES, *figures)
    ]
    title = uri.removesuffix(".md").removesuffix("/index").replace("-", " ").capitalize()
    up = "../" * uri.count("/")
    return "\n".join((f"# {title}\n\nLook at the [signs that need help]({up}warning-signs/index.md) first.\n", *parts))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a valid book of a given size, to measure on.")
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--entries", type=int, default=500, help="how many entries, vocabularies included (500)")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives another book (0)")
    options = parser.parse_args()
    size = write_book(options.folder, options.entries, seed=options.seed)
    print(f"{options.entries} entries, {size / 1e6:.1f} MB of data in {options.folder}")


if __name__ == "__main__":
    main()
