"""Connecting to a host with a pinned key, and letting go of it."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import asyncssh

from policy.publish.background import Background
from policy.publish.problems import HostError, RefusedError
from policy.publish.sftp.client import Sftp
from policy.publish.sftp.sentences import sentence
from policy.publish.target import Account

_PATIENCE = 20
"""Seconds to connect, and seconds between signs of life."""


@contextmanager
def connected(account: Account) -> Iterator[Sftp]:
    """A connection to an account's host, closed afterwards.

    Raises RefusedError where the host is not the pinned one, HostError where it is not there or does not let us in.
    """
    background, remote = Background(), None
    try:
        remote = background.wait(_open(account, background))
        yield remote
    finally:
        if remote:
            background.wait(remote.close())
        background.close()


def fingerprint(account: Account) -> str:
    """The line that pins the host's key, and its SHA-256 fingerprint, as the host shows them now: to be compared."""

    async def ask() -> str:
        key = await asyncssh.get_server_host_key(account.host, account.port, config=None)
        if key is None:
            raise HostError(f"{account.host} shows no host key.")
        name = account.host if account.port == 22 else f"[{account.host}]:{account.port}"
        kind, public = key.export_public_key().decode().split()[:2]
        return f"{name} {kind} {public}\n{key.get_fingerprint()}"

    try:
        return asyncio.run(ask())
    except (OSError, asyncssh.Error) as error:
        raise HostError(sentence(account, error)) from error


async def _open(account: Account, background: Background) -> Sftp:
    """Connect with a key; passwords are never tried, and the user's own SSH configuration is not read."""
    if not account.known_hosts.is_file():
        raise RefusedError(f"{account.known_hosts.name} is missing: the host's key must be pinned. See PUBLISHING.md.")
    if account.key and not account.key.is_file():
        raise RefusedError("POLICY_SSH_KEY names a file that is not there.")
    try:
        connection = await asyncssh.connect(
            account.host,
            account.port,
            username=account.user,
            known_hosts=_pinned(account),
            client_keys=[str(account.key)] if account.key else await _keys_of_agent(),
            agent_path=None,  # its keys are in the line above; those in the user's own folder are not tried
            preferred_auth="publickey",
            config=None,
            encryption_algs="^aes256-gcm@openssh.com",  # half the work of asyncssh's first choice, which comes next
            compression_algs=None,  # pages travel compressed already, and the CPU is what a fast line waits for
            connect_timeout=_PATIENCE,
            login_timeout=_PATIENCE,
            keepalive_interval=_PATIENCE,
        )
        return Sftp(account, connection, await connection.start_sftp_client(), background)
    except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise RefusedError(sentence(account, error)) from error
    except (OSError, asyncssh.Error, TimeoutError) as error:
        raise HostError(sentence(account, error)) from error


def _pinned(account: Account) -> asyncssh.SSHKnownHosts:
    """The pinned keys of hosts; RefusedError where the file is something else."""
    try:
        return asyncssh.read_known_hosts(str(account.known_hosts))
    except (OSError, ValueError) as error:
        raise RefusedError(
            f"{account.known_hosts.name} cannot be read: each line names a host and its key. See PUBLISHING.md."
        ) from error


async def _keys_of_agent() -> Sequence[asyncssh.SSHKeyPair]:
    """The keys of the SSH agent. Without any, asyncssh would try those in the user's own folder."""
    try:
        keys = await (await asyncssh.connect_agent()).get_keys() if os.environ.get("SSH_AUTH_SOCK") else []
    except (OSError, asyncssh.Error, ValueError):
        keys = []
    if not keys:
        raise RefusedError("There is no key: add one to your SSH agent (ssh-add), or name a file in POLICY_SSH_KEY.")
    return keys
