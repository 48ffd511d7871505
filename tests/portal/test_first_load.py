"""What a telephone fetches the first time somebody comes: at most a hundred kilobytes, as they travel (PERFORMANCE)."""

import re
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from core.db import keep
from locator import queries as places
from tests.appointments import town

BUDGET_BYTES = 100_000
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Mode": "navigate"}
POINTS_ON = re.compile(r"""(?:url\(["']?|from ["']|import ["']|import\(["'])(/[^"')]+)""")
FETCHED = {  # what a browser fetches by itself
    "link[rel~=stylesheet], link[rel~=icon], link[rel=manifest], link[rel=preload], link[rel=modulepreload]": "href",
    "script[src]": "src",
    "img[src], source[src]": "src",
    "use": "href",
}


def fetched(client, page):
    """Fetch a page and all it needs; give the bytes of each as they travel."""
    weights, waiting = {}, [page]
    while waiting:
        path = waiting.pop()
        if path in weights:
            continue
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 200, path
        weights[path] = len(answer.data)
        plain = client.get(path).text if answer.mimetype.startswith(("text/", "application/json")) else ""
        if answer.mimetype == "text/html":
            tree = LexborHTMLParser(plain)
            found = [node.attributes[name] for css, name in FETCHED.items() for node in tree.css(css)]
        else:
            found = POINTS_ON.findall(plain)
        waiting += [urljoin(path, one.split("#")[0]) for one in found if one and not one.startswith(("data:", "#"))]
    return weights


@pytest.mark.parametrize("page", ["/", "/check", "/stations", "/learn", "/visits", "/sign-in"])
def test_is_light_enough_for_a_thin_line(client, page):
    keep(town.put_up)
    weights = fetched(client, page)
    places.forget()

    assert sum(weights.values()) <= BUDGET_BYTES, sorted(weights.items(), key=lambda one: -one[1])[:8]
    assert any(path.endswith(".css") for path in weights)
    assert any(path.endswith(".js") for path in weights)
