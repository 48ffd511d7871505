"""Scenes: what a code on paper or a screen leads to, signed, in 32 characters at most (FEATURES E19, RULEBOOK WX-7).

`<kind><key>.<signature>`: one letter, the key of what it leads to, eight characters of a keyed hash. The key of the
hash is the one of look-ups, which is never changed: what is printed stays good.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from core.crypto import blind_index
from core.errors import NotFound

LONGEST = 32
SIGNED = 8
PURPOSE = "scene"


class SceneKind(StrEnum):
    """What a scene leads to. The value is its letter."""

    STATION = "s"
    LIAISON = "l"
    DRAFT = "d"
    DOOR = "v"
    EVENT = "e"


KEYS = {
    SceneKind.STATION: re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}"),
    SceneKind.LIAISON: re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}"),
    SceneKind.DRAFT: re.compile(r"[0-9A-Za-z_-]{22}"),
    SceneKind.DOOR: re.compile(r"[0-9]{8}"),
    SceneKind.EVENT: re.compile(r"[0-9A-Za-z_-]{22}"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What somebody is led to."""

    kind: SceneKind
    key: str

    def written(self) -> str:
        """Write it as codes carry it."""
        said = f"{self.kind.value}{self.key}"
        return f"{said}.{_signature(said)}"


def make(kind: SceneKind, key: str) -> Scene:
    """Make a scene; raise `NotFound` for a key that can be none of its kind."""
    if not KEYS[kind].fullmatch(key):
        raise NotFound("scene_unknown")
    return Scene(kind, key)


def read(written: str) -> Scene:
    """Read a scene of ours; anything else leads nowhere."""
    said, _, signature = written.rpartition(".")
    if len(written) > LONGEST or not written.isascii() or said[:1] not in set(SceneKind):
        raise NotFound("scene_unknown")
    if not hmac.compare_digest(_signature(said), signature):
        raise NotFound("scene_unknown")
    return make(SceneKind(said[0]), said[1:])


def _signature(said: str) -> str:
    made = bytes.fromhex(blind_index(said, PURPOSE))[: SIGNED * 3 // 4]
    return base64.urlsafe_b64encode(made).decode()
