"""The keys of the servers and of their client, made once a session."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import asyncssh


@dataclass(frozen=True, slots=True)
class Keys:
    """Files with Ed25519 keys: of the server, of another server that pretends to be it, and of the client."""

    host: Path
    other_host: Path
    client: Path
    stranger: Path
    """A client's key that no server lets in."""
    authorized: Path


@cache
def session_keys() -> Keys:
    """The keys of this session, which are gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="keys-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    keys = Keys(*(folder / name for name in ("host", "other_host", "client", "stranger", "authorized")))
    for file in (keys.host, keys.other_host, keys.client, keys.stranger):
        made = asyncssh.generate_private_key("ssh-ed25519")
        made.write_private_key(file)
        made.write_public_key(file.with_suffix(".pub"))
        file.chmod(0o600)  # OpenSSH refuses a key that others can read
    shutil.copy(keys.client.with_suffix(".pub"), keys.authorized)
    return keys


def known_host(key: Path, host: str, port: int) -> str:
    """The line of `known_hosts` that pins the public half of a server's key."""
    return f"[{host}]:{port},[localhost]:{port} {key.with_suffix('.pub').read_text('utf-8')}"
