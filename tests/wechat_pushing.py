"""Pushes as WeChat seals and signs them (safe mode)."""

import base64
import json
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core.wechat.pushes import signature
from tests.wechat_double import APP_ID

TOKEN, KEY = "pushtoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SET = {"wechat_push_token": TOKEN, "wechat_push_key": KEY}


def sealed(said, *, app_id=APP_ID, padding=None):
    """Seal what is said; text is sealed as it is."""
    key = base64.b64decode(KEY + "=")
    body = (said if isinstance(said, str) else json.dumps(said)).encode()
    clear = os.urandom(16) + struct.pack(">I", len(body)) + body + app_id.encode()
    filled = 32 - len(clear) % 32
    clear += bytes([filled if padding is None else padding]) * filled
    work = Cipher(algorithms.AES256(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(work.update(clear) + work.finalize()).decode()


def signed(encrypted, now, *, token=TOKEN, nonce="n0"):
    """Give the query of a push."""
    moment = str(int(now.timestamp()))
    return {"timestamp": moment, "nonce": nonce, "msg_signature": signature(token, moment, nonce, encrypted)}


def body(encrypted):
    return json.dumps({"ToUserName": "gh_1", "Encrypt": encrypted}).encode()
