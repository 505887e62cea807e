"""Verbs as a declaration has them in which those who agreed say "we": "reafirmamos nuestro apoyo"."""

from __future__ import annotations

import re

_FRENCH = {
    "établir": "établissons", "réjouir": "réjouissons", "accueillir": "accueillons", "faire": "faisons",
    "dire": "disons", "souscrire": "souscrivons", "inscrire": "inscrivons", "reconnaître": "reconnaissons",
    "savoir": "savons", "avoir": "avons", "requérir": "requérons", "résoudre": "résolvons",
    "enjoindre": "enjoignons", "reconduire": "reconduisons", "prendre": "prenons",
}  # fmt: skip
_SPANISH_ENDINGS = {"ar": "amos", "er": "emos", "ir": "imos"}
_REFLEXIVE = re.compile(r"\A(?:se\s+|s')")


def of_us(language: str, base: str) -> tuple[str, ...]:
    """The first person plural of an infinitive, with what it owns; empty where it is not formed.

    Args:
        language: `fr` or `es`; in English it is the base itself.
        base: the infinitive, such as `expresar su apoyo` or `se féliciter`.
    """
    if language == "es":
        return _spanish(base)
    return _french(base) if language == "fr" else ()


def _spanish(base: str) -> tuple[str, ...]:
    head, *tail = base.split()
    ours = "nos " if head.endswith("se") else ""
    head = head.removesuffix("se")
    ending = _SPANISH_ENDINGS.get(head[-2:])
    if ending is None:
        return ()
    verb = f"{ours}{head[:-2]}{ending}"
    if "su" not in tail:
        return (" ".join([verb, *tail]),)
    return tuple(
        " ".join([verb, *(owned if word == "su" else word for word in tail)])
        for owned in ("nuestro", "nuestra")
    )


def _french(base: str) -> tuple[str, ...]:
    ours = "nous " if _REFLEXIVE.match(base) else ""
    head, *tail = _REFLEXIVE.sub("", base).split()
    verb = _FRENCH.get(head) or _regular(head)
    if not verb:
        return ()
    agreed = [f"{word}s" if ours and not word.endswith("s") else word for word in tail]
    owned = ["notre" if word in {"son", "sa"} else word for word in agreed]
    return (ours + " ".join([verb, *owned]),)


def _regular(head: str) -> str:
    stem = head[:-2]
    if head.endswith("er"):
        return f"{stem}{'e' if head.endswith('ger') else ''}ons".replace("cons", "çons")
    if head.endswith(("tre", "dre")):
        return f"{stem}ons"
    return f"{stem}ons" if head.endswith("enir") else ""
