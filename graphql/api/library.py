"""Pictures editors may put into pages (FEATURES D26). They come in by multipart, not through this door."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.scalars import DateTime
from content import media


class LibraryPicture(graphene.ObjectType):
    """A picture of the library."""

    id = graphene.ID(required=True, description="Its id.")
    alt = graphene.String(required=True, description="What it shows, in words.")
    width = graphene.Int(required=True, description="Pixels across, of the widest file.")
    height = graphene.Int(required=True, description="Pixels down, of the same.")
    src = graphene.String(required=True, description="The small file, as JPEG.")
    markdown = graphene.String(required=True, description="What to write where a page shows it.")
    uploaded_at = graphene.Field(DateTime, required=True, description="When it came.")

    def resolve_src(picture, _info: Any) -> str:
        """Name the file."""
        return f"/media/{picture.id}/320.jpg"

    def resolve_markdown(picture, _info: Any) -> str:
        """Write it."""
        return f"![{picture.alt}](picture:{picture.id})"


LibraryPictureConnection = paging.connection(LibraryPicture, "Pictures, the newest first.")


class Queries(graphene.ObjectType):
    """What editors can ask."""

    library_pictures = paging.paged(LibraryPictureConnection, "Pictures pages may show, the newest first; for editors.")

    def resolve_library_pictures(_root, info: Any, first: int, after: str | None = None) -> paging.Page:
        """Give one page of them."""
        rows = media.shelf(info.context.actor, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(rows, first, lambda one: (one.uploaded_at.isoformat(), one.id))
