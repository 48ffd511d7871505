from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

SITE = "https://127.0.0.1"


class Visit:
    """Goes from page to page the way a browser without scripts does."""

    def __init__(self, client):
        self.client = client
        self.answer = None
        self.page = None

    def look(self, path):
        return self._at(self.client.get(path, base_url=SITE))

    def send(self, form=0, **filled):
        shape = self.page.css("main form")[form]
        fields = [(one.attributes["name"], one.attributes["value"]) for one in shape.css("input[type=hidden]")]
        kept = [one.attributes for one in shape.css("input[checked]") if one.attributes["name"] not in filled]
        fields += [(one["name"], one["value"]) for one in kept]
        fields += [(name, one) for name, told in filled.items() for one in ([told] if isinstance(told, str) else told)]
        sent = {}
        for name, value in fields:
            sent.setdefault(name, []).append(value)
        path = shape.attributes["action"]
        return self._at(self.client.post(path, data=sent, base_url=SITE, follow_redirects=True))

    @property
    def heading(self):
        return self.page.css_first("h1").text().strip()

    @property
    def words(self):
        return self.page.css_first("main").text()

    def _at(self, answer):
        self.answer = answer
        self.page = LexborHTMLParser(answer.get_data(as_text=True))
        return self


@pytest.fixture
def visit(client):
    return Visit(client).look("/check")


def to_exemptions(visit):
    visit.send(region="43").send(area="WORK")
    return visit.send(matter="WAGES")


def test_starts_without_signing_in(visit):
    assert visit.answer.status_code == 200
    assert visit.heading == "我能申请法律援助吗"
    assert "12348" in visit.words


def test_asks_one_question_a_page_until_the_outcome_is_certain(visit):
    to_exemptions(visit)
    assert visit.heading == "您是不是下面这样的人？"

    visit.send(exemptions=["MIGRANT_WORKER"])

    assert visit.heading == "您很可能符合法律援助条件"
    assert "法律援助法第四十二条第三项" in visit.words
    assert "12348" in visit.words


def test_keeps_every_answer_out_of_addresses_and_titles(visit):
    visit.send(region="43")
    visit.send(area="FAMILY")
    visit.send(matter="VIOLENCE_OR_ABANDONMENT")

    assert visit.answer.request.path == "/check"
    assert visit.answer.request.query_string == b""
    assert visit.page.css_first("title").text() == "我能申请吗 – 如法"
    assert visit.answer.headers["Cache-Control"] == "no-store"


def test_is_discreet_about_violence(visit):
    visit.send(region="43").send(area="FAMILY")
    visit.send(matter="VIOLENCE_OR_ABANDONMENT")

    assert "110" in visit.words
    assert "调解" not in visit.words
    assert visit.page.css("details .summary-list")


def test_says_what_is_missing(visit):
    to_exemptions(visit).send()

    assert visit.answer.status_code == 422
    assert visit.page.css_first(".summary a").attributes["href"] == "#field-exemptions"
    assert visit.page.css_first("title").text().startswith("请改正")


def test_goes_back_without_losing_an_answer(visit):
    to_exemptions(visit)

    visit.send(go="back")
    assert visit.page.css_first("input[checked]").attributes["value"] == "WAGES"
    visit.send(go="back")
    assert visit.page.css_first("input[checked]").attributes["value"] == "WORK"
    visit.send(go="back")
    assert visit.heading == "我能申请法律援助吗"
    visit.send(region="43")

    assert visit.heading == "您是不是下面这样的人？"


def test_goes_back_from_a_question_with_nothing_filled_in(visit):
    visit.send(region="43").send(go="back")
    assert visit.heading == "我能申请法律援助吗"

    visit.send(region="11").send(area="WORK").send(matter="WAGES").send(exemptions="NONE").send(income="", go="back")
    visit.send()
    assert visit.heading == "全家人一个月收入加起来大约多少？"


def test_asks_again_what_a_changed_answer_makes_unfit(visit):
    to_exemptions(visit).send(exemptions=["MIGRANT_WORKER"])
    forms = visit.page.css("main form")
    answers = next(at for at, one in enumerate(forms) if one.css_first('button[value="change:area"]'))
    visit.send(answers, go="change:area")

    visit.send(area="FAMILY")

    assert visit.answer.status_code == 200
    assert visit.heading == "具体是什么事？"


def test_shows_figures_typed_by_people(visit):
    visit.send(region="11").send(area="WORK").send(matter="WAGES").send(exemptions="NONE")
    visit.send(income="很多")
    assert visit.answer.status_code == 422
    assert visit.page.css_first("input[name=income]").attributes["value"] == "很多"

    visit.send(income="８,０００元").send(household_size="4")

    assert visit.heading == "您很可能符合法律援助条件"
    assert "8,000元" in visit.words
    assert "4人" in visit.words


def test_never_ends_in_a_dead_end(visit):
    visit.send(region="43").send(area="OTHER")
    visit.send(matter="MONEY_OR_PROPERTY")

    assert visit.heading == "可能不符合申请条件，但有别的办法帮您"
    assert visit.page.css_first('form[action="/apply/start"] button').text() == "仍然可以申请"
    assert visit.page.css('a[href="tel:12348"]')
    assert visit.page.css('a[href="/stations"]')


def code_of(visit):
    return visit.page.css_first("strong.code").text()


def test_opens_a_result_again_by_its_code(visit):
    to_exemptions(visit).send(exemptions=["MIGRANT_WORKER"])
    code = code_of(visit)

    visit.look("/check/code").send(code=code.lower())

    assert visit.heading == "您很可能符合法律援助条件"
    assert code_of(visit) == code


def test_says_when_there_is_no_such_code(visit):
    visit.look("/check/code").send(code="AAAA-AAAA")

    assert visit.answer.status_code == 422
    assert "没有找到这个代码" in visit.words


def test_gives_one_code_for_one_form_however_often_it_is_sent(visit):
    to_exemptions(visit)
    page = visit.page
    first = code_of(visit.send(exemptions=["MIGRANT_WORKER"]))
    visit.page = page
    assert code_of(visit.send(exemptions=["MIGRANT_WORKER"])) == first

    visit.page = page
    other = code_of(visit.send(exemptions=["SOCIAL_ASSISTANCE"]))

    assert other != first


def test_deletes_a_result_at_once(visit):
    to_exemptions(visit).send(exemptions=["MIGRANT_WORKER"])
    code = code_of(visit)
    forms = [one.attributes["action"] for one in visit.page.css("main form")]

    visit.send(forms.index("/check/forget"))
    assert visit.heading == "已经删掉了"

    visit.look("/check/code").send(code=code)
    assert visit.answer.status_code == 422


def test_shrugs_at_answers_nobody_asked_for(visit):
    visit.send(answer=["nonsense", "matter:NO_SUCH"], region="43")
    assert visit.heading == "您遇到的是哪方面的事？"

    visit.send(area="WORK", go="change:nothing")

    assert visit.heading == "具体是什么事？"
