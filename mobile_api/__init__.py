"""FACE: what GraphQL does not suit: health, uploads, files, codes, signs, packs."""

from __future__ import annotations

from flask import Flask

from core import settings
from mobile_api import (
    blanks,
    booklets,
    counting,
    directory,
    films,
    health,
    letters,
    media,
    openapi,
    photos,
    prints,
    quizzes,
    receipts,
    replies,
    scenes,
    sheets,
    signs,
    takeout,
    telemetry,
    transfers,
    uploads,
    wechat,
)

BLUEPRINTS = [
    booklets.pages,
    blanks.pages,
    directory.pages,
    films.pages,
    health.pages,
    letters.pages,
    media.pages,
    photos.pages,
    prints.pages,
    quizzes.pages,
    receipts.pages,
    replies.pages,
    scenes.pages,
    sheets.pages,
    signs.pages,
    takeout.pages,
    transfers.pages,
    uploads.pages,
    wechat.pages,
]


def install(app: Flask) -> None:
    """Put this face on an application."""
    telemetry.install(app)
    counting.install(app)
    uploads.bound(app)
    films.install(app)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
    if settings.current().any_document:
        app.register_blueprint(openapi.pages)
