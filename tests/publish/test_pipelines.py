"""The pipeline files: when they run, what they may do, and that what they call is there."""

import re
import subprocess
from typing import Any

import click
import pytest
import yaml

from policy.cli import policy
from tests.publish.pipelines import (
    ROOT,
    SCRIPTS,
    cron_lines,
    gitlab,
    nights_without,
    runs,
    scripts,
    steps,
    workflows,
)

TWO_YEARS = 731
CALLS = re.compile(r"bash \.ci/policy (?:--if-present )?([a-z]+(?: [a-z]+)?)", re.MULTILINE)


@pytest.mark.parametrize("where", scripts())
def test_every_script_is_valid_bash(where: str):
    found = subprocess.run(["bash", "-n"], input=scripts()[where], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("where", scripts())
def test_no_script_holds_an_expression_that_the_host_fills_in(where: str):
    assert not re.search(r"\$\{\{|\$\[\[ ", scripts()[where])


def test_a_script_that_a_pipeline_calls_is_there():
    called = {name for text in scripts().values() for name in re.findall(r"bash \.ci/(\w+)", text)}
    assert called | {"daily"} == set(SCRIPTS)


def test_every_command_that_a_pipeline_calls_is_one_of_the_program():
    called = {call for text in scripts().values() for call in CALLS.findall(text)}
    assert called
    assert sorted(call for call in called if not _known(call)) == []


def _known(call: str) -> bool:
    """Whether the program has a command; `audit` may be missing, and `publish` as long as it is not built."""
    name, _, second = call.partition(" ")
    command = policy.commands.get(name)
    if command is None:
        return name in ("audit", "publish")
    return not second or not isinstance(command, click.Group) or second in command.commands


def test_github_runs_just_after_midnight_in_amsterdam_on_each_day_of_summer_and_winter():
    schedule = workflows()["publish.yml"]["on"]["schedule"]
    moments = [moment for one in schedule for moment in runs(one["cron"], one.get("timezone", "UTC"), TWO_YEARS)]
    assert nights_without(moments, TWO_YEARS) == []


def test_one_run_at_midnight_in_utc_would_be_too_late():
    assert len(nights_without(runs("7 0 * * *", "UTC", TWO_YEARS), TWO_YEARS)) == TWO_YEARS


def test_github_runs_again_hours_later_where_the_runs_of_the_night_were_dropped():
    (schedule,) = workflows()["publish.yml"]["on"]["schedule"]
    hours = {int(hour) for hour in schedule["cron"].split()[1].split(",")}
    assert hours - {22, 23} == {3, 10}


def test_gitlabs_schedule_as_the_set_up_tells_it_runs_just_after_midnight():
    text = (ROOT / "PUBLISHING.md").read_text("utf-8")
    (pattern, zone) = re.search(r'--cron "([^"]+)" --cronTimeZone "([^"]+)"', text).groups()
    assert nights_without(runs(pattern, zone, TWO_YEARS), TWO_YEARS) == []


def test_the_cron_line_asks_every_hour_and_leaves_the_day_to_the_script():
    ((pattern, command),) = cron_lines((ROOT / "PUBLISHING.md").read_text("utf-8"))
    assert pattern == "37 * * * *"
    assert "%" not in command, "cron ends a command at a percent sign"
    assert command.endswith('bash "$HOME/privacy/.ci/daily"')
    for zone in ("UTC", "Europe/Amsterdam", "Asia/Kolkata"):
        assert nights_without(runs(pattern, zone, TWO_YEARS), TWO_YEARS) == []


def test_what_starts_each_workflow():
    assert {name: sorted(one["on"]) for name, one in workflows().items()} == {
        "announce.yml": ["workflow_dispatch"],
        "preview.yml": ["pull_request"],
        "publish.yml": ["push", "schedule", "workflow_dispatch"],
    }
    assert workflows()["publish.yml"]["on"]["push"] == {"branches": ["main"]}


def test_each_job_may_do_only_what_it_must():
    assert [one["permissions"] for one in workflows().values()] == [{}, {}, {}]
    jobs = {
        (name, job): content["permissions"] for name, one in workflows().items() for job, content in one["jobs"].items()
    }
    assert jobs == {
        ("announce.yml", "announce"): {"contents": "write", "pull-requests": "write"},
        ("preview.yml", "preview"): {"contents": "read"},
        ("publish.yml", "publish"): {"contents": "read"},
        ("publish.yml", "alarm"): {"contents": "read", "issues": "write"},
    }


def test_the_key_reaches_two_steps_and_no_change_request():
    holding = [step["name"] for _, step in steps() if "secrets." in yaml.safe_dump(step)]
    assert holding == ["Push", "Compare the live site with the calendar"]
    text = yaml.safe_dump(workflows()["preview.yml"])
    assert "secrets" not in text and "token" not in text


def test_one_run_at_a_time_and_no_push_is_cut_off():
    assert {name: one["concurrency"] for name, one in workflows().items()} == {
        "announce.yml": {"group": "announce", "cancel-in-progress": False},
        "preview.yml": {"group": "preview-${{ github.ref }}", "cancel-in-progress": True},
        "publish.yml": {"group": "publish", "cancel-in-progress": False},
    }
    jobs = gitlab()[1]
    assert [(jobs[job]["resource_group"], jobs[job]["interruptible"]) for job in ("publish", "announce")] == [
        ("live", False),
        ("announce", False),
    ]


def test_only_the_hosts_own_actions_and_each_at_one_commit():
    used = {step["uses"] for _, step in steps() if "uses" in step}
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one)] == []


