"""A WeChat of our own over a real socket, which behaves by the documented rules (RULEBOOK WX-1 … WX-7, WX-4a, WX-12).

Tests in Python hold it in their hand (`double.login("o-1")`, `double.mailbox`); others ask `/_test/…`, or start it:
`python -m tests.wechat_double 9100`.
"""

import contextlib
import json
import re
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.wechat_rules import (
    APP_ID,
    CODE_LIFE,
    FIELDS,
    FORCED_A_DAY,
    FORCED_APART,
    NEWS,
    PER_USER,
    PNG,
    REMINDER,
    SCENE,
    SECRET,
    SHARED,
    TEMPLATES,
    TOKEN_LIFE,
    Refused,
)


class WechatDouble:
    """What WeChat knows and remembers. Its clock can be turned: `double.moved = 301`."""

    def __init__(self, app_id=APP_ID, secret=SECRET):
        self.app_id, self.secret, self.moved = app_id, secret, 0
        self.lock = threading.RLock()
        self.codes, self.phone_codes, self.users = {}, {}, {}
        self.tokens, self.forced, self.sign_ins = {}, [], []
        self.quota, self.mailbox, self.asked, self.pictures, self.judged = {}, [], [], [], []
        self.next, self.delay, self.bad_words = [], 0, ("办证", "江南平台")
        self.hangs_up = False

    def now(self):
        return time.time() + self.moved

    def login(self, openid):
        """wx.login(): a code that is good once, for five minutes."""
        code = secrets.token_hex(16)
        with self.lock:
            self.codes[code] = (openid, self.now())
            self.users.setdefault(openid, self.now())
        return code

    def show_phone(self, phone, country="86"):
        """The getPhoneNumber button: a code of its own."""
        code = secrets.token_hex(32)
        with self.lock:
            self.phone_codes[code] = (phone, country, self.now())
        return code

    def accept(self, openid, template, times=1):
        """wx.requestSubscribeMessage(): each tap of 允许 is good for one message, for ever."""
        with self.lock:
            self.quota[openid, template] = self.quota.get((openid, template), 0) + times

    def refuse_next(self, *numbers):
        """Answer the next questions with these numbers, whatever they are."""
        self.next += numbers

    def expire_tokens(self):
        """Forget every token, as when somebody asks for one by force elsewhere."""
        self.tokens.clear()

    def sns_jscode2session(self, query, _said):
        self.judge_account(query)
        openid, made = self.used(self.codes, query.get("js_code", ""))
        recent = [one for one in self.sign_ins if one[0] == openid and one[1] > self.now() - 60]
        if len(recent) >= PER_USER:
            raise Refused(45011)
        if self.now() - made > CODE_LIFE:
            raise Refused(40029)
        if openid.startswith("risky"):
            raise Refused(40226)
        self.sign_ins.append((openid, self.now()))
        return {"openid": openid, "session_key": secrets.token_urlsafe(16), "unionid": f"u-{openid}"}

    def used(self, codes, code):
        if code not in codes:
            raise Refused(40029)
        if codes[code] is None:
            raise Refused(40163)
        found, codes[code] = codes[code], None
        return found if len(found) == 2 else (found[:2], found[2])

    def judge_account(self, told):
        if told.get("appid") != self.app_id:
            raise Refused(40013)
        if told.get("secret") != self.secret:
            raise Refused(40125)

    def cgi_bin_stable_token(self, _query, said):
        self.judge_account(said)
        if said.get("grant_type") != "client_credential":
            raise Refused(40002)
        if said.get("force_refresh"):
            self.forced = [one for one in self.forced if one > self.now() - 86400]
            if len(self.forced) >= FORCED_A_DAY or (self.forced and self.forced[-1] > self.now() - FORCED_APART):
                raise Refused(45009)
            self.forced.append(self.now())
            self.tokens.clear()
        live = [one for one, ends in self.tokens.items() if ends - self.now() > SHARED]
        token = live[-1] if live else f"{secrets.token_urlsafe(384)}"
        self.tokens.setdefault(token, self.now() + TOKEN_LIFE)
        return {"access_token": token, "expires_in": int(self.tokens[token] - self.now())}

    def judge_token(self, query):
        token = query.get("access_token")
        if not token:
            raise Refused(41001)
        if token not in self.tokens:
            raise Refused(40001)
        if self.tokens[token] < self.now():
            raise Refused(42001)

    def wxa_business_getuserphonenumber(self, query, said):
        self.judge_token(query)
        (phone, country), made = self.used(self.phone_codes, said.get("code", ""))
        if self.now() - made > CODE_LIFE:
            raise Refused(40029)
        told = {"phoneNumber": f"+{country}{phone}", "purePhoneNumber": phone, "countryCode": country}
        return {"phone_info": told | {"watermark": {"timestamp": int(self.now()), "appid": self.app_id}}}

    def cgi_bin_message_subscribe_send(self, query, said):
        self.judge_token(query)
        openid, template = said.get("touser"), said.get("template_id")
        if openid not in self.users:
            raise Refused(40003)
        if template not in TEMPLATES:
            raise Refused(40037)
        told = {name: one["value"] for name, one in said["data"].items()}
        kinds = {name: re.sub(r"\d+$", "", name) for name in told}
        fits = (re.fullmatch(FIELDS.get(kinds[name], "(?!)"), value, re.DOTALL) for name, value in told.items())
        if set(told) != TEMPLATES[template] or not all(fits):
            raise Refused(47003)
        if not self.quota.get((openid, template)):
            raise Refused(43101)
        self.quota[openid, template] -= 1
        self.mailbox.append({"openid": openid, "template": template, "page": said.get("page", ""), "data": told})
        return {}

    def wxa_getwxacodeunlimit(self, query, said):
        self.judge_token(query)
        if not SCENE.fullmatch(said.get("scene", "")):
            raise Refused(40169)
        if said.get("page", "").startswith("/") or "?" in said.get("page", ""):
            raise Refused(41030)
        self.pictures.append(said)
        return PNG + json.dumps(said, sort_keys=True).encode()

    def wxa_msg_sec_check(self, query, said):
        self.judge_token(query)
        if said.get("version") != 2 or said.get("scene") not in {1, 2, 3, 4}:
            raise Refused(40129)
        if self.now() - self.users.get(said.get("openid"), 0) > 7200:
            raise Refused(61010)
        if not 0 < len(said.get("content", "")) <= 2500:
            raise Refused(44002)
        self.judged.append(said["content"])
        is_bad = any(word in said["content"] for word in self.bad_words)
        return {"result": {"suggest": "risky" if is_bad else "pass", "label": 20001 if is_bad else 100}}

    def _test(self, what, said):
        if what == "login":
            return {"code": self.login(said["openid"])}
        if what == "phone":
            return {"code": self.show_phone(said["phone"])}
        if what == "accept":
            self.accept(said["openid"], said["template"])
            return {}
        return {"mailbox": self.mailbox}

    def answer(self, path, query, said):
        if self.hangs_up:
            raise OSError
        with self.lock:
            self.asked.append((path, said))
            if path.startswith("/_test/"):
                return self._test(path.removeprefix("/_test/"), said)
            try:
                told = self.answered(path, query, said)
            except Refused as no:
                return {"errcode": no.args[0], "errmsg": f"refused rid: {secrets.token_hex(4)}"}
        if isinstance(told, bytes) or path.startswith(("/sns", "/cgi-bin/stable")):
            return told
        return {"errcode": 0, "errmsg": "ok", **told}

    def answered(self, path, query, said):
        if self.next:
            raise Refused(self.next.pop(0))
        question = getattr(self, path.strip("/").replace("/", "_").replace("-", "_"), None)
        if question is None:
            raise Refused(40066)
        return question(query, said)


