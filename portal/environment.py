"""What templates may use: filters, globals, and an environment that finds keys of dicts first."""

from __future__ import annotations

import functools
from typing import Any

import segno
from flask import Flask, g, request, url_for
from flask.templating import Environment
from jinja2 import StrictUndefined

from core import readonly, settings
from core.identity import Permission
from portal import filters, notices, preferences
from portal.security_headers import is_personal

EXIT_URL = "https://www.weather.com.cn/"
SECTIONS = (
    ("/check", "我能申请吗", ""),
    ("/apply", "申请", ""),
    ("/me/applications", "我的申请", ""),
    ("/stations", "服务点", "附近"),
    ("/visits", "预约", ""),
    ("/learn", "学法", ""),
    ("/account", "账户", ""),
)
FOR_CITIZENS = ("/apply", "/me/applications")
DESK = (  # what staff find, and which permissions lead there: one of them is enough
    ("/desk", "待办", (Permission.APPLICATIONS_REVIEW,)),
    ("/desk/visits", "预约", (Permission.APPOINTMENTS_ATTEND,)),
    ("/desk/tasks", "回电", (Permission.APPOINTMENTS_ATTEND,)),
    ("/desk/help", "打字求助", (Permission.APPOINTMENTS_ATTEND,)),
    ("/desk/places", "服务点", (Permission.DIRECTORY_EDIT,)),
    ("/desk/directory", "名录", (Permission.DIRECTORY_EDIT, Permission.DIRECTORY_APPROVE)),
    ("/desk/coverage", "覆盖", (Permission.STATISTICS_READ,)),
    ("/desk/content", "内容", (Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)),
    ("/desk/people", "人员", (Permission.PEOPLE_CONFIRM,)),
)
BELONGS = {  # pages without an entry of their own, and whose entry they stand under
    **dict.fromkeys(("/home-visits", "/me/visits", "/circuit"), "/visits"),
    **dict.fromkeys(("/desk/doorstep", "/desk/rounds", "/desk/waiting", "/desk/approvals"), "/desk/visits"),
    **dict.fromkeys(("/desk/affected", "/desk/forecast", "/desk/volunteers"), "/desk/visits"),
    **dict.fromkeys(("/desk/circuit", "/desk/reports", "/desk/services", "/desk/teams"), "/desk/places"),
    **dict.fromkeys(("/desk/pictures", "/desk/films"), "/desk/content"),
    "/messages": "/account",
    **dict.fromkeys(("/events", "/signups", "/forms", "/quiz"), "/learn"),
}
OWN = ("/me/applications",)  # somebody who has not signed in is led to the sign-in at once


class PortalEnvironment(Environment):
    """Answers of documents are dicts: `row.items` is the key, and half of the look-ups are saved (PERFORMANCE A)."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look for a key before an attribute."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)


def install(app: Flask) -> None:
    """Give the templates their filters and globals."""
    jinja = app.jinja_env
    jinja.undefined = StrictUndefined
    jinja.trim_blocks = True
    jinja.lstrip_blocks = True
    for name in ("moment", "day", "short_day", "clock", "when", "yuan", "filesize"):
        jinja.filters[name] = getattr(filters, name)
    jinja.globals.update(
        problem_for=filters.problem_for,
        date_parts=filters.date_parts,
        fresh_key=filters.fresh_key,
        preferences=preferences.chosen,
        current_settings=settings.current,
        is_signed_in=is_signed_in,
        is_staff=is_staff,
        navigation=navigation,
        section=section,
        here=preferences.here,
        destination=destination,
        enter=enter,
        own=OWN,
        at_desk=at_desk,
        qr=qr,
        is_read_only=readonly.is_on,
        bulletins=notices.standing,
        switches=preferences.SWITCHES,
        EXIT_URL=EXIT_URL,
    )


def qr() -> str | None:
    """Draw this page's address for paper (FEATURES D21); pages about a person have none."""
    if is_personal() or request.url_rule is None:
        return None
    return drawn(settings.current().public_url + request.path)


@functools.lru_cache(maxsize=512)
def drawn(address: str) -> str:
    """Draw an address as a picture that needs no request of its own."""
    return str(segno.make_qr(address, error="m").svg_data_uri(scale=4))


def is_signed_in() -> bool:
    """Say whether whoever looks has signed in; never asks the database."""
    return "viewer" in g and g.viewer.actor.id is not None


def is_staff() -> bool:
    """Say whether whoever looks is a member of staff."""
    return is_signed_in() and g.viewer.actor.kind == "staff"


def at_desk() -> bool:
    """Say whether this is a page of the staff desk."""
    return (request.path + "/").startswith("/desk/")


def enter(href: str) -> str:
    """Give the address of a section that is one's own: for a stranger the sign-in that leads there."""
    return href if is_signed_in() else url_for("account.sign_in", to=href.rpartition("/")[2])


def navigation() -> tuple[tuple[str, str, str], ...]:
    """Give what stands in the main navigation: address, label, and what goes before it where there is room."""
    if not is_signed_in():
        return (*SECTIONS[:-1], ("/sign-in", "登录", ""))
    if not is_staff():
        return SECTIONS
    if not at_desk():
        return (*(one for one in SECTIONS if one[0] not in FOR_CITIZENS), ("/desk", "工作台", ""))
    return (*workplaces(), ("/account", "账户", ""), ("/", "网站首页", ""))


def workplaces() -> tuple[tuple[str, str, str], ...]:
    """Give the parts of the desk that are open to whoever looks, the first being where they begin."""
    may = g.viewer.actor.may
    return tuple((href, label, "") for href, label, keys in DESK if any(may(one) for one in keys))


def section() -> str:
    """Say which part of the service this page belongs to: the `href` of its entry in the navigation."""
    path = request.path.rstrip("/") + "/"
    entries = ((href, href) for href, _, _ in (*SECTIONS, *navigation()) if href != "/")
    fits = [(part, href) for part, href in (*entries, *BELONGS.items()) if path.startswith(part + "/")]
    return max(fits, key=lambda fit: len(fit[0]), default=("", ""))[1]


def wanted() -> tuple[str, str, str] | None:
    """Find the section somebody signs in for: named by the last word of its address, from a list."""
    slug = request.args.get("to", "")
    return next((one for one in SECTIONS if slug and one[0].rpartition("/")[2] == slug), None)


def destination() -> str:
    """Say in the title of the sign-in where it leads, so that each page has a title of its own."""
    found = wanted() if request.endpoint == "account.sign_in" else None
    return f" – {found[1]}" if found else ""
