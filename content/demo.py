"""What lies on the desk where the house is tried out: a draft that is stopped, a page that waits, an event to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from content import keeping, publishing, reviewing
from content.kinds import Kind, Language
from content.models import Article, Review
from content.said import Said
from core.calendar import china_day
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


EVENT = Said(
    "法援惠民生：现场法律咨询",
    "律师在广场免费答疑，农民工讨薪、老人赡养、工伤赔偿都可以问。",
    "## 可以问什么\n\n讨薪、工伤、离婚、赡养、交通事故，什么都可以问，不收钱。\n\n"
    "## 带什么来\n\n- 身份证。\n- 合同、工资条、聊天记录，有什么带什么。\n\n"
    "符合条件的，当场可以申请法律援助，见《法律援助法》第三十一条。\n",
    {"hours": "9:00–11:30", "place": "炎帝广场（示例）", "capacity": "40"},
    ("everyone",),
    ("legal_aid",),
)
AHEAD = timedelta(days=12)


def load(*, now: datetime) -> None:
    """Put them there, once."""
    _coming(now)
    _begun("demo-rider", Kind.CASE, STOPPED, now=now)
    waits = _begun("demo-cash-wages", Kind.FAQ, WAITING, now=now)
    if waits is not None:
        row = keeping.revision(waits)
        asked = Review(article_id=waits.id, revision_id=row.id, state=reviewing.WAITING, asked_by=SYSTEM.id or "")
        asked.asked_at, asked.due_at = now, now + reviewing.USUAL
        session().add(asked)
        session().flush()


def _coming(now: datetime) -> None:
    """Announce an event, so many days ahead of the first start."""
    held_on = china_day(now + AHEAD).isoformat()
    said = replace(EVENT, fields={**EVENT.fields, "held_on": held_on})
    made = _begun("demo-law-day", Kind.EVENT, said, now=now)
    if made is not None:
        by = SYSTEM.id or ""
        publishing.put_out(made, keeping.revision(made), by=by, now=now, term=(None, None))


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
