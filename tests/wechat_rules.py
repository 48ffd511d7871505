"""What WeChat documents and our double goes by (RULEBOOK WX-1 … WX-7, WX-4a): figures, fields, templates."""

import re

APP_ID, SECRET = "wx0123456789abcdef", "0123456789abcdef" * 2
NEWS, REMINDER = "tmpl-news", "tmpl-reminder"
CODE_LIFE = 300
TOKEN_LIFE, SHARED, FORCED_A_DAY, FORCED_APART = 7200, 300, 20, 30
PER_USER = 100  # sign-ins a minute (WX-1)
SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
PNG = bytes.fromhex("89504e470d0a1a0a")
FIELDS = {  # WX-4a
    "thing": r".{1,20}",
    "number": r"[0-9.]{1,32}",
    "letter": r"[A-Za-z]{1,32}",
    "character_string": r"[\x21-\x7e]{1,32}",
    "time": r"(\d{4}年)?\d{1,2}月\d{1,2}日( \d{1,2}:\d{2})?(~.*)?|\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?",
    "phone_number": r"[0-9+\-]{1,17}",
    "phrase": r"[\u4e00-\u9fff]{1,5}",
}
FIELDS["date"] = FIELDS["time"]
TEMPLATES = {  # what was agreed on in the console, by id
    NEWS: {"thing1", "phrase2", "time3", "thing4"},
    REMINDER: {"thing1", "time2", "thing3", "thing4"},
}


class Refused(Exception):
    """WeChat says no, by number."""
