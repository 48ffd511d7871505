"""What all pages of places share."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

pages = Blueprint("stations", __name__, url_prefix="/stations")

Page = str | tuple[str, int] | Response
