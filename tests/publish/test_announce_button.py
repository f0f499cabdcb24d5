"""The button that announces a version: a real repository and a real remote, and words that would do harm as code."""

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from policy.site.plugin import today
from tests.conftest import copy_project
from tests.publish.pipelines import PROGRAM, ROOT, Machine, asked, needs, scripted
from tests.versions.project import draft

pytestmark = needs("bash", "git")

IN_FORCE = (today() + timedelta(days=40)).isoformat()
NASTY = (
    "--class=technical 'een' \"twee\" $(touch pwned) `touch pwned`; touch pwned & ${HOME} %0A::error::drie <b>@vier</b>"
)
"""Words of an editor that would do harm wherever they were taken for code."""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return scripted(tmp_path)


@pytest.fixture
def repository(machine: Machine, tmp_path: Path) -> Machine:
    """The same as a clone of a repository on a host, with a `gh` that keeps what it is asked."""
    bare = tmp_path / "host/leiz/privacy.git"
    bare.mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", bare], check=True)
    subprocess.run(["git", "-C", bare, "config", "receive.advertisePushOptions", "true"], check=True)
    hook = bare / "hooks/post-receive"
    hook.write_text(
        f'#!/bin/sh\ni=0\nwhile [ "$i" -lt "${{GIT_PUSH_OPTION_COUNT:-0}}" ]; do\n'
        f'eval "printf \'%s\\n\' \\"\\$GIT_PUSH_OPTION_$i\\"" >>"{tmp_path}/options"\ni=$((i+1))\ndone\n'
    )
    hook.chmod(0o755)
    machine.program("gh", f'printf "%s\\n" "$@" >"{tmp_path}/gh"; for last; do :; done; cp "$last" "{tmp_path}/body"')
    machine.git("init", "--quiet", "--initial-branch=main")
    machine.git("add", ".")
    machine.git("commit", "--quiet", "--message", "Begin")
    machine.git("push", "--quiet", str(bare), "HEAD:main")
    server = f"file://{tmp_path}/host"
    github = {"GITHUB_SERVER_URL": server, "GITHUB_REPOSITORY": "leiz/privacy", "BASE": "main", "GH_TOKEN": "hidden"}
    return Machine(machine.folder, machine.programs, github | {"RUN_URL": "https://host.test/run/1"})


def on_gitlab(machine: Machine, tmp_path: Path) -> Machine:
    known = {"CI_SERVER_URL": f"file://{tmp_path}/host", "CI_PROJECT_PATH": "leiz/privacy", "CI_DEFAULT_BRANCH": "main"}
    return Machine(
        machine.folder, machine.programs, known | {"CI_JOB_TOKEN": "hidden", "RUN_URL": "https://host.test/run/1"}
    )


