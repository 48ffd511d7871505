"""Photographs and papers from strangers: judged, then made anew in a process that may die (TRUST U1, U2, U4)."""

from __future__ import annotations

from core.imaging.making import (
    FIELDS,
    FOCUSES,
    LIBRARY,
    MIDDLE,
    PICTURES,
    Made,
    Pictures,
    bound,
    clean_signature,
    cover_files,
    library_cover,
    library_pictures,
    pictures,
    remake,
)
from core.imaging.sniffing import Kind

__all__ = [
    "FIELDS",
    "FOCUSES",
    "LIBRARY",
    "MIDDLE",
    "PICTURES",
    "Kind",
    "Made",
    "Pictures",
    "bound",
    "clean_signature",
    "cover_files",
    "library_cover",
    "library_pictures",
    "pictures",
    "remake",
]
