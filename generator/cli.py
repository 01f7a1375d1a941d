"""The command ``causebook``: arguments in, a call to the core, text and an exit code out."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from generator import build, overview, publish, report, schema
from generator.commands import check, diff, docs, draft, explain, fmt, new, rename
from generator.handouts import catalogue, composer
from generator.handouts.make import make
from generator.handouts.store import FolderStore
from generator.handouts.view import Site
from generator.models import COLLECTIONS
from generator.pause import collector_paused
from generator.problems import ProblemsFound
from generator.render import OnPaper, Renderer
from generator.rephrase import did_you_mean

OK, PROBLEMS, MISUSE = 0, 1, 2

_ABOUT = """\
Causebook turns a folder of YAML files into the pages of a health book.

  causebook check            look through data/ and say everything that is wrong; --fix mends what is certain
  causebook explain RULE     tell why a rule is there, with a good and a bad example
  causebook new faqs my-id   begin a new entry: a file that explains each field
  causebook fmt              put every file into one order and style
  causebook rename OLD NEW   give an entry another id, everywhere
  causebook retire ID        delete an entry; its address leads on
  causebook report           tell how the whole book reads, what it rests on and what is due
  causebook render DIR       write the whole book as Markdown into DIR
  causebook diff [REV]       tell which pages your changes change, and how
  causebook handouts [ID]    make the sheets for paper as PDF
  causebook draft FILE       turn an issue made with the form for a new page into YAML
  causebook docs             write the data reference and the list of commands

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
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the output has read enough; Python would complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="causebook", description=_ABOUT, epilog=_MORE, formatter_class=raw)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    check.add(commands)

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
        description="Write a JSON Schema for each collection, and the ids that exist, into a folder, and tell the editor\n"
        "(.vscode/settings.json beside that folder) which schema belongs to which files.",
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

    sheets = commands.add_parser(
        "handouts",
        help="make the sheets for paper as PDF",
        description="Make the sheets of the named entries, or of all of them and the booklet. 'warning-signs' is the sheet\n"
        "of all warning signs. Without --paper both papers are made, without --large both sizes.",
        epilog="example: causebook handouts doms warning-signs --paper a4 --out ~/print",
        formatter_class=raw,
    )
    sheets.add_argument("ids", nargs="*", metavar="ID", help="id of an entry with a handout; none: all of them")
    sheets.add_argument("--paper", choices=sorted(catalogue.PAPERS), help="make this paper alone")
    sheets.add_argument("--large", action="store_true", help="make large print alone")
    sheets.add_argument(
        "--out", type=Path, default=Path("dist/handouts"), metavar="DIR", help="folder to write into (dist/handouts)"
    )
    sheets.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    sheets.add_argument("--site", default="", metavar="URL", help="address of the site, for the QR code; none: no code")
    sheets.set_defaults(run=_handouts)

    for module in (new, explain, fmt, rename):
        module.add(commands)
    draft.add(commands)
    docs.add(commands, parser)
    diff.add(commands)
    return parser


def _report(options: argparse.Namespace) -> int:
    try:
        desk, _ = build.open_book(options.data)
    except ProblemsFound as found:
        sys.stdout.write(report.as_text(found.problems))
        print(check.summary(None, found.problems), file=sys.stderr)
        return PROBLEMS
    sys.stdout.write(overview.FORMATS[options.format](overview.overview(desk)))
    return OK


def _schemas(options: argparse.Namespace) -> int:
    desk, _ = build.examine(options.data)  # ids are worth having while something is still wrong
    examples = yaml.safe_load((options.out / "examples.yaml").read_text(encoding="utf-8"))
    files = {**schema.schemas(COLLECTIONS, examples), schema.IDS: schema.ids(desk.book)}
    for name, text in files.items():
        (options.out / name).write_text(text, encoding="utf-8")
    settings = options.out.parent / ".vscode/settings.json"
    if settings.is_file():
        text = schema.with_schemas(settings.read_text(encoding="utf-8"), COLLECTIONS, options.out.name)
        settings.write_text(text, encoding="utf-8")
    print(f"{len(files)} files in {options.out}", file=sys.stderr)
    return OK


def _render(options: argparse.Namespace) -> int:
    if not options.config.is_file():
        print(f"causebook: there is no file '{options.config}': name it with --config", file=sys.stderr)
        return MISUSE
    try:
        with options.config.open(encoding="utf-8") as stream:
            config = yaml_load(stream)
    except (ConfigurationError, yaml.YAMLError, UnicodeDecodeError) as error:
        print(f"causebook: '{options.config}' cannot be read: {error}", file=sys.stderr)
        return MISUSE
    try:
        root = options.config.parent
        settings = _own_settings(config)
        data, content = root / settings.get("data_dir", "data"), root / config.get("docs_dir", "docs")
        theme = root / config["theme"]["custom_dir"] if config.get("theme", {}).get("custom_dir") else None
        desk, warnings = build.open_book(data)
        on_paper = OnPaper(settings.get("handouts") or "", settings.get("composer") or "")
        renderer = Renderer.of(desk, as_folders=config.get("use_directory_urls", True), on_paper=on_paper)
        written = tuple(build.fill_all(renderer, content))
        pages = build.pages(renderer, tuple(page.uri for page in written), content.as_posix())
        files = {f"docs/{page.uri}": page.text.encode() for page in written}
        files |= {f"docs/{page.uri}": page.text.encode() for page in pages}
        if on_paper.composer:
            files |= {f"docs/{uri}": text.encode() for uri, text in composer.scripts(desk.book)}
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
        print(check.summary(None, found.problems), file=sys.stderr)
        return PROBLEMS
    sys.stdout.write(report.as_text(warnings))
    print(
        f"{len(written) + len(pages)} pages in {options.out}; {changed} of {len(files)} files changed", file=sys.stderr
    )
    return OK


def _handouts(options: argparse.Namespace) -> int:
    def wanted(file: catalogue.File) -> bool:
        return (
            (file.of in options.ids if options.ids else True)
            and options.paper in (None, file.paper)
            and (not options.large or file.size == catalogue.LARGE)
        )

    address = f"{options.site.rstrip('/')}/" if options.site else ""
    try:
        book = build.open_book(options.data)[0].book
        have = [one.id for one in catalogue.downloads(book)]
        if unknown := [id_ for id_ in options.ids if id_ not in have]:
            hint = did_you_mean(unknown[0], have) or f"those with one are {', '.join(have[:4])} ..."
            print(f"causebook: there is no handout of '{unknown[0]}'; {hint}", file=sys.stderr)
            return MISUSE
        made = dict(
            make(book, site=Site(address), store=FolderStore(Path(".cache/handouts")), wanted=wanted, previews=False)
        )
        changed = publish.write_tree(options.out, made, protected=[options.data])
    except ProblemsFound as found:
        sys.stdout.write(report.as_text(found.problems))
        print(check.summary(None, found.problems), file=sys.stderr)
        return PROBLEMS
    print(f"{len(made)} PDFs in {options.out}; {changed} changed", file=sys.stderr)
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


if __name__ == "__main__":
    sys.exit(main())
