"""The mini-program from the first tap to the message in WeChat, on a line that loses things.

Its own pages and client run, the service is the real one, WeChat is a double over a socket, the line breaks.
"""

import itertools
import re
import time

import pytest
from PIL import Image

from tests.journeys.browser import Live
from tests.journeys.filled import Citizen
from tests.journeys.pocket import Pocket, build
from tests.lossy import EVERY_SECOND, Fate, Line
from tests.wechat_double import NEWS, environment, serving

PHONE, OPENID = "13900004321", "o-in-a-pocket"
STORY = "工地上干了半年，老板没给钱。"
SIGNATURE = [[[20, 20], [60, 90], [110, 25]], [[130, 30], [130, 100], [200, 60]]]
HERE = {"latitude": 27.83, "longitude": 113.12}  # 天元区


@pytest.fixture(scope="module")
def wechat():
    with serving() as double:
        yield double


@pytest.fixture(scope="module")
def house(tmp_path_factory, wechat):
    """The service in demo mode, with a WeChat beside it."""
    served = Live(tmp_path_factory.mktemp("house"), **environment(wechat))
    yield served
    served.stop()


@pytest.fixture
def line(house):
    """A line that is good until it is told otherwise."""
    with Line(house.port, fates=(Fate.PASSES,)) as made:
        yield made


@pytest.fixture
def pocket(line, tmp_path):
    made = Pocket(build(tmp_path / "package"), line.address)
    yield made
    made.put_away()


def photographs(folder):
    paths = [folder / f"{name}.jpg" for name in ("身份证正面", "工牌", "欠条")]
    for shade, path in zip((90, 120, 150), paths, strict=True):
        Image.effect_mandelbrot((1000, 750), (-2, -1.2, 0.7, 1.2), shade).convert("RGB").save(path, "JPEG")
    return map(str, paths)


def sign_in(pocket, wechat):
    pocket.logins(wechat.login(OPENID))
    pocket.open("/pages/home/home")
    pocket.open("/pages/signin/signin")
    pocket.tap("微信登录")
    pocket.give("用微信里的手机号", "getphonenumber", {"code": wechat.show_phone(PHONE)})
    assert f"{PHONE[:3]}****{PHONE[-4:]}" in pocket.text


def posted(wechat, patience=60):
    """Wait for a message in WeChat; give the last one."""
    ends = time.monotonic() + patience
    while not wechat.mailbox:
        assert time.monotonic() < ends, "nothing came"
        time.sleep(0.1)
    return wechat.mailbox[-1]


def live_in(pocket, label, county="天元区"):
    pocket.tap(f"{label}，还没有选")
    pocket.type("搜县、乡镇、村名", county)
    pocket.tap(county)


def answer(pocket):
    """Answer everything that is asked about unpaid wages, step by step, and choose to sign the pledge."""
    pocket.open("/pages/apply/apply")
    pocket.tap("开始申请")
    pocket.choose("工作和工资")
    pocket.choose("老板欠我工资")
    pocket.choose("不是")
    pocket.choose("农民工")
    live_in(pocket, "省、市、县、乡镇、村（社区）")
    pocket.choose()
    pocket.choose("〔演示〕株洲市天元区法律援助中心")
    pocket.type("事情的经过", STORY)
    pocket.type("您希望得到什么结果？", "要回工资")
    pocket.choose()
    pocket.choose("老板、单位、包工头")
    pocket.choose("都不是")
    pocket.choose("不是")
    pocket.choose("家人得了重病")
    pocket.type("姓名", "李芳")
    pocket.choose("身份证")
    pocket.type("证件号码", "11010519491231002X")
    pocket.choose()
    pocket.type("电话", PHONE)
    pocket.choose("我自己的")
    pocket.choose("方便，随时可以", "可以", "可以说")
    pocket.choose("签个人诚信承诺")
    assert pocket.route == "pages/papers/papers"


def hand_in_photographs(pocket, line, folder):
    """Hand in three photographs while every second request is lost."""
    line.fates = itertools.cycle(EVERY_SECOND)
    pocket.photos(*photographs(folder))
    for number, words in enumerate(["拍照或选照片", "拍照或选照片", "再拍一张"], 1):
        pocket.tap(words)
        pocket.times("删除", number)
    assert Fate.AFTER in {fate for _, path, fate in line.seen if "transfers" in path}
    line.fates = itertools.repeat(Fate.PASSES)
    pocket.tap("下一步")


