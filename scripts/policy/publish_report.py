"""What the commands of `policy publish` say, as lines for a terminal."""

from collections.abc import Mapping
from typing import Any

import click

from policy.publish.plan import Plan
from policy.publish.probe import Report
from policy.publish.target import Account

_SHOWN = 12
"""Paths of each kind that a plan shows; --json has all."""


def show_plan(plan: Plan) -> None:
    """What a push would do."""
    if plan.nothing:
        click.echo(f"{plan.account.id}: nothing to do, release {plan.release.id[:8]} is live.")
        return
    click.echo(f"{plan.account.id}: on {plan.account.host} {plan.live.abilities.strategy}.")
    before = plan.live.release.id[:8] if plan.live.release else "nothing"
    click.echo(
        f"Release {plan.release.id[:8]} of {plan.release.as_of} would follow {before}; "
        f"at most {plan.bytes / 1000:.0f} kB travel."
    )
    if plan.live.state.at_work:
        click.echo("A push was interrupted; this one settles it.")
    for word, paths in (
        ("new", plan.added),
        ("changed", plan.changed),
        ("gone", plan.gone),
        ("moved aside", plan.aside),
    ):
        shown = [path for path in paths if not path.endswith((".br", ".gz"))]
        for path in shown[:_SHOWN]:
            click.echo(f"  {word:12}{path}")
        if len(shown) > _SHOWN:
            click.echo(f"  {word:12}… and {len(shown) - _SHOWN} more")
    click.echo(f"To do just this: policy publish push --plan {plan.digest}")


def show_pushed(one: Mapping[str, Any]) -> None:
    """What a push did."""
    if one["done"]:
        click.echo(f"{one['account']}: release {one['release'][:8]} is live and verified.")
    else:
        click.echo(f"{one['account']}: nothing to do, release {one['release'][:8]} is live.")


def show_status(one: Mapping[str, Any]) -> None:
    """What is live, and what can be gone back to."""
    if one["live"]:
        click.echo(f"{one['account']}: release {one['live'][:8]} of {one['as_of']} is live ({one['strategy']}).")
    for kept in reversed(one["kept"]):
        click.echo(f"  {kept['folder']}  verified {kept['verified']}")


def show_probe(account: Account, report: Report) -> None:
    """What a host can do."""
    click.echo(f"{account.id}: {account.host}, {report.abilities.strategy}")
    for name, value in report.as_data().items():
        if name != "strategy":
            click.echo(f"  {name:14}{_value(value)}")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return "not told" if value in (None, "") else str(value)
