"""The command ``causebook``: arguments in, a call to the core, text and an exit code out."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from generator import build, overview, publish, report, schema
from generator.commands import diff
from generator.models import COLLECTIONS
from generator.pause import collector_paused
from generator.problems import Problem, ProblemsFound, has_errors
from generator.render import Renderer

OK, PROBLEMS, MISUSE = 0, 1, 2

_ABOUT = """\
Causebook turns a folder of YAML files into the pages of a health book.

  causebook check            look through data/ and say everything that is wrong
  causebook report           tell how the whole book reads, what it rests on and what is due
  causebook render DIR       write the whole book as Markdown into DIR
  causebook diff [REV]       tell which pages your changes change, and how

Every problem is one line: file:line:column, what is wrong, what to do, [rule].
"""

_MORE = """\
exit codes: 0 all is well, 1 problems were found, 2 the command was not understood

The site itself is built with `make site`, and shown while you edit with `make serve`.
"""


@collector_paused()
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return MISUSE
    try:
        return int(options.run(options))
    except BrokenPipeError:
        return OK
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="causebook", description=_ABOUT, epilog=_MORE, formatter_class=raw)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    check = commands.add_parser(
        "check",
        help="say everything that is wrong with the data",
        description="Look through the data, and through the pages written by hand, and say everything that is wrong.",
        epilog="example: causebook check --format github",
    )
    check.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    check.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="folder of the hand-written pages (content)",
    )
    check.add_argument(
        "--format", choices=sorted(report.FORMATS), default="text", help="text for people, github for annotations, json"
    )
    check.set_defaults(run=_check)

    overview_ = commands.add_parser(
        "report",
        help="tell how the whole book reads, what it rests on and what is due",
        description="One line a page: words before the evidence, reading grade raw and with explained terms counted\n"
        "lightly, SMOG, claims, claims without a source, and how many machine-checkable items hold.",
        epilog="example: causebook report --format markdown > report.md",
        formatter_class=raw,
    )
    overview_.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    overview_.add_argument(
        "--format", choices=sorted(overview.FORMATS), default="text", help="text for people, markdown, json"
    )
    overview_.set_defaults(run=_report)

    schemas = commands.add_parser(
        "schemas",
        help="write what editors need to complete and check YAML",
        description="Write a JSON Schema for each collection, and the ids that exist, into a folder.",
        epilog="example: causebook schemas",
        formatter_class=raw,
    )
    schemas.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    schemas.add_argument(
        "--out", type=Path, default=Path("schemas"), metavar="DIR", help="folder to write into (schemas)"
    )
    schemas.set_defaults(run=_schemas)

    render = commands.add_parser(
        "render",
        help="write the whole book as Markdown",
        description="Write every page as Markdown, hand-written ones included, with a configuration beside them that\n"
        "MkDocs builds without our plugin. Files that we did not write are never touched.",
        epilog="example: causebook render ../book && mkdocs build -f ../book/mkdocs.yml",
        formatter_class=raw,
    )
    render.add_argument("out", type=Path, metavar="DIR", help="folder to write into; made if it is not there")
    render.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="configuration of the site (mkdocs.yml)"
    )
    render.set_defaults(run=_render)

    diff.add(commands)
    return parser


def _check(options: argparse.Namespace) -> int:
    desk, problems = build.examine(options.data)
    if not has_errors(problems) and options.content.is_dir():
        renderer = Renderer.of(desk)
        problems = tuple(sorted((*problems, *build.check_written(desk.book, options.content))))
        try:
            written = tuple(page.uri for page in build.fill_all(renderer, options.content))
            build.pages(renderer, written, options.content.as_posix())
        except ProblemsFound as found:
            problems = tuple(sorted((*problems, *found.problems)))
    sys.stdout.write(report.FORMATS[options.format](problems))
    if options.format == "text":
        print(_summary(len(desk.book.entries), problems), file=sys.stderr)
    return PROBLEMS if has_errors(problems) else OK


def _report(options: argparse.Namespace) -> int:
    try:
        desk, _ = build.open_book(options.data)
    except ProblemsFound as found:
        sys.stdout.write(report.as_text(found.problems))
        print(_summary(None, found.problems), file=sys.stderr)
        return PROBLEMS
    sys.stdout.write(overview.FORMATS[options.format](overview.overview(desk)))
    return OK


def _schemas(options: argparse.Namespace) -> int:
    desk, _ = build.examine(options.data)  # ids are worth having while something is still wrong
    examples = yaml.safe_load((options.out / "examples.yaml").read_text(encoding="utf-8"))
    files = {**schema.schemas(COLLECTIONS, examples), schema.IDS: schema.ids(desk.book)}
    for name, text in files.items():
        (options.out / name).write_text(text, encoding="utf-8")
    print(f"{len(files)} files in {options.out}", file=sys.stderr)
    return OK


def _render(options: argparse.Namespace) -> int:
    if not options.config.is_file():
        print(f"causebook: there is no file '{options.config}': name it with --config", file=sys.stderr)
        return MISUSE
    try:
        with options.config.open(encoding="utf-8") as stream:
            config = yaml_load(stream)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        print(f"causebook: '{options.config}' cannot be read: {error}", file=sys.stderr)
        return MISUSE
    try:
        root = options.config.parent
        settings = _own_settings(config)
        data, content = root / settings.get("data_dir", "data"), root / config.get("docs_dir", "docs")
        theme = root / config["theme"]["custom_dir"] if config.get("theme", {}).get("custom_dir") else None
        desk, warnings = build.open_book(data)
        renderer = Renderer.of(desk, as_folders=config.get("use_directory_urls", True))
        written = tuple(build.fill_all(renderer, content))
        pages = build.pages(renderer, tuple(page.uri for page in written), content.as_posix())
        files = {f"docs/{page.uri}": page.text.encode() for page in written}
        files |= {f"docs/{page.uri}": page.text.encode() for page in pages}
        files |= {
            f"docs/{file.relative_to(content).as_posix()}": file.read_bytes()
            for file in sorted(content.rglob("*"))
            if file.is_file() and file.suffix != ".md"
        }
        if theme:
            files |= {
                f"overrides/{file.relative_to(theme).as_posix()}": file.read_bytes()
                for file in sorted(theme.rglob("*"))
                if file.is_file()
            }
        files["mkdocs.yml"] = _stock_config(config).encode()
        protected = [folder for folder in (data, content, theme) if folder]
        changed = publish.write_tree(options.out, files, protected=protected)
    except ProblemsFound as found:
        sys.stdout.write(report.as_text(found.problems))
        print(_summary(None, found.problems), file=sys.stderr)
        return PROBLEMS
    sys.stdout.write(report.as_text(warnings))
    print(
        f"{len(written) + len(pages)} pages in {options.out}; {changed} of {len(files)} files changed", file=sys.stderr
    )
    return OK


def _own_settings(config: dict[str, Any]) -> dict[str, Any]:
    for plugin in config.get("plugins", ()):
        if isinstance(plugin, dict) and "causebook" in plugin:
            return plugin["causebook"] or {}
    return {}


def _stock_config(config: dict[str, Any]) -> str:
    """Return the site's configuration without our plugin, for a tree in ``docs/`` and a theme in ``overrides/``."""
    stock = {key: value for key, value in config.items() if value not in (None, "")}
    stock["docs_dir"] = "docs"
    stock["plugins"] = [
        plugin for plugin in config.get("plugins", ()) if plugin != "causebook" and "causebook" not in plugin
    ]
    if "custom_dir" in stock.get("theme", {}):
        stock["theme"] = {**stock["theme"], "custom_dir": "overrides"}
    stock.pop("watch", None)
    stock["not_in_nav"] = "/*/*.md\n"
    return "# Written by causebook render: do not edit.\n" + yaml.safe_dump(stock, sort_keys=False, allow_unicode=True)


def _summary(entries: int | None, problems: tuple[Problem, ...]) -> str:
    if not problems:
        return f"{entries} entries, no problems"
    files = len({problem.path for problem in problems})
    return f"{len(problems)} problem{'s' * (len(problems) > 1)} in {files} file{'s' * (files > 1)}"


if __name__ == "__main__":
    sys.exit(main())
