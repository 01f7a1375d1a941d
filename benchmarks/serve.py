"""The real book in; the seconds from saving a file until the page that is served holds the new words, out.

`mkdocs serve` runs on a copy of the book. Each kind of edit is made five times, and the median and the fastest printed; the page is asked for
again and again from the moment of the save, as a browser does that was told to reload.

    python benchmarks/serve.py [--data DIR]
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMES, PAUSE, LONGEST = 5, 5.0, 60.0
"""How often each edit is made, how long the preview may rest between two, and when to give up, in seconds."""

Edit = Callable[[Path, str], str]
"""Changes the book so that ``word`` stands on a page; returns the address of that page."""


def of_its_own_page(book: Path, word: str) -> str:
    """A text of a cause changes; its own page is looked at."""
    _prepend(book / "data/causes/doms.yaml", r"(?m)(^key_points:\n\s*- text: ['\"]?)", f"{word} ")
    return "causes/doms/"


def of_another_page(book: Path, word: str) -> str:
    """The title of a question changes; a page that links to it is looked at."""
    file = next(iter(sorted((book / "data/faqs").glob("*.yaml"))))
    _prepend(file, r"(?m)(^title: ['\"]?)", f"{word} ")
    return "faqs/"


def of_a_shared_page(book: Path, word: str) -> str:
    """The finding of a source changes; the page of all sources is looked at."""
    file = next(iter(sorted((book / "data/sources").glob("*.yaml"))))
    _prepend(file, r"(?m)(^finding: ['\"]?)", f"{word} ")
    return "sources/"


def of_a_written_page(book: Path, word: str) -> str:
    """A page written by hand changes."""
    file = book / "content/privacy.md"
    file.write_text(file.read_text(encoding="utf-8") + f"\n{word}\n", encoding="utf-8")
    return "privacy/"


def of_a_new_page(book: Path, word: str) -> str:
    """A question is added."""
    old = next(iter(sorted((book / "data/faqs").glob("*.yaml"))))
    new = word.lower()
    text = re.sub(r"(?m)^formerly:.*\n", "", old.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^title: .*$", f"title: {word}", text.replace(f"id: {old.stem}", f"id: {new}", 1))
    (old.parent / f"{new}.yaml").write_text(text, encoding="utf-8")
    return f"faqs/{new}/"


def _prepend(file: Path, before: str, word: str) -> None:
    text = file.read_text(encoding="utf-8")
    plain = re.sub(r"Zz\w+ ", "", text)
    changed, count = re.subn(before, rf"\g<1>{word}", plain, count=1)
    if not count:
        raise SystemExit(f"{file}: there is no place for the word")
    file.write_text(changed, encoding="utf-8")


EDITS: tuple[Edit, ...] = (of_its_own_page, of_another_page, of_a_shared_page, of_a_written_page, of_a_new_page)


@contextmanager
def served(data: Path) -> Iterator[tuple[Path, str]]:
    """Serve a copy of the book; yield its folder and the address of the site."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        shutil.copytree(data, book / "data")
        for name in ("content", "overrides"):
            shutil.copytree(ROOT / name, book / name)
        shutil.copy(ROOT / "mkdocs.yml", book)
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:8765"],
            cwd=book,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        for line in process.stderr:
            if "Serving on" in line:
                break
        else:
            raise SystemExit("the book cannot be served")
        threading.Thread(target=process.stderr.read, daemon=True).start()
        try:
            yield book, "http://127.0.0.1:8765/"
        finally:
            process.terminate()
            process.wait()


def seconds(edit: Edit, book: Path, site: str, word: str) -> float:
    """Return how long it takes until the page holds ``word``."""
    start = time.perf_counter()
    address = site + edit(book, word)
    while time.perf_counter() - start < LONGEST:
        try:
            with urllib.request.urlopen(address, timeout=LONGEST) as answer:
                if word in answer.read().decode():
                    return time.perf_counter() - start
        except urllib.error.HTTPError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"{address} never shows the edit")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the data of the book (data)")
    with served(parser.parse_args().data) as (book, site):
        time.sleep(PAUSE)
        for edit in EDITS:
            times = []
            for number in range(TIMES):
                times.append(seconds(edit, book, site, f"Zz{edit.__name__.replace('_', '')}{number}"))
                time.sleep(PAUSE)
            each = " ".join(f"{one:.2f}" for one in times)
            print(
                f"{(edit.__doc__ or '').strip():66} {statistics.median(times):5.2f} s, fastest {min(times):.2f} s  ({each})",
                flush=True,
            )


if __name__ == "__main__":
    main()