def test_no_checkout_leaves_its_token_behind():
    checkouts = [step["with"] for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert [one["persist-credentials"] for one in checkouts] == [False] * 4


def test_what_is_published_is_the_newest_state_of_the_main_branch():
    checkout = workflows()["publish.yml"]["jobs"]["publish"]["steps"][0]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert gitlab()[1]["publish"]["script"][:2] == [
        'git fetch --quiet --depth=1 origin "$CI_DEFAULT_BRANCH"',
        "git checkout --quiet --detach FETCH_HEAD",
    ]


PUBLISHING = [
    "bash .ci/policy check",
    "bash .ci/policy build",
    "bash .ci/policy --if-present audit",
    "bash .ci/policy publish push ${{{}:+--with-open-questions}}",
    "bash .ci/policy publish status",
]


def test_all_three_publish_in_the_same_steps():
    github = [step["run"] for step in workflows()["publish.yml"]["jobs"]["publish"]["steps"] if "run" in step]
    own = [line.strip() for line in scripts()[".ci/daily"].splitlines() if line.strip().startswith("bash .ci/policy")]

    def said(variable: str) -> list[str]:
        return [line.replace("{{{}", "{" + variable).replace("}}", "}") for line in PUBLISHING]

    assert github == said("WITH_OPEN_QUESTIONS")
    assert gitlab()[1]["publish"]["script"][2:] == said("POLICY_WITH_OPEN_QUESTIONS")
    assert own == said("POLICY_WITH_OPEN_QUESTIONS")


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [
        ("number", ["", "3", "12"], ["x", "3\n4", "-1", "12345", '3" ']),
        ("in_force", ["", "2027-06-01"], ["morgen", "2027-06-01\n", "--help"]),
        ("note", ["", "Wij werken nu met ‘Anna’; `id`", "Één zin."], ['een "woord"', "$HOME", "a\nb", "a\\nb"]),
        ("urgent", ["", "Het lek is nu dicht."], ['"', "$(id)", "a\r\nb", "\\"]),
    ],
)
def test_what_is_typed_in_gitlabs_form_cannot_leave_its_quotes(name: str, accepted: list[str], refused: list[str]):
    """RE2 writes `\\z` for what is `\\Z` in Python."""
    pattern = gitlab()[0][name]["regex"].replace(r"\z", r"\Z")
    assert [one for one in accepted if not re.search(pattern, one)] == []
    assert [one for one in refused if re.search(pattern, one)] == []


@pytest.mark.parametrize("typed", ["a: b # c", "'", "- x", "{{a}} [b] | > & * ! %", "<<: *x", "`id` ; rm -rf /"])
def test_what_gitlab_lets_through_stays_one_text_even_if_it_is_put_in_before_the_file_is_parsed(typed: str):
    assert re.search(gitlab()[0]["note"]["regex"].replace(r"\z", r"\Z"), typed)
    text = (ROOT / ".gitlab-ci.yml").read_text("utf-8").replace("$[[ inputs.note ]]", typed)
    _, body = yaml.safe_load_all(text)
    before = gitlab()[1]
    assert body["announce"].pop("variables") == before["announce"].pop("variables") | {"NOTE": typed}
    assert body == before


def test_gitlab_takes_what_was_typed_only_between_quotes_and_never_in_a_script():
    body = (ROOT / ".gitlab-ci.yml").read_text("utf-8").split("\n---\n")[1]
    uses = re.findall(r".*\$\[\[.*", body)
    assert uses
    assert [line for line in uses if not re.fullmatch(r' +[A-Z_]+: "\$\[\[ inputs\.\w+ \]\]"', line)] == []


def test_gitlab_publishes_and_announces_from_the_main_branch_only():
    body = gitlab()[1]
    assert body["workflow"]["rules"] == [
        {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'},
        {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE =~ /^(push|schedule|web)$/"},
    ]
    assert body["publish"]["rules"][0] == {
        "if": '$CI_PIPELINE_SOURCE == "merge_request_event" || $ANNOUNCE != ""',
        "when": "never",
    }
    assert body["announce"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "web" && $ANNOUNCE != ""'}]


def test_both_hosts_ask_for_the_same_when_announcing():
    github: dict[str, Any] = workflows()["announce.yml"]["on"]["workflow_dispatch"]["inputs"]
    assert list(github) == list(gitlab()[0])
    assert github["class"]["options"] == gitlab()[0]["class"]["options"]
