"""What lies on the desk where the house is tried out: a draft the guards stop, and a page that waits for a reviewer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from content import keeping, reviewing
from content.kinds import Kind, Language
from content.models import Article, Review
from content.said import Said
from core.db import session
from core.identity import SYSTEM

REGION = "430211"
STOPPED = Said(
    "送外卖路上摔伤了，平台赔不赔？",
    "看谁管着您干活。先报警、留证据，再来问。",
    "## 先做什么\n\n骑手刘建军当天打了电话，号码是 13800000000。把接单记录截图，[点这里](/stations)找人帮忙。\n",
    {},
    ("new_employment",),
    ("work_injury",),
)
WAITING = Said(
    "老板只给现金、没有工资条，怎么证明拿多少钱？",
    "聊天记录、工友的话、转账记录都可以作证据。先留下来，再去劳动仲裁。",
    "## 先留下这些\n\n- 说到工钱的聊天记录，不要删。\n- 工友愿意作证的，记下联系办法。\n- 上工的照片、打卡记录。\n\n"
    "## 再去仲裁\n\n劳动仲裁不收费。根据《劳动争议调解仲裁法》第二十七条，一般要在一年内申请。\n\n"
    "不会写申请书，打 12348。\n",
    {},
    ("migrant_workers",),
    ("wages",),
)


def load(*, now: datetime) -> None:
    """Put both there, once."""
    _begun("demo-rider", Kind.CASE, STOPPED, now=now)
    waits = _begun("demo-cash-wages", Kind.FAQ, WAITING, now=now)
    if waits is not None:
        row = keeping.revision(waits)
        asked = Review(article_id=waits.id, revision_id=row.id, state=reviewing.WAITING, asked_by=SYSTEM.id or "")
        asked.asked_at, asked.due_at = now, now + reviewing.USUAL
        session().add(asked)
        session().flush()


def _begun(slug: str, kind: Kind, said: Said, *, now: datetime) -> Article | None:
    if session().scalars(select(Article.id).where(Article.slug == slug)).first() is not None:
        return None
    by = SYSTEM.id or ""
    told = {"kind": kind.value, "region": REGION, "language": Language.SIMPLIFIED.value, "is_sample": True}
    article = Article(slug=slug, made_by=by, made_at=now, **told)
    session().add(article)
    session().flush()
    keeping.add(article, said, by=by, now=now, came_from=(None, None))
    return article
