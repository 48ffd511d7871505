"""What stops a page: people who could be recognised, readers who would be shut out."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import guards
from content.guards import Weight, access, anonymity, plain
from content.kinds import Kind, definitions
from content.said import Said
from tests.content.newsroom import FIT


def codes(found, weight=Weight.STOPS):
    return [one.code for one in found if one.weight is weight]


def looked_at(body, kind=Kind.FAQ, **given):
    return guards.examine(kind, dataclasses.replace(FIT, body=body, **given), cites=True)


def test_a_good_page_has_nothing_to_mend():
    assert guards.examine(Kind.FAQ, FIT, cites=True) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("身份证11010519491231002X。", "guard_id_number"),
        ("１１０１０５１９４９１２３１００２Ｘ", "guard_id_number"),
        ("110105 19491231 0021", "guard_id_number"),
        ("110105-1949-1231-002x", "guard_id_number"),
        ("1101051949\u200b1231002X", "guard_id_number"),
        ("旧证 110105491231002", "guard_old_id_number"),
        ("卡号6222 0202 0000 0000 006", "guard_bank_card"),
        ("电话13800000001", "guard_mobile"),
        ("138-0000-0001", "guard_mobile"),
        ("+86 138 0000 0001", "guard_mobile"),
        ("一三八零零零零零零零一", "guard_mobile"),
        ("湘B·12345撞了", "guard_plate"),
        ("湘BD12345", "guard_plate"),
    ],
)
def test_numbers_of_people_stop_any_page_and_show_their_place(written, code):
    (found,) = [one for one in looked_at(f"第一行。\n\n他说{written}") if one.weight is Weight.STOPS]

    assert (found.code, found.line, found.field) == (code, 3, "body")
    assert found.passage in written
    assert found.before.endswith(written.split(found.passage)[0])


@pytest.mark.parametrize(
    "written",
    [
        "拨打12348或者0731-84586000",
        "2026年11月23日",
        "案款1234567元",
        "110105194913310023的第二种写法",
        "1234567890123456789012",
        "统一编号91430000MA4L16JQ9B",
    ],
)
def test_other_numbers_are_left_alone(written):
    assert codes(looked_at(written)) == []


def test_numbers_in_a_title_and_in_a_transcript_are_found_too():
    fields = dict.fromkeys(definitions()[Kind.VIDEO].required, "有") | {"transcript": "打13800000001"}
    found = looked_at("文字", Kind.VIDEO, title="13900000002？", fields=fields)

    numbers = [one for one in found if one.code == "guard_mobile"]
    assert [one.field for one in numbers] == ["title", "transcript"]
    assert {one.weight for one in numbers} == {Weight.STOPS}


@given(st.text("0123456789 -一二三。\n", max_size=60))
def test_places_never_lie(text):
    for one in anonymity.numbers("body", text):
        assert one.before + one.passage + one.after in text


@pytest.mark.parametrize(
    "written", ["王小明（12岁）在放学路上", "学生李小红，被同学打", "女孩张丽在家", "陈小军，未成年，由父亲陪同"]
)
def test_a_childs_name_stops_any_page(written):
    (found,) = [one for one in looked_at(written) if one.weight is Weight.STOPS]

    assert found.code == "guard_minor_name"
    assert found.advice.endswith("某（化名）")


@pytest.mark.parametrize(
    "written",
    [
        "小明（化名）今年12岁",
        "王某，12岁",
        "学生王小明（化名）被打",
        "申请人任何时候都可以来",
        "原告方面说了三点",
        "当事人常常不知道",
        "周岁12岁以下",
        "王建国，45岁，来自外地",
    ],
)
def test_veiled_names_and_plain_words_pass(written):
    assert [one for one in looked_at(written, Kind.CASE, fields={"anonymised": "yes"}) if "name" in one.code] == []


def test_a_name_is_known_by_what_its_bearer_does():
    (found,) = anonymity.names("body", "骑手刘建军当天打了电话，司机师傅当天也在。", strict=True)

    assert (found.code, found.passage, found.advice) == ("guard_name", "刘建军", "刘某")


def test_a_name_beside_its_role_stops_a_case_and_is_advice_elsewhere():
    said = "原告王建国，住天元区3栋2单元501室，（2025）湘0211民初123号。"

    case = looked_at(said, Kind.CASE, fields={"anonymised": "yes"})
    assert codes(case) == ["guard_name", "guard_home", "guard_case_number"]
    assert codes(looked_at(said)) == []
    assert {"guard_name", "guard_home", "guard_case_number"} <= set(codes(looked_at(said), Weight.ADVISES))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("# 一", "guard_heading_first"),
        ("### 三", "guard_heading_order"),
        ("## 二\n\n#### 四", "guard_heading_order"),
        ("##\n\n文", "guard_heading_empty"),
        ("| 甲 | |\n|---|---|\n| 1 | 2 |", "guard_table_head"),
        ("![](picture:a)", "guard_alt_missing"),
        ("![IMG_0001](picture:a)", "guard_alt_says_nothing"),
        ("![门口.jpg](picture:a)", "guard_alt_says_nothing"),
        ("[点这里](/stations)", "guard_link_text"),
        ("[https://a.cn](https://a.cn)", "guard_link_text"),
        ("[](/stations)", "guard_link_empty"),
    ],
)
def test_what_shuts_somebody_out_stops_a_page(written, code):
    assert codes(access.examine("body", written)) == [code]


def test_a_page_everybody_can_use_passes():
    text = (
        "## 一\n\n### 二\n\n## 三\n\n| 材料 | 份数 |\n|---|---|\n| 证 | 1 |\n\n![大门](picture:a) [服务点](/stations)"
    )

    assert access.examine("body", text) == []
    assert codes(access.examine("body", f"![{'长' * 130}](picture:a)"), Weight.ADVISES) == ["guard_alt_long"]


def test_hard_words_and_long_sentences_are_advice():
    text = "甲" * 41 + "。" + "乙" * 81 + "。\n\n" + "丙。" * 120 + "\n\n受援人逾期的，受援人自己去。"

    found = [*plain.examine("body", text), *plain.jargon("body", text)]
    assert [(one.code, one.advice) for one in found] == [
        ("guard_sentence_long", "42"),
        ("guard_sentence_too_long", "82"),
        ("guard_paragraph_long", ""),
        ("guard_jargon", "得到法律援助的人"),
        ("guard_jargon", "过了期限"),
    ]
    assert list(plain.jargon("body", "依照《诉讼时效规定》办理，关系不大")) == []


def test_reading_takes_at_least_a_minute():
    assert [plain.minutes("字" * count) for count in (0, 300, 301)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (Kind.CASE, ["anonymised"]),
        (Kind.VIDEO, ["file", "poster", "transcript"]),  # captions come with the film, or it does not come
        (Kind.EVENT, ["held_on", "place"]),
        (Kind.FORM, ["file"]),
        (Kind.ARTICLE, []),
    ],
)
def test_each_kind_has_its_own_needs(kind, missing):
    found = guards.examine(kind, FIT, cites=True)

    assert [one.field for one in found if one.code == "guard_field_missing"] == missing


def test_what_is_missing_is_said_all_at_once():
    found = guards.examine(Kind.LAW_CARD, Said("标题", "", '<b onclick="x">', {}, ()), cites=False)

    assert guards.stops(found)
    assert codes(found) == [
        "guard_summary_missing",
        "guard_markdown_html",
        "guard_citation_missing",
        "guard_group_missing",
    ]


def test_a_question_and_steps_are_advised():
    assert "guard_no_question" in codes(looked_at("字", title="没签合同怎么办。"), Weight.ADVISES)
    assert "guard_no_steps" in codes(looked_at("字", Kind.GUIDE), Weight.ADVISES)
    assert "guard_no_steps" not in codes(looked_at("1. 先来\n2. 再走", Kind.GUIDE), Weight.ADVISES)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"held_on": "2026-12-04", "place": "广场"}, []),
        ({"held_on": "2026-12-04", "place": "广场", "capacity": "30"}, []),
        ({"held_on": "下周五", "place": "广场", "capacity": "很多"}, ["guard_no_day", "guard_no_figure"]),
        ({"held_on": "20261204", "place": "广场", "capacity": "0"}, ["guard_no_day", "guard_no_figure"]),
    ],
)
def test_an_event_has_a_day_and_a_number_of_places(fields, found):
    assert codes(looked_at(FIT.body, Kind.EVENT, fields=fields)) == found
