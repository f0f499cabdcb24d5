"""Firefox, by Marionette: WebDriver's commands over a socket, as Firefox itself speaks them.

PyPI has no living package of `geckodriver`, and Mozilla's `marionette-driver` brings more than a dozen others for
phones, logs and processes; what a journey needs of the protocol is below.
"""

import json
import shutil
import socket
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.journeys.driver import SLOWEST, NotInstalled, Visit
from tests.journeys.webdriver import Refused, WebDriver, free_port, start, wait_for

NAMES = ("firefox-esr", "firefox")
SETTINGS = """
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "{host}");
user_pref("network.proxy.http_port", {port});
user_pref("network.proxy.ssl", "{host}");
user_pref("network.proxy.ssl_port", {port});
user_pref("network.proxy.no_proxies_on", "");
user_pref("dom.security.https_first", false);
user_pref("privacy.globalprivacycontrol.functionality.enabled", true);
user_pref("ui.useOverlayScrollbars", 1);
user_pref("marionette.port", {marionette});
"""
"""All goes to the proxy; the signal can be switched; scrollbars, which paint white without a screen, take no room."""
START_OVER = """
const [visit, done] = arguments
Services.prefs.setBoolPref('privacy.globalprivacycontrol.enabled', visit.refuses_by_browser)
Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', visit.dark ? 0 : 1)
const { style } = gBrowser.selectedBrowser
for (const side of ['width', 'height'])
  for (const bound of ['min-', 'max-', '']) style.setProperty(bound + side, `${visit[side]}px`)
Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_ALL, () => done())
"""
"""Runs in the browser's own window: the preferences, the size of the page, and everything that was kept is gone."""


class Firefox(WebDriver):
    """A Firefox with a profile of its own; each visitor finds it empty."""

    def __init__(self, proxy: str) -> None:
        program = next((path for name in NAMES if (path := shutil.which(name))), None)
        if not program:
            raise NotInstalled("Firefox is not installed")
        host, _, port = proxy.partition(":")
        marionette, self._number = free_port(), 0
        with ExitStack() as stack:
            profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            settings = SETTINGS.format(host=host, port=port, marionette=marionette)
            Path(profile, "user.js").write_text(settings, "utf-8")
            options = ["-headless", "-no-remote", "-marionette", "--remote-allow-system-access", "-profile", profile]
            wait_for(start(stack, [program, *options]), marionette)
            self._socket = stack.enter_context(socket.create_connection(("127.0.0.1", marionette), timeout=SLOWEST))
            self._stream = stack.enter_context(self._socket.makefile("rb"))
            self._read()  # it says which protocol it speaks
            self._command("NewSession")
            self._stack = stack.pop_all()

    def start_over(self, visit: Visit, places: Sequence[str]) -> None:
        first, *others = self._command("GetWindowHandles")
        for handle in others:
            self._command("SwitchToWindow", handle=handle)
            self._command("CloseWindow")
        self._tabs = [first]
        self.to_tab(0)
        self.open("about:blank")
        values = {name: getattr(visit, name) for name in ("width", "height", "dark", "refuses_by_browser")}
        self._send("Marionette:SetContext", value="chrome")
        self._command("SetWindowRect", width=max(visit.width, 500), height=visit.height + 100)
        self._command("ExecuteAsyncScript", script=START_OVER, args=[values])
        self._send("Marionette:SetContext", value="content")

    def _command(self, name: str, **values: Any) -> Any:
        return self._send(f"WebDriver:{name}", **values)

    def _send(self, name: str, **values: Any) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, name, values]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, answer = self._read()
        if error:
            raise Refused(error["error"], error["message"])
        return answer["value"] if isinstance(answer, dict) and set(answer) == {"value"} else answer

    def _read(self) -> Any:
        """One message: its length, a colon, JSON."""
        length = b""
        while byte := self._stream.read(1):
            if byte == b":":
                return json.loads(self._stream.read(int(length)))
            length += byte
        raise AssertionError("Firefox has ended.")

    def stop(self) -> None:
        self._stack.close()
