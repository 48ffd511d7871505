"""The first screen in one document; each card degrades alone (FEATURES E16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import graphene

from api import case_words, errors
from api.home_cards import Home
from api.locator import CODE
from api.messages import message
from api.private import private
from api.station_kinds import PositionInput
from api.viewer import Viewer
from applications import queries as applications
from applications.states import State
from appointments import queries as appointments
from appointments import seen
from content import bulletins, reading
from content.bulletins import Channel
from core import db
from core.errors import Refusal, Unavailable
from core.identity import ActorKind
from locator import nearby, origin
from locator.coords import Position, located
from locator.needs import Need
from locator.wish import Wish

CASES, DRAFTS, PAGES = 3, 3, 4
PROVINCE_DIGITS = 2
Card = dict[str, Any]

NO_CASES: Card = {"cases": [], "has_more": False, "drafts": []}
NO_APPOINTMENT: Card = {"service": "", "state_text": "", "place": "", "address": ""}
NO_PLACE: Card = {
    **dict.fromkeys(("code", "name", "address", "phone", "opening", "distance_text"), ""),
    "is_open": False,
    "is_demo": False,
}


class Queries(graphene.ObjectType):
    """What the first screen asks."""

    home = graphene.Field(
        Home,
        required=True,
        description="All that the first screen shows. Whoever has not signed in gets what is for everybody.",
        position=PositionInput(description="Where somebody is; it has the word over `region`."),
        region=graphene.String(description=f"Where somebody lives; notices and places are for there. {CODE}"),
    )

    @private
    def resolve_home(_root, info: Any, position: Any = None, region: str | None = None) -> Mapping[str, Any]:
        """Fill the cards, one after the other."""
        viewer: Viewer = info.context
        where = located(position["lat"], position["lon"], position["datum"]) if position else None
        own = viewer.actor.kind is ActorKind.CITIZEN and viewer.actor.id is not None
        return {
            "is_signed_in": own,
            "cases": _card(lambda: _cases(viewer), NO_CASES) if own else NO_CASES,
            "appointment": _card(lambda: _appointment(viewer), NO_APPOINTMENT) if own else NO_APPOINTMENT,
            "place": _card(lambda: _place(where, region, viewer), NO_PLACE),
            "pages": _card(lambda: _pages(viewer), {"pages": []}),
            "bulletins": _card(lambda: _bulletins(region or "", viewer), {"bulletins": []}),
        }


def _card(fill: Callable[[], Card], nothing: Card) -> Card:
    """Fill a card; where that fails it is empty and says why, and whoever fills the next begins anew."""
    try:
        return fill()
    except Refusal as refusal:
        return {**nothing, "trouble": _refused(refusal)}
    except db.GONE:
        db.begin_anew()
        return {**nothing, "trouble": _refused(Unavailable("database_unavailable"))}
    except Exception as fault:  # noqa: BLE001  # a fault of one card is none of the others'
        db.begin_anew()
        return {**nothing, "trouble": errors.of_fault(fault)["extensions"]}


def _refused(refusal: Refusal) -> dict[str, Any]:
    said = message(refusal.code, refusal.params)
    return {"code": refusal.code, "text": said.text, "remedy": said.remedy, "retryable": said.retryable}


def _cases(viewer: Viewer) -> Card:
    rows = applications.mine(viewer.actor, first=CASES)
    drafts = applications.drafts_listed(viewer.actor, now=viewer.now)
    shown = [
        {
            "reference": row.reference,
            "state": row.state,
            "state_text": case_words.STATES[row.state],
            "is_your_turn": row.state == State.SUPPLEMENT_REQUIRED,
            "received_at": row.received_at,
        }
        for row in rows[:CASES]
    ]
    begun = [{name: getattr(row, name) for name in ("id", "saved_at", "expires_at")} for row in drafts[:DRAFTS]]
    return {"cases": shown, "has_more": len(rows) > CASES, "drafts": begun}


def _appointment(viewer: Viewer) -> Card:
    row = appointments.coming(viewer.actor, now=viewer.now)
    if row is None:
        return NO_APPOINTMENT
    one = seen.together([row], now=viewer.now)[0]
    return {
        "starts_at": row.starts_at,
        "ends_at": one.ends_at,
        "service": one.offer.label,
        "state_text": one.state_text,
        "place": one.station.name,
        "address": one.station.address,
        "link": row.link,
    }


def _place(position: Position | None, region: str | None, viewer: Viewer) -> Card:
    """Find it; a whole province has no nearest place."""
    if position is None and len(region or "") <= PROVINCE_DIGITS:
        return NO_PLACE
    found = nearby.Search(Wish(needs=(Need.OPEN_NOW,)), origin.at(position, region), now=viewer.now).page(1)
    if not found:
        return NO_PLACE
    near, station = found[0], found[0].station
    return {
        "code": station.code,
        "name": station.name,
        "address": station.address,
        "phone": station.phone,
        "is_open": bool(station.opening and station.opening.is_open),
        "opening": station.opening.sentence if station.opening else "",
        "distance_text": near.distance_text,
        "walk_minutes": near.walk_minutes,
        "is_demo": station.is_demo,
    }


def _pages(viewer: Viewer) -> Card:
    shown = reading.pages(reading.Wish(), first=PAGES, after=None, now=viewer.now)[:PAGES]
    told = ("slug", "title", "kind_name", "minutes")
    return {"pages": [{name: getattr(one, name) for name in told} for one in shown]}


def _bulletins(region: str, viewer: Viewer) -> Card:
    return {"bulletins": list(bulletins.standing(region, Channel.MINIPROGRAM, now=viewer.now))}
