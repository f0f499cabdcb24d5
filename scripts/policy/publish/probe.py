"""What a host can do: tried out in a small folder, in its shell, and over HTTPS by what its web server makes of it."""

import posixpath
import secrets
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policy.publish.abilities import Abilities
from policy.publish.problems import HostError
from policy.publish.remote import Entry, Sent
from policy.publish.state import Places
from policy.publish.target import Account
from policy.publish.web import Answer, Question, ask_all

if TYPE_CHECKING:
    from policy.publish.sftp.client import Sftp

MODULES = ("headers", "rewrite", "setenvif", "mime", "dir", "autoindex", "negotiation", "deflate", "brotli")
"""The modules of Apache that our `.htaccess` uses, or must work beside."""
_RULES = {
    "options": "Options -Indexes -MultiViews",
    "errors": "ErrorDocument 404 probe",
    "headers": "Header set X-Probe probe",
    "rewrite": "RewriteEngine On\nRewriteRule ^nothing$ probe.txt [L]",
    "types": "AddType text/x-probe .txt",
    "variables": "SetEnvIf Request_Method . PROBE=1",
}
"""Lines of the kinds that our `.htaccess` has; a host that forbids one answers 500 for the whole folder."""
_TEXT = "probe.txt"
PROBE = "policy-probe-"
"""How the name of what a probe lays into a document root begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was found. `free` is bytes, `skew` seconds that the host's clock is ahead; None where it does not tell.

    `served` is the address under which the web server was asked, "" where it was not; `htaccess` whether it reads
    such files at all; `modules` and `forbidden` are names of MODULES, and of kinds of lines that it refuses.
    """

    abilities: Abilities
    free: int | None = None
    skew: float = 0
    served: str = ""
    htaccess: bool | None = None
    modules: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As the host's own state and JSON hold it; the abilities stand at the top."""
        return {
            **self.abilities.as_data(),
            "strategy": self.abilities.strategy,
            "free": self.free,
            "skew": round(self.skew, 1),
            "served": self.served,
            "htaccess": self.htaccess,
            "modules": list(self.modules),
            "forbidden": list(self.forbidden),
        }


def probe(remote: "Sftp", account: Account, web: Sequence[tuple[str, str]], now: float) -> Report:
    """Try out an account; what was made for it is removed again.

    `web` are folders in a document root with their addresses (`www`, `https://www.leiz.nl/`), `now` is the time here
    in seconds since 1970.
    """
    places = Places(account)
    token = secrets.token_hex(6)
    folder = places.new(f"probe-{token}")
    remote.make_folders([places.root, folder])
    try:
        found, skew = _files(remote, folder, token, now)
        served = _served(remote, folder, token, web)
        abilities = Abilities(**{**found, "symlink": bool(found["symlink"] and served.get("linked"))})
        return Report(
            abilities=abilities,
            free=remote.free(places.root),
            skew=skew,
            served=served.get("url", ""),
            htaccess=served.get("htaccess"),
            modules=served.get("modules", ()),
            forbidden=served.get("forbidden", ()),
        )
    finally:
        remote.remove_tree(folder)


