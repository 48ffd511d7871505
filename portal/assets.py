"""Styles, scripts and pictures: read once at start, named by what is in them, compressed, kept for ever."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, request

from core import settings

SOURCE = Path(__file__).parent.parent / "static"
MODULES = SOURCE.parent / "node_modules"
LEAFLET = {f"vendor/leaflet{kind}": MODULES / "leaflet" / "dist" / f"leaflet{kind}" for kind in (".js", ".css")}
PREFIX = "/static/"
KEPT = {".css", ".js", ".svg", ".png", ".ico"}
TEXT = {".css", ".js", ".svg"}
FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}

IMPORTED = re.compile(r'@import "([^"]+)";')
POINTED = re.compile(r"""(url\("|from "|import "|import\(")(\.{1,2}/[^"]+)(")""")


@dataclass(frozen=True)
class Asset:
    """A file as it is served: its bytes in each encoding."""

    content_type: str
    encodings: dict[str, bytes]
    tag: str


@dataclass
class Shelf:
    """All assets, by the names they are served under."""

    source: Path = SOURCE
    brought: Mapping[str, Path] = field(default_factory=dict)  # files of others, served under these names
    served: dict[str, Asset] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def fill(self) -> Shelf:
        """Read everything there is."""
        for path in sorted(self.source.rglob("*")):
            if path.suffix in KEPT:
                self.name(path.relative_to(self.source).as_posix())
        for name in self.brought:
            self.name(name)
        return self

    def name(self, path: str) -> str:
        """Give the name a file is served under: `css/site.css` → `css/site.3f2a91c07b.css`."""
        if path not in self.names:
            body = self._body(path)
            digest = hashlib.sha256(body).hexdigest()[:12]
            stem, suffix = posixpath.splitext(path)
            self.names[path] = f"{stem}.{digest}{suffix}"
            self.served[self.names[path]] = _packed(body, suffix, digest)
        return self.names[path]

    def _body(self, path: str) -> bytes:
        """Read a file; what it points to is named by content too, so a change travels upwards."""
        raw = self.brought.get(path, self.source / path).read_bytes()
        if posixpath.splitext(path)[1] not in (".css", ".js"):
            return raw
        return self._pointed(path, self._whole(path, raw.decode())).encode()

    def _whole(self, path: str, text: str) -> str:
        """Put imported sheets in place: one request for all styles."""
        folder = posixpath.dirname(path)
        return IMPORTED.sub(lambda found: (self.source / folder / found[1]).read_text(encoding="utf-8"), text)

    def _pointed(self, path: str, text: str) -> str:
        folder = posixpath.dirname(path)

        def renamed(found: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(folder, found[2]))
            return f"{found[1]}{PREFIX}{self.name(target)}{found[3]}"

        return POINTED.sub(renamed, text)


def _packed(body: bytes, suffix: str, tag: str) -> Asset:
    content_type = TYPES.get(suffix) or mimetypes.guess_type("x" + suffix)[0] or "application/octet-stream"
    encodings = {"identity": body}
    if suffix in TEXT:
        encodings |= {"br": brotli.compress(body, quality=9), "gzip": gzip.compress(body, mtime=0)}
    return Asset(content_type, encodings, tag)


@functools.cache
def shelf() -> Shelf:
    """Give what the process serves; Leaflet only where there is a key for the tiles it shows, and it is installed."""
    has_map = settings.current().tianditu_key and all(path.is_file() for path in LEAFLET.values())
    return Shelf(brought=LEAFLET if has_map else {}).fill()


def has_map() -> bool:
    """Say whether a map can be shown."""
    return LEAFLET.keys() <= shelf().names.keys()


def address(path: str) -> str:
    """Give the address of an asset: `css/site.css` → `/static/css/site.3f2a91c07b.css`."""
    return PREFIX + shelf().names[path]


def install(app: Flask) -> None:
    """Serve the assets; `asset('css/site.css')` gives an address in templates."""
    shelf()
    app.jinja_env.globals["asset"] = address
    app.add_url_rule(PREFIX + "<path:name>", "static", serve)
    app.add_url_rule("/favicon.ico", "favicon", favicon)


def serve(name: str) -> Response:
    """Give an asset by the name it is served under; it never changes."""
    found = shelf().served.get(name)
    return _answer(found, FOREVER) if found else abort(404)


def favicon() -> Response:
    """Give the picture browsers ask for by its old name."""
    return _answer(shelf().served[shelf().names["img/icon-32.png"]], A_DAY)


def _answer(asset: Asset, caching: str) -> Response:
    accepted = request.accept_encodings
    encoding = next((one for one in ("br", "gzip") if one in asset.encodings and accepted.quality(one) > 0), "")
    response = Response(asset.encodings[encoding or "identity"], content_type=asset.content_type)
    response.headers["Cache-Control"] = caching
    if "br" in asset.encodings:
        response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.set_etag(f"{asset.tag}-{encoding or 'raw'}")
    response.make_conditional(request)
    return response
