"""`policy publish`: what each command says, and with which exit code it ends."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

from policy.alone import alone
from policy.context import Context
from policy.publish.plan import Plan
from policy.publish.problems import DisagreesError, RefusedError
from policy.publish.release import NAME as RELEASE
from policy.publish.session import Session, Wishes, session
from policy.publish.web import Question, ask_all
from policy.publish_report import show_plan, show_probe, show_pushed, show_status
from policy.publishing import WELL_KNOWN, Publication, Target, calendar, read_publication


@click.group("publish")
def publish() -> None:
    """Put what was built on the live websites, whole or not at all, and back.

    \b
    Exit codes: 0 done, or nothing to do      1 the project has a problem    2 wrong usage
                3 a rule forbids it           4 the host or connection failed
                5 not verified, put back      6 live site and release or calendar disagree
    """


_as_json = click.option("--json", "as_json", is_flag=True, help="Say it as JSON, for programs.")
_questions = click.option("--with-open-questions", is_flag=True, help="Although announced facts have open questions.")
_take_over = click.option("--take-over", is_flag=True, help="Although another publisher seems to be at work.")


@publish.command("plan")
@_as_json
@_questions
@click.pass_obj
def plan_command(context: Context, as_json: bool, with_open_questions: bool) -> None:
    """Tell what a push would do; nothing that visitors see is touched."""
    publication, found = read_publication(context.root, context.day), list[Plan]()
    build = publication.build()
    for target in publication.targets:
        with _session(context, target) as one:
            found.append(one.plan(build, _refused(publication, with_open_questions)))
    _say([plan.as_data() for plan in found], as_json, lambda: [show_plan(plan) for plan in found])
    if reasons := [reason for plan in found for reason in plan.refused]:
        raise RefusedError(" ".join(dict.fromkeys(reasons)))


@publish.command("push")
@_as_json
@_questions
@_take_over
@click.option(
    "--plan", metavar="DIGITS", default="", help="Only if this is still the plan that `policy publish plan` told."
)
@click.option("--move-aside", is_flag=True, help="Move what stands in our places into the private folder.")
@click.option("--afresh", is_flag=True, help="Send everything again, and trust nothing that lies on the host.")
@click.pass_obj
def push_command(
    context: Context,
    as_json: bool,
    with_open_questions: bool,
    take_over: bool,
    plan: str,
    move_aside: bool,
    afresh: bool,
) -> None:
    """Send, switch, and look at the live site; where it is not what was sent, it goes back by itself."""
    publication = read_publication(context.root, context.day)
    wishes = Wishes(plan=plan, take_over=take_over, move_aside=move_aside, afresh=afresh)
    told = []
    with alone(context.root / "build"):
        build = publication.build()
        for target in publication.targets:
            with _session(context, target) as one:
                done = one.push(build, wishes, _refused(publication, with_open_questions))
            told.append({**done.plan.as_data(), "done": done.done})
    _say(told, as_json, lambda: [show_pushed(one) for one in told])


@publish.command("verify")
@_as_json
@click.option("--all", "everything", is_flag=True, help="Every file, not a sample.")
@click.pass_obj
def verify_command(context: Context, as_json: bool, everything: bool) -> None:
    """Compare what the live websites answer with what was published: bytes, headers, redirects."""
    told, wrong = [], list[str]()
    for target in read_publication(context.root, context.day).targets:
        with _session(context, target) as one:
            release, looked_at, problems = one.verify(everything=everything)
        wrong += problems
        told.append(
            {
                "account": target.account.id,
                "release": release and release.id,
                "looked_at": looked_at,
                "problems": problems,
            }
        )
    _say(
        told, as_json, lambda: [click.echo(f"{one['account']}: {one['looked_at']} answers looked at.") for one in told]
    )
    if wrong:
        more = f" (and {len(wrong) - 5} more)" if len(wrong) > 5 else ""
        raise DisagreesError(
            f"The live site is not what was published: {'; '.join(wrong[:5])}{more}. "
            "Put it right with: policy publish push --afresh"
        )


@publish.command("rollback")
@_as_json
@_take_over
@click.option("--account", default="", help="Only this account of publishing.toml.")
@click.argument("release", default="")
@click.pass_obj
def rollback_command(context: Context, as_json: bool, take_over: bool, account: str, release: str) -> None:
    """Make the release before the live one live again, or RELEASE; published versions of the policy come along."""
    told = []
    for target in read_publication(context.root, context.day).targets:
        if account in ("", target.account.id):
            with _session(context, target) as one:
                told.append({"account": target.account.id, "live": one.rollback(release, take_over=take_over)})
    _say(told, as_json, lambda: [click.echo(f"{one['account']}: live and verified is {one['live']}.") for one in told])


@publish.command("status")
@_as_json
@click.pass_obj
def status_command(context: Context, as_json: bool) -> None:
    """Tell what is live since when, and whether the live site, the release and the calendar agree."""
    publication, told = read_publication(context.root, context.day), []
    for target in publication.targets:
        with _session(context, target) as one:
            told.append(_status(publication, target, one, f"{context.now():%H%M%S}"))
    _say(told, as_json, lambda: [show_status(one) for one in told])
    if wrong := [sentence for one in told for sentence in one["problems"]]:
        raise DisagreesError(" ".join(wrong))


@publish.command("probe")
@_as_json
@click.option("--accept", is_flag=True, help="Keep the answer although the host can do less than before.")
@click.pass_obj
def probe_command(context: Context, as_json: bool, accept: bool) -> None:
    """Try out what each host can do, keep the answer there, and tell the way of publishing that follows."""
    told = []
    for target in read_publication(context.root, context.day).targets:
        _show_host_key(target)
        with _session(context, target) as one:
            told.append((target, one.probe(accept=accept)))
    data = [{"account": target.account.id, **report.as_data()} for target, report in told]
    _say(data, as_json, lambda: [show_probe(target.account, report) for target, report in told])


def _status(publication: Publication, target: Target, one: Session, mark: str) -> dict[str, Any]:
    """What an account holds, and in `problems` a sentence for each disagreement; `mark` passes caches on the way."""
    live = one.live()
    found: dict[str, Any] = {
        "account": target.account.id,
        "live": live.release and live.release.id,
        "as_of": live.release and live.release.as_of,
        "commit": live.release and live.release.commit,
        "kept": [{"folder": kept.name, "release": kept.id, "verified": kept.verified} for kept in live.state.releases],
        "strategy": live.abilities.strategy,
        "problems": [],
    }
    if live.release is None:
        found["problems"].append(f"Nothing is published on {target.account.host} yet. Publish: policy publish push.")
        return found
    if live.state.at_work:
        found["problems"].append("A push was interrupted, or is going on. Push again: policy publish push.")
    if "site" in [mount.path for mount in target.account.mounts]:
        found["problems"] += _shown(live.release.policy, live.release.id, mark)
        found["problems"] += calendar(publication.source, live.release)
    return found


def _shown(policy: str, id: str, mark: str) -> Iterator[str]:
    """Whether visitors are shown this release."""
    url = f"{policy}{WELL_KNOWN}/{RELEASE}"
    (answer,) = ask_all([Question(f"{url}?{mark}")])
    try:
        shown = json.loads(answer.body)["id"] if answer.status == 200 else None
    except (ValueError, KeyError, TypeError):
        shown = None
    if shown != id:
        what = f"release {shown[:8]}" if isinstance(shown, str) else f"no release (status {answer.status})"
        yield f"{url} shows {what}, and {id[:8]} was published. Look at it: policy publish verify."


def _refused(publication: Publication, with_open_questions: bool) -> Callable[[Any], list[str]]:
    return lambda live: publication.refused(live, with_open_questions=with_open_questions)


@contextmanager
def _session(context: Context, target: Target) -> Iterator[Session]:
    """A session that tells its progress on the error stream; a bar where somebody looks."""
    console = Console(stderr=True)
    bar = Progress("· Sending", BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=console, transient=True)
    task = bar.add_task("", total=None, start=False)

    def progress(sent: int, total: int) -> None:
        if console.is_terminal:
            bar.start()
            bar.start_task(task)
            bar.update(task, total=total, advance=sent)

    def stop() -> None:
        if bar.live.is_started:
            bar.stop()

    def tell(line: str) -> None:
        stop()
        click.echo(f"· {target.account.id}: {line}", err=True)

    try:
        with session(target.account, target.roots, context.now, tell, progress) as one:
            yield one
    finally:
        stop()


def _say(data: Any, as_json: bool, otherwise: Callable[[], Any]) -> None:
    if as_json:
        click.echo(json.dumps(data, indent=1))
    else:
        otherwise()


def _show_host_key(target: Target) -> None:
    """Where no key of this host is pinned, the one that it shows, to be compared and pinned."""
    account = target.account
    if account.known_hosts.is_file() and account.host in account.known_hosts.read_text("utf-8"):
        return
    from policy.publish.sftp.connect import fingerprint  # see `session`: only what talks to a host loads asyncssh

    line, digest = fingerprint(account).split("\n")
    click.echo(f"{account.host} shows a key with the fingerprint {digest}", err=True)
    click.echo("If the host's control panel says the same, put this line into docs/inventory/known_hosts:", err=True)
    click.echo(line, err=True)
    raise RefusedError(f"No key is pinned for {account.host}.")
