"""The form of a text that is read, as a browser would send it back."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from django.test import Client

if TYPE_CHECKING:
    from konbit.web.people.models import User

READ = "/m/M/mandate/read/"


def browser(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def sent_in(client: Client, text: str) -> str:
    """Where the page of a text is that was just sent in."""
    return str(client.post(READ, {"text": text})["Location"])


def offered(page: str) -> dict[str, Any]:
    """What the form on a page would send back as it stands."""
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            sent[name[1]] = unescape(value[1]) if value else ""
        elif name and "checked" in tag:
            sent[name[1]] = "yes"
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        sent[name] = unescape(body.strip())
    told = {
        "source": "the text",
        "source_on": "2026-11-03",
        "confidence": "official",
        "why": "new text",
        "d.title": "A title",
    }
    return {**sent, **told, "do": "accept"}
