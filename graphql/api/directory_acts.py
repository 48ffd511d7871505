"""Keeping the directory true: edits, decisions on sets of changes, confirmations and closures (FEATURES C14)."""

from __future__ import annotations

from typing import Any

import graphene

from api.directory import SET, DirectoryStation, StationColumnType
from api.directory_sets import ChangeSet
from api.mutation import Action
from api.scalars import Date
from api.station_brief import STATION
from api.viewer import Viewer
from locator.upkeep import changes, deviations, edits, photos, quality, queries
from locator.upkeep.changes import ChangeSetKind
from locator.upkeep.columns import StationColumn
from locator.upkeep.deviations import NewDeviation


class StationCellInput(graphene.InputObjectType):
    """One thing an entry should say."""

    column = graphene.Field(StationColumnType, required=True, description="What it is about.")
    value = graphene.String(required=True, description="What it should say, as in a file; empty for nothing.")


class ProposeStationEditInput(graphene.InputObjectType):
    """What an entry should say. What is not named stays as it is."""

    station = graphene.String(required=True, description=STATION)
    cells = graphene.List(graphene.NonNull(StationCellInput), required=True, description="What it should say.")
    is_correction = graphene.Boolean(required=True, description="Whether somebody's report of an error is the reason.")


class ProposeStationEdit(Action):
    """Propose to change an entry. It counts once somebody else has approved it."""

    class Arguments:
        input = ProposeStationEditInput(required=True)

    change_set = graphene.Field(ChangeSet, description="The change that waits now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Propose it."""
        cells = {StationColumn(one["column"]): one["value"] for one in input.cells}
        kind = ChangeSetKind.CORRECTION if input.is_correction else ChangeSetKind.EDIT
        return cls(change_set=edits.propose(viewer.actor, input.station, cells, kind=kind, now=viewer.now))


class RemoveStationPhotoInput(graphene.InputObjectType):
    """Which station."""

    station = graphene.String(required=True, description=STATION)


class RemoveStationPhoto(Action):
    """Propose that a place shows no photo any more. One is added by POST to `/m/v1/directory/photos`."""

    class Arguments:
        input = RemoveStationPhotoInput(required=True)

    change_set = graphene.Field(ChangeSet, description="The change that waits now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Propose it."""
        return cls(change_set=photos.propose_none(viewer.actor, input.station, now=viewer.now))


class ChangeSetInput(graphene.InputObjectType):
    """Which set of changes."""

    id = graphene.ID(required=True, description=SET)


class RejectChangeSetInput(graphene.InputObjectType):
    """Which set of changes, and why not."""

    id = graphene.ID(required=True, description=SET)
    reason = graphene.String(required=True, description="Why; whoever takes their own back need not say.")


class ApplyChangeSet(Action):
    """Bring a set of changes into the directory, all at once."""

    class Arguments:
        input = ChangeSetInput(required=True)

    change_set = graphene.Field(ChangeSet, description="The set as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Apply it."""
        return cls(change_set=changes.apply(viewer.actor, input.id, now=viewer.now))


class RejectChangeSet(Action):
    """Turn a set of changes down, or take one's own back."""

    class Arguments:
        input = RejectChangeSetInput(required=True)

    change_set = graphene.Field(ChangeSet, description="The set as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Turn it down."""
        return cls(change_set=changes.reject(viewer.actor, input.id, reason=input.reason, now=viewer.now))


class UndoChangeSet(Action):
    """Restore what was before a set was applied, if nothing it touched has changed since."""

    class Arguments:
        input = ChangeSetInput(required=True)

    change_set = graphene.Field(ChangeSet, description="The set that undid it.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Undo it."""
        return cls(change_set=changes.undo(viewer.actor, input.id, now=viewer.now))


class ConfirmStationInput(graphene.InputObjectType):
    """Which station."""

    station = graphene.String(required=True, description=STATION)


class AddDeviationInput(graphene.InputObjectType):
    """Days a station is closed or keeps other hours."""

    station = graphene.String(required=True, description=STATION)
    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, required=True, description="The last day.")
    spans = graphene.String(required=True, description="The hours kept, as 09:00-12:00; empty when closed.")
    reason = graphene.String(required=True, description="Why, in words for the public.")


class RemoveDeviationInput(graphene.InputObjectType):
    """Which announcement."""

    id = graphene.ID(required=True, description="Its id.")


class _OnStation(Action):
    """What is done to one station."""

    class Meta:
        abstract = True

    station = graphene.Field(DirectoryStation, description="The station as it is now.")

    @classmethod
    def shown(cls, viewer: Viewer, code: str) -> Any:
        """Give the station as it is now."""
        return cls(station=queries.find(viewer.actor, code, now=viewer.now))


class ConfirmStation(_OnStation):
    """Say that all of one's entry is still so."""

    class Arguments:
        input = ConfirmStationInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Confirm it."""
        return cls.shown(viewer, quality.confirm(viewer.actor, input.station, now=viewer.now).code)


class AddDeviation(_OnStation):
    """Announce a closure or other hours. It counts at once."""

    class Arguments:
        input = AddDeviationInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Announce it."""
        new = NewDeviation(input.first_on, input.last_on, input.spans, input.reason)
        deviations.add(viewer.actor, input.station, new, now=viewer.now)
        return cls.shown(viewer, input.station)


class RemoveDeviation(_OnStation):
    """Take an announcement back."""

    class Arguments:
        input = RemoveDeviationInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it back."""
        return cls.shown(viewer, deviations.remove(viewer.actor, input.id, now=viewer.now).code)


class Mutations(graphene.ObjectType):
    """What those who keep the directory can do."""

    propose_station_edit = ProposeStationEdit.Field(required=True, description="Propose to change an entry.")
    remove_station_photo = RemoveStationPhoto.Field(required=True, description="Propose to show no photo any more.")
    apply_change_set = ApplyChangeSet.Field(required=True, description="Bring a set of changes in.")
    reject_change_set = RejectChangeSet.Field(required=True, description="Turn a set of changes down.")
    undo_change_set = UndoChangeSet.Field(required=True, description="Undo a set of changes.")
    confirm_station = ConfirmStation.Field(required=True, description="Say that an entry is still so.")
    add_deviation = AddDeviation.Field(required=True, description="Announce a closure or other hours.")
    remove_deviation = RemoveDeviation.Field(required=True, description="Take an announcement back.")
