"""What visitors see of a small site, read from the disk through links as a web server does, and whether it is whole."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from policy.publish.local import Build

PLACES = {"site/": "privacy/", "websites/leiz/toestemming/": "toestemming/"}
"""Where the folders of a build are below the document root."""
Files = Mapping[str, bytes]
"""By path below the document root."""
_REFERENCE = re.compile(rb'(?:href|src)="([^"]+)"|import\(\'([^\']+)\'\)')


def published(build: Build) -> dict[str, bytes]:
    """What visitors must see of a build, read from the build."""
    found = {}
    for folder, place in PLACES.items():
        for file in (build.root / folder).rglob("*"):
            if file.is_file():
                found[place + file.relative_to(build.root / folder).as_posix()] = file.read_bytes()
    return found


def seen(documents: Path) -> dict[str, bytes]:
    """What visitors see below the places of a small site; a link that leads nowhere shows nothing."""
    found = {}
    for place in PLACES.values():
        for folder, _, names in os.walk(documents / place, followlinks=True):
            for name in names:
                file = Path(folder, name)
                found[file.relative_to(documents).as_posix()] = file.read_bytes()
    return found


def missing_references(files: Files) -> list[str]:
    """What the pages that can be reached from the home page, and the module, refer to and is not there."""
    waiting = [path for path in ("privacy/index.html", "toestemming/consent.js") if path in files]
    known, missing = set(waiting), []
    while waiting:
        path = waiting.pop()
        for found in _REFERENCE.finditer(files[path]):
            to = os.path.normpath(os.path.join(os.path.dirname(path), (found[1] or found[2]).decode()))
            to += "/index.html" if (found[1] or found[2]).endswith(b"/") else ""
            if to not in files:
                missing.append(f"{path} refers to {to}")
            elif to not in known:
                known.add(to)
                waiting += [to] if to.endswith((".html", ".js")) else []
    return missing


def kept(folder: Path) -> dict[str, tuple[str, bytes, float]]:
    """All below a folder: kind, content and time, links not followed."""
    found = {}
    for path in folder.rglob("*"):
        stat = path.lstat()
        kind = "link" if path.is_symlink() else "folder" if path.is_dir() else "file"
        content = os.readlink(path).encode() if kind == "link" else path.read_bytes() if kind == "file" else b""
        found[path.relative_to(folder).as_posix()] = (kind, content, stat.st_mtime if kind == "file" else 0.0)
    return found


def copy_home(home: Path, to: Path) -> None:
    """Make `to` hold just what `home` holds, hard links and times too; the folder itself stays."""
    to.mkdir(exist_ok=True)
    for entry in to.iterdir():
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    subprocess.run(["cp", "-a", f"{home}/.", str(to)], check=True)


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def plainly_served(documents: Path) -> Iterator[str]:
    """Serve a folder and what its links lead to without any rules; the address. Where Apache would cost too long."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(documents))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
