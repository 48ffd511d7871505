"""Citizens who are signed in and have written things down already, made through the door in a second or two."""

import hashlib
import io
import itertools

import requests
from PIL import Image

from tests.applications.conftest import WAGES
from tests.journeys.browser import ROOT

ANSWERS = {
    **WAGES,
    "region": {"region": ["430211"], "address": []},
    "agency": {"agency": ["430211"]},
    "verification": {"verification": ["PLEDGE"]},
}
OPERATIONS = ROOT / "graphql" / "operations"
KEYS = map("journey-key-{:012}".format, itertools.count(1))
PLAIN = "rufa-access"  # what tools over plain http are let in by, outside production


class Citizen:
    """Somebody signed in, who speaks to the door as an app does."""

    def __init__(self, live, phone):
        self.url, self.phone = live.url, phone
        self.http = requests.Session()
        sent = self.act("SendCode", phone=phone)["codeRequest"]
        given = {"request": sent["request"], "code": live.code_to(phone)}
        self.token = self.act("SignIn", **given)["session"]["accessToken"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def enter(self, page):
        """Let a browser in."""
        page.context.add_cookies([{"name": PLAIN, "value": self.token, "url": self.url}])

    def ask(self, name, /, **variables):
        """Ask a trusted document."""
        document = hashlib.sha256(next(OPERATIONS.rglob(f"{name}.graphql")).read_bytes()).hexdigest()
        asked = {"documentId": document, "variables": variables}
        answer = self.http.post(f"{self.url}/graphql", json=asked, timeout=30).json()
        assert "errors" not in answer, (name, answer)
        return next(iter(answer["data"].values()))

    def act(self, name, /, **given):
        """Do something, with a fresh key."""
        answer = self.ask(name, input=given, idempotencyKey=f"{next(KEYS)}-{self.phone}")
        assert not answer.get("problems"), (name, answer)
        return answer

    def draft(self):
        """Answer everything that is asked about unpaid wages, and hand in a photograph."""
        draft_id = self.act("StartDraft", code=None)["draft"]["id"]
        for step, given in ANSWERS.items():
            answers = [{"field": field, "values": values} for field, values in given.items()]
            self.act("SaveStep", draftId=draft_id, step=step, baseVersion=99, answers=answers)
        token = self.upload()
        self.act("AttachEvidence", draftId=draft_id, item="identity_document", token=token)
        return draft_id

    def upload(self):
        """Send a photograph."""
        picture = io.BytesIO()
        Image.effect_mandelbrot((900, 700), (-2, -1.2, 0.7, 1.2), 60).convert("RGB").save(picture, "JPEG")
        files = {"file": ("正面.jpg", picture.getvalue(), "image/jpeg")}
        headers = {"Idempotency-Key": f"{next(KEYS)}-{self.phone}"}
        answer = self.http.post(f"{self.url}/m/v1/uploads", files=files, headers=headers, timeout=30)
        return answer.json()["token"]

    def sign(self, draft_id):
        """Sign the pledge by typing."""
        form = self.ask("PledgeForm", draftId=draft_id)
        self.act(
            "SignPledge",
            draftId=draft_id,
            version=form["version"],
            acknowledged=[clause["code"] for clause in form["clauses"]],
            method="TYPED",
            name=form["signerName"],
            drawing=None,
        )

    def case(self):
        """Apply; give the reference."""
        draft_id = self.draft()
        self.sign(draft_id)
        return self.act("SubmitApplication", draftId=draft_id)["application"]["reference"]
