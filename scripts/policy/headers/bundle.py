"""The `.htaccess` of the folder with a website's consent module: how its files are sent and kept."""

from pathlib import Path

from policy.headers.media import media_type
from policy.headers.place import Place, site_files
from policy.headers.rules import bundle_rules, headers_of
from policy.headers.sending import block, extensions, headers, indexes_and_copies, text, types


def bundle_htaccess(folder: Path, address: str) -> str:
    """The lines for a folder that will stand at an address such as `https://www.leiz.nl/toestemming/`.

    PolicyError for a file of an unknown kind, or a name that cannot stand in the lines.
    """
    place, files = Place.of(address), site_files(folder)
    return text(
        [
            "# Made by the build together with the files beside it.",
            "SetHandler default-handler",
            "FileETag MTime Size",
            *types(files),
            *block("mod_mime.c", extensions(files)),
            *block("mod_rewrite.c", indexes_and_copies(place)),
            *block("mod_headers.c", headers(place, bundle_rules())),
        ]
    )


def bundle_headers(path: str) -> dict[str, str]:
    """The headers of the answer with a file of the module, by its path in the folder."""
    return {"Content-Type": media_type(path), **headers_of(path, bundle_rules())}
