"""Packets of SFTP 3 (draft-ietf-secsh-filexfer-02): which operation one asks for, and the answers of a server."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

INIT, VERSION, STATUS, HANDLE, EXTENDED = 1, 2, 101, 102, 200
_WRITING = 0x02 | 0x04 | 0x08 | 0x10
"""Flags of an open that writes, appends, makes or empties."""

_PATH = {7: "lstat", 9: "setstat", 11: "opendir", 13: "remove", 14: "mkdir", 15: "rmdir", 16: "realpath", 17: "stat"}
_PATH |= {3: "open", 19: "readlink"}
_TWO_PATHS = {18: "rename", 20: "symlink"}
_HANDLE = {4: "close", 5: "read", 6: "write", 8: "fstat", 10: "fsetstat", 12: "readdir"}
_EXTENSIONS = {
    "posix-rename@openssh.com": "posix_rename",
    "hardlink@openssh.com": "link",
    "statvfs@openssh.com": "statvfs",
    "fstatvfs@openssh.com": "fstatvfs",
    "fsync@openssh.com": "fsync",
    "lsetstat@openssh.com": "lsetstat",
    "limits@openssh.com": "limits",
    "copy-data": "copy_data",
}
_HANDLES = {*_HANDLE.values(), "fstatvfs", "fsync", "copy_data"}
_TWO = {*_TWO_PATHS.values(), "posix_rename", "link"}

MAKING = frozenset({"create", "mkdir", "symlink", "link", "write", "copy_data"})
"""Operations that need room on a disk."""
MUTATING = MAKING | {"remove", "rmdir", "rename", "posix_rename", "setstat", "fsetstat", "lsetstat"}
"""Operations after which the folder can be another than before."""


class Status(IntEnum):
    """Codes of an answer that is only a status."""

    PERMISSION_DENIED = 3
    FAILURE = 4
    OP_UNSUPPORTED = 8

    @property
    def words(self) -> str:
        """What OpenSSH's server says with it."""
        return self.name.replace("OP_", "OPERATION_").replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Request:
    """A request: its number, its operation, the path or paths it names, and the bytes it wants to write."""

    id: int
    operation: str
    paths: tuple[str, ...]
    """The path; of a rename or a link the old one and the new; of a symlink its text and its place."""
    handle: bytes = b""
    source: bytes = b""
    """The handle that `copy_data` reads from."""
    size: int = 0


def request(packet: bytes) -> Request:
    """The request in a packet without its length; one by handle has no path yet."""
    kind, number = struct.unpack_from(">BI", packet)
    rest = packet[5:]
    if kind == EXTENDED:
        name, rest = _string(rest)
        operation = _EXTENSIONS.get(name.decode(), name.decode())
    else:
        operation = (_PATH | _TWO_PATHS | _HANDLE).get(kind, str(kind))
    first, rest = _string(rest) if rest else (b"", b"")
    if operation == "copy_data":
        return Request(number, operation, (), _string(rest[16:])[0], first)
    if operation in _HANDLES:
        return Request(number, operation, (), first, size=_size(rest) if operation == "write" else 0)
    if operation == "open" and _flags(rest) & _WRITING:
        operation = "create"
    second = [_string(rest)[0]] if operation in _TWO else []
    return Request(number, operation, tuple(part.decode("utf-8", "surrogateescape") for part in (first, *second)))


def answered(packet: bytes) -> int:
    """The number of the request that a packet answers."""
    return struct.unpack_from(">I", packet, 1)[0]


def handle(packet: bytes) -> bytes:
    """The handle in an answer that has one."""
    return _string(packet[5:])[0]


def status(number: int, code: Status) -> bytes:
    """A packet that answers with a status only."""
    words = code.words.encode()
    return struct.pack(">BIII", STATUS, number, code, len(words)) + words + struct.pack(">I", 0)


def without(packet: bytes, operations: frozenset[str]) -> bytes:
    """The greeting of a server without the extensions for these operations."""
    pairs = [(name, value) for name, value in _pairs(packet[5:]) if _EXTENSIONS.get(name.decode()) not in operations]
    return packet[:5] + b"".join(struct.pack(">I", len(text)) + text for pair in pairs for text in pair)


def _pairs(rest: bytes) -> Iterator[tuple[bytes, bytes]]:
    while rest:
        name, rest = _string(rest)
        value, rest = _string(rest)
        yield name, value


def _string(data: bytes) -> tuple[bytes, bytes]:
    (length,) = struct.unpack_from(">I", data)
    return data[4 : 4 + length], data[4 + length :]


def _flags(rest: bytes) -> int:
    return struct.unpack_from(">I", rest)[0]


def _size(rest: bytes) -> int:
    return struct.unpack_from(">I", rest, 8)[0]
