"""Reports of errors: what any slice's reports share."""

from datetime import UTC, datetime

import pytest

from core import corrections
from core.corrections import LONGEST_WORDS, STATES, State, Told
from core.errors import Rejected

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_every_state_has_words():
    assert set(STATES) == set(State)


def test_what_is_told_is_judged_at_once_and_kept_under_a_code_alone():
    with pytest.raises(Rejected) as rejected:
        corrections.taken_in(Told("", "长" * (LONGEST_WORDS + 1)), {"wrong"}, now=NOW)
    assert [one.code for one in rejected.value.problems] == ["report_subject_missing", "report_too_long"]

    kept = corrections.taken_in(Told("wrong", " 电话不对 "), {"wrong"}, now=NOW)
    assert (kept["words"], kept["phone"], kept["state"], kept["reported_at"]) == ("电话不对", None, "open", NOW)
    assert len(kept["code"]) == corrections.CODE_CHARACTERS
