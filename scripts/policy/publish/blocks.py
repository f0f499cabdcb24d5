"""Our lines in a file that is not ours alone, such as the `.htaccess` of a website: between two marks, at its end."""

import re
import secrets

from policy.publish.problems import RefusedError
from policy.publish.remote import Entry, Remote, Sent

BEGIN, END = "# BEGIN toestemming", "# END toestemming"
_BLOCK = re.compile(rf"^{BEGIN}\b.*?^{END}[^\n]*\n?", re.DOTALL | re.MULTILINE)


def with_block(text: str, block: str, shown_as: str) -> str:
    """The text with our block in place of the one that is there, or at the end; all else stays as it is.

    An empty block takes ours away. Raises RefusedError where the marks in the text do not belong together.
    """
    marks = re.findall(rf"^(?:{BEGIN}|{END})\b", text, re.MULTILINE)
    if marks not in ([], [BEGIN, END]):
        raise RefusedError(
            f"{shown_as}: the marks '{BEGIN}' and '{END}' should stand there once, in this order. Mend them by hand."
        )
    if marks:
        return _BLOCK.sub(lambda found: block, text, count=1)
    if not block:
        return text
    return text + ("" if not text or text.endswith("\n") else "\n") + block


def read_block(remote: Remote, place: str) -> str:
    """The text of the file now; empty where there is none. RefusedError where it is something else."""
    if remote.kind(place) not in (None, Entry.FILE):
        raise RefusedError(f"{place} on the host is not a file. Move it away.")
    return (remote.read(place) or b"").decode("utf-8", "surrogateescape")


def write_block(remote: Remote, place: str, text: str, *, replaces: bool) -> None:
    """Put the text in place of the file, in one step where the host can."""
    content = text.encode("utf-8", "surrogateescape")
    new = f"{place}.new-{secrets.token_hex(4)}"
    remote.send({new: Sent(content, len(content))})
    if not replaces:
        remote.remove([place])
    (remote.replace if replaces else remote.rename)([(new, place)])
