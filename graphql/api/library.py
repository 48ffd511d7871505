"""Pictures and films editors may put into pages (FEATURES D26). They come in by multipart, not through this door."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.scalars import DateTime
from content import media
from content.films import captions
from content.films import library as films


class LibraryPicture(graphene.ObjectType):
    """A picture of the library."""

    id = graphene.ID(required=True, description="Its id.")
    alt = graphene.String(required=True, description="What it shows, in words.")
    width = graphene.Int(required=True, description="Pixels across, of the widest file.")
    height = graphene.Int(required=True, description="Pixels down, of the same.")
    src = graphene.String(required=True, description="The small file, as JPEG.")
    markdown = graphene.String(required=True, description="What to write where a page shows it.")
    focus = graphene.String(description="What matters in it: l, c, r across, t, m, b down; empty where never cut.")
    uploaded_at = graphene.Field(DateTime, required=True, description="When it came.")

    def resolve_src(picture, _info: Any) -> str:
        """Name the file."""
        return f"/media/{picture.id}/320.jpg"

    def resolve_markdown(picture, _info: Any) -> str:
        """Write it."""
        return f"![{picture.alt}](picture:{picture.id})"


class LibraryFilm(graphene.ObjectType):
    """A film of the library."""

    id = graphene.ID(required=True, description="Its id.")
    title = graphene.String(required=True, description="What it is, in words.")
    size = graphene.Float(required=True, description="Bytes.")
    seconds = graphene.Int(required=True, description="How long it is.")
    field = graphene.String(required=True, description="What to write where a page shows it.")
    src = graphene.String(required=True, description="Its file.")
    captions = graphene.String(required=True, description="The file of its captions.")
    words = graphene.String(required=True, description="What is said in it: the beginning of a transcript.")
    uploaded_at = graphene.Field(DateTime, required=True, description="When it came.")

    def resolve_field(film, _info: Any) -> str:
        """Write it."""
        return f"{films.MARK}{film.id}"

    def resolve_src(film, _info: Any) -> str:
        """Name the file."""
        return f"/films/{film.id}/{films.FILE}"

    def resolve_captions(film, _info: Any) -> str:
        """Name the file."""
        return f"/films/{film.id}/{films.CAPTIONS}"

    def resolve_words(film, _info: Any) -> str:
        """Give the words of its captions."""
        return captions.words(film.captions)


LibraryPictureConnection = paging.connection(LibraryPicture, "Pictures, the newest first.")


class Queries(graphene.ObjectType):
    """What editors can ask."""

    library_pictures = paging.paged(LibraryPictureConnection, "Pictures pages may show, the newest first; for editors.")

    library_films = graphene.List(
        graphene.NonNull(LibraryFilm),
        required=True,
        description="Films pages may show, the newest first; for editors. A hundred at most.",
    )

    def resolve_library_films(_root, info: Any) -> Any:
        """List them."""
        return films.shelf(info.context.actor)

    def resolve_library_pictures(_root, info: Any, first: int, after: str | None = None) -> paging.Page:
        """Give one page of them."""
        rows = media.shelf(info.context.actor, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(rows, first, lambda one: (one.uploaded_at.isoformat(), one.id))
