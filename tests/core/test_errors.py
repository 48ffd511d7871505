import pytest

from core.errors import NotFound, Problem, Rejected, TooMany, checklist


def test_gathers_all_that_is_wrong():
    def judge():
        with checklist() as check:
            assert check.require("text", "never_missing")
            assert not check.require("", "summary_missing", "summary")
            check.require(False, "too_long", "story", limit=10)

    with pytest.raises(Rejected) as rejected:
        judge()

    assert rejected.value.problems == (Problem("summary_missing", "summary"), Problem("too_long", "story"))
    assert rejected.value.problems[1].params == {"limit": 10}


def test_lets_pass_what_holds():
    with checklist() as check:
        check.require(True, "never_missing")

    assert check.problems == []


def test_a_refusal_has_a_code_and_figures():
    refusal = TooMany("codes_exhausted", retry_after=60, limit=5)

    assert (refusal.code, refusal.retry_after, refusal.params, refusal.status) == (
        "codes_exhausted",
        60,
        {"limit": 5},
        429,
    )
    assert NotFound().code == "not_found"
