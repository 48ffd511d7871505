from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from graphql import GraphQLError, IntValueNode, StringValueNode

from api import lookahead
from api.scalars import Date, DateTime, Time

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("scalar", "text", "value"),
    [
        (DateTime, "2026-11-23T09:30:00+08:00", datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)),
        (DateTime, "2026-11-23T01:30:00Z", datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),
        (Date, "2026-11-23", date(2026, 11, 23)),
        (Time, "09:30", time(9, 30)),
    ],
)
def test_reads_text_and_values_alike(scalar, text, value):
    assert scalar.parse_value(text) == scalar.parse_value(value) == value
    assert scalar.parse_literal(StringValueNode(value=text)) == value
    assert scalar.serialize(value) is value


@pytest.mark.parametrize(
    ("scalar", "given"),
    [
        (DateTime, "2026-11-23T09:30:00"),
        (DateTime, "tomorrow"),
        (DateTime, 1),
        (DateTime, "0001-01-01T00:00:00+08:00"),
        (Date, "9999-12-31"),
        (Date, "2026-02-30"),
        (Date, datetime(2026, 11, 23, tzinfo=UTC)),
        (Time, "25:00"),
        (Time, "09:30+08:00"),
        (Time, None),
    ],
)
def test_refuses(scalar, given):
    with pytest.raises(GraphQLError):
        scalar.parse_value(given)


def test_takes_no_number_for_a_day():
    with pytest.raises(GraphQLError):
        Date.parse_literal(IntValueNode(value="1"))


def test_looks_ahead_through_fragments(ask):
    query = """{ below(first: 9) { nodes { name ...more ... { c: rows(first: 1) { totalCount } } } totalCount } }
        fragment more on Row { name }"""
    answer = ask(query.replace(" totalCount } }\n", " } }\n"))

    assert [row["name"] for row in answer.json["data"]["below"]["nodes"]] == ["name", "rows"]
    assert callable(lookahead.selected)
