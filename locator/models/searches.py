"""What is looked for, in counts that point at nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Model
from locator.models.division import CODE


class SearchCount(Model):
    """How often something was looked for from a county within an hour, and how often it was not near (FEATURES C19).

    There is no column a position, an address or a person could be written into. `need` is empty for any search.
    """

    __tablename__ = "search_count"
    __table_args__ = (CheckConstraint("0 <= unmet AND unmet <= searches", name="counts"),)

    county: Mapped[str] = mapped_column(CODE, primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    need: Mapped[str] = mapped_column(String(40), primary_key=True)
    searches: Mapped[int]
    unmet: Mapped[int]