def _files(remote: "Sftp", folder: str, token: str, now: float) -> tuple[dict[str, bool], float]:
    """What the host can do with files, and how far its clock is ahead."""
    content = Sent(token.encode(), len(token))
    remote.keeps_modes = True
    remote.make_folders([f"{folder}/new"])
    remote.send({f"{folder}/a": content, f"{folder}/b": content})
    keeps_modes = (remote.mode(f"{folder}/new"), remote.mode(f"{folder}/a")) == (0o755, 0o644)
    remote.keeps_modes = False
    skew = remote.modified(f"{folder}/a") - now
    tries: Mapping[str, Callable[[], object]] = {
        "link": lambda: remote.link([(f"{folder}/a", f"{folder}/linked")]),
        "copy": lambda: remote.copy([(f"{folder}/a", f"{folder}/copied")]),
        "symlink": lambda: remote.symlink("a", f"{folder}/symlink"),
    }
    found = {name: _works(what) for name, what in tries.items()}
    found["link"] = found["link"] and remote.read(f"{folder}/linked") == token.encode()
    found["copy"] = found["copy"] and remote.read(f"{folder}/copied") == token.encode()
    found["posix_rename"] = _works(lambda: remote.replace([(f"{folder}/b", f"{folder}/a")]))
    if found["symlink"] and found["posix_rename"]:
        remote.symlink("new", f"{folder}/symlink-new")
        found["symlink"] = _works(lambda: remote.replace([(f"{folder}/symlink-new", f"{folder}/symlink")]))
    found["keeps_modes"] = keeps_modes
    found["unpacks"] = found["link"] and _has_tar(remote, folder, token)
    return found, skew


def _has_tar(remote: "Sftp", folder: str, token: str) -> bool:
    """Whether there is a shell that sees the same files from the same place, and has GNU tar and gzip."""
    code, said = remote.shell(f"cat {shlex.quote(folder)}/a && gzip --version >&2 && tar --version")
    return code == 0 and said.startswith(token) and "GNU tar" in said


def _works(what: Callable[[], object]) -> bool:
    try:
        what()
    except HostError:
        return False
    return True


def _served(remote: "Sftp", folder: str, token: str, web: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the web server makes of a link to our folder; where it follows none, of a folder of its own."""
    for root, address in web:
        if remote.kind(root) in (None, Entry.FILE):  # on some hosts the document root itself is a link
            continue
        name = PROBE + token
        linked = f"{root}/{name}"
        _lay(remote, f"{folder}/web", token)
        if _works(lambda at=linked, root=root: remote.symlink(posixpath.relpath(f"{folder}/web", root), at)):
            try:
                if _reads(address + name, token):
                    return {"linked": True, "url": address, **_rules(address + name, token)}
            finally:
                remote.remove([linked])
        try:
            _lay(remote, linked, token)
            if _reads(address + name, token):
                return {"linked": False, "url": address, **_rules(address + name, token)}
        finally:
            remote.remove_tree(linked)
    return {}


def _lay(remote: "Sftp", folder: str, token: str) -> None:
    """Small folders, each with one kind of lines in its `.htaccess`."""
    content = Sent(token.encode(), len(token))
    rules = dict(_RULES)
    for module in MODULES:
        rules[f"mod-{module}"] = (
            f"ErrorDocument 404 absent\n<IfModule mod_{module}.c>\nErrorDocument 404 present\n</IfModule>"
        )
    remote.make_folders([folder, *(f"{folder}/{name}" for name in rules)])
    lines = {f"{folder}/{name}/.htaccess": Sent(text.encode(), len(text)) for name, text in rules.items()}
    remote.send({f"{folder}/{_TEXT}": content, **{f"{folder}/{name}/{_TEXT}": content for name in rules}, **lines})


def _reads(address: str, token: str) -> bool:
    (answer,) = ask_all([Question(f"{address}/{_TEXT}")])
    return answer.status == 200 and answer.body == token.encode()


def _rules(address: str, token: str) -> dict[str, Any]:
    """Which lines the server takes, and which modules it has: core lines tell, without any module."""
    lines = ask_all([Question(f"{address}/{name}/{_TEXT}") for name in _RULES])
    missing = ask_all([Question(f"{address}/mod-{module}/nothing") for module in MODULES])
    (error,) = ask_all([Question(f"{address}/errors/nothing")])
    return {
        "htaccess": _says(error, b"probe"),
        "forbidden": tuple(n for n, answer in zip(_RULES, lines, strict=True) if answer.body != token.encode()),
        "modules": tuple(n for n, answer in zip(MODULES, missing, strict=True) if _says(answer, b"present")),
    }


def _says(answer: Answer, word: bytes) -> bool:
    return answer.status == 404 and answer.body.strip() == word
