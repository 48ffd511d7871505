"""All answers on one page, as they are checked before an application is handed in."""

from applications import casefiles, drafts, summary
from tests import make
from tests.applications.conftest import WAGES


def test_says_a_division_by_its_names_and_what_is_missing(citizen, draft, fill, now):
    fill(citizen, draft, {name: WAGES[name] for name in ("area", "matter", "region")})

    written = summary.sections(drafts.situation(draft, now=now))

    said = {row.field: row.value for section in written for row in section.rows}
    assert said["region"] == "湖南省 长沙市 长沙县 星沙街道 开元路社区居委会"
    assert said["wanted"] == "没有填"


def test_says_what_was_handed_in_by_the_rules_of_that_day(citizen, now):
    case = make.application(citizen, now=now)

    assert casefiles.situation(case).answers == case.answers
