"""The command line: where the clock is read, and where problems become sentences."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console

from policy.announce import Wish, announce, new_draft
from policy.build import PARTS, build, try_build
from policy.context import Context
from policy.errors import PolicyError
from policy.inventory.commands import inventory
from policy.inventory.files import FOLDER as INVENTORY
from policy.inventory.publishing import read_publishing
from policy.inventory.questions import questions
from policy.preview import preview
from policy.publish_commands import publish
from policy.site.plugin import serve_site, today
from policy.site.source import read_source, sound_source
from policy.status import status_report


def _day(context: click.Context, option: click.Parameter, given: str | None) -> date | None:
    """The day that a reader of this century can mean; click tells why not."""
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError as error:
        raise click.BadParameter(f"'{given}' is not a day. Write it as 2027-01-01.") from error
    if not date(2000, 1, 1) <= day <= date(2100, 12, 31):
        raise click.BadParameter(f"'{given}' is too far away. Write a day from 2000 to 2100.")
    return day


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), help="The project's folder; found from where you stand.")
@click.option("--as-of", metavar="DATE", callback=_day, help="The day it is about, such as 2027-01-01.")
@click.pass_context
def policy(context: click.Context, root: Path | None, as_of: date | None) -> None:
    """The privacy policy site and its consent module, from texts and an inventory."""
    context.obj = Context(root=(root or _project()).resolve(), day=as_of or today(), now=lambda: datetime.now(UTC))


policy.add_command(inventory)
policy.add_command(publish)


def _as_of(function: click.Command) -> click.Command:
    """`--as-of` may also stand behind the command."""

    def keep(context: click.Context, option: click.Parameter, given: str | None) -> None:
        if day := _day(context, option, given):
            context.obj = replace(context.obj, day=day)

    option = click.option("--as-of", metavar="DATE", callback=keep, expose_value=False, help="The day it is about.")
    return option(function)


@policy.command("build")
@_as_of
@click.option("--pdf", is_flag=True, help="A PDF of each version as well; needs the extra 'pdf' and Pango.")
@click.pass_obj
def build_command(context: Context, pdf: bool) -> None:
    """Build the site and every website's consent module into build/."""
    place = build(context.root, context.day, _tell, pdf=pdf)
    files = [path for part in PARTS for path in (place / part).rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    click.echo(f"Built {len(files)} files, {size / 1000:.0f} kB, as of {context.day}: {place / 'site' / 'index.html'}")


@policy.command("serve")
@_as_of
@click.option("--address", default="127.0.0.1:8000", show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
@click.pass_obj
def serve_command(context: Context, address: str, open_browser: bool) -> None:
    """Show the site with the inventory as it is typed now, and reload it at each change."""
    serve_site(context.root, context.day, address, open_browser)


@policy.command("preview")
@_as_of
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def preview_command(context: Context, folder: Path | None) -> None:
    """Build the pages as `serve` shows them, drafts included, into FOLDER (build/preview), to look through or send."""
    page = preview(context.root, context.day, folder or context.root / "build" / "preview", _tell)
    click.echo(f"The preview of {context.day} is here: {page}")


@policy.command("check")
@_as_of
@click.pass_obj
def check_command(context: Context) -> None:
    """Tell every problem in the inventory, the texts, the lock and the links, and keep nothing of the try."""
    source, findings = read_source(context.root, context.day)
    if source:
        websites = tuple(website.id for website in source.working.websites)
        findings += read_publishing(context.root / INVENTORY, websites)[1]
    for finding in findings:
        click.echo(f"{'warning: ' if finding.warning else ''}{finding}", err=True)
    if source is None or any(not finding.warning for finding in findings):
        sys.exit(1)
    try_build(context.root, context.day)
    click.echo(f"No problems. {len(questions(source.working))} questions are open: policy inventory questions")


@policy.command("status")
@_as_of
@click.pass_obj
def status_command(context: Context) -> None:
    """Tell where the versions stand, what is open, and what differs from what was announced."""
    source = sound_source(context.root, context.day)
    for part in status_report(source):
        Console(width=None if sys.stdout.isatty() else 100, highlight=False).print(part)


@policy.command("new")
@click.pass_obj
def new_command(context: Context) -> None:
    """Make the draft of the next version from the newest text and its translations."""
    paths = new_draft(context.root)
    for path in paths:
        click.echo(path.relative_to(context.root).as_posix())
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if "{{ version." in line:
                click.echo(f"  line {number} names a day or number of the version: is it still the one that is meant?")
    number = paths[0].parent.name
    click.echo(f"Change the texts. When they are ready: policy announce {number} --in-force 2027-06-01")


@policy.command("announce")
@_as_of
@click.argument("number", type=int)
@click.option("--in-force", metavar="DATE", callback=_day, help="The first day on which it applies.")
@click.option("--class", "change_class", type=click.Choice(["substantive", "editorial", "technical"]))
@click.option("--note", help="What is new, for readers, in one or two sentences.")
@click.option("--urgent", help="For readers: why a substantive version cannot wait for 30 days.")
@click.pass_obj
def announce_command(
    context: Context, number: int, in_force: date | None, change_class: str | None, note: str | None, urgent: str | None
) -> None:
    """Freeze version NUMBER and announce it: its texts, its dates and the inventory as it stands now.

    What the text says at its top already need not be said again here. The day of announcement is today, or --as-of.
    """
    if context.day < today() and number > 1:
        raise PolicyError(f"A version is announced today or later, not on {context.day}. Leave --as-of out.")
    wish = Wish(in_force=in_force, change_class=change_class, note=note, urgent_reason=urgent)
    version = announce(context.root, number, wish, context.day, _tell)
    click.echo(f"Version {number} is announced on {version.announced} and in force from {version.in_force}.")
    click.echo(f"Commit docs/versies/{number}, its translations and docs/versies.lock. Then: policy build")


def _tell(line: str) -> None:
    click.echo(f"· {line}", err=True)


def _project() -> Path:
    """The nearest folder above that holds mkdocs.yml; else the one this package is installed from."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "docs" / "versies").is_dir():
            return folder
    return Path(__file__).resolve().parent.parent.parent


def main() -> None:
    """Run a command; problems are told one a line, without a traceback, with exit code 1, or the one they bring."""
    try:
        policy(standalone_mode=True)
    except PolicyError as error:
        for finding in error.findings:
            click.echo(str(finding), err=True)
        sys.exit(getattr(error, "code", 1))
    except OSError as error:
        click.echo(f"{error.filename or 'The system'}: {error.strerror}. Mend or allow it, and try again.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
