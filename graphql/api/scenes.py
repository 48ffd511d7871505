"""Scene codes: what a code leads to, and the code of something (FEATURES E19)."""

from __future__ import annotations

from typing import Any

import graphene

from api.scalars import enum_of
from api.viewer import Viewer
from applications import queries as applications
from content.events import page as events
from core import scenes
from core.errors import NotFound
from core.scenes import Scene, SceneKind
from locator import queries as places
from locator.kinds import StationKind

SceneKindType = enum_of(
    SceneKind,
    "What a scene leads to.",
    {
        SceneKind.STATION: "A place.",
        SceneKind.LIAISON: "A liaison point.",
        SceneKind.DRAFT: "Something begun elsewhere, to go on with; only its owner can.",
        SceneKind.DOOR: "The check of who stands at the door.",
        SceneKind.EVENT: "Something that takes place.",
    },
    name="SceneKind",
)


class SceneCode(graphene.ObjectType):
    """A scene, where it leads, and its picture."""

    scene = graphene.String(required=True, description="What the code carries: 32 characters at most.")
    kind = graphene.Field(SceneKindType, required=True, description="What it leads to.")
    key = graphene.String(required=True, description="Which one.")
    path = graphene.String(required=True, description="Where it leads within the portal.")
    picture_path = graphene.String(
        required=True, description="The code as a picture: of the mini-program, or of the portal where there is none."
    )

    def resolve_scene(row, _info: Any) -> str:
        """Write it."""
        return str(row.written())

    def resolve_path(row, info: Any) -> str:
        """Say where it leads."""
        return _path(row, info.context)

    def resolve_picture_path(row, _info: Any) -> str:
        """Say where its picture is."""
        return f"/m/v1/scenes/{row.written()}.png"


class Queries(graphene.ObjectType):
    """What can be asked about scene codes."""

    scene = graphene.Field(
        SceneCode,
        required=True,
        description="What a code leads to. One that is not ours leads nowhere.",
        scene=graphene.String(required=True, description="What the code carries."),
    )
    scene_code = graphene.Field(
        SceneCode,
        required=True,
        description="The code of something: a place, an event, one's own draft, a visit one has the door code of.",
        kind=SceneKindType(required=True, description="What it leads to."),
        key=graphene.String(required=True, description="Its code, id or name."),
    )

    def resolve_scene(_root, _info: Any, scene: str) -> Scene:
        """Read it."""
        return scenes.read(scene)

    def resolve_scene_code(_root, info: Any, kind: Any, key: str) -> Scene:
        """Make it, of something there is."""
        return KNOWN[SceneKind(kind)](info.context, key)


def _station(_viewer: Viewer, key: str) -> Scene:
    found = places.station(code=key)
    is_liaison = found.kind == StationKind.LIAISON_POINT
    return scenes.make(SceneKind.LIAISON if is_liaison else SceneKind.STATION, found.code)


def _draft(viewer: Viewer, key: str) -> Scene:
    return scenes.make(SceneKind.DRAFT, applications.draft(viewer.actor, key).id)


def _door(_viewer: Viewer, key: str) -> Scene:
    return scenes.make(SceneKind.DOOR, key.replace(" ", ""))


def _event(viewer: Viewer, key: str) -> Scene:
    return scenes.make(SceneKind.EVENT, events.find(key, now=viewer.now).article_id)


KNOWN = {
    SceneKind.STATION: _station,
    SceneKind.LIAISON: _station,
    SceneKind.DRAFT: _draft,
    SceneKind.DOOR: _door,
    SceneKind.EVENT: _event,
}


def _path(scene: Scene, viewer: Viewer) -> str:
    if scene.kind is SceneKind.EVENT:
        found = events.live([scene.key], now=viewer.now).get(scene.key)
        if found is None:
            raise NotFound("scene_unknown")
        return f"/events/{found.slug}"
    paths = {SceneKind.DRAFT: "/apply/", SceneKind.DOOR: "/door?code="}
    return f"{paths.get(scene.kind, '/stations/at/')}{scene.key}"
