"""A real Apache as shared hosts set it up: HTTPS, all usual modules, and a website around the policy site."""

import http.client
import shutil
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.headers.apache import folder, running
from tests.publish.certificate import certificates

HOST = "www.leiz.nl"
MODULES = (
    "alias",
    "autoindex",
    "brotli",
    "deflate",
    "dir",
    "expires",
    "headers",
    "mime",
    "negotiation",
    "rewrite",
    "setenvif",
)
"""What a host may lack."""
_NEEDED = ("mpm_event", "authz_core", "env", "filter", "ssl")
_COMPRESSED = "text/html text/plain text/css text/javascript application/json application/atom+xml image/svg+xml"
_CONFIGURATION = """\
Listen 127.0.0.1:{http}
Listen 127.0.0.1:{https}
Mutex file:{root} default
<IfModule mod_mime.c>
TypesConfig /dev/null
AddType text/html .html
AddType application/x-gzip .gz .tgz
AddLanguage br .br
AddLanguage nl .nl
AddLanguage en .en
</IfModule>
<IfModule mod_deflate.c>
AddOutputFilterByType DEFLATE {compressed}
</IfModule>
<IfModule mod_brotli.c>
AddOutputFilterByType BROTLI_COMPRESS {compressed}
</IfModule>
<FilesMatch "^[.]ht">
Require all denied
</FilesMatch>
DocumentRoot {root}/www
<Directory {root}/www>
Options Indexes FollowSymLinks MultiViews
AllowOverride {override}
Require all granted
</Directory>
<VirtualHost 127.0.0.1:{https}>
SSLEngine on
SSLCertificateFile {root}/tls/certificate.pem
SSLCertificateKeyFile {root}/tls/key.pem
</VirtualHost>
"""


@dataclass(frozen=True)
class Reply:
    """An answer: its status, each header line, and the bytes as they were sent."""

    status: int
    lines: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """The values of a header, one for each line of it."""
        return [value for key, value in self.lines if key.lower() == name.lower()]

    def one(self, name: str) -> str | None:
        """The value of a header that may stand there once only."""
        found = self.all(name)
        assert len(found) < 2, found
        return found[0] if found else None


@dataclass(frozen=True)
class Website:
    """A running server; `root` holds its document root `www`, and what lies beside it."""

    http: int
    https: int
    root: Path

    def ask(self, path: str, method: str = "GET", *, secure: bool = True, **headers: str) -> Reply:
        """The answer to a request for a path on HOST, with these headers (`_` stands for `-`)."""
        unverified = ssl._create_unverified_context()
        connection = (
            http.client.HTTPSConnection("127.0.0.1", self.https, timeout=30, context=unverified)
            if secure
            else http.client.HTTPConnection("127.0.0.1", self.http, timeout=30)
        )
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in ({"Host": HOST} | headers).items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.getheaders(), answer.read())
        connection.close()
        return reply


@contextmanager
def website(
    files: Mapping[str, str], folders: Mapping[str, Path], without: Sequence[str] = (), override: str = "All"
) -> Iterator[Website]:
    """Serve texts and folders at their paths; folders lie beside the document root (`""`), behind symbolic links."""
    with folder() as root:
        if "" not in folders:
            (root / "www").mkdir()
        for place, source in folders.items():
            shutil.copytree(source, root / "private" / place)
            (root / "www" / place).symlink_to(root / "private" / place)
        for name, text in files.items():
            (root / "www" / name).write_text(text, "utf-8")
        certificates(root / "tls")

        def configuration(ports: Sequence[int]) -> str:
            return _CONFIGURATION.format(
                root=root, http=ports[0], https=ports[1], compressed=_COMPRESSED, override=override
            )

        modules = [*_NEEDED, *(name for name in MODULES if name not in without)]
        with running(root, configuration, modules, ports=2) as (plain, tls):
            yield Website(plain, tls, root)
