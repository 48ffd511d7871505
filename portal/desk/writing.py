"""Writing: the shelves, a new page, the editor with what readers would see beside it (FEATURES D02, D04, D28)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Malformed
from portal.asking import ask, viewer
from portal.desk.content_forms import said_in, shown
from portal.filters import clock, fresh_key
from portal.forms import Reading

pages = Blueprint("desk_writing", __name__, url_prefix="/desk/content")

A_PAGE = 25
LONGEST_TITLE = 120
SHELVES = {"all": "全部", "waiting": "待审核", "mine": "我写的", "stale": "法律变了，要核对"}
LANGUAGES = {"zh-Hans": "SIMPLIFIED", "zh-Hant": "TRADITIONAL", "en": "ENGLISH"}
EMPTY: dict[str, Any] = {"title": "", "summary": "", "body": "", "fields": [], "groups": [], "topics": []}
Page = str | tuple[str, int] | tuple[Response, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """Show a shelf."""
    shelf = request.args.get("shelf", "all")
    if shelf not in SHELVES:
        raise Malformed("pile_unknown")
    found = ask("ContentItems", shelf=shelf.upper(), first=A_PAGE, after=request.args.get("after"))["contentItems"]
    return render_template("desk/content/list.html", found=found, shelf=shelf, shelves=SHELVES, now=viewer().now)


@pages.get("/new")
def begin() -> Page:
    """Ask what is to be written."""
    title = request.args.get("title", "")[:LONGEST_TITLE]  # words nobody found a page for
    return _begin({"kind": None, "region": None, "language": "SIMPLIFIED", "slug": "", "title": title}, [])


@pages.post("/new")
def start() -> Page:
    """Begin it, and go on to the editor."""
    reading, asked = Reading(request.form), ask("ContentForm")["contentForm"]
    given = {
        "kind": reading.choice("kind", {one["code"].upper() for one in asked["kinds"]}),
        "language": reading.choice("language", LANGUAGES.values()) or "SIMPLIFIED",
        "region": reading.line("region", limit=12),
        "slug": reading.line("slug", limit=80),
    }
    title = reading.line("title", limit=120)
    if reading.problems:
        return _begin({**given, "title": title}, reading.problems), 422
    said = {**EMPTY, "title": title}
    made = ask("StartContent", input={**given, "said": said}, idempotencyKey=_key())["startContent"]
    if made["problems"]:
        return _begin({**given, "title": title}, made["problems"]), 422
    return redirect(url_for(".edit", page=made["id"]), 303)


@pages.get("/<page>/edit")
def edit(page: str) -> Page:
    """Show the editor with what was typed last, or the newest revision."""
    answer = ask("ContentDraft", id=page)
    draft = answer["contentDraft"]
    return _editor(answer, draft["said"], parent=draft["parent"], kept_at=draft["keptAt"])


@pages.post("/<page>/edit")
def write(page: str) -> Page:
    """Save, look at it, or drop what was typed: by the button that was pressed."""
    act = request.form.get("act", "save")
    if act == "discard":
        ask("DiscardTyping", input={"id": page}, idempotencyKey=_key())
        return redirect(url_for(".edit", page=page), 303)
    answer, reading = ask("ContentDraft", id=page), Reading(request.form)
    said, parent = said_in(reading), reading.figure("parent") or 0
    typed = shown(said, answer["contentDraft"]["said"]["fields"])
    if reading.problems:
        return _editor(answer, typed, parent=parent, problems=reading.problems), 422
    if act == "preview":
        kept = ask("KeepContent", input={"id": page, "parent": parent, "said": said}, idempotencyKey=_key())
        return _editor(answer, typed, parent=parent, problems=kept["keepContent"]["problems"], looked=True)
    made = ask("SaveContent", input={"id": page, "parent": parent, "said": said}, idempotencyKey=_key())
    saved = made["saveContent"]
    if saved["problems"]:
        return _editor(answer, typed, parent=parent, problems=saved["problems"]), 422
    if saved["clashes"]:
        return _editor(answer, saved["said"], parent=saved["newest"], clashes=saved["clashes"]), 409
    done = "merged" if saved["isMerged"] else "saved"
    return redirect(url_for("desk_content.show", page=page, done=done), 303)


@pages.post("/<page>/keep")
def keep(page: str) -> Page:
    """Keep what is typed, for the script that does so while one writes."""
    reading = Reading(request.form)
    given = {"id": page, "parent": reading.figure("parent") or 0, "said": said_in(reading)}
    kept = ask("KeepContent", input=given, idempotencyKey=fresh_key())["keepContent"]
    if reading.problems or kept["problems"]:
        return jsonify(problems=len(reading.problems) + len(kept["problems"])), 422
    return jsonify(savedAt=clock(kept["keptAt"]), version=given["parent"])


@pages.post("/<page>/look")
def look(page: str) -> Page:
    """Draw what is typed as readers would see it, for the script that does so while one writes."""
    reading = Reading(request.form)
    answer = ask("ContentDraft", id=page)
    said = said_in(reading)
    if reading.problems:
        return render_template("desk/content/findings.html", seen=None, problems=reading.problems)
    return render_template(
        "desk/content/beside.html", said=said, seen=_seen(answer["contentOpened"]["item"]["kind"], said), problems=[]
    )


def _begin(given: dict[str, Any], problems: list[dict[str, Any]]) -> str:
    asked = ask("ContentForm")["contentForm"]
    kinds = [{"value": one["code"].upper(), "label": one["label"]} for one in asked["kinds"]]
    languages = [{"value": LANGUAGES[one["code"]], "label": one["label"]} for one in asked["languages"]]
    regions = [{"value": one["code"], "label": one["label"]} for one in asked["regions"]]
    return render_template(
        "desk/content/new.html", kinds=kinds, languages=languages, regions=regions, given=given, problems=problems
    )


def _editor(
    answer: dict[str, Any],
    said: dict[str, Any],
    *,
    parent: int,
    looked: bool = False,
    **told: Any,
) -> str:
    item, form = answer["contentOpened"]["item"], answer["contentForm"]
    plain = {**said, "fields": [{"code": one["code"], "value": one["value"]} for one in said["fields"]]}
    options = {
        name: [{"value": one["code"], "label": one["label"]} for one in form[name]] for name in ("groups", "topics")
    }
    return render_template(
        "desk/content/edit.html",
        item=item,
        said=said,
        parent=parent,
        options=options,
        seen=_seen(item["kind"], plain),
        problems=told.get("problems", []),
        clashes=told.get("clashes", []),
        kept_at=told.get("kept_at"),
        looked=looked,
    )


def _seen(kind: str, said: dict[str, Any]) -> dict[str, Any]:
    seen: dict[str, Any] = ask("ContentPreview", kind=kind, said=said)["contentPreview"]
    return seen


def _key() -> str:
    return request.form.get("idempotency_key", "")
