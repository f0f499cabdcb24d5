"""`python -m tests`: finds or installs what the tests need, then runs every test; arguments go to pytest."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

import pytest

from tests.browser import installed

PACKAGES = {
    "chromium-headless-shell": "chromium-headless-shell",  # the same engine without windows, and four times as fast
    "php": "php-cli",  # the plugin for WordPress
    "apache2": "apache2-bin",  # the guard; without the service that Debian's apache2 would start
    "firefox-esr": "firefox-esr",  # the visitor's journeys, in two more engines
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",  # the screen that WebKit's small browser needs
}
"""Programs that some tests use and are skipped without, with the Debian packages that bring them."""

SERVERS = {"sshd": "openssh-server"}
"""Likewise, but only where no systemd runs: it would start this one at the next boot, open to the network."""

LIBRARIES = {"pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz-subset": "libharfbuzz-subset0"}
"""Libraries that making a PDF needs, likewise."""

SERVICE_POLICY = Path("/usr/sbin/policy-rc.d")


def find_programs() -> None:
    """Debian's packages of the programs and libraries that are missing, where we may install them."""
    programs = PACKAGES if Path("/run/systemd/system").exists() else PACKAGES | SERVERS
    missing = [package for program, package in programs.items() if not shutil.which(program)]
    missing += [package for library, package in LIBRARIES.items() if not find_library(library)]
    if not missing or not _may_install():
        return
    for packages in (missing, *([package] for package in missing)):  # one that is not to be had keeps no other away
        try:
            _install(*packages)
        except subprocess.CalledProcessError as error:
            print(f"Not installed: {', '.join(packages)} ({error})", file=sys.stderr)
        else:
            if packages is missing:
                return


def find_browser() -> None:
    """An installed Chromium or Chrome; else Debian's, as root; else the one that Playwright fetches."""
    if installed():
        return
    if _may_install():
        _install("chromium")
        return
    print("Fetching the Chromium of Playwright", file=sys.stderr)
    subprocess.check_call([sys.executable, "-m", "playwright", "install", "chromium"])


def _may_install() -> bool:
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def _install(*packages: str) -> None:
    print(f"Installing {', '.join(packages)} with apt-get", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _no_service_starts():
        for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.check_call(["apt-get", "-qq", *command], env=environment, stdout=sys.stderr)


@contextmanager
def _no_service_starts() -> Iterator[None]:
    """A package that brings a service does not start it: Debian asks this file first (policy-rc.d, exit status 101)."""
    if SERVICE_POLICY.exists():  # as in most containers
        yield
        return
    SERVICE_POLICY.write_text("#!/bin/sh\nexit 101\n", "utf-8")
    SERVICE_POLICY.chmod(0o755)
    try:
        yield
    finally:
        SERVICE_POLICY.unlink()


if __name__ == "__main__":
    find_browser()
    find_programs()
    sys.exit(pytest.main(sys.argv[1:]))
