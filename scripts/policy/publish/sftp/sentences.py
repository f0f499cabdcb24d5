"""What went wrong on the way to a host, or on it, as a sentence for an editor."""

import socket

import asyncssh

from policy.publish.target import Account

MISSING = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)
"""Answers that say that nothing is there."""
_LOST = (
    *(asyncssh.ConnectionLost, asyncssh.DisconnectError, asyncssh.SFTPNoConnection, asyncssh.SFTPConnectionLost),
    *(ConnectionError, TimeoutError),
)


def sentence(account: Account, error: BaseException, path: str = "") -> str:
    """What went wrong, without anything secret: asyncssh names no keys in its reasons."""
    host = account.host
    if isinstance(error, asyncssh.HostKeyNotVerifiable):
        return (
            f"{host} shows another key than the one in {account.known_hosts.name}, or none is pinned for it. Compare "
            "what policy publish probe shows with the host's control panel before you pin it; it may be somebody else."
        )
    if isinstance(error, asyncssh.KeyImportError | asyncssh.KeyEncryptionError):
        return (
            "The key file of POLICY_SSH_KEY cannot be read. It must be a private key in OpenSSH's form, no passphrase."
        )
    if isinstance(error, asyncssh.PermissionDenied):
        return f"{host} does not let {account.user} in with this key. Add its public half in the host's control panel."
    if isinstance(error, MISSING):
        return f"{host} has no {path} any more. Send everything anew with: policy publish push --afresh"
    if isinstance(error, asyncssh.SFTPPermissionDenied):
        return f"{host} does not allow it at {path}. Make the folder writable for {account.user}."
    if isinstance(error, socket.gaierror):
        return (
            f"{host} is not found ({error.strerror}). Look whether its name in docs/inventory/publishing.toml is right."
        )
    if isinstance(error, _LOST):
        return f"The connection with {host} was lost or not made ({error or 'no answer'}). Try again."
    if isinstance(error, asyncssh.SFTPError):
        return f"{host} answered at {path}: {error.reason}. Is the disk full?"
    return f"{host}: {error}"
