"""What readers say is wrong with the pages of the region, and the answer to each (FEATURES D20)."""

from __future__ import annotations

from typing import Any

from flask import url_for

from portal.desk.reports import Kind, Mending, desk


def _mend(report: dict[str, Any]) -> Mending:
    return Mending(report["title"], url_for("desk_content.show", page=report["articleId"]), "去改这一篇")


PAGES = Kind("desk/content/reports.html", "ContentReports", "AnswerContentReport", _mend)
pages = desk("desk_content_reports", "/desk/content/reports", PAGES)
