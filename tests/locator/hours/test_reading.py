import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator import demo
from locator.hours.line import parse
from locator.hours.reading import DAILY, LONGEST, MON_TO_FRI, NO_DAYS, ONE_SEASON, SEASONS, read
from tests.locator.hours.schedules import SCHEDULES

TWO = "WD 09:15-11:45,14:00-17:15"
SUMMER = "May 01-Sep 30: WD 09:15-11:45,15:00-18:15; Oct 01-Apr 30: WD 09:15-11:45,14:00-17:15"
OTHERWISE = f"{TWO}; May 01-Sep 30: WD 09:15-11:45,15:00-18:15"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("工作日9:15-11:45 14:00-17:15", TWO),
        ("正常工作日 上午9:15-11:45，下午14:00-17:15", TWO),
        ("法定工作日上午9:15－11:45，下午2:00～5:15", TWO),
        ("工作日（周一至周五）9：15至11：45；14：00--17：15", TWO),
        ("工作日 上午9点15分到11点45分、下午2点—5点15分", TWO),
        ("办公时间：工作日9:15-11:45,14:00-17:15（法定节假日除外）", TWO),
        ("9:15-11:45、14:00-17:15（工作日）", TWO),
        ("（工作日）9:15-11:45、14:00-17:15。", TWO),
        ("工作日 9:15-11:45，14:00-17:15；周六延时服务 9:00-12:00", f"{TWO}; Sa 09:00-12:00"),
        ("工作日 9:15-11:45，14:00-17:15；周六、周日休息", TWO),
        ("工作日 9:15-11:45，14:00-17:15；周末及法定节假日不对外服务", TWO),
        ("工作日 9:15-11:45，14:00-17:15；法定节假日 9:00-12:00", f"{TWO}; PH 09:00-12:00"),
        ("工作日9点半至晚8点", "WD 09:30-20:00"),
        ("工作日下午1:30-9:00", "WD 13:30-21:00"),
        ("工作日中午12:00-1:30", "WD 12:00-13:30"),
        ("工作日晚7:00-9:00", "WD 19:00-21:00"),
        ("工作日18:00-24:00", "WD 18:00-24:00"),
        ("工作日18:00-0:00", "WD 18:00-24:00"),
        ("工作日18:00至次日2:00", "WD 18:00-26:00"),
        ("工作日18:00-凌晨2:00", "WD 18:00-26:00"),
        ("工作日凌晨2:00-5:00", "WD 02:00-05:00"),
        ("工作日0:00-24:00", "WD 00:00-24:00"),
        ("24小时", "24/7"),
        ("全天候24小时服务", "24/7"),
        ("24小时（法定节假日除外）", "Mo-Su 00:00-24:00"),
        ("每天9:00-17:00（含法定节假日）", "Mo-Su,PH 09:00-17:00"),
        ("9:00-17:00，全年无休", "Mo-Su,PH 09:00-17:00"),
        ("每日9:00-17:00（周一闭馆），除法定节假日外", "Mo-Su 09:00-17:00; Mo off"),
        ("周二、四、六 9:00-12:00", "Tu,Th,Sa 09:00-12:00"),
        ("每周五至周一 9:00-12:00", "Mo,Fr-Su 09:00-12:00"),
        ("双休日和节假日 9:00-12:00", "Sa,Su,PH 09:00-12:00"),
        ("星期三下午2:00-5:00", "We 14:00-17:00"),
        (
            "夏季（6月1日至8月31日）工作日8:00-12:00；冬季8:30-12:00",
            "Jun 01-Aug 31: WD 08:00-12:00; Sep 01-May 31: WD 08:30-12:00",
        ),
        ("6月1日至8月31日（夏季）工作日8:00-12:00", "Jun 01-Aug 31: WD 08:00-12:00"),
        ("工作日8:00-12:00（6-8月）", "Jun 01-Aug 31: WD 08:00-12:00"),
        ("工作日8:30-12:00（2月至2月份8:00-12:00）", "WD 08:30-12:00; Feb 01-Feb 29: WD 08:00-12:00"),
        ("WD 09:00-12:00", "WD 09:00-12:00"),
    ],
)
def test_reads_what_is_plain(text, line):
    found = read(text)

    assert (found.line, found.unread) == (line, "")
    assert found.is_certain


