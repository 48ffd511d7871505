"""How checks from outside speak to this service: `python tokens.py outside_adapter http://127.0.0.1:8000`.

Run with PYTHONPATH=tests and the settings (RUFA_…) the server was started with: what no server may hand out,
tokens without a code say, is made beside it by `outside_people.py`. Trusted documents are asked by id, so that
all but `gql` works against a server in production mode too.
"""

import hashlib
import itertools
import json
import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import requests

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = ROOT / "graphql" / "operations"
PHONES = ["13800000001", "13800000002", "13800000003"]
CROWD = 300  # people behind each user of a race: one may not hold a time twice, nor order without end
STATUS = {"code_wrong": 401, "code_expired": 401, "code_used_up": 423, "account_disabled": 403}
OK = 200
FAULT = 500
TOO_LARGE, UNANSWERED = 413, 599
LARGEST_UPLOAD = 10_000_000


class Adapter:
    """Whatever a check asks for."""

    known, unknown = "13800000003", "13911112222"

    def __init__(self, base, **options):
        self.base, self.options, self.local = base.rstrip("/"), options, threading.local()
        self.lock, self.requests_of = threading.Lock(), {}
        self.crowds, self.people, self.links, self.helper = {}, {}, {}, None
        venv = ROOT / ".venv" / "bin" / "python"
        self.python = str(venv) if venv.exists() else sys.executable

    @property
    def http(self):
        if not hasattr(self.local, "session"):
            self.local.session = requests.Session()
        return self.local.session

    def gql(self, user, query, timeout=10, **variables):
        """Ask any document: a server in development mode."""
        return self._post({"query": query, "variables": variables}, user, timeout)

    def ask(self, name, user=None, timeout=10, **variables):
        """Ask a trusted document."""
        text = next(OPERATIONS.rglob(f"{name}.graphql")).read_text(encoding="utf-8")
        body = {"documentId": hashlib.sha256(text.encode()).hexdigest(), "variables": variables}
        return self._post(body, user, timeout)

    def do(self, name, given, user=None):
        """Do something, with a fresh key."""
        return self.ask(name, user, input=given, idempotencyKey=secrets.token_urlsafe(16))

    def _post(self, body, user, timeout):
        said = {"Accept": "application/graphql-response+json"}
        said |= {name: value for name, value in (user or {}).items() if not name.startswith("_")}
        return self.http.post(f"{self.base}/graphql", json=body, headers=said, timeout=timeout)

    def _beside(self, *words):
        command = [self.python, str(ROOT / "tests" / "outside_people.py"), *words]
        answer = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ)
        return json.loads(answer.stdout)

    def _asked(self, name, given):
        """Ask the helper that stays, for what is asked often."""
        with self.lock:
            if self.helper is None:
                command = [self.python, str(ROOT / "tests" / "outside_people.py"), "listen"]
                piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
                self.helper = subprocess.Popen(command, cwd=ROOT, env=os.environ, **piped)
            self.helper.stdin.write(json.dumps([name, given]) + "\n")
            self.helper.stdin.flush()
            return json.loads(self.helper.stdout.readline())

    def ready(self, timeout=2):
        try:
            return requests.get(f"{self.base}/readyz", timeout=timeout).status_code == OK
        except requests.RequestException:
            return False

    def user(self, n):
        """A citizen who is signed in."""
        phone = PHONES[n % len(PHONES)]
        made = self._beside("pair", phone)
        return {"Authorization": f"Bearer {made['access']}", "_refresh": made["refresh"], "_name": phone}

    def whoami(self, headers):
        answer = self.ask("Me", headers)
        if answer.status_code >= FAULT:
            return f"error {answer.status_code}"
        me = (answer.json().get("data") or {}).get("me")
        return me and (me["maskedPhone"] or me["name"])

    def refresh(self, token):
        made = self._payload(self.do("RefreshSession", {"refreshToken": token}), "refreshSession").get("session")
        return (made["accessToken"], made["refreshToken"]) if made else None

    def logout(self, user):
        return self.do("SignOut", {"everywhere": False}, user)

    def send_code(self, phone, **headers):
        answer = self.do("SendCode", {"phone": phone}, headers)
        sent = self._payload(answer, "sendCode").get("codeRequest")
        if sent:
            self.requests_of[phone] = sent["request"]
        return answer.status_code, self._said(answer, "sendCode")

    def login(self, phone, code, **headers):
        """Answer the code this adapter asked for last; ask for one where there is none."""
        with self.lock:
            if phone not in self.requests_of:
                self.send_code(phone)
        given = {"request": self.requests_of.get(phone, "none"), "code": code}
        answer = self.do("SignIn", given, headers)
        problems = self._payload(answer, "signIn").get("problems") or []
        status = STATUS[problems[0]["code"]] if problems else answer.status_code
        return status, self._said(answer, "signIn")

    @property
    def right_code(self):
        return self._beside("code", self.known)

    @staticmethod
    def _payload(answer, field):
        return (answer.json().get("data") or {}).get(field) or {}

    def _said(self, answer, field):
        body = answer.json()
        return json.dumps(self._payload(answer, field) or body.get("errors"), ensure_ascii=False)

    def upload(self, user, name, kind, data):
        """Send a file as an app does."""
        headers = {"Authorization": user["Authorization"]}
        try:
            answer = requests.post(
                f"{self.base}/m/v1/uploads", files={"file": (name, data, kind)}, headers=headers, timeout=30
            )
        except requests.RequestException:  # a server may hang up on a body it refuses
            return {"status": TOO_LARGE if len(data) > LARGEST_UPLOAD else UNANSWERED}
        return {"status": answer.status_code, "url": answer.json().get("url")}

    def fetch(self, user, url):
        """Open what `upload` gave the address of."""
        headers = {name: value for name, value in (user or {}).items() if not name.startswith("_")}
        answer = requests.get(self.base + url, headers=headers, timeout=10, allow_redirects=False)
        return {"status": answer.status_code, "headers": dict(answer.headers), "body": answer.content}

    def pids(self):
        """Give the server's processes: whoever listens, and its children."""
        port = int(self.base.rsplit(":", 1)[1])
        listening = (line for line in psutil.net_connections("tcp") if line.laddr and line.laddr.port == port)
        root = next((psutil.Process(line.pid) for line in listening if line.status == "LISTEN" and line.pid), None)
        return [root.pid, *(child.pid for child in root.children(recursive=True))] if root else []

    # --- addresses a citizen might smuggle in (ssrf.py)
    def url_inputs(self, user):
        """Give every input that takes words, each as a place for an address: none of them may be fetched."""

        def answered(response):
            return response.status_code, response.text

        def search(address):
            return answered(self.http.get(f"{self.base}/regions.json", params={"text": address}, timeout=10))

        def story(address):
            return answered(self.ask("DivisionSearch", user, text=address[:40], first=5))

        def upload_name(address):
            kept = self.http.post(
                f"{self.base}/m/v1/uploads",
                files={"file": (address, address.encode(), "image/jpeg")},
                headers={"Authorization": user["Authorization"]},
                timeout=20,
            )
            return answered(kept)

        def back(address):
            return answered(self.http.get(f"{self.base}/sign-in", params={"next": address}, timeout=10))

        return [("region search", search), ("division search", story), ("upload", upload_name), ("return path", back)]

    # --- many at once for the same places (race.py)
    def new_slot(self, capacity):
        """Have a time with so many places."""
        return self._asked("slot", capacity)

    def bookings(self, slot):
        """Read from the books who holds a place: number, user, key."""
        return [tuple(one) for one in self._asked("bookings", slot)]

    def book(self, user, slot, key, timeout=10):
        """Order as the person of the user's crowd this key belongs to."""
        station, starts_at = slot.split()
        given = {
            "station": station,
            "service": "WINDOW_TALK",
            "startsAt": starts_at,
            "name": key,
            "note": user["_name"],
        }
        try:
            person = self._person(user, key)
            answer = self.ask("BookAppointment", person, timeout, input=given, idempotencyKey=key)
            self.local.text = answer.text
            made = self._payload(answer, "bookAppointment")
        except (requests.RequestException, ValueError) as fault:
            return "info", type(fault).__name__
        if answer.status_code >= FAULT:
            return "info", str(answer.status_code)
        if made.get("appointment"):
            self.links[made["appointment"]["reference"]] = made["appointment"]["link"]
            return "ok", made["appointment"]["reference"]
        return "fail", self._said(answer, "bookAppointment")

    def cancel(self, _user, booking):
        """Give it back, by its link."""
        answer = self.do("CancelAppointment", {"link": self.links[booking]})
        return "ok" if self._payload(answer, "cancelAppointment").get("appointment") else "fail"

    def _person(self, user, key):
        name = user["_name"]
        if name not in self.crowds:
            phones = [f"13{name[-1]}{number:08}" for number in range(CROWD)]
            self.crowds[name] = itertools.cycle(self._asked("pairs", phones))
        if (name, key) not in self.people:
            self.people[name, key] = next(self.crowds[name])
        return {"Authorization": f"Bearer {self.people[name, key]}"}
