"""The door to MkDocs: the same values feed `policy build`, `mkdocs build` and both ways to serve."""

import logging
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from posixpath import relpath
from typing import Any, Literal
from zoneinfo import ZoneInfo

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's banner speaks to nobody who can act on it here

from jinja2 import Environment, StrictUndefined, TemplateError
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import base, load_config
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from policy.errors import PolicyError
from policy.findings import Finding
from policy.site.glossary import read_glossary
from policy.site.lint import faults
from policy.site.markers import fill
from policy.site.problems import problem_page
from policy.site.render import long_date, lookups, marker_values
from policy.site.sections import Sections
from policy.site.source import Source, read_source
from policy.site.style import style_sheet
from policy.site.typography import typographic
from policy.versions.model import PolicyVersion

_log = logging.getLogger("policy")  # not below `mkdocs`: an error counted there would stop `serve` for good
_BUNDLE = "toestemming"
_EVIDENCE = "bewijs"


class PolicyConfig(base.Config):
    """The plugin's options in mkdocs.yml."""

    as_of = option.Optional(option.Type(str))


class PolicyPlugin(BasePlugin[PolicyConfig]):
    """Reads inventory and versions before each build, fills the markers, adds module and style sheet."""

    def __init__(self) -> None:
        self.serving = False
        self.source: Source | None = None
        self.problems: list[Finding] = []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether an editor is looking: then the working inventory counts."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read everything; where that fails a build stops, and `serve` shows the problems as a page."""
        root = Path(config.config_file_path).parent
        if not config.theme.custom_dir:
            raise PluginError(
                "mkdocs.yml: theme.custom_dir: The site's own templates are missing. Name theme_overrides."
            )
        day = date.fromisoformat(self.config.as_of) if self.config.as_of else today()
        self.source, findings = read_source(root, day, shows_working=self.serving)
        self.problems = [] if self.source else [finding for finding in findings if not finding.warning]
        if self.problems and not self.serving:
            raise PluginError("\n".join(map(str, self.problems)))
        for finding in self.problems:
            _log.error("%s", finding)
        if self.source and not self.serving:
            config.site_url = self.source.inventory.controller.policy_site.address
        config.markdown_extensions.append(Sections())
        config.mdx_configs["abbr"] = {"glossary": read_glossary(root / "docs" / "begrippen.md")}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Only our own files reach a visitor: the theme's go, the module and the style sheet come."""
        own = {Path(config.docs_dir).resolve(), Path(config.theme.custom_dir).resolve()}
        for file in list(files):
            ours = file.generated_by or (file.src_dir and Path(file.src_dir).resolve() in own)
            if not ours or file.src_uri.endswith((".css", ".html")):
                files.remove(file)
        name, content = style_sheet(Path(config.theme.custom_dir) / "assets" / "site.css")
        self._style = f"assets/{name}"
        files.append(File.generated(config, self._style, content=content))
        if self.source is None:
            for file in files.documentation_pages():  # MkDocs would stumble over what cannot be read
                files.remove(file)
                files.append(File.generated(config, file.src_uri, content=problem_page(self.problems)))
        else:
            website = self.source.inventory.website(self.source.inventory.controller.policy_site.website)
            for name, data in self.source.bundle(website, policy="../").items():
                files.append(File.generated(config, f"{_BUNDLE}/{name}", content=data))
            for digest, text in self.source.evidence.items():
                files.append(File.generated(config, f"{_EVIDENCE}/{digest}.json", content=text))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The text with its markers filled."""
        if self.source is None:
            return markdown
        version = self._version(page.file.src_uri)
        page.update_date = self.source.day.isoformat()
        return fill(markdown, marker_values(self.source, version, _linker(page)))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """A name that does not exist in a template is an error, never an empty spot."""
        env.undefined = StrictUndefined
        env.filters["long_date"] = long_date
        return env

    def on_page_context(self, context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
        """What the templates show besides the text."""
        context.update(self._context(page.file.src_uri))
        return context

    def on_template_context(
        self, context: dict[str, Any], *, template_name: str, config: MkDocsConfig
    ) -> dict[str, Any]:
        """The same for 404.html, which belongs to no page."""
        context.update(self._context(""))
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """The page with the quotes of a book."""
        return typographic(output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Drop what differs from machine to machine; refuse what breaks a strict CSP or a link."""
        site = Path(config.site_dir)
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        found = faults(site)
        if found and not self.serving:
            raise PluginError("\n".join(map(str, found)))
        for finding in found:
            _log.error("%s", finding)

    def _version(self, uri: str) -> PolicyVersion | None:
        parts = uri.split("/")
        if self.source and parts[0] == "versies" and len(parts) > 1 and parts[1].isdigit():
            return self.source.timeline.version(int(parts[1]))
        return None

    def _context(self, uri: str) -> dict[str, Any]:
        values: dict[str, Any] = {"source": self.source, "version": self._version(uri), "style": self._style}
        values["controller"] = None
        if self.source:
            values["controller"] = self.source.inventory.controller
            values |= lookups(self.source.inventory)
        return values


def today() -> date:
    """The day in the Netherlands, where the policy applies."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def build_site(root: Path, out: Path, day: date) -> None:
    """Build the pages into an empty folder; PolicyError with all that MkDocs and the templates complain of."""
    told = _Told()
    logging.getLogger("mkdocs").addHandler(told)
    try:
        config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(out), plugins=_as_of(day), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except (Abort, ConfigurationError, PluginError, OSError, UnicodeError) as error:
        raise PolicyError(
            told.findings or [Finding(" ".join(str(getattr(error, "message", error)).split()), "mkdocs.yml")]
        ) from error
    except TemplateError as error:
        name, line = getattr(error, "filename", None) or getattr(error, "name", None), getattr(error, "lineno", None)
        raise PolicyError(
            [Finding(f"The template is broken: {error.message}.", Path(name or "").name, line)]
        ) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(told)


class _Told(logging.Handler):
    """What MkDocs says on its way, as findings: one for each line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.findings += [Finding(line) for line in record.getMessage().splitlines() if line.strip()]


def serve_site(root: Path, day: date, address: str, open_browser: bool) -> None:
    """Show the site and reload it at each change, until the editor stops it; tells its address and each build."""
    logging.basicConfig(level=logging.INFO, format="· %(message)s")
    options = {"open_in_browser": open_browser, "dev_addr": address, "plugins": _as_of(day)}
    try:
        serve(config_file=str(root / "mkdocs.yml"), **options)
    except (Abort, ConfigurationError) as error:
        raise PolicyError(f"mkdocs.yml: {error}") from error
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "there is no such port"
        raise PolicyError(f"{address} cannot be used: {reason}. Choose another with --address.") from error


def _as_of(day: date) -> dict[str, dict[str, str]]:
    """The plugin with a day, as a table: a list of plugins is emptied when MkDocs reads it."""
    return {"policy": {"as_of": day.isoformat()}}


def _linker(page: Page) -> Callable[[str], str]:
    here = page.url

    def link(target: str) -> str:
        path, _, anchor = target.partition("#")
        address = relpath(path or ".", here or ".") + "/" if path != here else "./"
        return address + (f"#{anchor}" if anchor else "")

    return link
