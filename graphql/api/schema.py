"""The contract, put together from the modules of the slices. `python -m api.schema` prints it."""

from __future__ import annotations

import sys
from typing import Any

import graphene
from graphql import GraphQLSchema, lexicographic_sort_schema, print_schema

from api import (
    access_profile,
    accounts,
    aftercare,
    applications,
    appointments,
    approvals,
    assistance,
    attendance,
    calls,
    cases,
    circuit,
    companions,
    content_acts,
    content_blanks,
    content_bulletins,
    content_calendar,
    content_desk,
    content_events,
    content_experts,
    content_laws,
    content_quizzes,
    content_reach,
    content_reports,
    content_review,
    content_translations,
    coverage,
    desk,
    directory,
    directory_acts,
    doorstep,
    drafts,
    duty,
    eligibility,
    findings,
    forecast,
    genuine,
    hands,
    help_calls,
    holds,
    home,
    home_visit_desk,
    home_visit_requests,
    home_visits,
    hotlines,
    inbox,
    instead,
    library,
    locator,
    meetings,
    my_data,
    nearby,
    people,
    pledge,
    queue,
    queue_desk,
    reading,
    reading_search,
    roster,
    rotas,
    scenes,
    service,
    service_list,
    signs,
    station_reports,
    stations,
    syncing,
    tasks,
    urgent,
    visit_teams,
    volunteers,
    waiting,
    wechat,
)

MODULES: tuple[Any, ...] = (
    content_desk,
    content_acts,
    content_review,
    content_experts,
    content_laws,
    content_calendar,
    content_bulletins,
    content_reports,
    content_events,
    content_reach,
    content_blanks,
    content_quizzes,
    content_translations,
    service,
    home,
    accounts,
    my_data,
    wechat,
    inbox,
    scenes,
    people,
    locator,
    stations,
    nearby,
    station_reports,
    duty,
    roster,
    signs,
    coverage,
    hotlines,
    directory,
    directory_acts,
    eligibility,
    drafts,
    syncing,
    pledge,
    findings,
    applications,
    cases,
    genuine,
    desk,
    hands,
    urgent,
    assistance,
    appointments,
    holds,
    waiting,
    calls,
    meetings,
    approvals,
    attendance,
    aftercare,
    tasks,
    doorstep,
    rotas,
    instead,
    home_visits,
    home_visit_requests,
    home_visit_desk,
    visit_teams,
    access_profile,
    queue,
    queue_desk,
    help_calls,
    forecast,
    circuit,
    volunteers,
    companions,
    reading,
    reading_search,
    library,
    service_list,
)


def build(modules: tuple[Any, ...]) -> GraphQLSchema:
    """Put the `Queries` and `Mutations` of modules together."""
    made: GraphQLSchema = graphene.Schema(
        query=_root("Query", modules, "Queries", "All that can be asked."),
        mutation=_root("Mutation", modules, "Mutations", "All that can be done."),
    ).graphql_schema
    return made


def _root(name: str, modules: tuple[Any, ...], part: str, description: str) -> Any:
    parts = tuple(getattr(module, part) for module in modules if hasattr(module, part))
    return type(name, (*parts, graphene.ObjectType), {"__doc__": description}) if parts else None


SCHEMA: GraphQLSchema = build(MODULES)


def sdl() -> str:
    """Write the contract as it is kept in `graphql/schema.graphql`."""
    return print_schema(lexicographic_sort_schema(SCHEMA)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(sdl())
