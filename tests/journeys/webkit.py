"""WebKit, as WebKitGTK's small browser: WebDriver's commands over HTTP, on a screen that nobody sees."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.journeys.driver import SLOWEST, CannotDo, Interrupted, NotInstalled, Visit
from tests.journeys.webdriver import Refused, WebDriver, free_port, start, wait_for

PATHS = {
    "Navigate": ("POST", "url"),
    "Refresh": ("POST", "refresh"),
    "Back": ("POST", "back"),
    "ExecuteScript": ("POST", "execute/sync"),
    "ElementClick": ("POST", "element/{id}/click"),
    "PerformActions": ("POST", "actions"),
    "GetCookies": ("GET", "cookie"),
    "GetWindowHandles": ("GET", "window/handles"),
    "DeleteAllCookies": ("DELETE", "cookie"),
    "NewWindow": ("POST", "window/new"),
    "SwitchToWindow": ("POST", "window"),
    "CloseWindow": ("DELETE", "window"),
    "SetWindowRect": ("POST", "window/rect"),
    "TakeScreenshot": ("GET", "screenshot"),
    "DeleteSession": ("DELETE", ""),
}
"""Where each command goes, below the session's own path."""
NARROW = "* { min-width: 0; padding: 0; margin: 0; font-size: 1px; -gtk-icon-size: 1px; }"
SCREEN = ("-screen", "0", "1600x1200x24")
STARTS, START = 4, 15
"""How often to start a browser, and the seconds that a start may take."""
BAR = 38
"""The height of the small browser's own bar."""


class WebKit(WebDriver):
    """A running driver and its browser, which keeps nothing on disk."""

    def __init__(self, proxy: str, dark: bool = False) -> None:
        for program in ("WebKitWebDriver", "Xvfb"):
            if not shutil.which(program):
                raise NotInstalled(f"{program} is not installed")
        self._dark = dark
        self._port = free_port()
        with ExitStack() as stack:
            environment = {
                **os.environ,
                "DISPLAY": _screen(stack),
                "GDK_BACKEND": "x11",
                "XDG_CONFIG_HOME": _look(stack),
            }
            if dark:
                environment["GTK_THEME"] = "Adwaita:dark"
            process = start(stack, ["WebKitWebDriver", f"--port={self._port}"], env=environment)
            wait_for(process, self._port)
            self._session = self._start(proxy)
            stack.callback(self._command, "DeleteSession")
            self._stack = stack.pop_all()

    def start_over(self, visit: Visit, places: Sequence[str]) -> None:
        if visit.refuses_by_browser:
            raise CannotDo("WebKitGTK has no Global Privacy Control")
        if visit.dark != self._dark:
            raise CannotDo("WebKitGTK takes its colours from the theme that it was started with")
        before = self._command("GetWindowHandles")
        self._tabs = []
        self.new_tab()
        for place in places:
            self.open(place)
            self._command("DeleteAllCookies")
            self.evaluate("[localStorage.clear(), sessionStorage.clear()]")
        for handle in before:
            self._command("SwitchToWindow", handle=handle)
            self._command("CloseWindow")
        self.to_tab(0)
        self._command("SetWindowRect", width=visit.width, height=visit.height + BAR)

    def _start(self, proxy: str) -> str:
        """The path of a new session. About one start in forty never ends, whoever asks, and the next one does."""
        address = {"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy}
        asked = {"capabilities": {"alwaysMatch": {"proxy": address}}}
        for _ in range(STARTS):
            try:
                return "/session/" + self._send("POST", "/session", asked, START)["sessionId"]
            except TimeoutError:
                continue
        raise AssertionError(f"WebKitWebDriver started no browser in {STARTS} attempts.")

    def _command(self, name: str, **values: Any) -> Any:
        method, path = PATHS[name]
        address = f"{self._session}/{path.format(**values)}".rstrip("/")
        return self._send(method, address, values if method == "POST" else None)

    def _send(self, method: str, path: str, values: dict[str, Any] | None, patience: int = SLOWEST) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=patience)
        try:
            connection.request(method, path, None if values is None else json.dumps(values))
            answer = json.loads(connection.getresponse().read())["value"]
        except HTTPException as error:
            raise Interrupted(str(error)) from error
        finally:
            connection.close()
        if isinstance(answer, dict) and "error" in answer:
            raise Refused(answer["error"], answer["message"])
        return answer

    def stop(self) -> None:
        self._stack.close()


def _look(stack: ExitStack) -> str:
    """A folder of settings in which the browser's own bar can be as narrow as a phone."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
    (folder / "gtk-3.0").mkdir()
    (folder / "gtk-3.0" / "gtk.css").write_text(NARROW, "utf-8")
    return str(folder)


def _screen(stack: ExitStack) -> str:
    """The name of a screen in memory, which goes when the stack is closed."""
    screen = start(stack, ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", *SCREEN], stdout=subprocess.PIPE)
    assert screen.stdout
    number = screen.stdout.readline().decode().strip()
    assert number, "Xvfb has no screen to give."
    return f":{number}"
