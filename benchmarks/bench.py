"""Sizes of books in; what each stage costs in CPU time and memory out, and how the cost grows. The command of `make bench`.

    python benchmarks/bench.py [--sizes 500,2000,10000] [--stages load,link,check,render,mkdocs] [--skip-mkdocs] [--markdown]

Each measurement runs in a process of its own, because the peak of a process's memory never goes down again. This process
stays small and only starts the others, because a child may inherit the peak of its parent.
"""

import argparse
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OURS = ("load", "link", "check", "render")
STAGES = (*OURS, "mkdocs")
SIZES = (500, 2_000, 10_000)
SITE = {"SITE_URL": "https://example.org/", "REPOSITORY_URL": "https://example.org/book", "NO_MKDOCS_2_WARNING": "1"}
"""Settings that a published site has: with an address it gets a sitemap, with a repository it gets edit links."""

Figures = dict[str, float]
"""What was measured on one book: name → seconds of CPU (``load``, ``plugin`` ...), bytes (``... memory``), or a number."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: ``value`` gives its figure for a size or None; ``grows``: show the growth exponents too."""

    name: str
    value: Callable[[int], float | None]
    form: str = "{:.3f}"
    grows: bool = True


def measure(size: int, stages: Sequence[str], *, repeats: int) -> Figures:
    """Return what a book of ``size`` entries costs; of several runs the one with the least CPU time counts."""
    with tempfile.TemporaryDirectory(prefix="causebook-bench-") as temporary:
        book = Path(temporary) / "book"
        _child("make_book.py", str(book), "--entries", str(size))
        runs = [_measured("stages", book, stages) for _ in range(repeats)]
        figures = {name: min(run[name] for run in runs) for name in runs[0]}
        if "mkdocs" in stages:
            runs = [_measured("plugin", book, stages) for _ in range(repeats)]
            figures |= {name: min(run[name] for run in runs) for name in runs[0]}
            figures |= _build(book)
        return figures


