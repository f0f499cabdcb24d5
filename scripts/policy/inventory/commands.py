"""The commands that keep the inventory."""

import json
import textwrap
from datetime import datetime
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from policy.context import Context
from policy.errors import PolicyError
from policy.inventory import catalogue, edit
from policy.inventory.check import read_checked
from policy.inventory.files import FOLDER
from policy.inventory.freeze import to_json
from policy.inventory.model import HOST_KINDS, Inventory, Service
from policy.inventory.questions import questions
from policy.inventory.replace import replace_files
from policy.inventory.schema import schemas

_WIDTH = 80
_JSON = click.option("--json", "as_json", is_flag=True, help="For another program to read.")


@click.group()
def inventory() -> None:
    """Show and keep the inventory of services, storage items and recipients."""


@inventory.command("list")
@_JSON
@click.pass_obj
def list_command(context: Context, as_json: bool) -> None:
    """List the services and the websites they run on, and what the catalogue offers."""
    whole = _read(context)
    rows = [(service, _websites(whole, service.id)) for service in whole.services]
    if as_json:
        _print_json([{"id": service.id, "name": service.name, "websites": sites} for service, sites in rows])
        return
    table = _table("Service", "Recipient", "Purposes", "Items", "Websites")
    for service, sites in rows:
        where = f"retired {service.retired}" if service.retired else ", ".join(sites) or "none"
        items = sum(len(item.names) for item in service.storage)
        table.add_row(service.id, service.recipient, ", ".join(service.purposes), str(items), where)
    _print(table)
    known = {service.id for service in whole.services}
    _print(f"Catalogue: {', '.join(name for name in catalogue.names() if name not in known)}.")
    _print("Add one with: policy inventory add NAME --website ID")


@inventory.command()
@click.argument("id")
@_JSON
@click.pass_obj
def show(context: Context, id: str, as_json: bool) -> None:
    """Show the service ID: who receives data, and every storage item."""
    whole = _read(context)
    service = _service(whole, id)
    if as_json:
        _print_json(service.model_dump(mode="json", exclude_none=True))
        return
    _print(f"{service.name}: {service.description}")
    _print(f"Recipient: {service.recipient}. Purposes: {', '.join(service.purposes)}.")
    _print(
        f"Websites: {', '.join(_websites(whole, id)) or 'none'}. Loads: {service.loading}. Checked: {service.checked}."
    )
    for kind in HOST_KINDS:
        if hosts := getattr(service.hosts, kind):
            _print(f"Hosts, {kind}: {', '.join(hosts)}")
    table = _table("Item", "Kind", "Host", "Purpose", "Lifetime")
    for item in service.storage:
        table.add_row("\n".join(item.names), item.kind, item.host, item.purpose, str(item.lifetime))
    if service.storage:
        _print(table)


@inventory.command()
@click.argument("name")
@click.option("--website", "websites", multiple=True, metavar="ID", help="Put it on this website; may be repeated.")
@click.pass_obj
def add(context: Context, name: str, websites: tuple[str, ...]) -> None:
    """Add the service NAME from the catalogue, with the recipients and purposes it needs."""
    _changed(edit.add(_folder(context), name, websites))
    _print("Answer its questions: policy inventory questions")


@inventory.command()
@click.argument("name")
@click.option("--as-of", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="The day it ended.")
@click.pass_obj
def retire(context: Context, name: str, as_of: datetime | None) -> None:
    """Note that the service NAME has ended, and take it off all websites."""
    day = as_of.date() if as_of else context.day
    _changed(edit.retire(_folder(context), name, day))


@inventory.command("questions")
@_JSON
@click.pass_obj
def questions_command(context: Context, as_json: bool) -> None:
    """List what LEIZ must still answer, with the place where the answer belongs."""
    found = questions(_read(context))
    if as_json:
        _print_json([{"file": question.file, "path": question.path, "question": question.text} for question in found])
        return
    file = ""
    for question in found:
        if question.file != file:
            file = question.file
            _print(f"\n{file}")
        _print_hanging(f"{question.path}: {question.text}" if question.path else question.text)
    _print(f"\n{len(found)} questions are open. Answered one? Mend the fact and remove its `confirm`.")


@inventory.command()
@click.pass_obj
def export(context: Context) -> None:
    """Print the whole inventory as canonical JSON, the form in which a version freezes it."""
    click.echo(to_json(_read(context)), nl=False)


@inventory.command("schema")
@click.pass_obj
def schema_command(context: Context) -> None:
    """Write the JSON Schemas that an editor's tool completes and checks with."""
    folder = _folder(context) / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    replace_files({folder / name: text for name, text in schemas().items()}, folder, f"{FOLDER}/schema")
    _changed(tuple(f"{FOLDER}/schema/{name}" for name in schemas()))


def _folder(context: Context) -> Path:
    return context.root / FOLDER


def _read(context: Context) -> Inventory:
    """The inventory; PolicyError with every problem that stops a build."""
    whole, findings = read_checked(_folder(context))
    if whole is None:
        raise PolicyError([finding for finding in findings if not finding.warning])
    return whole


def _service(whole: Inventory, id: str) -> Service:
    try:
        return whole.service(id)
    except KeyError:
        raise PolicyError(edit.no_service(id, whole)) from None


def _websites(whole: Inventory, id: str) -> list[str]:
    return [website.id for website in whole.websites if id in website.services]


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, width=_WIDTH)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(what: Table | str) -> None:
    Console(width=_WIDTH, highlight=False, markup=False).print(what)


def _print_hanging(text: str) -> None:
    """A line that may be long: what comes after its first row stands further in."""
    click.echo(textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False))


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _changed(files: tuple[str, ...]) -> None:
    _print("Written:")
    for file in files:
        _print(f"  {file}")
