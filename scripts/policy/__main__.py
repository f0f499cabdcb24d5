"""`python3 scripts/policy COMMAND`: sets everything up on a fresh machine, then runs the command.

Needs Python 3.11 or newer with venv, and nothing else. `policy test` is known only here:
it sets up what the tests need besides, a browser included, and runs them.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """The exit code of the command."""
    if sys.version_info < (3, 11):
        print("This needs Python 3.11 or newer. Install it and try again.", file=sys.stderr)
        return 2
    arguments = sys.argv[1:] or ["--help"]
    testing = arguments[0] == "test"
    python = _python()
    _install(python, "test" if testing else "")
    if testing:
        return subprocess.call([python, "-m", "tests", *arguments[1:]], cwd=ROOT)
    return subprocess.call([python, "-m", "policy.cli", *arguments])


def _python() -> str:
    """The interpreter of the active virtual environment, else that of `.venv`, made where it is missing."""
    if sys.prefix != sys.base_prefix:
        return sys.executable
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print("Making a virtual environment in .venv", file=sys.stderr)
        venv.create(folder, with_pip=True)
    return str(python)


def _install(python: str, extra: str) -> None:
    """Install what pyproject.toml names, in the versions of constraints.txt, unless that was done before."""
    state = hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    ).hexdigest()
    stamp = Path(python).parent.parent / f"policy-installed{'-' + extra if extra else ''}"
    if stamp.exists() and stamp.read_text() == state + str(ROOT):
        return
    print("Installing the packages (once; a minute or less)", file=sys.stderr)
    project = f"{ROOT}[{extra}]" if extra else str(ROOT)
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.check_call([*command, "--constraint", str(ROOT / "constraints.txt"), "--editable", project])
    stamp.write_text(state + str(ROOT))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        print(f"The set-up failed; the reason stands above ({' '.join(map(str, error.cmd[:4]))} …).", file=sys.stderr)
        sys.exit(1)
