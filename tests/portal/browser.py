"""A browser without scripts: it reads a page, fills its forms, keeps cookies, follows where it is sent."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

SITE = "https://127.0.0.1"


class Browser:
    """Somebody who goes from page to page."""

    def __init__(self, client):
        self.client = client
        self.answer = None
        self.page = None

    def look(self, path):
        return self._at(self.client.get(path, base_url=SITE, follow_redirects=True))

    def fill(self, action=None, button=None, **filled):
        """Send the form (with this in its address), as it stands but for what is filled in."""
        shape = self._form(action)
        fields = {}
        for name, value in _standing(shape):
            fields.setdefault(name, []).append(value)
        fields |= {name: told if isinstance(told, list) else [told] for name, told in filled.items()}
        if button:
            fields[button[0]] = [button[1]]
        path = shape.attributes["action"]
        return self._at(self.client.post(path, data=fields, base_url=SITE, follow_redirects=True))

    def _form(self, action):
        shapes = self.page.css("main form")
        return next(one for one in shapes if action is None or action in one.attributes["action"])

    @property
    def path(self):
        return self.answer.request.path

    @property
    def status(self):
        return self.answer.status_code

    @property
    def heading(self):
        return self.page.css_first("h1").text().strip()

    @property
    def words(self):
        return self.page.css_first("main").text()

    @property
    def problems(self):
        return [one.attributes["href"] for one in self.page.css("#problems a")]

    def value(self, name):
        return self.page.css_first(f"main [name={name}]").attributes.get("value")

    def _at(self, answer):
        self.answer = answer
        self.page = LexborHTMLParser(answer.get_data(as_text=True))
        return self


def _standing(shape):
    for one in shape.css("input, textarea, select"):
        told = one.attributes
        if "name" not in told or told.get("type") in ("file", "submit"):
            continue
        if told.get("type") in ("radio", "checkbox") and "checked" not in told:
            continue
        if one.tag == "textarea":
            yield told["name"], one.text().strip()
        elif one.tag == "select":
            chosen = one.css_first("option[selected]")
            yield told["name"], chosen.attributes["value"] if chosen else ""
        else:
            yield told["name"], told.get("value") or ""
