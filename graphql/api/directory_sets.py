"""Sets of changes of the directory: what they do, station by station, and what of a file was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene

from accounts.queries import colleagues
from api import paging
from api.messages import message
from api.scalars import DateTime, enum_of
from api.station_types import StationPhoto
from core.identity import SYSTEM
from locator import pictures, policy
from locator import queries as divisions
from locator.upkeep import differences, entry, queries
from locator.upkeep.changes import ChangeSetKind, ChangeSetState
from locator.upkeep.columns import TITLES, StationColumn

KINDS = {
    ChangeSetKind.IMPORT: "文件导入",
    ChangeSetKind.EDIT: "网点修改",
    ChangeSetKind.CORRECTION: "群众纠错后更正",
    ChangeSetKind.UNDO: "撤回",
}
STATES = {
    ChangeSetState.PROPOSED: "等待处理",
    ChangeSetState.EMPTY: "没有差别",
    ChangeSetState.APPLIED: "已生效",
    ChangeSetState.REJECTED: "已退回",
    ChangeSetState.UNDONE: "已撤回",
}
ChangeSetKindType = enum_of(
    ChangeSetKind, "What a set of changes comes from.", {one: f"{said}." for one, said in KINDS.items()}
)
ChangeSetStateType = enum_of(
    ChangeSetState, "How far a set has come.", {one: f"{said}." for one, said in STATES.items()}
)


class ChangeSet(graphene.ObjectType):
    """Changes that count together or not at all."""

    id = graphene.ID(required=True, description="Its id.")
    kind = graphene.Field(ChangeSetKindType, required=True, description="What it comes from.")
    kind_text = graphene.String(required=True, description="The same in Chinese.")
    state = graphene.Field(ChangeSetStateType, required=True, description="How far it has come.")
    state_text = graphene.String(required=True, description="The same in Chinese.")
    title = graphene.String(required=True, description="The name of the file or of the station.")
    region_name = graphene.String(required=True, description="The division all of it lies in, in words.")
    proposed_at = graphene.Field(DateTime, required=True, description="When it was proposed.")
    proposer = graphene.String(required=True, description="Who proposed it: the office they hold.")
    decided_at = graphene.Field(DateTime, description="When it was decided.")
    decided_note = graphene.String(required=True, description="What was said when it was turned down.")
    added = graphene.Int(required=True, description="How many stations it adds.")
    changed = graphene.Int(required=True, description="How many it changes.")
    retired = graphene.Int(required=True, description="How many it ends; demo stations that make room among them.")
    unchanged = graphene.Int(required=True, description="How many rows of the file change nothing.")
    noted = graphene.Int(required=True, description="How many remarks there are on the file.")
    refused = graphene.Int(required=True, description="How many rows of the file could not be taken.")
    may_apply = graphene.Boolean(required=True, description="Whether whoever asks may apply it now.")
    may_reject = graphene.Boolean(required=True, description="Whether they may turn it down or take it back.")
    may_undo = graphene.Boolean(required=True, description="Whether they may undo it.")
    is_mine = graphene.Boolean(required=True, description="Whether they proposed it.")

    def resolve_kind_text(laid, _info: Any) -> str:
        """Name the kind."""
        return KINDS[ChangeSetKind(laid.kind)]

    def resolve_state_text(laid, _info: Any) -> str:
        """Name the state."""
        return STATES[ChangeSetState(laid.state)]

    def resolve_region_name(laid, _info: Any) -> str:
        """Name the division."""
        found = divisions.regions([laid.region]).get(laid.region)
        return found.full_name if found else "多个省份"

    def resolve_proposer(laid, info: Any) -> str:
        """Say who proposed it, without a name."""
        if laid.proposed_by in (info.context.actor.id, SYSTEM.id):
            return "本人" if laid.proposed_by != SYSTEM.id else "系统管理命令"
        known = colleagues([laid.proposed_by]).get(laid.proposed_by)
        return "、".join(known.titles) if known else "已离职的工作人员"

    def resolve_added(laid, _info: Any) -> int:
        """Count what is new."""
        return queries.counts(laid.id).added

    def resolve_changed(laid, _info: Any) -> int:
        """Count what changes."""
        return queries.counts(laid.id).changed

    def resolve_retired(laid, _info: Any) -> int:
        """Count what ends."""
        return queries.counts(laid.id).retired

    def resolve_noted(laid, _info: Any) -> int:
        """Count the remarks."""
        return len(laid.unread)

    def resolve_refused(laid, _info: Any) -> int:
        """Count the rows that were not taken."""
        return sum(note["refused"] for note in laid.unread)

    def resolve_may_apply(laid, info: Any) -> bool:
        """Say whether they may."""
        return laid.state == ChangeSetState.PROPOSED and policy.may_decide(info.context.actor, laid)

    def resolve_may_reject(laid, info: Any) -> bool:
        """Say whether they may."""
        actor = info.context.actor
        return laid.state == ChangeSetState.PROPOSED and (
            laid.proposed_by == actor.id or policy.may_decide(actor, laid)
        )

    def resolve_may_undo(laid, info: Any) -> bool:
        """Say whether they may."""
        return laid.state == ChangeSetState.APPLIED and policy.may_undo(info.context.actor, laid)

    def resolve_is_mine(laid, info: Any) -> bool:
        """Say whether it is theirs."""
        return bool(laid.proposed_by == info.context.actor.id)


ChangeSetConnection = paging.connection(ChangeSet, "Sets of changes, the newest first.")


class StationDifference(graphene.ObjectType):
    """One thing that changes in an entry."""

    field = graphene.String(required=True, description="Its stable name.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    before = graphene.String(required=True, description="What stood there; empty for nothing.")
    after = graphene.String(required=True, description="What is to stand there; empty for nothing.")


class StationChange(graphene.ObjectType):
    """What a set does to one station."""

    code = graphene.String(required=True, description="The station's code.")
    name = graphene.String(required=True, description="Its name.")
    act = graphene.String(required=True, description="What happens, in Chinese: added, changed, ended.")
    is_demo = graphene.Boolean(required=True, description="Whether it is made up for demonstration.")
    is_overtaken = graphene.Boolean(
        required=True, description="Whether the station is no longer what this was made for."
    )
    differences = graphene.List(
        graphene.NonNull(StationDifference), required=True, description="What changes, field by field."
    )

    photo = graphene.Field(StationPhoto, description="The photo that is to be shown, where it is another than before.")

    def resolve_photo(shown, _info: Any) -> pictures.Picture | None:
        """Give the photo, where it changes."""
        change = shown["change"]
        before, after = (said["venue"]["photo"] if said else None for said in (change.before, change.after))
        return pictures.said(after, change.after["venue"]["photo_alt"]) if after and after != before else None

    def resolve_code(shown, _info: Any) -> Any:
        """Give the code."""
        return _said(shown)["code"]

    def resolve_name(shown, _info: Any) -> Any:
        """Give the name."""
        return _said(shown)["name"]

    def resolve_act(shown, _info: Any) -> str:
        """Say what happens."""
        change = shown["change"]
        if change.after is None:
            return "让位" if entry.is_demo(change.station_id) else "停用"
        return "修改" if change.before else "新增"

    def resolve_is_demo(shown, _info: Any) -> bool:
        """Say whether it is made up."""
        return entry.is_demo(shown["change"].station_id)

    def resolve_differences(shown, _info: Any) -> Any:
        """Compare; of one that ends there is nothing more to say."""
        change = shown["change"]
        return differences.between(change.before, change.after) if change.after else []


StationChangeConnection = paging.connection(StationChange, "What a set does, in the order of its file.")


class ChangeNote(graphene.ObjectType):
    """What could not be understood of a file, or was understood with a doubt."""

    number = graphene.Int(required=True, description="Its place among the remarks, from 0.")
    row = graphene.Int(required=True, description="The row of the file, as people count; 1 is the header.")
    column_title = graphene.String(required=True, description="The column, in Chinese.")
    value = graphene.String(required=True, description="What stood there, or what was made of it.")
    is_refused = graphene.Boolean(required=True, description="Whether the row could not be taken at all.")
    message = graphene.String(required=True, description="What is the matter.")
    remedy = graphene.String(required=True, description="What to do about it.")


ChangeNoteConnection = paging.connection(ChangeNote, "Remarks on a file, row by row.", total=True)


def note_of(number: int, said: Mapping[str, Any]) -> ChangeNote:
    """Put a remark into words."""
    told, column = message(said["code"], said), said["column"]
    return ChangeNote(
        number=number,
        row=said["row"],
        column_title=TITLES[StationColumn(column)] if column in set(StationColumn) else column,
        value=said["value"],
        is_refused=said["refused"],
        message=told.text,
        remedy=told.remedy,
    )


def _said(shown: Mapping[str, Any]) -> Any:
    return shown["change"].after or shown["change"].before
