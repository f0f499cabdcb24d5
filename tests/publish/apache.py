"""A real Apache as shared hosts set it up: TLS, `.htaccess` allowed, and a document root that an editor can reach."""

import http.client
import os
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.headers.apache import folder, running
from tests.publish.certificate import Certificates

MODULES = (
    *("mpm_event", "authz_core", "authz_host", "authn_core", "alias", "autoindex", "deflate", "dir", "env", "expires"),
    *("filter", "headers", "mime", "negotiation", "rewrite", "setenvif", "ssl"),
)
"""What Debian's Apache, and most hosts, load for a website of files."""
_LANGUAGES = ("br", "cs", "da", "de", "en", "es", "fr", "it", "nl", "no", "pl", "pt", "ru", "sv", "tr")
_TYPES = {
    "application/atom+xml": "atom",
    "application/json": "json map",
    "application/manifest+json": "webmanifest",
    "application/pdf": "pdf",
    "application/rdf+xml": "rdf",
    "application/rss+xml": "rss",
    "application/xml": "xml xsl",
    "font/woff2": "woff2",
    "image/png": "png",
    "image/svg+xml": "svg svgz",
    "image/vnd.microsoft.icon": "ico",
    "text/calendar": "ics",
    "text/css": "css",
    "text/html": "html htm",
    "text/javascript": "js mjs",
    "text/markdown": "md",
    "text/plain": "txt asc",
}
_COMPRESSED = "text/html text/plain text/xml text/css text/javascript application/javascript application/rss+xml"
# As in Debian's own files: what a `.br` and a `.gz` are to it is what a site with precompressed copies must undo.
_CONFIGURATION = """\
Listen 127.0.0.1:{plain}
Listen 127.0.0.1:{tls}
Mutex file:{root} default
AccessFileName .htaccess
<IfModule mime_module>
  TypesConfig {root}/types
  AddType application/x-compress .Z
  AddType application/x-gzip .gz .tgz
  AddType application/x-bzip2 .bz2
  {languages}
</IfModule>
<IfModule negotiation_module>
  LanguagePriority en nl de fr
  ForceLanguagePriority Prefer Fallback
</IfModule>
<IfModule dir_module>
  DirectoryIndex index.html index.php index.htm
</IfModule>
<IfModule deflate_module>
  <IfModule filter_module>
    AddOutputFilterByType DEFLATE {compressed}
  </IfModule>
</IfModule>
<FilesMatch "^\\.ht">
  Require all denied
</FilesMatch>
DocumentRoot "{documents}"
<Directory "{documents}">
  Options {options}
  AllowOverride {override}
  Require all granted
</Directory>
<IfModule ssl_module>
  <VirtualHost 127.0.0.1:{tls}>
    SSLEngine on
    SSLCertificateFile "{certificate}"
    SSLCertificateKeyFile "{key}"
  </VirtualHost>
</IfModule>
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its whole body, as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """A header; lines of the same name are joined by a comma (RFC 9110, 5.3)."""
        lines = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(lines) if lines else None


@dataclass(frozen=True, slots=True)
class SharedHost:
    """A running Apache: its ports, the folder it serves, and the authority that vouches for it."""

    plain: int
    tls: int
    documents: Path
    authority: Path
    errors: Path
    """Its error log."""

    @property
    def address(self) -> str:
        """Where the document root is found, as `https://localhost:PORT/`."""
        return f"https://localhost:{self.tls}/"

    def get(self, path: str = "/", *, host: str = "localhost", secure: bool = True, **headers: str) -> Answer:
        """Ask for a path by a name of the certificate; `accept_encoding` and the like become headers."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return fetch(self.tls if secure else self.plain, path, host, trust(self.authority) if secure else None, sent)


@cache
def trust(authority: Path) -> ssl.SSLContext:
    """What a client needs to believe the certificates of an authority, and no others."""
    return ssl.create_default_context(cafile=str(authority))


def fetch(
    port: int,
    path: str,
    host: str = "localhost",
    tls: ssl.SSLContext | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """GET a path from this machine by a connection of its own, over TLS where it is told whom to trust.

    Raises `ssl.SSLError` for a certificate of another, and `http.client.IncompleteRead` for a body that is cut off.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    try:
        if tls:
            connection.sock = tls.wrap_socket(connection.sock, server_hostname=host)
        connection.request("GET", path, headers={"Host": f"{host}:{port}", "Connection": "close", **(headers or {})})
        answer = connection.getresponse()
        return Answer(answer.status, answer.getheaders(), answer.read())
    finally:
        connection.close()


@contextmanager
def shared_host(
    documents: Path,
    proof: Certificates,
    *,
    without: tuple[str, ...] = (),
    options: str = "Indexes FollowSymLinks",
    override: str = "All",
) -> Iterator[SharedHost]:
    """Serve a folder, which may be or hold symbolic links, at one port in the clear and at another by TLS.

    `without` names modules that the host lacks (`headers`, `rewrite`); `options` and `override` are what it allows
    (`Indexes SymLinksIfOwnerMatch`; `None`).
    """
    _readable(documents)
    languages = "\n  ".join(f"AddLanguage {code} .{code}" for code in _LANGUAGES)
    with folder() as root:
        (root / "types").write_text("".join(f"{kind} {names}\n" for kind, names in _TYPES.items()), "utf-8")

        def configuration(ports: Sequence[int]) -> str:
            return _CONFIGURATION.format(
                root=root,
                plain=ports[0],
                tls=ports[1],
                languages=languages,
                compressed=_COMPRESSED,
                documents=documents,
                options=options,
                override=override,
                certificate=proof.certificate,
                key=proof.key,
            )

        names = [name for name in MODULES if name not in without]
        with running(root, configuration, names, ports=2) as (plain, tls):
            yield SharedHost(plain, tls, documents, proof.authority, root / "errors")


def _readable(documents: Path) -> None:
    """Where we are root, Apache serves under another account, to which pytest's own folders are closed."""
    closed = [place for place in documents.absolute().parents if not place.stat().st_mode & 0o001]
    if os.geteuid() == 0 and closed:
        raise ValueError(f"Apache cannot enter {closed[0]}: use the fixture `place`, not `tmp_path`.")
