"""The commands of WebDriver that a journey needs, however they travel (https://www.w3.org/TR/webdriver2/)."""

import base64
import socket
import subprocess
from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.journeys.driver import KEYS, SLOWEST, Interrupted, until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""How the standard names the reference to an element."""

LEFT = {"no such window", "javascript error", "stale element reference", "unknown error", "script timeout"}
"""What a driver answers while the page goes away; a real fault has the same name, and comes again until we give up."""


class Refused(Exception):
    """The driver's answer to a command is an error: its name, and what it says."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__(f"{name}: {says}")
        self.name = name


class WebDriver(ABC):
    """A browser behind WebDriver's commands, each by its name in Marionette."""

    @abstractmethod
    def _command(self, name: str, **values: Any) -> Any:
        """Send a command, and wait for the value of its answer."""

    def open(self, address: str) -> None:
        self._command("Navigate", url=address)

    def reload(self) -> None:
        self._command("Refresh")

    def back(self) -> None:
        self._command("Back")

    def evaluate(self, expression: str) -> Any:
        try:
            return self._command("ExecuteScript", script=f"return ({expression})", args=[])
        except Refused as error:
            if error.name in LEFT:
                raise Interrupted(str(error)) from error
            raise

    def click(self, expression: str) -> None:
        element = self._command("ExecuteScript", script=f"return ({expression})", args=[])
        assert element, f"Nothing to click on: {expression}"
        self._command("ElementClick", id=element[ELEMENT])

    def press(self, key: str) -> None:
        strokes = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        self._command("PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    def cookies(self) -> dict[str, str]:
        return {cookie["name"]: cookie["domain"] for cookie in self._command("GetCookies")}

    def new_tab(self) -> None:
        self._tabs.append(self._command("NewWindow", type="tab")["handle"])
        self.to_tab(-1)

    def to_tab(self, number: int) -> None:
        self._command("SwitchToWindow", handle=self._tabs[number])

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self._command("TakeScreenshot", full=False)))

    _tabs: list[str]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start(stack: ExitStack, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program that says nothing and ends when the stack is closed."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **{**quiet, **options})
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SLOWEST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a started program listens on a port."""
    name = process.args[0]

    def listens() -> bool:
        assert process.poll() is None, f"{name} ended at once, with code {process.returncode}."
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", port)) == 0

    until(listens, f"{name} listens", SLOWEST)
