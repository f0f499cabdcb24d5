"""How files are sent, as lines for Apache: their types, their compressed copies, their headers."""

from collections.abc import Iterable, Iterator, Sequence

from policy.errors import PolicyError
from policy.headers.encodings import BROTLI, GZIP
from policy.headers.media import COPIES, KINDS, kind_of
from policy.headers.place import Place
from policy.headers.rules import UNSET, Rule, literal

_LONGEST_LINE = 8190
_COPY = f"(?:{'|'.join(COPIES).replace('.', '[.]')})?"


def types(files: Iterable[str]) -> Iterator[str]:
    """The lines that give each kind of file that is here its type, in the order of the table: the last match counts."""
    present = {kind_of(path) for path in files}
    for kind in (kind for kind in KINDS if kind in present):
        yield f'<FilesMatch "^{kind.names}{_COPY}$">'
        yield f'ForceType "{kind.type}"'
        yield "</FilesMatch>"


def extensions(files: Iterable[str]) -> Iterator[str]:
    """The lines for mod_mime: `.br` is a coding, and a script with Dutch words is no page in Dutch."""
    languages = {f".{part}" for path in files for part in path.split("/")[-1].split(".")[1:-1] if len(part) == 2}
    yield "# Many servers take .br for the Breton language; outside an <If>, a website around this folder keeps it so."
    yield '<If "true">'
    yield f"RemoveLanguage {' '.join(sorted({*COPIES, *languages}))}"
    for coding, ending in zip(("br", "gzip"), COPIES, strict=True):
        yield f"AddEncoding {coding} {ending}"
    yield "</If>"


def indexes_and_copies(place: Place) -> Iterator[str]:
    """The lines for mod_rewrite: a folder is its index, and a file is its copy for those who take that coding."""
    yield "RewriteEngine On"
    yield f"RewriteBase {place.path}"
    yield "# Nobody else compresses: then every answer has the length and the ETag of a file."
    yield "RewriteRule ^ - [E=no-gzip:1,E=no-brotli:1]"
    yield from block("mod_headers.c", block("mod_mime.c", _copies()))
    yield 'RewriteCond "%{REQUEST_FILENAME}index.html" -f'
    yield 'RewriteRule "^(|.*/)$" "$1index.html" [L]'


def _copies() -> Iterator[str]:
    brotli, gzip = COPIES
    yield "# A copy has no address of its own: it is what another file looks like on the way."
    yield 'RewriteCond "%{ENV:REDIRECT_STATUS}" "^$"'
    yield f'RewriteRule "(?:{literal(brotli)}|{literal(gzip)})$" - [R=404,L]'
    for ending, taken in ((gzip, GZIP), (brotli, BROTLI)):
        yield f'RewriteCond "%{{HTTP:Accept-Encoding}}" "{taken}" [NC]'
        yield f"RewriteRule ^ - [E=COPY:{ending}]"
    yield 'RewriteCond "%{ENV:COPY}" "."'
    yield 'RewriteCond "%{REQUEST_FILENAME}index.html%{ENV:COPY}" -f'
    yield 'RewriteRule "^(|.*/)$" "$1index.html%{ENV:COPY}" [L]'
    yield 'RewriteCond "%{ENV:COPY}" "."'
    yield 'RewriteCond "%{PATH_INFO}" "^$"'
    yield 'RewriteCond "%{REQUEST_FILENAME}%{ENV:COPY}" -f'
    yield 'RewriteRule "^(.*[^/])$" "$1%{ENV:COPY}" [L]'


def headers(place: Place, rules: Sequence[Rule], hsts: int = 0) -> Iterator[str]:
    """The lines for mod_headers, with Strict-Transport-Security for so many seconds where they are more than 0.

    In an `<If>`, which counts after all that the website around this folder says, also for single kinds of files.
    """
    yield '<If "true">'
    for header in dict.fromkeys([*UNSET, *(rule.header for rule in rules)]):
        yield f"Header unset {header}"
    for header in UNSET:
        yield f"Header always unset {header}"
    for rule in rules:
        yield f'Header always set {rule.header} "{rule.value}"{_condition(place, rule)}'
    if hsts:
        name = "Strict-Transport-Security"
        yield "# Over HTTPS only (RFC 6797, 7.2), and only where the website does not ask more for the whole host."
        yield f'Header setifempty {name} "max-age={hsts}" "expr={place.came_securely} && -z resp(\'{name}\')"'
    yield "# Dates say nothing here: a release that is put back is older than the one that a reader has."
    yield "RequestHeader unset If-Modified-Since"
    yield "</If>"


def _condition(place: Place, rule: Rule) -> str:
    if rule.files is None:
        return ""
    return f' "expr=%{{REQUEST_URI}} =~ m#^{literal(place.path)}{rule.files}{_COPY}$#"'


def block(module: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that count only where the server has a module: elsewhere they would be error 500."""
    yield f"<IfModule {module}>"
    yield from lines
    yield "</IfModule>"


def text(lines: Iterable[str]) -> str:
    """The lines as a file; PolicyError for one that Apache would not read."""
    kept = list(lines)
    for line in kept:
        if len(line) > _LONGEST_LINE or not (line.isascii() and line.isprintable()):
            raise PolicyError(
                f".htaccess: Apache would answer nothing but errors because of the line {line[:80]}… It is too long or "
                "holds letters that are not plain. Give the files of the site short and plain names."
            )
    return "\n".join([*kept, ""])
