"""What WeChat thinks of words that are about to be published: a comment for the reviewer, no verdict (RULEBOOK WX-5).

Mini-programs have to have what they publish looked at. Only pages go there, once they are laid before a reviewer:
never anything a citizen wrote or handed in (a test sees to it). WeChat asks for somebody who used the mini-program
within two hours: a colleague's account, set as RUFA_WECHAT_CHECKER.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from content import keeping, reviewing
from content.models import Article, Comment, Review, Revision
from core import logs, settings
from core.db import keep, reading, session
from core.jobs import handles
from core.wechat import client
from core.wechat.client import Scene
from core.wechat.faults import WechatFault

PORTION = 2_000  # characters; WeChat takes 2,500
DOUBTS = "微信内容安全对这一版有疑问（{where}），发布前请人工看一看。"
NOT_LOOKED = "微信内容安全没有检查这一版：检查用的微信号两小时内没有打开过小程序。发布前请人工看一看。"


@handles("content.screened", alone=True)
def screen(payload: dict[str, Any], *, now: datetime) -> None:
    """Ask, portion by portion, and tell the reviewer what there is to tell."""
    portions = _read(payload["review"])
    checker = settings.current().wechat_checker
    try:
        doubtful = [where for where, words in portions if _is_doubtful(checker, words, now)]
    except WechatFault as fault:
        logs.get("content").warning("content.not_screened", number=fault.number)
        keep(lambda: _tell(payload["review"], NOT_LOOKED, now))
        return
    if doubtful:
        keep(lambda: _tell(payload["review"], DOUBTS.format(where="、".join(doubtful)), now))


def _read(review_id: str) -> list[tuple[str, str]]:
    with reading() as current:
        row = current.get_one(Review, review_id)
        said = keeping.said_in(current.get_one(Revision, row.revision_id))
    return [("标题和摘要", f"{said.title}\n{said.summary}"), *_portions(said.body)]


def _portions(body: str) -> Iterator[tuple[str, str]]:
    for number, begin in enumerate(range(0, len(body), PORTION), 1):
        yield f"正文第 {number} 部分", body[begin : begin + PORTION]


def _is_doubtful(checker: str, words: str, now: datetime) -> bool:
    return client.wechat().judge_words(checker, words, Scene.FORUM, now=now) != client.GOOD


def _tell(review_id: str, words: str, now: datetime) -> None:
    """Leave a comment in nobody's name, once."""
    row = session().get_one(Review, review_id)
    article, revision = session().get_one(Article, row.article_id), session().get_one(Revision, row.revision_id)
    same = (Comment.revision_id == revision.id, Comment.staff_id.is_(None), Comment.words == words)
    if session().scalar(select(Comment.id).where(*same)) is None:
        reviewing.note(article, revision, Comment(words=words, quote=""), now=now)
