"""Headless Chromium, driven over its DevTools protocol through a pipe; the standard library alone.

One browser and one page, reused: each poster is a document set into it, awaited, and taken as a
screenshot. https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome-headless-shell")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run")
FLAGS += ("--allow-file-access-from-files", "--disable-extensions", "--remote-debugging-pipe")
FLAGS += ("--disable-dev-shm-usage", "--disable-background-networking", "--mute-audio")
LIMIT_S = 60.0
QUALITY = 90
"""As berg's."""
LAUNCH = """
import os, sys
reading, writing = int(sys.argv[1]), int(sys.argv[2])
os.dup2(reading, 100), os.dup2(writing, 101)
os.dup2(100, 3), os.dup2(101, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The protocol's pipes are descriptors 3 and 4."""
READY = """
Promise.all([document.fonts.ready, ...[...document.images].map(i => i.decode())])
  .then(() => document.fonts.check('16px Poster'))
"""


def installed() -> str | None:
    """The path of a Chromium, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One browser with one page of 1080 by 1350 (or as told) pixels."""

    def __init__(self, program: str, *, width: int, height: int) -> None:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        child_reads, self._out = os.pipe()
        self._in, child_writes = os.pipe()
        browser = (program, *FLAGS, f"--user-data-dir={self._profile.name}", "about:blank")
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(child_reads), str(child_writes), *browser],
            pass_fds=(child_reads, child_writes),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(child_reads)
        os.close(child_writes)
        self._number, self._unread, self._session = 0, b"", ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.ask("Page.enable")
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **screen)

    def open(self, page: Path) -> None:
        """Go to a file, in whose folder photographs and fonts are looked for."""
        went = self.ask("Page.navigate", url=page.absolute().as_uri())
        if "errorText" in went:
            raise SystemExit(f"Chromium: {page}: {went['errorText']}")
        self._frame = went["frameId"]

    def version(self) -> str:
        """What it calls itself."""
        return str(self.ask("Browser.getVersion")["product"])

    def jpeg(self, document: str) -> bytes:
        """Set a document into the page, wait for its pictures and fonts, take it as JPEG."""
        self.ask("Page.setDocumentContent", frameId=self._frame, html=document)
        ready = self.ask(
            "Runtime.evaluate", expression=READY, awaitPromise=True, returnByValue=True
        )
        if ready["result"].get("value") is not True:
            raise SystemExit(f"Chromium could not load a poster: {ready}")
        shot = self.ask("Page.captureScreenshot", format="jpeg", quality=QUALITY)
        return base64.b64decode(shot["data"])

    def cpu_s(self) -> float:
        """Processor seconds of all its processes so far."""
        root = psutil.Process(self._process.pid)
        times = [one.cpu_times() for one in (root, *root.children(recursive=True))]
        return sum(one.user + one.system for one in times)

    def close(self) -> None:
        """End it."""
        family = psutil.Process(self._process.pid).children(recursive=True)
        self._process.terminate()
        self._process.wait(LIMIT_S)
        psutil.wait_procs(family, timeout=5)
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def ask(self, method: str, **params: Any) -> Any:
        """One command's answer; events are passed over."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._send(json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self._read())
            if answer.get("id") != self._number:
                continue
            if "error" in answer:
                raise SystemExit(f"Chromium: {method}: {answer['error']['message']}")
            return answer["result"]

    def _send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._out, data) :]

    def _read(self) -> bytes:
        """Up to the next NUL. A screenshot is a megabyte, so what is read is joined once."""
        parts, until = [self._unread], time.monotonic() + LIMIT_S
        while b"\0" not in parts[-1]:
            if not select.select([self._in], [], [], max(0.0, until - time.monotonic()))[0]:
                raise SystemExit(f"Chromium said nothing for {LIMIT_S:g} s")
            parts.append(os.read(self._in, 1 << 20))
            if not parts[-1]:
                raise SystemExit("Chromium has ended")
        message, _, self._unread = b"".join(parts).partition(b"\0")
        return message
