"""When something cannot be: a page that says what, what to do next, a number to quote, and 12348 (TRUST W8)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from api.errors import of_refusal, problem_data
from api.messages import message
from core import logs
from core.errors import NotSignedIn, Refusal, Rejected
from portal.csrf import is_machine
from portal.environment import section, wanted
from portal.preferences import here

SIGN_IN = "account.sign_in"
DESK_SIGN_IN = "desk_sign_in.show"
BROKEN = 500
RETURN_TO = "return_to"  # in the session: where to go after signing in
CODES = {
    400: "malformed",
    401: "not_signed_in",
    403: "forbidden",
    404: "page_not_found",
    405: "method_not_allowed",
    413: "page_too_large",
    429: "too_many",
    500: "internal",
    503: "unavailable",
}
SECRETS = {"password", "code", "totp"}
NOT_REPEATED = {"csrf_token", *SECRETS}  # never written back into a page
LAST_WORD = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{text}</title><style>main{{max-width:34rem;margin:2rem auto;padding:0 1rem;font:1.25rem/1.8 sans-serif}}"
    '</style><main><h1>{text}</h1><p>{remedy}</p><p><a href="/">回到首页</a></p>'
    '<p>需要人帮忙？打 <a href="tel:12348">12348</a>，免费，有人接听。</p></main></html>'
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What a person is told."""

    status: int
    code: str
    text: str
    remedy: str
    reference: str
    may_retry: bool = False


def install(app: Flask) -> None:
    """Render every refusal and fault of the pages."""
    app.before_request(note_destination)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, lapsed)
    app.register_error_handler(HTTPException, stopped)
    app.register_error_handler(Exception, broken)


def note_destination() -> None:
    """Remember which section somebody signs in for."""
    if request.endpoint == SIGN_IN and (found := wanted()) and not session.get(RETURN_TO, "").startswith(found[0]):
        session[RETURN_TO] = found[0]


def refused(refusal: Refusal) -> AnyResponse:
    """Say a meant "no"."""
    said = message(refusal.code, refusal.params)
    if is_machine(request.path):
        answer: AnyResponse = make_response(jsonify({"errors": [of_refusal(refusal)]}), refusal.status)
    elif isinstance(refusal, NotSignedIn):
        answer = sign_in_first()
    elif said.retryable and _was_typed():
        answer = again(refusal.status, refusal.code, "", refusal.params)
    else:
        failure = Failure(refusal.status, refusal.code, said.text, said.remedy, number(), said.retryable)
        problems = refusal.problems if isinstance(refusal, Rejected) else ()
        answer = page(failure, problems=[problem_data(problem) for problem in problems])
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def sign_in_first() -> AnyResponse:
    """Ask to sign in. The way back is kept in the session, never in an address; what was typed stays on the page."""
    slug = section().rpartition("/")[2] or None
    door = url_for(DESK_SIGN_IN) if request.path.startswith("/desk") else url_for(SIGN_IN, to=slug)
    session[RETURN_TO] = here()
    if request.method in ("GET", "HEAD"):
        return redirect(door, 303)
    return again(401, "signed_out_meanwhile", door)


def lapsed(_error: CSRFError) -> AnyResponse:
    """Offer a form that is older than the session again, filled in, with a fresh token."""
    return again(400, "form_lapsed", "")


def _was_typed() -> bool:
    """Say whether a form was sent that can be offered once more as it was: all but those with a secret in them."""
    return request.method == "POST" and SECRETS.isdisjoint(request.form)


def again(status: int, code: str, door: str, params: Mapping[str, Any] | None = None) -> AnyResponse:
    """Show what was typed as a form to send once more: nothing is lost, nothing is stored."""
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_REPEATED]
    said = message(code, params)
    failure = Failure(status, code, said.text, said.remedy, number())
    return page(failure, typed=typed, door=door, action=here(), had_files=bool(request.files))


def stopped(error: HTTPException) -> AnyResponse:
    """Say what the web server would say, in words that help."""
    if isinstance(error.response, AnyResponse):
        return error.response
    status = error.code or 500
    if is_machine(request.path):
        said = message(CODES.get(status, "malformed"))
        body = {"errors": [{"message": said.text, "extensions": {"code": CODES.get(status, "malformed")}}]}
        return make_response(jsonify(body), status)
    said = message(CODES.get(status, "malformed"))
    answer = page(Failure(status, CODES.get(status, "malformed"), said.text, said.remedy, number(), said.retryable))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def broken(fault: Exception) -> AnyResponse:
    """Note a fault of ours under a number; its words may quote people, so only the place is written."""
    reference = number()
    logs.get("portal").error("portal.fault", request=reference, route=str(request.url_rule), exc_info=fault)
    if is_machine(request.path):
        extensions = {"code": "internal", "status": 500, "reference": reference}
        words = message("internal", extensions).text
        return make_response(jsonify({"errors": [{"message": words, "extensions": extensions}]}), 500)
    said = message("page_broken")
    try:
        return page(Failure(500, "internal", said.text, said.remedy, reference, request.method != "POST"))
    except (TemplateError, LookupError, RuntimeError):
        return Response(last_word(500), 500, mimetype="text/html")


def last_word(status: int) -> str:
    """Make the plainest page there is: for where no template is, or nobody but the server was reached."""
    said = message("page_broken" if status >= BROKEN else CODES.get(status, "malformed"))
    return LAST_WORD.format(text=said.text, remedy=said.remedy)


def page(failure: Failure, **more: object) -> AnyResponse:
    """Make the page of a failure."""
    template = "errors/again.html" if "typed" in more else "errors/error.html"
    values = {"problems": [], **more}
    answer = make_response(render_template(template, failure=failure, **values), failure.status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def number() -> str:
    """Draw a number people can read out on the telephone."""
    drawn = secrets.token_hex(4).upper()
    return f"{drawn[:4]}-{drawn[4:]}"
