"""How somebody likes to read: elder mode, size, contrast, colours. One cookie, remembered by us, no script needed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.errors import Problem

COOKIE = "__Host-prefs"
YEAR = 365 * 24 * 3600

pages = Blueprint("preferences", __name__)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What was chosen. The names are the attributes `data-…` of `<html>`; the first value of CHOICES is the default."""

    mode: str = "standard"
    size: str = "normal"
    contrast: str = "normal"
    theme: str = "auto"
    motion: str = "auto"

    @property
    def elder(self) -> bool:
        """Say whether the simpler page is wanted: shorter texts, larger everything (RULEBOOK AX-M1, M6, M8)."""
        return self.mode == "elder"

    def written(self) -> str:
        """Write them for the cookie."""
        return ".".join(getattr(self, field.name) for field in fields(self))


CHOICES: dict[str, dict[str, str]] = {
    "mode": {"standard": "标准版", "elder": "长辈版"},
    "size": {"normal": "默认", "large": "大字", "larger": "超大字"},
    "contrast": {"normal": "默认", "high": "高对比"},
    "theme": {"auto": "跟随设备", "light": "浅色", "dark": "深色"},
    "motion": {"auto": "跟随设备", "still": "不要动画"},
}
LEGENDS = {"mode": "版本", "size": "文字大小", "contrast": "对比度", "theme": "颜色", "motion": "动画"}
SWITCHES = (
    ("mode", "elder", "长辈版"),
    ("size", "large", "大字"),
    ("contrast", "high", "高对比"),
    ("theme", "dark", "深色"),
)


def chosen() -> Preferences:
    """Read the cookie of this request. What is not on the list counts for nothing."""
    return parse(request.cookies.get(COOKIE, ""))


def parse(text: str) -> Preferences:
    """Read what `written` wrote."""
    given = dict(zip((field.name for field in fields(Preferences)), text.split("."), strict=False))
    return Preferences(**{name: value for name, value in given.items() if value in CHOICES[name]})


def here() -> str:
    """Give the path to come back to after a switch."""
    return request.path if _is_page(request.path) else "/"


def _is_page(path: str) -> bool:
    """Say whether this is a page of ours that can be looked at: no other site, no redirect to nowhere."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return False
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True


@pages.get("/preferences")
def show() -> str:
    """Show all that can be chosen."""
    return render_template("preferences.html", problems=[], choices=CHOICES, legends=LEGENDS)


@pages.post("/preferences")
def keep() -> AnyResponse | tuple[str, int]:
    """Remember what was chosen, and go back to the page."""
    now = chosen()
    wanted = _switched(now) or _selected(now)
    if wanted is None or wanted == now:
        problems = [problem_data(Problem("nothing_changed" if wanted else "nothing_chosen", "mode"))]
        return render_template("preferences.html", problems=problems, choices=CHOICES, legends=LEGENDS), 422
    back = request.form.get("back", "/")
    response = redirect(back if _is_page(back) else "/", 303)
    remember(response, wanted)
    return response


def remember(response: Response | AnyResponse, wanted: Preferences) -> None:
    """Put the choice into the cookie."""
    response.set_cookie(COOKIE, wanted.written(), max_age=YEAR, path="/", secure=True, httponly=True, samesite="Lax")


def _switched(now: Preferences) -> Preferences | None:
    """Turn one switch of the header on or off."""
    name, _, value = request.form.get("switch", "").partition("-")
    if value not in CHOICES.get(name, {}):
        return None
    default = next(iter(CHOICES[name]))
    return replace(now, **{name: default if getattr(now, name) == value else value})


def _selected(now: Preferences) -> Preferences | None:
    """Take the choices of the settings page."""
    picked = {name: request.form[name] for name in CHOICES if request.form.get(name) in CHOICES[name]}
    return replace(now, **picked) if picked else None
