"""What `causebook diff` says of two moments of a tiny book, and as a command in a repository of the real one."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import compare_report
from generator.checks.rule import Desk
from generator.compare import ClaimDiff, Claimed, Diff, PageDiff, compare, snapshot
from generator.load import load
from generator.render import Renderer
from generator.stand_in import shown
from tests.test_commands import ENVIRONMENT, ROOT, causebook
from tests.tiny import DAY, FILES, GARDEN, TEMPLATES, write

ROSE = FILES["plants/rose.yaml"]


@pytest.fixture
def diff_to(tmp_path: Path):
    """Return a function from changes (file → text, or None to delete it) to what differs then."""

    def side(name: str, files: Mapping[str, str], home: str):
        found = shown(load(write(tmp_path / name, files), collections=GARDEN), None)
        assert found.whole
        desk = Desk(found.book, DAY)
        renderer = Renderer.of(desk, templates=write(tmp_path / "templates", TEMPLATES))
        return snapshot(desk, renderer.pages(), [("index.md", home, home)])

    def diff(changes: Mapping[str, str | None], home: str = "# Home\n\nWelcome.\n") -> Diff:
        after = {name: text for name, text in (FILES | dict(changes)).items() if text is not None}
        return compare(side("before", FILES, "# Home\n\nWelcome.\n"), side("after", after, home))

    return diff


def by_uri(diff: Diff) -> dict[str, PageDiff]:
    return {page.uri: page for page in diff.pages}


def test_what_nobody_can_read_is_no_difference(diff_to) -> None:
    assert diff_to({}) == Diff((), ())
    assert diff_to({"plants/rose.yaml": "# a comment\n" + ROSE}) == Diff((), ())


def test_words_are_compared_in_their_paragraph(diff_to) -> None:
    (page,) = diff_to({"plants/tulip.yaml": FILES["plants/tulip.yaml"].replace("See", "Look at")}).pages
    assert (page.uri, page.kind, page.edited) == ("plants/tulip.md", "changed", True)
    assert page.paragraphs == ((("-", "See"), ("+", "Look at"), (" ", "the rose.")),)
    assert page.grades[0] != page.grades[1]


def test_pages_that_only_show_it_come_after_those_that_were_edited(diff_to) -> None:
    pages = diff_to({"plants/rose.yaml": ROSE.replace("title: Rose", "title: Wild rose")}).pages
    assert [(page.uri, page.edited) for page in pages] == [
        ("plants/rose.md", True),
        ("plants/index.md", False),
        ("plants/moss.md", False),
        ("plants/tulip.md", False),
        ("sources/index.md", False),
        ("tools/shears.md", False),
    ]


def test_links_that_came_and_went_are_named_by_their_page(diff_to) -> None:
    page = by_uri(diff_to({"plants/tulip.yaml": "id: tulip\ntitle: Tulip\norder: 1\nadvice: See [moss](moss).\n"}))
    assert page["plants/tulip.md"].links_gained == ("plants/moss.md",)
    assert page["plants/tulip.md"].links_lost == ()  # the relation with the rose is shown from both ends
    assert page["plants/moss.md"].links_gained == ("plants/tulip.md",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It likes songs., certainty: untested", "It likes songs., certainty: expert", ("It likes songs.", Claimed("untested", ()), Claimed("expert", ()))),
        ("certainty: high, sources: [jones2021, smith2020]", "certainty: high, sources: [jones2021]", ("It likes sun.", Claimed("high", ("jones2021", "smith2020")), Claimed("high", ("jones2021",)))),
        ("It likes sun., certainty: high", "It loves sun., certainty: moderate", ("It loves sun.", Claimed("high", ("jones2021", "smith2020")), Claimed("moderate", ("jones2021", "smith2020")))),
        ("  - {text: It likes songs., certainty: untested}\n", "", ("It likes songs.", Claimed("untested", ()), None)),
        ("claims:\n", "claims:\n  - {text: It is red., certainty: expert}\n", ("It is red.", None, Claimed("expert", ()))),
        ("to: moss, certainty: high", "to: moss, certainty: low", ("no-effect-on moss", Claimed("high", ("jones2021",)), Claimed("low", ("jones2021",)))),
    ],
)  # fmt: skip
def test_a_claim_that_rests_on_something_else_is_told(old, new, expected, diff_to) -> None:
    assert old in ROSE
    page = by_uri(diff_to({"plants/rose.yaml": ROSE.replace(old, new)}))["plants/rose.md"]
    assert page.claims == (ClaimDiff("rose", *expected),)


def test_a_claim_that_only_moved_is_the_same_claim(diff_to) -> None:
    one, two = re.findall(r"  - \{text: .*\n", ROSE)
    page = by_uri(diff_to({"plants/rose.yaml": ROSE.replace(one + two, two + one)}))["plants/rose.md"]
    assert page.claims == ()


def test_new_removed_and_renamed_pages_are_told_apart(diff_to) -> None:
    pages = by_uri(
        diff_to(
            {
                "plants/fern.yaml": "id: fern\ntitle: Fern\nadvice: Water it.\n",
                "plants/moss.yaml": None,
                "plants/rose.yaml": ROSE.replace("  - {kind: no-effect-on, to: moss, certainty: high, sources: [jones2021]}\n", ""),
                "tools/shears.yaml": None,
                "tools/scissors.yaml": "id: scissors\ntitle: Shears\nformerly: [shears]\n",
                "plants/tulip.yaml": FILES["plants/tulip.yaml"],
            }
            | {"plants/rose.yaml": ROSE.replace("shears", "scissors").replace("to: moss", "to: fern")}
        )
    )  # fmt: skip
    assert {uri: page.kind for uri, page in pages.items() if page.kind != "changed"} == {
        "plants/fern.md": "new",
        "plants/moss.md": "removed",
        "tools/scissors.md": "renamed",
    }
    assert pages["tools/scissors.md"].was == "tools/shears.md"
    assert "tools/scissors.md" not in pages["plants/rose.md"].links_gained


def test_a_page_written_by_hand_is_compared_too(diff_to) -> None:
    (page,) = diff_to({}, home="# Home\n\nWelcome, [rose](plants/rose.md).\n").pages
    assert (page.uri, page.edited, page.links_gained) == ("index.md", True, ("plants/rose.md",))


def test_the_report_says_all_of_it(diff_to) -> None:
    diff = diff_to({"plants/rose.yaml": ROSE.replace("sun., certainty: high", "sun., certainty: low")})
    assert compare_report.as_text(diff, "main").splitlines() == [
        "1 page differs from main: 1 edited; 1 paragraph, 1 claim with another certainty or other sources",
        "",
        "plants/rose.md (changed): Rose",
        "  claim 'It likes sun.' (rose): certainty high → low",
        "  | It likes sun. [-(Strong-] {+(Limited+} evidence; 1, 2)",
    ]
    assert compare_report.as_text(diff_to({}), "main") == "No page differs from main.\n"


NASTY = "Ping @everyone about #1, see https://evil.example or www.evil.example, <img src=x onerror=y> ![x](y) | *b* `c`"


def page(uri: str, words: str, paragraphs: int = 1) -> PageDiff:
    spans = ((("+", words),),) * paragraphs
    return PageDiff(
        uri,
        words,
        "new",
        True,
        "",
        spans,
        (None, 5.0),
        (words,),
        (),
        (ClaimDiff(words, words, None, Claimed("low", ())),),
    )


def test_what_a_stranger_wrote_does_nothing_in_a_comment() -> None:
    comment = compare_report.as_markdown(Diff((page("a.md", NASTY),), ()), "main")
    assert not re.search(r"@everyone|#1|https://|www\.|<img|(?<!\\)!\[|(?<!\\)`c|(?<!\\)\*b", comment)
    row = next(line for line in comment.splitlines() if line.startswith("| a.md"))
    assert row.count("|") == 7


@pytest.mark.parametrize(("pages", "paragraphs"), [(1, 400), (40, 20), (3, 3), (2000, 1)])
def test_a_comment_never_gets_too_long_and_its_counts_stay_whole(pages: int, paragraphs: int) -> None:
    diff = Diff(tuple(page(f"p{number}.md", "word " * 120, paragraphs) for number in range(pages)), ())
    comment = compare_report.as_markdown(diff, "main")
    assert len(comment) <= 65_536
    assert f"{pages} page" in comment
    assert f"{pages * paragraphs} paragraph" in comment
    assert comment.count("<details>") == comment.count("</details>")


def test_the_longest_pages_lose_their_words_first() -> None:
    diff = Diff((page("short.md", "few words"), page("long.md", "word " * 120, 300)), ())
    comment = compare_report.as_markdown(diff, "main")
    assert "<ins>**few words**</ins>" in comment
    assert "300 paragraphs and 3 facts differ: too long to show here" in comment


def git(folder: Path, *words: str) -> str:
    own = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(["git", *names, *words], cwd=folder, env=ENVIRONMENT | own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository") / "book"
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "data/link.yaml").symlink_to("book.yaml")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "first")
    (folder / "data/link.yaml").unlink()
    return folder


@pytest.fixture
def branch(repository: Path):
    git(repository, "checkout", "--quiet", "-B", "mine", "main")
    (repository / "data/link.yaml").unlink(missing_ok=True)
    yield repository
    git(repository, "checkout", "--quiet", "--force", "main")
    git(repository, "clean", "--quiet", "--force", "-d")
    (repository / "data/link.yaml").unlink(missing_ok=True)


def change(folder: Path) -> None:
    file = folder / "data/causes/doms.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(key_points:\n  - text: )", r"\1Hello there. ", text), encoding="utf-8")


def test_the_command_compares_with_where_the_branch_began(branch: Path) -> None:
    change(branch)
    git(branch, "commit", "--quiet", "--all", "--message", "mine")
    since_main, since_head = causebook(branch, "diff"), causebook(branch, "diff", "HEAD")
    assert since_main.returncode == 0, since_main.stderr
    assert "causes/doms.md (changed)" in since_main.stdout
    assert "{+Hello there.+}" in since_main.stdout
    assert (since_head.returncode, since_head.stdout) == (0, "No page differs from HEAD.\n")
    markdown = causebook(branch, "diff", "main", "--format", "markdown")
    assert "<ins>**Hello there\\.**</ins>".replace("\\.", ".") in markdown.stdout


def test_nothing_of_the_working_tree_is_touched(branch: Path) -> None:
    before = git(branch, "status", "--porcelain")
    causebook(branch, "diff", "HEAD")
    assert git(branch, "status", "--porcelain") == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("no-such",), "git knows no revision 'no-such': name a branch, a tag or a commit"),
        (("--data", "nowhere"), "there is no folder 'nowhere'"),
        (("HEAD:data",), "git knows no revision 'HEAD:data'"),
    ],
)
def test_a_revision_that_git_does_not_know_is_told_plainly(words, message, branch: Path) -> None:
    done = causebook(branch, "diff", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_repository_the_message_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    done = causebook(tmp_path, "diff")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'data' is in no git repository" in done.stderr


def test_without_git_the_message_says_so(branch: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "diff"], cwd=branch, env=ENVIRONMENT | {"PATH": ""}, capture_output=True, text=True
    )  # fmt: skip
    assert (done.returncode, "git is not installed" in done.stderr) == (2, True), done.stderr


def test_a_mistake_in_the_working_tree_is_told_in_place_of_a_half_comparison(branch: Path) -> None:
    file = branch / "data/causes/doms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("certainty: high", "certainty: hgih", 1), encoding="utf-8")
    done = causebook(branch, "diff", "HEAD")
    assert done.returncode == 1
    assert "did you mean 'high'?" in done.stdout


def test_an_old_revision_that_this_version_cannot_read_in_part_is_compared_as_far_as_it_goes(branch: Path) -> None:
    right = (branch / "data/faqs/what-eases-soreness.yaml").read_text(encoding="utf-8")
    (branch / "data/faqs/what-eases-soreness.yaml").write_text(right + "colour: red\n", encoding="utf-8")
    git(branch, "commit", "--quiet", "--all", "--message", "wrong")
    (branch / "data/faqs/what-eases-soreness.yaml").write_text(right, encoding="utf-8")
    done = causebook(branch, "diff", "HEAD")
    assert done.returncode == 0, done.stderr
    assert "faqs/what-eases-soreness.md (new)" in done.stdout
    assert "cannot be read by this version" in done.stderr
