"""Measure how long handouts take, in seconds of CPU: those of the real book, and of made books of up to 1,000 entries.

    python benchmarks/handouts.py

Each line is measured in a process of its own, because the engine remembers what it has set before.
"""

import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from generator.build import open_book
from generator.handouts.catalogue import BOOKLET, File, downloads
from generator.handouts.make import make
from generator.handouts.press import Press
from generator.handouts.sheet import Handout
from generator.handouts.store import FolderStore
from generator.handouts.view import Site, handouts
from generator.link import Book

DATA = Path(__file__).resolve().parent.parent / "data"
SITE = Site("https://legs.example/book/")
SIZES = (100, 300, 1000)


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def real(book: Book) -> None:
    """All handouts of the real book: the first, the others, the booklets, previews, and all again from the store."""
    files = [file for one in downloads(book) for file in one.files]
    views = cpu(lambda: list(handouts(book, SITE)))
    sheets = {one.id: one for one in handouts(book, SITE)}
    press = Press(book)
    times = [cpu(lambda file=file: press.sheet(sheets[file.of], file)) for file in files if file.of != BOOKLET]
    booklets = [
        cpu(lambda file=file: press.booklet(tuple(sheets.values()), file)) for file in files if file.of == BOOKLET
    ]
    previews = cpu(lambda: [press.preview(one, File(one.id, "a4", "normal")) for one in sheets.values()])
    rest = sorted(times[1:])
    print(f"{len(sheets)} entries, {len(times)} sheets")
    print(f"views of all: {views * 1000:.0f} ms")
    print(f"first sheet: {times[0] * 1000:.0f} ms")
    print(
        f"a sheet after the first: median {rest[len(rest) // 2] * 1000:.1f} ms, mean {sum(rest) / len(rest) * 1000:.1f} ms"
    )
    print(f"a booklet: {', '.join(f'{one:.2f} s' for one in booklets)}")
    print(f"all sheets and the booklets: {views + sum(times) + sum(booklets):.2f} s")
    print(f"all previews: {previews:.2f} s")


def again(book: Book) -> None:
    """All handouts of the real book, made and then taken from the store."""
    with tempfile.TemporaryDirectory() as folder:
        store = FolderStore(Path(folder))
        first = cpu(lambda: list(make(book, site=SITE, store=store)))
        print(f"made: {first:.2f} s; unchanged: {cpu(lambda: list(make(book, site=SITE, store=store))):.2f} s")


def many(book: Book, count: int) -> None:
    """``count`` sheets, and one booklet of them, whose words differ: A4, normal print."""
    of = [one for one in handouts(book, SITE) if one.sides == 1]

    def made(number: int) -> Handout:
        one = of[number % len(of)]
        return replace(one, title=f"{one.title[:24]} {number}", do=(*one.do[:-1], f"{one.do[-1][:50]} {number}."))

    press = Press(book)
    press.sheet(of[0], File("warm", "a4", "normal"))
    sheets = cpu(lambda: [press.sheet(made(number), File(of[0].id, "a4", "normal")) for number in range(count)])
    booklet = cpu(lambda: press.booklet([made(number) for number in range(count)], File(BOOKLET, "a4", "normal")))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} {sheets / count * 1000:.2f} {booklet / count * 1000:.2f} {peak:.0f}")


def main() -> None:
    if len(sys.argv) > 1:
        book = open_book(DATA)[0].book
        {"real": real, "again": again}.get(sys.argv[1], lambda book: many(book, int(sys.argv[1])))(book)
        return
    for name in ("real", "again"):
        print(run(name))
    rows = [list(map(float, run(str(count)).split())) for count in SIZES]
    print("entries: ms a sheet, ms a page of the booklet, peak MB")
    for count, sheet, page, peak in rows:
        print(f"{count:.0f}: {sheet:.2f}, {page:.2f}, {peak:.0f}")
    (few, sheet, page, _), (most, sheet_most, page_most, _) = rows[0], rows[-1]
    for name, before, after in (("sheets", sheet, sheet_most), ("booklet", page, page_most)):
        print(f"growth of {name} (1 is linear): {1 + math.log(after / before) / math.log(most / few):.2f}")


def run(name: str) -> str:
    done = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


if __name__ == "__main__":
    main()
