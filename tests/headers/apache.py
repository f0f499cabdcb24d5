"""A real Apache on a loopback port, which reads the `.htaccess` of a folder as that of any shared host does."""

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MODULES = ("mpm_event", "authz_core", "mime", "dir", "asis", "rewrite", "setenvif", "headers")
_PLACES = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/lib/httpd/modules")
_TRIES = 5
_OWN = """\
ServerName localhost
PidFile {root}/pid
ErrorLog {root}/errors
DefaultRuntimeDir {root}
"""
_CONFIGURATION = """\
Listen 127.0.0.1:{port}
TypesConfig /dev/null
AddType text/html .html
AddType text/javascript .js
AddType image/svg+xml .svg
AddHandler send-as-is .asis
DirectoryIndex index.html
DocumentRoot {root}/site
<Directory {root}/site>
  AllowOverride All
  Require all granted
</Directory>
"""


@dataclass(frozen=True)
class Apache:
    """A running Apache and the folder it serves."""

    port: int
    site: Path

    def get(self, path: str = "/", **headers: str) -> tuple[int, list[tuple[str, str]]]:
        """Status and headers of an answer; a browser's `Accept` for a page is sent unless another is given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Accept": "text/html,*/*;q=0.8", **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.getheaders()

    def raw(self, lines: bytes) -> bytes:
        """The answer to a browser that opens the home page, with these lines in its request, just as they are."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(
                b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/html\r\n"
                b"Sec-Fetch-Dest: document\r\n" + lines + b"\r\n"
            )
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def header(self, name: str, path: str = "/", **headers: str) -> list[str]:
        """Each line of one header of an answer."""
        return [value for key, value in self.get(path, **headers)[1] if key.lower() == name.lower()]

    def csp(self, cookie: str | None, path: str = "/") -> str:
        """The one CSP of a page, for a request with these cookies."""
        (found,) = self.header("Content-Security-Policy", path, **({"Cookie": cookie} if cookie else {}))
        return found


@contextmanager
def apache(files: Mapping[str, str], without: tuple[str, ...] = ()) -> Iterator[Apache]:
    """Serve these files, `.htaccess` among them, by an Apache that lacks some modules."""
    names = [name for name in MODULES if name not in without]
    with folder() as root:
        for name, text in files.items():
            place = root / "site" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        with running(root, lambda ports: _CONFIGURATION.format(port=ports[0], root=root), names) as (port,):
            yield Apache(port, root / "site")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that Apache can read; gone at the end."""
    root = Path(tempfile.mkdtemp(prefix="apache-"))
    root.chmod(0o755)  # where we are root, Apache serves under another account
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def running(
    root: Path, configuration: Callable[[Sequence[int]], str], modules: Sequence[str], ports: int = 1
) -> Iterator[Sequence[int]]:
    """An Apache with these modules and a configuration for its ports, which are free ones, and its own files in `root`.

    The configuration says what is served and where Apache listens; a test is skipped where there is no Apache.
    """
    path = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"  # where Debian puts it, and looks for root only
    program = shutil.which("apache2", path=path) or shutil.which("httpd", path=path)
    place = next((place for place in _PLACES if Path(place, "mod_headers.so").exists()), None)
    if not program or not place:
        pytest.skip("There is no Apache here. Debian has it as apache2-bin.")
    loads = "".join(f"LoadModule {name}_module {place}/mod_{name}.so\n" for name in modules)
    account = "User daemon\nGroup daemon\n" if os.geteuid() == 0 else ""
    command = [program, "-d", str(root), "-f", str(root / "configuration"), "-k"]
    try:
        yield _start(
            command, root, lambda free: f"{_OWN.format(root=root)}{loads}{account}{configuration(free)}", ports
        )
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)


def _start(command: list[str], root: Path, configuration: Callable[[Sequence[int]], str], ports: int) -> Sequence[int]:
    """Start on ports that are free; `-k start` returns when they listen. Another may take one just before us."""
    for _ in range(_TRIES):
        free = _free(ports)
        (root / "configuration").write_text(configuration(free), "utf-8")
        started = subprocess.run([*command, "start"], check=False, capture_output=True, text=True)
        if started.returncode == 0:
            return free
    raise RuntimeError(f"Apache does not start: {started.stderr}")


def _free(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