class Speaking(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.speak({})

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            said = json.loads(raw or b"{}")
        except ValueError:
            self.tell({"errcode": 47001, "errmsg": "data format error"})
            return
        self.speak(said)

    def speak(self, said):
        parts = urlsplit(self.path)
        double = self.server.double
        if double.delay:
            time.sleep(double.delay)
        self.tell(double.answer(parts.path, {k: v[0] for k, v in parse_qs(parts.query).items()}, said))

    def tell(self, told):
        body = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if isinstance(told, bytes) else "application/json; encoding=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *said):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Whoever asked has hung up."""


@contextlib.contextmanager
def serving(port=0):
    """Let a double be asked: it has `.origin` and `.settings`, what a service needs to find it."""
    double = WechatDouble()
    server = Server(("127.0.0.1", port), Speaking)
    server.double = double
    double.origin = f"http://127.0.0.1:{server.server_port}"
    double.settings = {
        "wechat_app_id": APP_ID,
        "wechat_secret": SECRET,
        "wechat_url": double.origin,
        "wechat_networks": ("127.0.0.0/8",),
        "wechat_templates": {"news": NEWS, "reminder": REMINDER},
    }
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def environment(double):
    """Give the settings as a started service reads them."""
    return {
        "RUFA_WECHAT_APP_ID": APP_ID,
        "RUFA_WECHAT_SECRET": SECRET,
        "RUFA_WECHAT_URL": double.origin,
        "RUFA_WECHAT_NETWORKS": "127.0.0.0/8",
        "RUFA_WECHAT_TEMPLATES": f"news={NEWS},reminder={REMINDER}",
    }


if __name__ == "__main__":
    with serving(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as alone:
        print(json.dumps({"origin": alone.origin, "environment": environment(alone)}), flush=True)  # noqa: T201
        threading.Event().wait()
