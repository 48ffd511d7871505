"""Where a code on paper or a screen leads, for whoever scans it without WeChat: `/c/<scene>` (FEATURES E19)."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask

pages = Blueprint("scenes", __name__)


@pages.get("/c/<scene>")
def follow(scene: str) -> AnyResponse:
    """Lead on. What is behind it says itself who may see it."""
    answer = redirect(ask("SceneTarget", scene=scene)["scene"]["path"], 302)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
