"""A newsroom: three regions, an editor and a reviewer, and a page that is fit to be published."""

from datetime import UTC, datetime

from accounts import roles
from accounts.models import StaffMember, StaffRole
from content import drafting, laws, reviewing
from content.drafting import Beginning
from content.reviewing import Wish
from content.said import Said
from core.db import session
from core.identity import SYSTEM, Permission
from locator import queries as places
from locator.models import Division
from tests import make

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday 09:30 in China
DIVISIONS = (
    ("43", "湖南省", 1, None, "/43/"),
    ("4301", "长沙市", 2, "43", "/43/4301/"),
    ("4302", "株洲市", 2, "43", "/43/4302/"),
    ("430211", "天元区", 3, "4302", "/43/4302/430211/"),
    ("430281", "醴陵市", 3, "4302", "/43/4302/430281/"),
)
WRITING, PUBLISHING = frozenset({Permission.CONTENT_WRITE}), frozenset({Permission.CONTENT_PUBLISH})
EDITOR = make.staff("4302", WRITING, "editor-1")
COLLEAGUE = make.staff("4302", WRITING, "editor-2")
REVIEWER = make.staff("4302", PUBLISHING, "reviewer-1")
BOTH = make.staff("4302", WRITING | PUBLISHING, "both-1")
STRANGERS = (
    make.staff("4301", WRITING | PUBLISHING, "elsewhere"),
    make.staff("430281", WRITING | PUBLISHING, "below"),
)
FIT = Said(
    "没签合同也能要工资吗？",
    "能。先留证据，再去劳动仲裁。",
    "## 先做什么\n\n留好聊天记录。\n\n根据《劳动合同法》第三十条，可以申请支付令。\n",
    {},
    ("migrant_workers",),
    ("wages",),
)


def put_up():
    """Put the regions and the laws up."""
    for code, name, level, parent, lineage in DIVISIONS:
        told = {"status": "active", "full_name": name, "lineage": lineage, "pinyin": "", "initials": ""}
        session().add(Division(code=code, name=name, level=level, parent_code=parent, **told))
        session().flush()
    places.forget()
    laws.load(SYSTEM, now=NOW)


def employ(actor, role="content_reviewer", *, now=NOW):
    """Put an actor down as a member of staff with a confirmed role."""
    roles.sync(SYSTEM)
    shown = {"username": actor.id, "name": "程守一", "work_number": "1", "region": actor.region}
    member = StaffMember(id=actor.id, password_hash="", totp_secret="", created_at=now, **shown)
    session().add(member)
    session().flush()
    session().add(StaffRole(staff_id=actor.id, role_code=role, asked_at=now, confirmed_at=now))
    session().flush()
    return member


def article(said=FIT, *, kind="faq", region="430211", by=EDITOR, now=NOW, **given):
    """Begin a page."""
    return drafting.start(by, Beginning(kind, region, **given), said, now=now)


def asked(one, *, now=NOW, **wish):
    """Lay the newest revision of a page before a reviewer."""
    return reviewing.ask(EDITOR, one.id, Wish(one.revisions, **wish), now=now)


def published(one, *, now=NOW, **wish):
    """Publish the newest revision of a page."""
    return reviewing.publish(REVIEWER, asked(one, now=now, **wish).id, now=now)
