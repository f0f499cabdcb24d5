"""Writing several files, all or none."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from policy.errors import PolicyError
from policy.findings import Finding


def replace_files(texts: Mapping[Path, str], folder: Path, shown_as: str) -> None:
    """Write each text to its path, as UTF-8 and with its own line ends.

    The texts are written beside the files first and then take their places. PolicyError, with every file as it
    was, if that cannot be done; `shown_as` is the folder's name in it.
    """
    aside = {path.resolve(): path.resolve().with_name(f".{path.name}.new") for path in texts}
    before = {path: path.read_bytes() if path.is_file() else None for path in aside}
    at = folder
    try:
        for path, text in zip(aside, texts.values(), strict=True):
            at = path
            aside[path].write_bytes(text.encode("utf-8"))
            if before[path] is not None:
                shutil.copymode(path, aside[path])
        for path, new in aside.items():
            at = path
            os.replace(new, path)
    except OSError as error:
        _put_back(before)
        name = at.relative_to(folder.resolve()) if at.is_relative_to(folder.resolve()) else at.name
        message = f"The file cannot be written ({error.strerror}). Make room or allow it; nothing was changed."
        raise PolicyError([Finding(message, f"{shown_as}/{name}")]) from error
    finally:
        for new in aside.values():
            new.unlink(missing_ok=True)


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        now = path.read_bytes() if path.is_file() else None
        if now != content:
            path.unlink() if content is None else path.write_bytes(content)
