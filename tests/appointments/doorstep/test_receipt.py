"""The receipt on paper: lines to write on before the visit, what was done after it; never who is visited."""

import io

from pypdf import PdfReader

from appointments.aftercare import outcomes
from appointments.aftercare.outcomes import OutcomeKind, Said
from appointments.doorstep import receipt, sheet
from tests.appointments import town
from tests.appointments.doorstep.test_acts import LATER, day, send
from tests.appointments.town import at


def rows(made, now):
    content = receipt.said(sheet.find(town.clerk(), made.id, now=now))
    return content, {row["name"]: row["words"] for row in content["rows"]}


def test_before_the_visit_it_has_lines_to_write_on(made):
    content, told = rows(made, at("08:00", 1))

    assert told["来的人"] == "周敏（工作证号 team0-0）、周敏（工作证号 team0-1）"
    assert [told[name] for name in ("到达和离开", "办了什么", "接下来怎么办")] == ["", "", ""]
    pdf = PdfReader(io.BytesIO(receipt.as_pdf(content)))
    words = "".join(page.extract_text() for page in pdf.pages)
    assert len(pdf.pages) == 1
    assert made.reference in words
    assert not any(said in words for said in ("王女士", "幸福路", "1390000"))


def test_after_it_it_says_what_was_done(made):
    send(*day(made))
    outcomes.record(town.clerk(), made.id, Said(OutcomeKind.APPLIED, "三天内打电话"), now=LATER)
    _, told = rows(made, LATER)

    assert told["到达和离开"] == "11月24日 10:05，11月24日 11:30"
    assert (told["办了什么"], told["接下来怎么办"]) == ("帮助提交了法律援助申请", "三天内打电话")
    assert told["收下的材料（原件当场还）"] == "身份证复印件 1 份"
