"""What journeys are made with: the service in a process, a browser tab that listens, rules of accessibility."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError

from axe_playwright_python.sync_playwright import Axe

from accounts import demo, passwords

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
OTHERS = ("RUFA_", "COVERAGE_")  # somebody else's settings; nobody counts what a service on its own runs
LOWEST, HIGHEST = 18_000, 30_000  # below the range the kernel hands out to clients
START_SECONDS = 240
PATIENCE = 30  # seconds for a text message, on a machine that is busy with other tests
LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]  # what styles change
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MEANT = re.compile(r"Failed to load resource: .* status of 4\d\d|Third-party cookie")
PREFS = "__Host-prefs"


def free_port():
    """Find a port nobody listens on."""
    for port in range(LOWEST + os.getpid() % 5_000, HIGHEST):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no free port")


class Live:
    """The service, started the way `make run` starts it."""

    def __init__(self, folder, **settings):
        self.folder, self.steps, self.read = Path(folder), {}, {}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(OTHERS)},
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "graphql")]),
            "RUFA_DATA_DIR": str(self.folder / "data"),
            "RUFA_PORT": str(self.port),
            **settings,
        }
        self.environment.pop("DATABASE_URL", None)
        self.environment.pop("REDIS_URL", None)
        with self.log.open("wb") as writing:
            self.process = subprocess.Popen(
                self._flask("start"), cwd=ROOT, env=self.environment, stdout=writing, stderr=subprocess.STDOUT
            )
        self._wait()

    def _flask(self, *words):
        return [sys.executable, "-m", "flask", "--app", "wsgi:create_app", *words]

    def _wait(self):
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url + "/robots.txt", timeout=2):  # noqa: S310  # our own address
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        self.stop()
        raise RuntimeError("the service did not start:\n" + self.log.read_text()[-3000:])

    def texted(self, phone, pattern):
        """Give what a number was sent that fits a pattern; numbers are masked in the log, so its end must do."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if found := re.findall(rf"\[短信 [^\]]*{phone[-4:]}\][^\n]*{pattern}", self.log.read_text()):
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"nothing that fits {pattern} was sent to {phone}")

    def code_to(self, phone):
        """Give the code a number was sent, each once; numbers are masked in the log, so its end must do."""
        ends, known = time.monotonic() + PATIENCE, self.read.get(phone, 0)
        while time.monotonic() < ends:
            sent = re.findall(rf"\[短信 [^\]]*{phone[-4:]}\] 您的验证码是 (\d{{6}})", self.log.read_text())
            if len(sent) > known:
                self.read[phone] = len(sent)
                return sent[-1]
            time.sleep(0.1)
        raise AssertionError("no code came")

    def totp(self, username):
        """Give a code off somebody's authenticator that was not used yet: of now, else of the step that comes next."""
        step = max(int(time.time()) // passwords.STEP_SECONDS, self.steps.get(username, 0) + 1)
        while step > int(time.time()) // passwords.STEP_SECONDS + 1:
            time.sleep(0.5)
        self.steps[username] = step
        at = datetime.fromtimestamp(step * passwords.STEP_SECONDS, UTC)
        return passwords.code_at(demo.secret_of(username), now=at)

    def stop(self):
        """Let it finish."""
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Tab:
    """A page in a profile of its own, and what the browser complained about."""

    def __init__(self, browser, url, *, javascript=True, width=1280, height=800, prefs="", **wishes):
        self.complaints = []
        self.context = browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **wishes,
        )
        if prefs:
            # Chromium takes a Secure cookie over http from this machine, the tool that sets it does not.
            secure = url.replace("http:", "https:", 1)
            self.context.add_cookies([{"name": PREFS, "value": prefs, "url": secure, "secure": True}])
        self.page = self.context.new_page()
        self.context.on("weberror", lambda fault: self.complaints.append(f"script: {fault.error}"))
        self.context.on("console", self._hear)

    def _hear(self, said):
        if said.type == "error" and not MEANT.search(said.text):
            self.complaints.append(f"{said.location.get('url', '')}: {said.text}")

    def close(self):
        """Put it away."""
        self.context.close()


def axe(page, *, looks=False):
    """Look for barriers on a page as it stands: all, or those that hang on colours and sizes alone."""
    only = {"type": "rule", "values": LOOKS} if looks else {"type": "tag", "values": RULES}
    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def fits(page):
    """Look for sideways scrolling, once the page that was asked for is there."""
    over = page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
    assert over <= 1, f"{page.url} is {over} px too wide"


def too_small(page, targets, least):
    """Name what is too small to touch: those targets that are shown, narrower or lower than `least` CSS pixels."""
    return page.locator(targets).evaluate_all(
        """(all, least) => all.filter((one) => one.checkVisibility({visibilityProperty: true})).filter((one) => {
            const box = one.getBoundingClientRect();
            return Math.min(box.width, box.height) < least;
        }).map((one) => one.textContent.trim())""",
        least,
    )
