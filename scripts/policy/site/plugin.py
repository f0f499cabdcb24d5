"""The door to MkDocs: the same values feed `policy build`, `mkdocs build` and both ways to serve."""

import logging
import os
from datetime import date, datetime
from pathlib import Path
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
from policy.site.languages import speaks
from policy.site.lint import faults
from policy.site.problems import problem_page
from policy.site.render import ascii_only, long_date
from policy.site.sections import Sections
from policy.site.site_pages import SitePages
from policy.site.source import Source, read_source
from policy.site.style import style_sheet
from policy.site.texts import Texts
from policy.site.told import Told
from policy.site.typography import typographic

_log = logging.getLogger("policy")  # not below `mkdocs`: an error counted there would stop `serve` for good


DIFFERENCES = ".differences"
"""The folder of comparisons, which later builds need not make again."""

_CONTENT = "\0text\0"
"""Stands for the text of a page while the template around it is rendered."""


class PolicyConfig(base.Config):
    """The plugin's options in mkdocs.yml."""

    as_of = option.Optional(option.Type(str))
    pdf = option.Type(bool, default=False)
    kept = option.Optional(option.Type(str))
    working = option.Type(bool, default=False)
    """Whether an editor looks at what is built, as with `serve`: drafts and the inventory as it is typed."""