def branches(tmp_path: Path) -> list[str]:
    command = ["git", "-C", tmp_path / "host/leiz/privacy.git", "branch", "--format=%(refname:short)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.fixture
def project(repository: Machine) -> Machine:
    """The real project with a draft of version 3, and the real program."""
    copy = repository.folder.parent / "copy"
    copy_project(copy)
    draft(copy)
    shutil.copytree(copy, repository.folder, dirs_exist_ok=True)
    shutil.copy(ROOT / ".gitignore", repository.folder)
    repository.git("add", ".")
    repository.git("commit", "--quiet", "--message", "A draft")
    repository.program("python3", PROGRAM)
    return repository


CHANGED = [
    "docs/versies.lock",
    "docs/versies/3/index.md",
    "docs/versies/3/inventory.json",
    "docs/versies/3/toestemming.json",
]
SENTENCE = f"Version 3 is announced on {today()} and in force from {IN_FORCE}."


def test_the_button_on_github_announces_for_real_and_no_word_of_an_editor_is_code(project: Machine, tmp_path: Path):
    found = project.bash(".ci/announce", NUMBER="3", IN_FORCE=IN_FORCE, CLASS="editorial", NOTE=NASTY)
    assert (found.returncode, found.stdout.splitlines()[0]) == (0, SENTENCE), found.stderr
    assert branches(tmp_path) == ["announce-3", "main"]
    assert project.git("diff", "--name-only", "HEAD~1", "HEAD").splitlines() == CHANGED
    assert project.git("log", "-1", "--format=%an, %s%n%b") == f"Een redacteur, Announce version 3\n{SENTENCE}"
    assert json.dumps(NASTY, ensure_ascii=False) in (project.folder / "docs/versies/3/index.md").read_text("utf-8")
    asks = (tmp_path / "gh").read_text("utf-8").splitlines()
    assert asks[:-1] == [
        *("pr", "create", "--base", "main", "--head", "announce-3"),
        *("--title", "Announce version 3", "--body-file"),
    ]
    body = (tmp_path / "body").read_text("utf-8")
    assert body.startswith(f"{SENTENCE}\n\n")
    assert "Read the preview first: https://host.test/run/1\n\n" in body
    assert body.endswith(f"What readers are told:\n\n    {NASTY}\n")
    assert not list(tmp_path.rglob("pwned"))
    assert "hidden" not in found.stdout + found.stderr


def test_the_button_on_gitlab_opens_its_change_request_with_the_push(project: Machine, tmp_path: Path):
    gitlab = on_gitlab(project, tmp_path)
    found = gitlab.bash(".ci/announce", NUMBER="3", IN_FORCE=IN_FORCE, CLASS="editorial", NOTE="Andere woorden.")
    assert found.returncode == 0, found.stderr
    assert branches(tmp_path) == ["announce-3", "main"]
    options = (tmp_path / "options").read_text("utf-8").splitlines()
    assert options[:3] == [
        "merge_request.create",
        "merge_request.target=main",
        "merge_request.title=Announce version 3",
    ]
    (description,) = options[3:]
    assert description.startswith(f"merge_request.description={SENTENCE} ")
    assert not (tmp_path / "gh").exists()
    assert "hidden" not in found.stdout + found.stderr


@pytest.mark.parametrize(
    ("filled_in", "says"),
    [
        ({"CLASS": "$(touch pwned)"}, "Invalid value for '--class'"),
        ({"IN_FORCE": "--help"}, "'--help' is not a day."),
        ({"NUMBER": "4"}, "There is no version 4."),
        ({"NOTE": "Een.\n---\nin_force: 2000-01-01"}, "2000-01-01"),
    ],
)
def test_the_program_judges_what_was_filled_in_and_nothing_is_sent(
    project: Machine, tmp_path: Path, filled_in: dict[str, str], says: str
):
    wish = {"NUMBER": "3", "IN_FORCE": IN_FORCE, "CLASS": "editorial", "NOTE": "Andere woorden."}
    found = project.bash(".ci/announce", **(wish | filled_in))
    if filled_in.get("NOTE"):  # it is one text of several lines, and no line of it is front matter
        assert found.returncode == 0, found.stderr
        text = (project.folder / "docs/versies/3/index.md").read_text("utf-8")
        assert text.count(f"\nin_force: {IN_FORCE}\n") == 1 and text.count("\n---\n") == 1
        return
    assert found.returncode in (1, 2)
    assert says in found.stderr.splitlines()[-1]
    assert branches(tmp_path) == ["main"]
    assert project.git("status", "--porcelain") == ""
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize(
    "number", ["", "3; touch pwned", "--help", "-1", "3\n4", "$(touch pwned)", "٣", "1_0", "0", "../3"]
)
def test_what_is_no_number_stops_before_anything_runs(repository: Machine, tmp_path: Path, number: str):
    found = repository.bash(".ci/announce", NUMBER=number)
    assert (found.returncode, found.stderr) == (
        1,
        "The number of the version is missing or is not a number. Fill in 3, for example.\n",
    )
    assert (asked(repository), branches(tmp_path)) == ([], ["main"])
    assert not list(tmp_path.rglob("pwned"))


def _announces(machine: Machine) -> None:
    """A program that announces in no time, and tells which tokens it can see."""
    machine.program(
        "python3",
        'env | grep -c hidden >../seen; echo "$@" >>../asked; echo "Version 3 is announced."\n'
        "mkdir -p docs; date +%N >docs/x",
    )


def test_the_program_that_announces_sees_no_token(repository: Machine, tmp_path: Path):
    _announces(repository)
    assert repository.bash(".ci/announce", NUMBER="3").returncode == 0
    assert (tmp_path / "seen").read_text() == "0\n"
    assert asked(repository) == ["scripts/policy announce -- 3"]


@pytest.mark.parametrize(
    ("host", "tokens", "account"),
    [
        ("github", {}, "x-access-token"),
        ("gitlab", {}, "gitlab-ci-token"),
        ("gitlab", {"POLICY_PUSH_TOKEN": "hidden"}, "announce"),
    ],
)
def test_the_token_goes_to_git_alone_and_stands_on_no_command_line(
    repository: Machine, tmp_path: Path, host: str, tokens: dict[str, str], account: str
):
    machine = repository if host == "github" else on_gitlab(repository, tmp_path)
    _announces(machine)
    git = shutil.which("git")
    machine.program(
        "git",
        f'case "$*" in *credential*push*) ;; *) exec {git} "$@" ;; esac\necho "$@" >../pushed\n'
        f'printf "protocol=https\\nhost=host.test\\n\\n" | {git} "$1" "$2" "$3" "$4" credential fill >../filled',
    )
    found = machine.bash(".ci/announce", NUMBER="3", **tokens)
    assert found.returncode == 0, found.stderr
    filled = (tmp_path / "filled").read_text("utf-8").splitlines()
    assert filled[2:] == [f"username={account}", "password=hidden"]
    assert "hidden" not in (tmp_path / "pushed").read_text("utf-8") + found.stdout + found.stderr


def test_a_branch_that_is_there_already_is_not_written_over(repository: Machine, tmp_path: Path):
    _announces(repository)
    assert repository.bash(".ci/announce", NUMBER="3").returncode == 0
    before = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "--quiet", "main")
    found = repository.bash(".ci/announce", NUMBER="3")
    assert found.returncode == 1
    assert found.stderr.splitlines()[-1] == (
        "The branch announce-3 could not be sent. "
        "If it is there already, delete it with its change request, and try again."
    )
    bare = tmp_path / "host/leiz/privacy.git"
    assert subprocess.check_output(["git", "-C", bare, "rev-parse", "announce-3"], text=True).strip() == before


def test_where_no_change_request_may_be_opened_the_sentence_says_where_to_do_it(repository: Machine):
    _announces(repository)
    repository.program("gh", "exit 1")
    found = repository.bash(".ci/announce", NUMBER="3")
    assert found.returncode == 1
    assert found.stderr.splitlines()[-1].endswith("/leiz/privacy/compare/announce-3")