@pytest.mark.parametrize(
    ("text", "line", "assumed"),
    [
        ("9:15--11:45；14:00--17:15", TWO, (NO_DAYS,)),
        ("周一至周五 9:15-11:45, 14:00-17:15", TWO, (MON_TO_FRI,)),
        ("星期一到星期五（节假日除外）9:15-11:45, 14:00-17:15", TWO, (MON_TO_FRI,)),
        ("周一至周六 9:00-17:00", "WD,Sa 09:00-17:00", (MON_TO_FRI,)),
        ("周一至周日 9:00-17:00", "Mo-Su 09:00-17:00", (DAILY,)),
        ("每天 9:00-17:00", "Mo-Su 09:00-17:00", (DAILY,)),
        ("夏季上午9:15-11:45，下午15:00-18:15；冬季上午9:15-11:45，下午14:00-17:15", SUMMER, (NO_DAYS, SEASONS)),
        ("9:15-11:45；14:00-17:15（冬季）9:15-11:45；15:00-18:15（夏季）", SUMMER, (NO_DAYS, SEASONS)),
        ("夏令时工作日9:15-11:45, 15:00-18:15；冬令时工作日9:15-11:45, 14:00-17:15", SUMMER, (SEASONS,)),
        ("工作日上午9:15-11:45；夏季下午15:00-18:15，冬季下午14:00-17:15", SUMMER, (SEASONS,)),
        ("工作日9:15-11:45，14:00-17:15夏季下午办公时间为15:00-18:15", OTHERWISE, (SEASONS,)),
        ("工作日9:15-11:45，14:00-17:15（夏季15:00-18:15）", OTHERWISE, (SEASONS,)),
        ("工作日9:15-11:45，下午14:00（夏季15:00）-17:15", OTHERWISE.replace("18:15", "17:15"), (SEASONS,)),
        ("工作日 9:15-11:45，14:00-17:15（夏令）", TWO, (ONE_SEASON.format(season="夏季"),)),
        (
            "工作日 9:15-11:45（夏季）9:00-11:00（冬季）；周六 9:00-11:00",
            "May 01-Sep 30: WD 09:15-11:45; Oct 01-Apr 30: WD 09:00-11:00; Sa 09:00-11:00",
            (SEASONS,),
        ),
    ],
)
def test_says_what_it_assumed(text, line, assumed):
    found = read(text)

    assert (found.line, found.assumptions) == (line, assumed)
    assert not found.is_certain


def test_keeps_what_does_not_speak_of_hours():
    found = read("工作日9:15-11:45，14:00-17:15 、0731-00000000")

    assert (found.line, found.leftover, found.is_certain) == (TWO, "0731-00000000", True)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("工作日9:00-12:00，需提前预约，节目另行通知", "需提前预约、节目另行通知"),
        ("夏季入伏至出伏14:30-17:30", "入伏至出伏"),
        ("", ""),
        ("　", ""),
        ("上午", "上午"),
        ("上午；9:00-12:00", "上午"),
        ("上午下午9:00-12:00", "上午"),
        ("9:00-12:00下午", "下午"),
        ("工作日", "工作日"),
        ("工作日，9:00-12:00；周六", None),
        ("周六，工作日；周日9:00-12:00", "周日"),
        ("工作日9:00-12:00（", None),
        ("工作日；周六9:00-12:00", "周六"),
        ("工作日（周六）9:00-12:00", None),
        ("周六9:00-12:00（工作日）", None),
        ("9:00-12:00）", ")"),
        ("工作日9:00-12:00，2:30-5:30", "2:30-5:30"),  # the afternoon, no doubt, but who knows
        ("工作日9:00-8:00", "9:00-8:00"),
        ("工作日9:70-18:00", "9:70-18:00"),
        ("工作日9:00-25:00", "9:00-25:00"),
        ("上午14:00-17:00", "14:00-17:00"),
        ("下午9:00-17:00", "9:00-17:00"),
        ("凌晨7:00-9:00", "7:00-9:00"),
        ("9:00-12:00，11:00-13:00", None),
        ("休息，9:00-12:00", "休息"),
        ("中午12:00-13:30休息", "休息"),
        ("周六休息；周六9:00-12:00", None),
        ("13月1日至14月2日 9:00-12:00", "13月1日至14月2日"),
        ("夏季冬季9:00-12:00", None),
        ("9:00-12:00夏季", None),
        ("夏季9:00-12:00（冬季）", None),
        ("9:00-12:00（夏季9:00-11:00）（冬季）", None),
        ("9:00-12:00（夏季）14:00-17:00", None),
        ("9:00-12:00，夏季14:00-17:00", None),
        ("工作日9:00-17:00，全年无休", "全年无休"),
        ("每天9:00-17:00，全年无休，节假日除外", "全年无休"),
        ("工作日" * LONGEST, None),
    ],
)
def test_guesses_nothing(text, unread):
    found = read(text)

    assert found.line is None
    assert found.unread == (text.strip() if unread is None else unread)


@given(SCHEDULES)
def test_reads_a_line_as_it_is(schedule):
    if len(str(schedule)) < 300:
        assert read(str(schedule)).line == str(schedule)


@given(st.text(alphabet="周一五六至-上下午夏冬季（）()9:0013月日，；休息法定节假工作每天24小时除外 x", max_size=40))
def test_whatever_was_written_becomes_a_line_or_stays_as_text(text):
    found = read(text)

    assert (found.line is None) or str(parse(found.line)) == found.line


def test_reads_the_hours_of_demo_places():
    assert all(read(hours).is_certain for hours in demo.HOURS)
