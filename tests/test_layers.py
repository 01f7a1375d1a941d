"""The design's promises about imports: one direction, nothing left out, MkDocs and printing only in the shells."""

import ast
from pathlib import Path

import generator

PACKAGE = Path(generator.__file__).parent

ORDER = (
    "problems",
    "pause",
    "clock",
    "marks",
    "near",
    "edits",
    "syntax",
    "source",
    "models",
    "language",
    "origin",
    "rephrase",
    "canonical",
    "fixes",
    "load",
    "reserved",
    "relations",
    "prose",
    "link",
    "views",
    "reading",
    "texts",
    "checks.rule",
    "checks.links",
    "checks.claims",
    "checks.words",
    "checks.reading",
    "checks.dates",
    "checks.codes",
    "checks",
    "checks.written",
    "explanations",
    "scorecard",
    "jsonld",
    "pictures.svg",
    "pictures.figure",
    "pictures.timeline",
    "pictures.network",
    "pictures.drawing",
    "pictures",
    "handouts.catalogue",
    "handouts.places",
    "handouts.sheet",
    "handouts.fit",
    "handouts.view",
    "handouts.composer",
    "handouts.qr",
    "handouts.press",
    "handouts.make",
    "handouts.store",
    "handouts",
    "render",
    "renaming",
    "search",
    "build",
    "report",
    "stand_in",
    "notice",
    "compare",
    "compare_report",
    "overview",
    "schema",
    "scaffold",
    "reference",
    "draft",
    "publish",
    "commands.check",
    "commands.explain",
    "commands.fmt",
    "commands.new",
    "commands.rename",
    "commands.draft",
    "commands.docs",
    "commands.diff",
    "commands",
    "cli",
    "preview",
    "mkdocs_plugin",
)
"""Modules from the bottom up: each may import only those before it. A package comes after its own modules."""

SHELLS = {"cli", "preview", "mkdocs_plugin", *(module for module in ORDER if module.startswith("commands."))}
WRITERS = {"publish", "handouts.store"}


def _tree(module: str) -> ast.Module:
    path = PACKAGE / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


def _imports(module: str) -> set[str]:
    tree = _tree(module)
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def _ours(module: str) -> set[str]:
    names = {name.removeprefix("generator.") for name in _imports(module) if name.startswith("generator.")}
    own = module.partition(".")[0]
    return {part for name in names for part in (name, name.partition(".")[0]) if part != own} & set(ORDER)


def test_every_module_has_its_place_in_the_order() -> None:
    files = {file.relative_to(PACKAGE).with_suffix("") for file in PACKAGE.rglob("*.py")}
    names = {".".join(file.parts).removesuffix(".__init__") for file in files}
    assert names - {"__init__"} == set(ORDER)


def test_imports_run_one_way() -> None:
    wrong = [
        f"{module} imports {name}"
        for position, module in enumerate(ORDER)
        for name in sorted(_ours(module))
        if name not in ORDER[:position]
    ]
    assert wrong == []


def test_only_the_shells_know_mkdocs_or_logging() -> None:
    outer = {
        module: {name.split(".")[0] for name in _imports(module)} & {"mkdocs", "logging", "argparse"}
        for module in ORDER
    }
    assert {module for module, names in outer.items() if names} == SHELLS


def test_the_core_neither_prints_nor_writes() -> None:
    found = []
    for module in ORDER:
        tree = _tree(module)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in {"print", "write_text", "write_bytes", "unlink", "mkdir"}:
                    found.append(module)
    assert set(found) <= SHELLS | WRITERS


def test_load_link_and_render_name_no_collection() -> None:
    from generator.models import COLLECTIONS

    names = {collection.name for collection in COLLECTIONS}
    found = []
    for module in ("marks", "source", "load", "prose", "link", "views", "render"):
        tree = _tree(module)
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found += [
            f"{module}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and node.value in names and id(node) not in docs
        ]
    assert found == []
