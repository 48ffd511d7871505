"""A page, to be read: what it says first, then why, and what to do next (FEATURES D10, D14, D15, D21, D23)."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from core import settings
from portal.asking import ask
from portal.learn.pages import Page, pages

LANGUAGES = {"zh-Hans": "SIMPLIFIED", "zh-Hant": "TRADITIONAL", "en": "ENGLISH"}


@pages.get("/learn/<slug>")
def show(slug: str) -> Page:
    """Show one page."""
    language = LANGUAGES.get(request.args.get("lang", ""))
    page = ask("LearnPage", slug=slug, language=language)["page"]
    return render_template("learn/page.html", page=page, card=page["card"], shared=shared(page))


def shared(page: dict[str, Any]) -> dict[str, Any]:
    """Say of a page what other sites show of it (schema.org, Open Graph)."""
    card = page["card"]
    home = settings.current().public_url
    where = home + url_for("learn.show", slug=page["edition"]["slug"])
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": card["title"],
        "description": card["summary"],
        "inLanguage": page["edition"]["language"],
        "datePublished": card["since"].isoformat(),
        "mainEntityOfPage": where,
        "publisher": {"@type": "GovernmentOrganization", "name": "如法", "url": home},
    }
