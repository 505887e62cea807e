"""Two texts beside each other as one page that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from konbit.cli.mandates.tables import (
    acts_changed,
    bounds_changed,
    heading_of,
    headings,
    limits_changed,
)
from konbit.mandate import Change

if TYPE_CHECKING:
    from konbit.briefing.words import Words
    from konbit.mandate import Difference, Pair

_STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:75rem;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.5rem;border-top:1px solid #bbb}
ins{background:#d9f2d9;text-decoration:underline}del{background:#fadcdc}
.code{white-space:nowrap;font-variant-numeric:tabular-nums}.limits{font-weight:600}
.kept td{color:#555}
@media(max-width:45rem){thead{position:absolute;left:-999rem}tr,td,th{display:block;border:0;padding:.15rem 0}
tr{border-top:1px solid #bbb;padding:.6rem 0}td:empty{display:none}
td.code{display:inline-block;margin-right:1rem}td.code:empty{display:none}td.code::before{content:attr(data-name) ": "}}
dt{font-weight:600}dd{margin:0 0 .3rem}
@media print{body{max-width:none}}
"""


def difference_html(difference: Difference, words: Words) -> str:
    """The page: recitals, then paragraphs; what is new is inserted text, what is gone deleted text."""
    title = words.say("mandate-difference-title")
    names = headings(("old", "new"), words)
    old, new = heading_of(difference.old, words), heading_of(difference.new, words)
    tables = "".join(
        _table(words.say(caption), pairs, words)
        for caption, pairs in (
            ("mandate-paragraphs", difference.paragraphs),
            ("mandate-recitals", difference.recitals),
        )
        if pairs
    )
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1><dl><dt>{escape(names[0])}</dt><dd>{escape(old)}</dd><dt>{escape(names[1])}</dt><dd>{escape(new)}</dd></dl>"
        f"{tables}</main></body></html>\n"
    )


def _table(caption: str, pairs: tuple[Pair, ...], words: Words) -> str:
    names = headings(("change", "old", "new", "limits", "words"), words)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(_row(pair, words) for pair in pairs)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(pair: Pair, words: Words) -> str:
    change = words.say(f"mandate-change-{pair.change.value}")
    limits = "<br>".join(
        escape(part)
        for told in (acts_changed, limits_changed, bounds_changed)
        if (part := told(pair, words))
    )
    return (
        f'<tr class="{pair.change.value}"><th scope="row">{escape(change)}</th>'
        f"{_code(pair.old.code if pair.old else '', 'old', words)}"
        f"{_code(pair.new.code if pair.new else '', 'new', words)}"
        f'<td class="limits">{limits}</td><td>{_words(pair)}</td></tr>'
    )


def _code(code: str, side: str, words: Words) -> str:
    """A cell with a code; on a narrow screen its heading is written before it."""
    name = headings((side,), words)[0] if code else ""
    return f'<td class="code" data-name="{escape(name)}">{escape(code)}</td>'


def _words(pair: Pair) -> str:
    if pair.change is Change.KEPT:
        return escape(pair.new.text if pair.new else "")
    marks = {"both": "{}", "old": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return " ".join(marks[run.side].format(escape(run.words)) for run in pair.runs)
