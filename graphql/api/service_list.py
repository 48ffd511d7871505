"""The public list of an office's services: seven fields, from what stands in the house today (FEATURES D24)."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.mutation import Action
from api.scalars import Date
from api.station_brief import STATION, StationBrief
from api.viewer import Viewer
from applications import checklist
from applications.rule import Scope
from applications.rulebook import rulebook
from content import statements
from core.calendar import china_day
from locator import queries, staffing

TITLES = {
    "scope": "援助范围",
    "materials": "申请材料",
    "limits": "办理时限",
    "duty": "值班律师",
    "supervision": "监督方式",
    "phone": "联系电话",
    "promise": "服务承诺",
}
LIMITS = ("TL-REV", "TL-ASG", "TL-CRIM")
UNITS = {"CALENDAR": "日", "WORKING": "个工作日", "MONTH": "个月"}


class ServiceListField(graphene.ObjectType):
    """One of the seven fields."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="Its name in Chinese.")
    lines = graphene.List(graphene.NonNull(graphene.String), required=True, description="What it says, line by line.")
    is_published = graphene.Boolean(required=True, description="Whether the office has published it.")


class ServiceList(graphene.ObjectType):
    """What an office does, what to bring, how long it takes, who is there, who watches over it, what it promises."""

    station = graphene.Field(StationBrief, required=True, description="The office.")
    on = graphene.Field(Date, required=True, description="The day it is true for.")
    fields = graphene.List(graphene.NonNull(ServiceListField), required=True, description="Exactly seven.")


class ServiceListGap(graphene.ObjectType):
    """An office whose list is looked at, and what is missing."""

    station = graphene.Field(StationBrief, required=True, description="The office.")
    missing = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Names of missing fields in Chinese; empty is whole.",
    )


ServiceListGapConnection = paging.connection(ServiceListGap, "Offices with what their lists lack, by division.")


class ServiceStatement(graphene.ObjectType):
    """What an office says of itself."""

    supervision = graphene.String(required=True, description="How it is supervised; empty where not published.")
    promise = graphene.String(required=True, description="What it promises; empty where not published.")


class StateServiceListInput(graphene.InputObjectType):
    """What an office says of itself."""

    station = graphene.String(required=True, description=STATION)
    supervision = graphene.String(required=True, description="How it is supervised, 300 characters at most.")
    promise = graphene.String(required=True, description="What it promises, 300 characters at most.")


class StateServiceList(Action):
    """Say how an office one keeps is supervised, and what it promises."""

    class Arguments:
        input = StateServiceListInput(required=True)

    statement = graphene.Field(ServiceStatement, description="What it says now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> StateServiceList:
        """State it."""
        said = statements.Said(input["supervision"], input["promise"])
        return cls(statement=statements.state(viewer.actor, input["station"], said, now=viewer.now))


class Queries(graphene.ObjectType):
    """What can be asked."""

    service_list = graphene.Field(
        ServiceList,
        required=True,
        station=graphene.String(required=True, description=STATION),
        description="The public list of an office's services.",
    )
    service_statement = graphene.Field(
        ServiceStatement,
        required=True,
        station=graphene.String(required=True, description=STATION),
        description="What an office one keeps says of itself, to be edited.",
    )
    service_list_gaps = paging.paged(
        ServiceListGapConnection,
        "Offices of one's region, with what the lists of their services lack; for who keeps them.",
    )

    def resolve_service_list(_root, info: Any, station: str) -> dict[str, Any]:
        """Put it together."""
        row, today = queries.station(code=station), china_day(info.context.now)
        said = statements.said_by([row.id]).get(row.id, statements.Said())
        lines = {
            **_rules(row.division_code, today),
            "duty": _duty(row.id, today),
            "supervision": _lines(said.supervision),
            "phone": _lines(row.phone),
            "promise": _lines(said.promise),
        }
        fields = [
            {"code": code, "title": title, "lines": lines[code], "is_published": bool(lines[code])}
            for code, title in TITLES.items()
        ]
        return {"station": row, "on": today, "fields": fields}

    def resolve_service_statement(_root, info: Any, station: str) -> statements.Said:
        """Open it."""
        return statements.opened(info.context.actor, station)

    def resolve_service_list_gaps(_root, info: Any, first: int, after: str | None = None) -> paging.Page:
        """Look at each."""
        viewer: Viewer = info.context
        rows, found = statements.gaps(
            viewer.actor, first=paging.judged(first), after=paging.place(after), now=viewer.now
        )
        keys = {row.id: (row.division_level, row.division_code, row.id) for row in rows}
        told = [{"station": one.station, "missing": [TITLES[code] for code in one.missing]} for one in found]
        return paging.page_of(told, first, lambda one: keys[one["station"].id])


class Mutations(graphene.ObjectType):
    """What can be done."""

    state_service_list = StateServiceList.Field(required=True)


def _rules(division: str, today: Any) -> dict[str, list[str]]:
    book = rulebook()
    limits = [book.limits[code] for code in LIMITS if code in book.limits]
    return {
        "scope": [one.title for one in book.matters(division, today) if one.scope is Scope.IN],
        "materials": list(dict.fromkeys(one.title for one in checklist.every_item())),
        "limits": [f"{one.title}：{one.days} {UNITS[one.unit]}内（{one.article}）" for one in limits],
    }


def _duty(station_id: str, today: Any) -> list[str]:
    shifts = staffing.on_duty([station_id], today, statements.A_WEEK).get(station_id, [])
    return [
        f"{one.on.month} 月 {one.on.day} 日 {staffing.clock(one.opens)}–{staffing.clock(one.closes)} {one.lawyer}"
        for one in shifts
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
