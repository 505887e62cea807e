"""A real browser, driven through the pipe of its DevTools protocol: nothing else to install."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_SECONDS = 60.0
# The protocol is spoken on the files of number 3 and 4.
_HAND_OVER = """\
import os, sys
for number, given in zip((3, 4), sys.argv[1:3]):
    os.dup2(int(given), number)
    os.set_inheritable(number, True)
os.execv(sys.argv[3], sys.argv[3:])
"""


def found_browser() -> str | None:
    """The program of a browser that this machine has; None without one."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


class Browser:
    """One page of a browser.

    Args:
        program: of the browser.
        profile: an empty folder for what it remembers.
        width: of the page, in pixels.
    """

    def __init__(self, program: str, profile: Path, width: int = 1280) -> None:
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _HAND_OVER, str(to_read), str(from_write), program,
             "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-dev-shm-usage", "--remote-debugging-pipe", f"--user-data-dir={profile}",
             f"--window-size={width},900", "about:blank"],
            pass_fds=(to_read, from_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(from_write)
        self._in, self._out = os.fdopen(to_write, "wb"), os.fdopen(from_read, "rb")
        self._number, self._session, self.errors = 0, "", list[str]()
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._in.close()
        self._out.close()

    def ask(self, method: str, **told: Any) -> dict[str, Any]:
        """Ask the browser to do something, and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": told}
        if self._session:
            message["sessionId"] = self._session
        self._in.write(json.dumps(message).encode() + b"\0")
        self._in.flush()
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                found: dict[str, Any] = answer["result"]
                return found

    def run(self, script: str) -> Any:
        """What an expression is in the page; None while the page is being changed for another."""
        try:
            told = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        except RuntimeError:
            return None
        return told["result"].get("value")

    def open(self, address: str) -> None:
        """Go to an address, and wait until it is there."""
        self.run("window.left = true")
        self.ask("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && !window.left")

    def click(self, selector: str) -> None:
        """Click what a selector finds, as a person does."""
        self.wait(f"!!document.querySelector({selector!r})")
        self.run(f"document.querySelector({selector!r}).click()")

    def fill(self, selector: str, text: str) -> None:
        """Put a text into a field."""
        self.wait(f"!!document.querySelector({selector!r})")
        self.run(f"document.querySelector({selector!r}).value = {text!r}")

    def wait(self, script: str) -> None:
        """Wait until an expression is true.

        Raises:
            TimeoutError: it never was; with where the page stands and what it complained of.
        """
        began = time.monotonic()
        while time.monotonic() - began < _PATIENCE_SECONDS:
            if self.run(script) is True:
                return
            time.sleep(0.1)
        place = self.run("location.href + '\\n' + document.body.innerText.slice(0, 600)")
        raise TimeoutError(f"{script}\n{place}\n{self.errors}")

    def picture(self, file: Path) -> None:
        """Photograph the whole page."""
        taken = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(taken["data"]))

    def _read(self) -> dict[str, Any]:
        parts = bytearray()
        while (byte := self._out.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("the browser is gone")
            parts += byte
        message: dict[str, Any] = json.loads(parts)
        if message.get("method") == "Log.entryAdded":
            self.errors.append(str(message["params"]["entry"].get("text")))
        if message.get("method") == "Runtime.exceptionThrown":
            self.errors.append(str(message["params"]["exceptionDetails"]))
        if message.get("method") == "Runtime.consoleAPICalled":
            self.errors.append(str(message["params"]["args"])[:500])
        return message
