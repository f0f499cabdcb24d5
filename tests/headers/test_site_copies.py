"""Compressed copies: which files have them, that they are the files, and who may get one."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.errors import PolicyError
from policy.headers.compressed import compress
from policy.headers.encodings import BROTLI, GZIP
from policy.headers.media import has_copies
from tests.conftest import everything

LONG = b"Woorden die vaker komen, worden kleiner. " * 50


def test_each_file_that_becomes_smaller_has_two_copies_of_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    files = {"a/long.html": LONG, "a/long.json": LONG, "short.html": LONG[:1023], "long.pdf": LONG, "long.png": LONG}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    compress(tmp_path)
    found = everything(tmp_path)
    assert set(found) == {
        *files,
        *(f"{name}{end}" for name in ("a/long.html", "a/long.json") for end in (".br", ".gz")),
    }
    assert set(found) - set(files) == {
        f"{name}{end}" for name, content in files.items() if has_copies(name, len(content)) for end in (".br", ".gz")
    }
    assert brotli.decompress(found["a/long.html.br"]) == gzip.decompress(found["a/long.html.gz"]) == LONG
    assert found["a/long.html.gz"][:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00"  # no name, no time (RFC 1952, 2.3)


def test_compressing_again_makes_no_copies_of_copies_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "long.html").write_bytes(LONG)
    compress(tmp_path)
    before = everything(tmp_path)
    compress(tmp_path)
    assert everything(tmp_path) == before


def test_what_is_of_no_known_kind_is_not_compressed_but_told(tmp_path: Path) -> None:
    (tmp_path / "long.mp4").write_bytes(LONG)
    with pytest.raises(PolicyError, match=r"long[.]mp4"):
        compress(tmp_path)


@pytest.mark.parametrize(
    ("path", "size", "copies"),
    [
        ("site/index.html", 1024, True),
        ("site/index.html", 1023, False),
        ("site/index.html.br", 5000, False),
        ("websites/leiz/htaccess", 5000, False),
        ("site/.htaccess", 9000, False),
        ("websites/leiz/wordpress/leiz-toestemming.php", 9000, False),
        ("websites/leiz/toestemming/consent.js", 9000, True),
        ("site/versies/1/verklaring.pdf", 90000, False),
    ],
)
def test_type_and_size_say_whether_there_are_copies(path: str, size: int, copies: bool) -> None:
    assert has_copies(path, size) is copies


def weights(header: str) -> dict[str, float]:
    """Accept-Encoding as RFC 9110, 12.5.3 defines it; what has another form counts as not said."""
    found: dict[str, float] = {}
    for part in header.split(","):
        match = re.fullmatch(
            r"[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*;[ \t]*[qQ]=(0(?:[.]\d{0,3})?|1(?:[.]0{0,3})?))?[ \t]*", part
        )
        if match:
            found.setdefault(match[1].lower().removeprefix("x-"), float(match[2] or 1))
    return found


CODINGS = st.sampled_from(["br", "gzip", "x-gzip", "GZIP", "Br", "*", "identity", "deflate", "zstd", "brx", "x"])
WEIGHTS = st.sampled_from(
    ["", ";q=0", ";q=0.0", "; q=0.000", ";q=1", " ;q=1.000", ";q=0.5", ";Q=0.001", ";q=2", ";q=", ";q=01"]
)
SPACES = st.sampled_from(["", " ", "\t "])


@given(st.lists(st.tuples(SPACES, CODINGS, WEIGHTS, SPACES), unique_by=lambda part: part[1].lower().removeprefix("x-")))
def test_a_coding_is_sent_to_those_only_who_name_it_with_a_weight(parts: list[tuple[str, ...]]) -> None:
    header = ",".join(map("".join, parts))
    said = weights(header)
    anything_but_identity = said.get("*", 0) > 0 and said.get("identity", 1) == 0 and said.get("gzip", 1) > 0
    assert bool(re.search(BROTLI, header, re.IGNORECASE)) == (said.get("br", 0) > 0)
    assert bool(re.search(GZIP, header, re.IGNORECASE)) == (said.get("gzip", 0) > 0 or anything_but_identity)
