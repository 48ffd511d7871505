"""The site can be put on a home screen, and says something useful without a network; nothing personal is kept."""

import io
import json
import re

from PIL import Image

KEPT = re.compile(r"^const KEPT = (\[.*\]);$", re.MULTILINE)


def test_the_page_without_a_network_says_who_helps(client):
    answer = client.get("/offline")

    assert answer.status_code == 200
    assert 'href="tel:12348"' in answer.text


def test_the_worker_keeps_that_page_and_its_style_and_nothing_else(client):
    answer = client.get("/worker.js")
    kept = json.loads(KEPT.search(answer.text)[1])

    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert kept[0] == "/offline"
    assert all(client.get(path).status_code == 200 for path in kept)
    assert all(path == "/offline" or path.startswith("/static/") for path in kept)
    assert kept[1] in client.get("/offline").text
    assert 'credentials: "omit"' in answer.text
    assert "cache.put" not in answer.text


def test_can_be_put_on_a_home_screen(client):
    said = client.get("/manifest.webmanifest").json

    assert (said["display"], said["start_url"], said["scope"]) == ("standalone", "/", "/")
    sizes = {icon["sizes"]: Image.open(io.BytesIO(client.get(icon["src"]).data)).size for icon in said["icons"]}
    assert sizes == {"192x192": (192, 192), "512x512": (512, 512)}
