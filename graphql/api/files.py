"""Links to private files, for whoever asks."""

from __future__ import annotations

from api.viewer import Viewer


def upload_link(viewer: Viewer, token: str, variant: str) -> str:
    """Link to a file somebody handed in: `master` or `thumbnail`."""
    return viewer.links.signed(f"/m/v1/files/{token}/{variant}")


def letter_link(viewer: Viewer, letter_id: str) -> str:
    """Link to a letter as PDF."""
    return viewer.links.signed(f"/m/v1/letters/{letter_id}")
