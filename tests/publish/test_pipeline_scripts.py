"""What a pipeline says, hides and repeats: its scripts run for real, with programs of our own where a host would be."""

import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from policy.site.plugin import today
from tests.publish.pipelines import PROGRAM, Machine, asked, needs, scripted

pytestmark = needs("bash", "git", "curl", "flock")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return scripted(tmp_path)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (1, "The project has a problem: docs/x.md:3: It is wrong. Mend it."),
        (2, "The pipeline calls the program in a wrong way: docs/x.md:3: It is wrong. Mend it."),
        (3, "A rule stops the publication: docs/x.md:3: It is wrong. Mend it."),
        (4, "The host or the connection failed: docs/x.md:3: It is wrong. Mend it."),
        (5, "What was published was wrong, and was put back: docs/x.md:3: It is wrong. Mend it."),
        (6, "The live site and the calendar disagree: docs/x.md:3: It is wrong. Mend it."),
        (137, "The program broke off (code 137): docs/x.md:3: It is wrong. Mend it."),
    ],
)
def test_each_way_to_fail_ends_in_one_plain_sentence(machine: Machine, tmp_path: Path, code: int, sentence: str):
    (tmp_path / "ends").write_text(str(code))
    (tmp_path / "says").write_text("· Reading\nwarning: soon\ndocs/x.md:3: It is wrong. Mend it.\n· Cleaning up\n\n")
    output = tmp_path / "output"
    found = machine.bash(".ci/policy", "check", GITHUB_ACTIONS="true", GITHUB_OUTPUT=str(output))
    assert found.returncode == code
    assert found.stdout.splitlines()[-1] == f"::error::{sentence}"
    assert output.read_text("utf-8") == f"sentence={sentence}\n"
    told = machine.bash(".ci/policy", "check", POLICY_SENTENCE=str(tmp_path / "sentence.txt"))
    assert told.stderr.splitlines()[-1] == sentence
    assert (tmp_path / "sentence.txt").read_text("utf-8") == f"{sentence}\n"


def test_a_run_that_succeeds_tells_no_sentence(machine: Machine):
    found = machine.bash(".ci/policy", "check", GITHUB_ACTIONS="true")
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    assert asked(machine) == ["check"]


def test_a_percent_sign_in_a_sentence_starts_no_other_command(machine: Machine):
    found = machine.bash(".ci/sentence", "a%0A::add-mask::b\n::c", GITHUB_ACTIONS="true")
    assert found.stdout == "::error::a%250A::add-mask::b ::c\n"


KEY = "-----BEGIN KEY-----\nsecret words\n-----END KEY-----"
SEES = """echo "key $POLICY_SSH_KEY" >>../asked
[ -z "$POLICY_SSH_KEY" ] || { ls -l "$POLICY_SSH_KEY" | cut -c1-10; cat "$POLICY_SSH_KEY"; } >>../seen
exit 4"""


@pytest.mark.parametrize("as_file", [False, True])
def test_the_key_is_a_file_of_our_own_for_a_moment(machine: Machine, tmp_path: Path, as_file: bool):
    machine.program("python3", SEES)
    given = KEY
    if as_file:
        given = str(tmp_path / "given")
        Path(given).write_text(KEY)
        Path(given).chmod(0o666)
    found = machine.bash(".ci/policy", "publish", "push", POLICY_SSH_KEY=given)
    assert found.returncode == 4
    assert (tmp_path / "seen").read_text().rstrip("\n") == f"-rw-------\n{KEY}"
    (line,) = asked(machine)
    assert not Path(line.removeprefix("key ")).exists()
    assert "secret words" not in found.stdout + found.stderr


def test_other_commands_do_not_get_the_key(machine: Machine):
    machine.program("python3", SEES)
    machine.bash(".ci/policy", "build", POLICY_SSH_KEY=KEY)
    assert asked(machine) == ["key "]


@pytest.mark.parametrize(("command", "known"), [("status", True), ("nonsense", False)])
def test_a_command_that_may_be_missing_is_left_out_only_where_it_is(machine: Machine, command: str, known: bool):
    machine.program("python3", PROGRAM)
    found = machine.bash(".ci/policy", "--if-present", command, "--help")
    said = "Usage: " if known else f"This program has no command '{command}', so that step was left out.\n"
    assert found.returncode == 0
    assert found.stdout.startswith(said)


# The alarm

TITLE = "The live privacy pages need attention"


@pytest.mark.parametrize(
    ("act", "is_open", "asks"),
    [
        ("raise", "", "issue create --title " + TITLE),
        ("raise", "7", None),
        ("clear", "7", "issue close 7 --comment A run succeeded: https://host.test/run/1"),
        ("clear", "", None),
    ],
)
def test_githubs_issue_opens_once_and_closes_itself(
    machine: Machine, tmp_path: Path, act: str, is_open: str, asks: str | None
):
    machine.program(
        "gh",
        f'[ "$2" = list ] && {{ printf "%s" "{is_open}"; exit 0; }}\n'
        'echo "$@" >>../gh\n[ "$2" = close ] || cp "$6" ../body',
    )
    found = machine.bash(
        ".ci/alarm", act, "It disagrees. $(id)", GITHUB_ACTIONS="true", RUN_URL="https://host.test/run/1"
    )
    assert found.returncode == 0, found.stderr
    told = (tmp_path / "gh").read_text("utf-8") if (tmp_path / "gh").exists() else ""
    assert told.startswith(asks) if asks else told == ""
    if act == "raise" and not is_open:
        assert (
            (tmp_path / "body")
            .read_text("utf-8")
            .startswith("    It disagrees. $(id)\n\nThe run: https://host.test/run/1\n")
        )


