"""`python -m tests`: finds or installs a browser, then runs every test; arguments go to pytest."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.browser import installed


def find_browser() -> None:
    """An installed Chromium or Chrome; else Debian's, as root; else the one that Playwright fetches."""
    if installed():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium with apt-get", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.check_call(["apt-get", "-qq", *command], env=environment, stdout=sys.stderr)
        return
    print("Fetching the Chromium of Playwright", file=sys.stderr)
    subprocess.check_call([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    find_browser()
    sys.exit(pytest.main(sys.argv[1:]))