def _child(script: str, *arguments: str) -> str:
    command = [sys.executable, str(HERE / script), *arguments]
    done = subprocess.run(command, check=False, env=os.environ | SITE, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{script} {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _measured(what: str, book: Path, stages: Sequence[str]) -> Figures:
    figures: Figures = json.loads(_child("bench.py", f"--measure-{what}", str(book), "--stages", ",".join(stages)))
    return figures


def _build(book: Path) -> Figures:
    """Build the whole site as a user does; CPU and memory are those of the process, asked of the system at its end."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(book / "site")]
    with (book / "mkdocs.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=book, env=os.environ | SITE, stdout=log, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"mkdocs build failed:\n{(book / 'mkdocs.log').read_text(encoding='utf-8')[-4000:]}")
    files = [file for file in (book / "site").rglob("*") if file.is_file()]
    return {
        "build": usage.ru_utime + usage.ru_stime,
        "build memory": _maxrss_bytes(usage.ru_maxrss),
        "site size": sum(file.stat().st_size for file in files),
        "search size": sum(file.stat().st_size for file in files if "assets/search/" in file.as_posix()),
    }


def _maxrss_bytes(maxrss: int) -> int:
    return maxrss if sys.platform == "darwin" else maxrss * 1024


# In the processes that measure. What they need is imported there, so that this process stays small.


def _measure_stages(book: Path, stages: Sequence[str]) -> Figures:
    """Run our stages one after the other; stop after the last one that is asked for."""
    import resource
    from time import process_time

    from generator.checks import check
    from generator.checks.rule import Desk
    from generator.clock import today
    from generator.link import link
    from generator.load import load
    from generator.render import Renderer

    last = max((OURS.index(stage) for stage in stages if stage in OURS), default=-1)
    figures: Figures = {"start memory": _maxrss_bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)}
    values: dict[str, Any] = {}

    def run_check() -> tuple[Any, ...]:
        values["desk"] = Desk(values["link"][0], today())
        return check(values["desk"])

    def run_render() -> tuple[Any, ...]:
        return tuple(Renderer.of(values["desk"]).pages())

    calls: dict[str, Callable[[], Any]] = {
        "load": lambda: load(book / "data"),
        "link": lambda: link(values["load"]),
        "check": run_check,
        "render": run_render,
    }
    with _collector_paused():
        for stage in OURS[: last + 1]:
            start = process_time()
            values[stage] = calls[stage]()
            figures[stage] = process_time() - start
    problems = (*values["load"].problems, *values.get("link", ((), ()))[1], *values.get("check", ()))
    problems = tuple(one for one in problems if one.severity == "error")  # made pages may be long
    if problems:
        raise SystemExit(f"{len(problems)} problems in the book that was made, such as {problems[0]}")
    if pages := values.get("render"):
        figures["pages"] = len(pages)
        figures["output size"] = sum(len(page.text.encode()) for page in pages)
    figures["stages memory"] = _maxrss_bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return figures


def _collector_paused() -> AbstractContextManager[None]:
    """Return what the command and the plugin put around these stages, where this version of the generator has it."""
    try:
        from generator.pause import collector_paused
    except ImportError:
        return nullcontext()
    return collector_paused()


def _measure_plugin(book: Path) -> Figures:
    """Return what all hooks of our plugin take in a build: the calls that MkDocs makes, without what it does between."""
    from time import process_time

    from mkdocs.config import load_config
    from mkdocs.structure.files import get_files
    from mkdocs.structure.nav import get_navigation

    os.chdir(book)
    config = load_config(str(book / "mkdocs.yml"))
    plugin = config.plugins["causebook"]
    config.plugins._current_plugin = "causebook"  # MkDocs notes it while it calls a hook, and virtual files ask for it
    total = 0.0

    def hook(name: str, *values: Any, **named: Any) -> Any:
        nonlocal total
        method = getattr(plugin, f"on_{name}", None)
        if method is None:
            return values[0] if values else None
        start = process_time()
        result = method(*values, **named)
        total += process_time() - start
        return result

    hook("startup", command="build", dirty=False)
    hook("config", config)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = hook("files", files, config=config) or files
    nav = get_navigation(files, config)
    nav = hook("nav", nav, config=config, files=files) or nav
    hook("env", config.theme.get_env(), config=config, files=files)
    for file in files.documentation_pages():
        page = file.page
        assert page is not None, file.src_uri
        hook("pre_page", page, config=config, files=files)
        source = hook("page_read_source", page=page, config=config) or file.content_string
        hook("page_markdown", source, page=page, config=config, files=files)
        hook("page_content", "", page=page, config=config, files=files)
        hook("page_context", {}, page=page, config=config, nav=nav)
        hook("post_page", "", page=page, config=config)
    hook("post_build", config=config)
    return {"plugin": total}


# The table


def rows(of: dict[int, Figures]) -> Iterator[Row]:
    """Yield the lines of the table that the figures allow."""
    known = set.intersection(*(set(figures) for figures in of.values()))

    def per_entry(*names: str) -> Callable[[int], float | None]:
        return lambda size: sum(of[size][name] for name in names) / size * 1000

    def megabytes(name: str) -> Callable[[int], float | None]:
        return lambda size: of[size][name] / 1e6

    for stage in OURS:
        if stage in known:
            yield Row(f"{stage}, CPU ms per entry", per_entry(stage))
    if known.issuperset(OURS):
        yield Row("our four stages, CPU ms per entry", per_entry(*OURS))
    if "stages memory" in known:
        yield Row("our four stages, peak memory in MB", megabytes("stages memory"), "{:.0f}")
    if "output size" in known:
        yield Row("Markdown pages", lambda size: of[size]["pages"], "{:.0f}")
        yield Row("Markdown in MB", megabytes("output size"), "{:.1f}")
    if "build" in known:
        yield Row("whole `mkdocs build`, CPU ms per entry", per_entry("build"), "{:.2f}")
        yield Row("of it our plugin, CPU ms per entry", per_entry("plugin"))
        yield Row("our share of the build in %", lambda s: of[s]["plugin"] / of[s]["build"] * 100, "{:.1f}", False)
        yield Row("whole build, CPU seconds", lambda size: of[size]["build"], "{:.0f}", False)
        yield Row("whole build, peak memory in MB", megabytes("build memory"), "{:.0f}")
        yield Row("site in MB", megabytes("site size"), "{:.1f}")
        yield Row("search index in MB", megabytes("search size"), "{:.1f}")


def table(of: dict[int, Figures], *, markdown: bool = False) -> str:
    """Return the figures as a table, in plain text or in Markdown.

    The growth exponent between two sizes is the logarithm of the ratio of the whole costs over that of the ratio of the
    entries: 1 is linear, 2 is quadratic. For memory it stays below 1, because a part of it is there with no entry.
    """
    sizes = sorted(of)
    pairs = list(itertools.pairwise(sizes))
    head = ["", *(f"{size:,}" for size in sizes), *(f"growth {small:,} to {large:,}" for small, large in pairs)]
    body = []
    for row in rows(of):
        figures = {size: row.value(size) or 0.0 for size in sizes}
        whole = {size: figures[size] * (size if "per entry" in row.name else 1) for size in sizes}
        growth = [
            f"{math.log(whole[large] / whole[small]) / math.log(large / small):.2f}"
            if row.grows and whole[small]
            else ""
            for small, large in pairs
        ]
        name = row.name if markdown else row.name.replace("`", "")
        body.append([name, *(row.form.format(figures[size]) for size in sizes), *growth])
    widths = [max(len(line[column]) for line in (head, *body)) for column in range(len(head))]

    def cells(line: Sequence[str]) -> list[str]:
        return [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]

    if not markdown:
        return "\n".join("  ".join(cells(line)).rstrip() for line in (head, *body))
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join("| " + " | ".join(line) + " |" for line in (cells(head), rule, *(cells(line) for line in body)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what each stage costs on books of several sizes.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="entries of the books (500,2000,10000)")
    parser.add_argument("--stages", default=",".join(STAGES), help=f"what to measure ({','.join(STAGES)})")
    parser.add_argument("--skip-mkdocs", action="store_true", help="leave the whole build out: it takes minutes")
    parser.add_argument("--repeats", type=int, default=3, help="runs of our own stages; the fastest counts (3)")
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    parser.add_argument("--measure-stages", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure-plugin", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    stages = [stage.strip() for stage in options.stages.split(",")]
    if options.skip_mkdocs:
        stages = [stage for stage in stages if stage != "mkdocs"]
    if unknown := set(stages) - set(STAGES):
        parser.error(f"no such stage: {', '.join(sorted(unknown))}; stages are {', '.join(STAGES)}")
    if options.measure_stages:
        print(json.dumps(_measure_stages(options.measure_stages, stages)))
    elif options.measure_plugin:
        print(json.dumps(_measure_plugin(options.measure_plugin)))
    else:
        of: dict[int, Figures] = {}
        for size in sorted({int(size) for size in options.sizes.split(",")}):
            print(f"measuring {size:,} entries ...", file=sys.stderr, flush=True)
            of[size] = measure(size, stages, repeats=options.repeats)
        print(table(of, markdown=options.markdown))


if __name__ == "__main__":
    main()
