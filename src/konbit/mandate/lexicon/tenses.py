"""Past and plural forms of operative verbs, as statements for the press have them."""

from __future__ import annotations

import re
from functools import cache

from konbit.mandate.lexicon.look_up import lexicon
from konbit.mandate.lexicon.told_forms import past_of

_HEAD = {
    "en": re.compile(
        r"(?P<adverbs>(?:(?:also|further|again|once\s+again|[a-z]{3,}ly),?\s+){0,3})(?P<head>(?:(?:has|have)\s+(?:also\s+|further\s+|[a-z]+ly\s+)?)?[a-z]+)(?![\w-])"
    ),
    "fr": re.compile(
        r"(?P<adverbs>(?:(?:également|aussi|en\s+outre|[a-zà-ÿ]+ment)\s+)?)"
        r"(?P<head>(?:(?:a|ont)\s+(?:(?:également|aussi|en\s+outre|[a-zà-ÿ]+ment)\s+)?)?[a-zà-ÿ]+)(?![\w-])"
    ),
    "es": re.compile(
        r"(?P<adverbs>(?:(?:también|además|asimismo|[a-zá-ú]+mente)\s+)?)(?P<head>(?:(?:ha|han)\s+)?[a-zá-ú]+)(?![\w-])"
    ),
}


def in_present(text: str, language: str) -> tuple[str, int] | None:
    """A text whose first verb is put in the present and the singular, and by how much it grew.

    Args:
        text: what follows the name of a body: "welcomed the report", "ont condamné".
        language: `en`, `fr` or `es`.
    """
    found = _HEAD[language].match(text)
    if found is None:
        return None
    printed = " ".join(found["head"].split())
    words = printed.split()
    present = _presents(language).get(f"{words[0]} {words[-1]}" if len(words) > 1 else printed)
    if present is None or text[found.end() :].lstrip().startswith(("by ", "par ", "por ")):
        return None
    mended = f"{found['adverbs']}{present}{text[found.end() :]}"
    return mended, len(mended) - len(text)


@cache
def _presents(language: str) -> dict[str, str]:
    """The third person singular of the present, by other forms of the verb's first word."""
    made: dict[str, str] = {}
    for entry in lexicon(language).entries():
        head, base = entry.verb.split()[0], entry.base.split()[0]
        for form in _others(language, head, base):
            made.setdefault(form, head)
    return made


def _others(language: str, head: str, base: str) -> list[str]:
    past = past_of(language, base)
    if language == "en":
        return [past, base, f"has {past}", f"have {past}"]
    if language == "fr":
        ending = past.split()[-1]
        return [past, f"ont {ending}", f"{head}nt" if head.endswith("e") else f"{head[:-1]}ent"]
    if head.endswith(("a", "e")):
        return [past, _plural_past(past), f"{head}n", *_perfects(base)]
    return [past]


def _plural_past(past: str) -> str:
    """The Spanish plural of a past in the singular: "condenó" is "condenaron", "pidió" "pidieron"."""
    if past.endswith("ió"):
        return f"{past[:-1]}eron"
    return f"{past[:-1]}aron" if past.endswith("ó") else f"{past[:-1]}ieron"


def _perfects(base: str) -> tuple[str, str]:
    done = f"{base[:-2]}ado" if base.endswith("ar") else f"{base[:-2]}ido"
    return f"ha {done}", f"han {done}"