def sign(pocket):
    """Acknowledge each clause, draw one's name and type it."""
    assert pocket.route == "pages/pledge/pledge"
    for number in range(1, pocket.text.count("看过，看懂了") + 1):
        pocket.tap(f"第 {number} 条，看过，看懂了")
    pocket.draw(SIGNATURE)
    pocket.type("输入您的姓名", "李芳")
    pocket.tap("签名")
    pocket.opens("review")


def edit_without_a_network(pocket, house):
    """Change a step without a network while it is changed elsewhere too; come back, and see what both had changed."""
    elsewhere = Citizen(house, PHONE)
    (draft,) = elsewhere.ask("MyDrafts")
    version = elsewhere.ask("DraftStep", id=draft["id"], step="story")["version"]
    pocket.tap("改：发生了什么事")
    pocket.network(False)
    pocket.type("您希望得到什么结果？", "要回两万三千元")
    pocket.tap("保存，下一步")
    pocket.until("已经存在手机里")
    answers = [{"field": "wanted", "values": ["要回工资和加班费"]}, {"field": "happened_on", "values": ["2026-08-31"]}]
    elsewhere.act("SaveDraftStep", draftId=draft["id"], step="story", baseVersion=version, answers=answers)

    pocket.network(True)
    pocket.open(f"/pages/step/step?id={draft['id']}&step=story")
    pocket.until("有内容两边都改过")
    pocket.tap("去看一看，选一个")
    assert "您希望得到什么结果？" in pocket.text
    assert "要回两万三千元" in pocket.text
    assert "要回工资和加班费" in pocket.text
    pocket.tap("用这台手机上的")
    pocket.until("都看过了")

    fields = elsewhere.ask("DraftStep", id=draft["id"], step="story")["step"]["fields"]
    assert [field["values"] for field in fields] == [[STORY], ["2026-08-31"], ["要回两万三千元"]]
    return draft["id"]


def hand_in(pocket, wechat, draft_id):
    """Hand it in, and let WeChat bring news of it: it asks in the same tap, and counts what is allowed."""
    pocket.allows("accept")
    wechat.accept(OPENID, NEWS)
    pocket.open(f"/pages/review/review?id={draft_id}")
    pocket.tap("交上去")
    pocket.opens("receipt")
    return re.search(r"FY-[0-9A-Z-]+", pocket.text)[0]


def have_somebody_come(pocket):
    pocket.open("/pages/visit/visit")
    pocket.tap("年纪大，出门困难")
    live_in(pocket, "地区")
    pocket.type("门牌", "3 栋 501")
    pocket.tap("看什么时候能来")
    pocket.type("怎么称呼您", "李芳")
    first = re.search(r"(\d+月\d+日（.{2}）).*?(\d+:\d+–\d+:\d+)", pocket.text)
    pocket.tap(first[1] + first[2])
    pocket.tap(re.search("就约[^ ]+", pocket.text)[0])
    pocket.until("约好了")
    return re.search(r"YY-[0-9A-Z-]+", pocket.text)[0]


def change_their_mind(pocket, visit):
    """Move it to another window, then give it back: as it says after booking."""
    pocket.tap("去“我的”")
    pocket.tap("上门服务")
    assert visit in pocket.text
    pocket.tap("改时间")
    pocket.tap(re.findall(r"\d+:\d+–\d+:\d+", pocket.text)[-1])
    pocket.tap(re.search("改到[^ ]+", pocket.text)[0])
    pocket.until("改到了")
    pocket.tap("取消预约")
    pocket.tap("取消预约")
    pocket.until("已取消")
    assert "重新约" in pocket.text


def test_a_whole_application_in_a_pocket(house, wechat, line, pocket, tmp_path):
    sign_in(pocket, wechat)
    answer(pocket)
    hand_in_photographs(pocket, line, tmp_path)
    sign(pocket)
    draft_id = edit_without_a_network(pocket, house)
    reference = hand_in(pocket, wechat, draft_id)
    change_their_mind(pocket, have_somebody_come(pocket))

    pocket.stands(HERE)
    pocket.open("/pages/nearby/nearby")
    pocket.tap("现在开门")
    pocket.tap("用我的位置找")
    assert "〔演示〕" in pocket.text
    pocket.open("/pages/learn/learn")
    pocket.tap("讨薪要开困难证明吗？")
    assert pocket.route == "pages/article/article"
    assert "不要。" in pocket.text

    told = posted(wechat)
    assert (told["openid"], told["template"]) == (OPENID, NEWS)
    pocket.open("/pages/mine/mine")
    assert reference in pocket.text
