"""The way in: what the service is, help, how the site is made accessible, what it knows about people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, jsonify, render_template, url_for

from core import settings
from portal.assets import address

pages = Blueprint("home", __name__)

SECURITY_TXT_DAYS = 180


@pages.get("/")
def show() -> str:
    """Show the three ways in."""
    return render_template("home.html")


@pages.get("/help")
def assistance() -> str:
    """Show who helps, and how."""
    return render_template("help.html")


@pages.get("/accessibility")
def accessibility() -> str:
    """Show the accessibility statement (RULEBOOK AX-32, WCAG)."""
    return render_template("accessibility.html")


@pages.get("/privacy")
def privacy() -> str:
    """Show what we know about people, and why (PIPL 17)."""
    return render_template("privacy.html")


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    """Say how the site looks on a home screen. The name is discreet (TRUST P2)."""
    answer = jsonify(
        name="如法",
        short_name="如法",
        lang="zh-CN",
        start_url=url_for(".show"),
        scope="/",
        display="standalone",
        background_color="#fbfaf6",
        theme_color="#17375e",
        icons=[picture("icon-192.png", 192), picture("icon-512.png", 512)],
    )
    answer.mimetype = "application/manifest+json"
    return answer


def picture(name: str, pixels: int) -> dict[str, str]:
    """Describe an icon."""
    return {"src": address(f"img/{name}"), "sizes": f"{pixels}x{pixels}", "type": "image/png"}


@pages.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers which pages are for everybody."""
    closed = ("/apply", "/check", "/me", "/account", "/desk", "/m/", "/graphql", "/preferences")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.current().public_url}/sitemap.xml")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@pages.get("/.well-known/security.txt")
def security() -> Response:
    """Say whom to tell about a weakness (RFC 9116)."""
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {settings.current().public_url}/help",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: zh, en",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
