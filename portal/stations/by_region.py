"""Places of a region, chosen by province, prefecture, county, township and village, by links alone."""

from __future__ import annotations

from flask import render_template, request

from core.errors import NotFound
from portal.asking import ask
from portal.stations.pages import pages

A_PAGE = 10
KINDS = {
    "LEGAL_AID_CENTRE": "法律援助中心",
    "PUBLIC_LEGAL_SERVICE_CENTRE": "公共法律服务中心",
    "PUBLIC_LEGAL_SERVICE_STATION": "工作站",
}
DEEPEST_SHOWN = 5  # villages, where the directory has them


@pages.get("/<string(maxlength=12):region>")
def show(region: str) -> str:
    """Show the places of a division, what lies below it, and where to apply."""
    if not region.isascii() or not region.isdigit():
        raise NotFound("division_unknown")
    kind = request.args.get("kind")
    kind = kind if kind in KINDS else None
    answer = ask("Stations", region=region, kind=kind, first=A_PAGE, after=request.args.get("after"))
    return render_template("stations/show.html", **answer, kind=kind, kinds=KINDS, deepest=DEEPEST_SHOWN)