class PolicyPlugin(BasePlugin[PolicyConfig]):
    """Reads inventory and versions before each build, fills the markers, adds what nobody writes by hand."""

    def __init__(self) -> None:
        self.serving = False
        self.source: Source | None = None
        self.pages: SitePages | None = None
        self.problems: list[Finding] = []
        self.style = ""
        self.content = ""
        self.written: dict[str, str] = {}

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
        looking = self.serving or self.config.working
        self.source, findings = read_source(root, day, shows_working=looking)
        self.problems = [] if self.source else [finding for finding in findings if not finding.warning]
        if self.problems and not self.serving:
            raise PluginError("\n".join(map(str, self.problems)))
        for finding in self.problems:
            _log.error("%s", finding)
        if self.source and not looking:
            config.site_url = self.source.inventory.controller.policy_site.address
        config.markdown_extensions.append(Sections())
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Only our own files reach a visitor: the theme's go, and what is generated comes."""
        own = {Path(config.docs_dir).resolve(), Path(config.theme.custom_dir).resolve()}
        for file in list(files):
            ours = file.generated_by or (file.src_dir and Path(file.src_dir).resolve() in own)
            if not ours or file.src_uri.endswith((".css", ".html", ".js")):
                files.remove(file)
        name, content = style_sheet(Path(config.theme.custom_dir) / "assets" / "site.css")
        self.style = f"assets/{name}"
        files.append(File.generated(config, self.style, content=content))
        self.pages = None
        if self.source is None:
            for file in files.documentation_pages():  # MkDocs would stumble over what cannot be read
                files.remove(file)
                files.append(File.generated(config, file.src_uri, content=problem_page(self.problems)))
            return files
        texts = [file.src_uri for file in files.documentation_pages()]
        self.written = {file.dest_uri: f"docs/{file.src_uri}" for file in files.documentation_pages()}
        self.pages = SitePages(
            self.source, texts, Path(config.theme.custom_dir) / "assets", self._kept(config), with_pdf=self.config.pdf
        )
        for uri in self.pages.hidden(file.src_uri for file in files):
            files.remove(next(file for file in files if file.src_uri == uri))
        for uri, made in self.pages.files().items():
            files.append(File.generated(config, uri, content=made))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The text with its markers filled."""
        if self.pages is None:
            return markdown
        page.update_date = self.pages.source.day.isoformat()
        config.mdx_configs["abbr"] = {"glossary": self.pages.glossary(page.file.src_uri)}
        return self.pages.filled(markdown, page.file.src_uri, page.url)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The text with its blocks; those of versions are kept, to be compared."""
        if self.pages is None:
            return html
        page.meta["noindex"] = self.pages.is_secondary(page.file.src_uri)
        return self.pages.finished(html, page.file.src_uri, page.url)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """A name that does not exist in a template is an error, never an empty spot.

        Every text is rendered by now, so their words can be held against the lock.
        """
        env.undefined = StrictUndefined
        env.trim_blocks = env.lstrip_blocks = env.autoescape = True  # MkDocs escapes nothing
        env.filters["long_date"] = long_date
        env.filters["ascii"] = ascii_only
        speaks(env)
        if self.pages:
            self._told(self.pages.other_words())
            self.pages.compare({file.src_uri: file.url for file in files.documentation_pages()})
        return env

    def on_page_context(self, context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
        """What the templates show besides the text; a generated page gets its text here."""
        if self.pages and (made := self.pages.generated(page.file.src_uri, page.url)):
            page.content, page.meta["title"] = made.html, made.title
            for name, content in made.files.items():
                path = Path(config.site_dir) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode())
        self.content, page.content = page.content or "", _CONTENT
        context.update(self._context(page.file.src_uri, page.url, config))
        context["places"] = _places(nav, context["prefix"])
        return context

    def on_template_context(
        self, context: dict[str, Any], *, template_name: str, config: MkDocsConfig
    ) -> dict[str, Any]:
        """The same for 404.html, which belongs to no page."""
        context.update(self._context("", "", config))
        context["places"] = _places(context["nav"], "")
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """The page with the quotes of a book in the templates' own sentences, and its text, which has them already.

        The text is put in last and not kept: hundreds of pages of differences would fill the memory.
        """
        return typographic(output).replace(_CONTENT, self.content)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Drop what differs from machine to machine; refuse what breaks a strict CSP or a link."""
        site = Path(config.site_dir)
        if self.pages:
            self.pages.finish(site)
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        self._told(faults(site, self.written))

    def _kept(self, config: MkDocsConfig) -> Path:
        """The folder of comparisons: the one given, or beside the site, which `serve` keeps elsewhere for a moment."""
        if self.config.kept:
            return Path(self.config.kept)
        root = Path(config.config_file_path).parent
        return (root / "build" if self.serving else Path(config.site_dir).parent) / DIFFERENCES

    def _told(self, found: list[Finding]) -> None:
        """Stop for problems; an editor who looks with `serve` only hears of them."""
        if found and not self.serving:
            raise PluginError("\n".join(map(str, found)))
        for finding in found:
            _log.error("%s", finding)

    def _context(self, uri: str, url: str, config: MkDocsConfig) -> dict[str, Any]:
        values: dict[str, Any] = {
            "source": self.pages.source if self.pages else None,
            "style": self.style,
            "controller": None,
            "serving": self.serving,  # what reloads a page that an editor looks at is an inline script
        }
        nothing: dict[str, Any] = {"language": "nl", "prefix": "", "version": None}
        nothing |= {
            "said": {"title": "", "description": ""},
            "links": {"noindex": False, "head": [], "languages": []},
            "untranslated": False,
            "others": (),
            "pdf": None,
            "colophon": [],
        }
        return values | (self.pages.context(uri, url, config.site_url or "") if self.pages else nothing)


def today() -> date:
    """The day in the Netherlands, where the policy applies."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def build_site(
    root: Path, out: Path, day: date, *, pdf: bool = False, kept: Path | None = None, working: bool = False
) -> Texts:
    """Build the pages into an empty folder; the texts of the versions as they were rendered.

    Comparisons are kept in the folder `kept`, or beside the pages. With `working`, the pages are those that `serve`
    shows: drafts, and the inventory as it is typed.

    PolicyError with all that MkDocs and the templates complain of.
    """
    told = Told()
    logging.getLogger("mkdocs").addHandler(told)
    try:
        options = {
            "site_dir": str(out),
            "plugins": _as_of(day, pdf=pdf, kept=str(kept) if kept else None, working=working),
            "strict": True,
        }
        config = load_config(config_file=str(root / "mkdocs.yml"), **options)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        plugin = config.plugins["policy"]
        return plugin.pages.texts if isinstance(plugin, PolicyPlugin) and plugin.pages else {}
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


def _as_of(day: date, **options: Any) -> dict[str, dict[str, Any]]:
    """The plugin with a day, as a table: a list of plugins is emptied when MkDocs reads it."""
    return {"policy": {"as_of": day.isoformat(), **options}}


def _places(nav: Any, prefix: str) -> list[Any]:
    """The main pages of a language: those at the top of the menu, or those of its section."""
    if not prefix:
        return [item for item in nav.items if not item.is_section]
    sections = [item.children for item in nav.items if item.is_section]
    return next((pages for pages in sections if pages and pages[0].file.src_uri.startswith(prefix)), [])
