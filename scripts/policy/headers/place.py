"""Where the policy site stands: its address as a web server sees it, and the files there."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from policy.errors import PolicyError
from policy.headers.media import COPIES

_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9_-][A-Za-z0-9._-]*/)*", re.ASCII)
_UNSERVED = ".htaccess"


@dataclass(frozen=True, slots=True)
class Place:
    """An address in parts: `origin` is `https://host` with its port, `path` begins and ends in a slash."""

    origin: str
    host: str
    path: str

    @classmethod
    def of(cls, address: str) -> "Place":
        """The parts of an address; PolicyError where it cannot stand in the rules of a web server."""
        if not _ADDRESS.fullmatch(address):
            raise PolicyError(
                f"'{address}' cannot be the address of the site. Write https://, a host in small letters, and a path "
                "that ends in a slash, of plain letters, digits, '-', '_' and '.'."
            )
        parts = urlsplit(address)
        return cls(f"{parts.scheme}://{parts.netloc}", parts.hostname or "", parts.path)

    @property
    def address(self) -> str:
        """The whole address."""
        return self.origin + self.path

    @property
    def is_secure(self) -> bool:
        """Whether the site is to be read over HTTPS."""
        return self.origin.startswith("https:")

    @property
    def came_securely(self) -> str:
        """The condition, as Apache writes it, that a request came over HTTPS, here or at a server in front of this one.

        Who writes that header without being such a server only keeps a redirect from himself.
        """
        return "(%{HTTPS} == 'on' || req_novary('X-Forwarded-Proto') =~ /^https/i)"


def site_files(folder: Path) -> list[str]:
    """The paths of all files of a built site that readers can ask for, sorted."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.endswith(COPIES) and path != _UNSERVED)
