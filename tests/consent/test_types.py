"""The types in the comments of the modules, checked by the TypeScript compiler where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _compiler() -> str | None:
    beside = ROOT / "node_modules/.bin"
    return shutil.which("tsc", path=str(beside)) or shutil.which("tsc")


def test_the_modules_hold_to_their_types() -> None:
    compiler = _compiler()
    if not compiler:
        pytest.skip("No TypeScript compiler. To check the types: npm install --no-save --no-package-lock typescript@5")
    run = subprocess.run(
        [compiler, "-p", ROOT / "consent_js/jsconfig.json"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, "")
