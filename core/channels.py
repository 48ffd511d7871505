"""What the ways to reach people need of the settings, and what cannot be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.settings import Settings

STATES = ("formal", "trial", "developer")
SECURITY = ("starttls", "tls", "none")
HERE = ("127.0.0.1", "localhost", "::1")


def judge(given: Settings) -> list[str]:
    """Say all that is missing or wrong."""
    return _judge_wechat(given) + _judge_mail(given)


def _judge_wechat(given: Settings) -> list[str]:
    needs = {
        "APP_ID: wx and 16 digits or letters a–f": re.fullmatch(r"wx[0-9a-f]{16}", given.wechat_app_id),
        "SECRET: 32 digits or letters a–f": re.fullmatch(r"[0-9a-f]{32}", given.wechat_secret),
        f"STATE: one of {', '.join(STATES)}": given.wechat_state in STATES,
        "URL: https in production": given.mode != "production" or given.wechat_url.startswith("https://"),
    }
    pushes = (given.wechat_push_token, given.wechat_push_key)
    if any(pushes):
        needs["PUSH_TOKEN: 3 to 32 letters and digits"] = re.fullmatch(r"[0-9A-Za-z]{3,32}", given.wechat_push_token)
        needs["PUSH_KEY: 43 letters and digits"] = re.fullmatch(r"[0-9A-Za-z]{43}", given.wechat_push_key)
    is_meant = any((given.wechat_app_id, given.wechat_secret, given.wechat_templates, *pushes))
    return [f"RUFA_WECHAT_{problem}" for problem, holds in needs.items() if is_meant and not holds]


def _judge_mail(given: Settings) -> list[str]:
    needs = {
        "RUFA_MAIL_FROM: needed with RUFA_SMTP_HOST": given.mail_from,
        f"RUFA_SMTP_SECURITY: one of {', '.join(SECURITY)}; none for this machine alone": given.smtp_security
        in SECURITY[: 3 if given.smtp_host in HERE else 2],
        "RUFA_SMTP_USER and RUFA_SMTP_PASSWORD: both or neither": bool(given.smtp_user) == bool(given.smtp_password),
    }
    return [problem for problem, holds in needs.items() if given.smtp_host and not holds]
