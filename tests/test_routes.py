"""Every route is known to be public, or turns a stranger away."""

import re

import pytest

from core import settings

# What anybody may look at or begin. A route that is not here must refuse whoever is not signed in.
PUBLIC = {
    "account.code",
    "account.leave",
    "account.send_again",
    "account.send_code",
    "account.sign_in",
    "account.weigh_code",
    "aftercare.explain",  # the link itself is the secret, as for all that follow
    "aftercare.missed",
    "aftercare.rate",
    "aftercare.rating",
    "apply.carry_on",  # a stranger is led to the first page
    "apply.start",
    "blanks.fetch",
    "circuit.form",
    "circuit.leave",  # the link itself is the secret
    "circuit.show",
    "circuit.watch",
    "corrections.enter",
    "corrections.find",
    "corrections.form",
    "corrections.report",
    "corrections.show",
    "desk_calendar.feed",  # the address is the secret
    "desk_sign_in.show",
    "desk_sign_in.sign_in",
    "directory.fetch",
    "doorstep.card",
    "doorstep.check",
    "doorstep.enter",
    "events.find",
    "events.home",
    "events.join",
    "events.leave",  # the code is the secret
    "events.show",
    "events.signup",
    "expert.decide",  # the link itself is the secret
    "expert.show",
    "favicon",
    "films.fetch",
    "files.fetch",  # the link itself is signed and short-lived
    "graphql.graphql",  # the slices say whom each document is open to
    "health.alive",
    "health.ready",
    "home.accessibility",
    "library_forms.home",
    "library_forms.show",
    "home.assistance",
    "home.manifest",
    "home.privacy",
    "home.robots",
    "home.security",
    "home.show",
    "hotlines.show",
    "ordering.choose_time",
    "ordering.details",
    "ordering.note",
    "ordering.order",
    "messages.confirm",  # the link itself is the secret
    "messages.confirming",
    "page_corrections.form",
    "page_corrections.report",
    "page_corrections.show",
    "offline.show",
    "offline.worker",
    "photos.fetch",  # what a place shows is everybody's
    "learn.feed",
    "learn.country",
    "learn.group",
    "learn.home",
    "learn.region",
    "learn.search",
    "learn.services",
    "learn.show",
    "learn.sitemap",
    "learn.topic",
    "media.fetch",
    "precheck.enter_code",
    "precheck.forget",
    "precheck.forgotten",
    "precheck.reopen",
    "precheck.start",
    "precheck.step",
    "preferences.keep",
    "preferences.show",
    "prints.changes",
    "prints.fetch",
    "queue.come",  # a number is taken by the sign in the hall, and opened by its own secret
    "queue.leave",
    "queue.screen",
    "queue.show",
    "queue.take",
    "queue.text",
    "regions.find",
    "replies.take",  # signed by the gateway
    "scenes.follow",  # what is behind it says itself who may see it
    "scenes_drawn.draw",
    "signs.fetch",
    "signs.follow",
    "silent.end",  # without an account: the link itself is the secret
    "silent.form",
    "silent.send",
    "silent.show",
    "silent.write",
    "static",
    "quiz.certificate",
    "quiz.home",
    "quiz.mark",
    "quiz.show",
    "quizzes.post",
    "stations.afresh",
    "stations.choose",
    "stations.near",
    "stations.place",
    "stations.show",
    "stations.suggest",
    "styleguide.send",
    "styleguide.show",
    "wechat.echo",  # signed by WeChat
    "wechat.take",
    "waiting.answer",  # by the link, or to go on the list
    "waiting.form",
    "waiting.join",
    "waiting.show",
    "home_visits.begin",
    "home_visits.go_on",
    "home_visits.start",
    "home_visit_links.asked",  # the link itself is the secret
    "home_visit_links.change",
    "home_visit_links.ordered_for",
    "home_visit_links.other_windows",
    "home_visit_links.show",
    "home_visit_links.undo",
    "home_visit_links.withdraw",
    "verifying.check",
    "verifying.enter",
    "verifying.scanned",
    "visits.calendar",  # the link itself is the secret, as for all that follow
    "visits.cancel",
    "visits.change",
    "visits.choose",
    "visits.confirm",
    "visits.device",
    "visits.video",  # the link itself is the secret
    "visits.enter",  # the link itself is the secret
    "visits.leave",
    "visits.menu",
    "visits.other_times",
    "visits.show",
    "visits.telephone",
    "visits.times",
    "visits_instead.choose",
    "visits_instead.show",
    "volunteers.form",
    "volunteers.leave",  # the link itself is the secret
    "volunteers.register",
    "volunteers.show",
}
REFUSED = {302, 303, 400, 401, 403, 404}


def guarded(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in PUBLIC]


def test_every_public_route_is_there(app):
    assert PUBLIC - {rule.endpoint for rule in app.url_map.iter_rules()} == set()


def somewhere(rule):
    return re.sub(r"<[^>]*>", "FY-00000-00000-0000", rule.rule)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_other_route_turns_a_stranger_away(app, client, method):
    let_in = {}
    for rule in guarded(app):
        if method in rule.methods:
            answer = client.open(somewhere(rule), method=method, headers={"Origin": settings.current().public_url})
            sign_in = "sign-in" in answer.headers.get("Location", "sign-in")
            if answer.status_code not in REFUSED or not sign_in:
                let_in[f"{rule.rule} {rule.endpoint}"] = (answer.status_code, answer.headers.get("Location"))

    assert let_in == {}
    assert len(guarded(app)) > 5