class Issues(BaseHTTPRequestHandler):
    """GitLab's issues, as far as the alarm asks for them."""

    opened: list[dict[str, str]]
    said: list[str]

    def _answer(self, content: object) -> None:
        type(self).said.append(f"{self.command} {self.headers['PRIVATE-TOKEN']}")
        body = json.dumps(content, separators=(",", ":")).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _form(self) -> dict[str, str]:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        return {name: value for name, (value,) in parse_qs(sent).items()}

    def do_GET(self) -> None:
        self._answer([{"id": 100 + n, "iid": n, **one} for n, one in enumerate(self.opened, start=1)])

    def do_POST(self) -> None:
        self.opened.append(self._form())
        self._answer({"iid": len(self.opened)})

    def do_PUT(self) -> None:
        assert (self.path, self._form()) == ("/projects/5/issues/1", {"state_event": "close"})
        self.opened.clear()
        self._answer({})

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


@pytest.fixture
def issues() -> Iterator[tuple[type[Issues], str]]:
    handler = type("Fresh", (Issues,), {"opened": [], "said": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield handler, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_gitlabs_issue_opens_once_and_closes_itself(machine: Machine, issues: tuple[type[Issues], str]):
    handler, address = issues
    known = {
        "CI_API_V4_URL": address,
        "CI_PROJECT_ID": "5",
        "POLICY_ALARM_TOKEN": "t",
        "RUN_URL": "https://host.test/run/1",
    }
    alarm = Machine(machine.folder, machine.programs, known)
    for _ in range(2):
        found = alarm.bash(".ci/alarm", "raise", "It disagrees.")
        assert found.returncode == 0, found.stderr
    ((title, text),) = [(one["title"], one["description"]) for one in handler.opened]
    assert (title, text.splitlines()[0]) == (TITLE, "    It disagrees.")
    assert alarm.bash(".ci/alarm", "clear").returncode == 0
    assert handler.opened == []
    assert alarm.bash(".ci/alarm", "clear").returncode == 0
    assert handler.said == ["GET t", "POST t", "GET t", "GET t", "PUT t", "GET t"]


def test_without_a_token_gitlabs_alarm_is_its_mail(machine: Machine):
    found = machine.bash(".ci/alarm", "raise", "", RUN_URL="x")
    assert (found.returncode, found.stdout) == (
        0,
        "Without POLICY_ALARM_TOKEN no issue is opened; GitLab sends mail for a failed pipeline.\n",
    )


# A machine of one's own

DAY_S_WORK = ["check", "build", "audit --help", "audit", "publish push", "publish status"]


@pytest.fixture
def own(machine: Machine, tmp_path: Path) -> Machine:
    machine.program("git", 'echo "git $*" >>../asked')
    return Machine(machine.folder, machine.programs, {"KEPT": str(tmp_path / "kept")})


def test_cron_works_once_a_day_and_says_nothing(own: Machine):
    for _ in range(3):
        found = own.bash(".ci/daily")
        assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    assert asked(own) == ["git pull --quiet --ff-only", *DAY_S_WORK]


def test_cron_works_again_on_the_next_day(own: Machine, tmp_path: Path):
    own.bash(".ci/daily")
    (tmp_path / "kept/done").write_text("2026-01-01\n")
    own.bash(".ci/daily")
    assert len(asked(own)) == 2 * (1 + len(DAY_S_WORK))


def test_a_day_that_failed_is_tried_again_but_mailed_once(own: Machine, tmp_path: Path):
    (tmp_path / "ends").write_text("4")
    (tmp_path / "says").write_text("The host does not answer. Try again later.\n")
    first, second = own.bash(".ci/daily"), own.bash(".ci/daily")
    sentence = "The host or the connection failed: The host does not answer. Try again later."
    assert (first.returncode, first.stdout.splitlines()[-1]) == (4, sentence)
    assert (second.returncode, second.stdout, second.stderr) == (4, "", "")
    assert asked(own) == ["git pull --quiet --ff-only", "check"] * 2, "what follows a failure does not run"
    (tmp_path / "ends").write_text("0")
    assert own.bash(".ci/daily").returncode == 0
    assert (tmp_path / "kept/done").read_text() == f"{today()}\n"


def test_cron_leaves_a_run_alone_that_is_still_at_work(own: Machine, tmp_path: Path):
    (tmp_path / "kept").mkdir()
    holding = subprocess.Popen(["flock", tmp_path / "kept/lock", "sh", "-c", "echo held; cat"], stdin=-1, stdout=-1)
    assert holding.stdout and holding.stdout.readline() == b"held\n"
    found = own.bash(".ci/daily")
    holding.communicate()
    assert (found.returncode, found.stdout, asked(own)) == (0, "", [])
