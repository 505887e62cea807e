"""Pages on which a text is read: paste or upload, correct side by side, accept; compare two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from konbit.dossier.columns import columns_of
from konbit.dossier.facts import CONFIDENCE
from konbit.dossier.tables.mandate import Document, Organisation, Paragraph
from konbit.exchange import Form, UnreadableTextError, text_of
from konbit.mandate import NotAkomaNtosoError, compare, from_akn, read_article, written
from konbit.web.mandates.accepting import (
    LONGEST_TEXT,
    NotAcceptedError,
    Source,
    accept,
    document_row,
    keep_text,
    paragraph_rows,
)
from konbit.web.mandates.models import Reading
from konbit.web.mandates.proposing import Proposed, document_in, propose
from konbit.web.mandates.told import propose_told, sent_back
from konbit.web.people.access import readable_missions
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError

if TYPE_CHECKING:
    from konbit.dossier import Dossier, Row

_SHOWN = 60  # paragraphs a page, so that it stays small
_DATE = {"type": "date"}
_DOCUMENT_FIELDS = (
    "symbol", "title", "body", "adopted_on", "valid_until_on", "adopted_by", "votes_for",
    "votes_against", "abstentions", "answers", "renews", "summary",
)  # fmt: skip
MANNERS = next(c.words for c in columns_of(Document) if c.name == "adopted_by")
FORCES = next(c.words for c in columns_of(Paragraph) if c.name == "force")


class ReadForm(forms.Form):
    """What to read, and where it is from."""

    text = forms.CharField(
        required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8})
    )
    file = forms.FileField(required=False)
    is_article = forms.BooleanField(required=False)


class SourceForm(forms.Form):
    """Where it was read: goes into every row."""

    source = forms.CharField(max_length=500)
    source_on = forms.DateField(widget=forms.DateInput(_DATE))
    confidence = forms.ChoiceField()
    why = forms.CharField(max_length=500)

    def __init__(self, *args: Any, words: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "source-%s", **more})
        for name, field in self.fields.items():
            field.label = words.say(f"settle-field-{name}")
        self.fields["confidence"].choices = words.choices(CONFIDENCE.items())  # type: ignore[attr-defined] # a choice

    @property
    def told(self) -> Source:
        """The source that was told."""
        return Source(**{n: self.cleaned_data[n] for n in ("source", "source_on", "confidence")})


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def readings(request: Visit) -> HttpResponse:
    """Texts that were read; paste or upload another. A press article is shown and not kept."""
    _demand(request)
    form = ReadForm(request.POST or None, request.FILES or None, auto_id="read-%s")
    for name, field in form.fields.items():
        field.label = request.words.say(f"read-{name}")
    problem = ""
    if request.method == "POST" and request.POST.get("do") == "accept":
        return _accept_article(request)
    if request.method == "POST" and form.is_valid():
        try:
            name, text = _text(request, form)
        except UnreadableTextError as error:
            problem = request.words.say(f"mandate-{error.code}", **error.values)
        except NotAkomaNtosoError:
            problem = request.words.say("mandate-text-damaged")
        else:
            if form.cleaned_data["is_article"]:
                return _article(request, name, text)
            found = document_in(text, name)
            symbol = found.symbol.value if found.symbol else ""
            made = keep_text(request.reader, request.mission, name, text, symbol)
            return redirect("reading", request.mission.code, made.pk)
    context = {"form": form, "problem": problem, "readings": _readings(request)}
    status = 422 if request.method == "POST" else 200
    return render(request, "mandates/readings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def reading(request: Visit, number: int) -> HttpResponse:
    """A text beside what is proposed from it; correct it and accept."""
    _demand(request)
    found = _readings(request).filter(pk=number).first()
    if found is None:
        raise Http404
    dossier = dossier_of(request.mission)
    proposed = propose(document_in(found.text, found.name), dossier)
    if request.method == "POST":
        answer = _accept(request, proposed, found.name)
        if answer is not None:
            return answer
    return _side_by_side(request, dossier, proposed, {"reading": found})


@require_safe
@in_mission
def difference(request: Visit) -> HttpResponse:
    """Two texts that were read beside each other: kept, changed, new, dropped."""
    _demand(request)
    chosen = [_named(request, request.GET.get(side, "")) for side in ("old", "new")]
    found = None
    if chosen[0] and chosen[1]:
        old, new = (document_in(one.text, one.name) for one in chosen if one)
        found = compare(old, new)
    context = {
        "readings": _readings(request),
        "old": chosen[0],
        "new": chosen[1],
        "found": found,
    }
    return render(request, "mandates/difference.html", context)


def _named(request: Visit, number: str) -> Reading | None:
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    found: Reading | None = _readings(request).filter(pk=int(number)).first()
    return found


def _demand(request: Visit) -> None:
    if not request.standing.writes(Paragraph):
        raise PermissionDenied("edit")


def _readings(request: Visit) -> Any:
    return Reading.objects.filter(
        mission=request.mission, mission__in=readable_missions(request.reader)
    ).select_related("by")


def _text(request: Visit, form: ReadForm) -> tuple[str, str]:
    """Name and characters of what was sent.

    Raises:
        UnreadableTextError: too large, damaged, locked, without a text layer, or empty.
        NotAkomaNtosoError: it begins like Akoma Ntoso and is none.
    """
    file = request.FILES.get("file")
    name = (file.name or "") if file else ""
    data = file.read() if file else form.cleaned_data["text"].encode()
    text = text_of(data, name)
    characters = text.characters
    if text.form is Form.AKOMA_NTOSO:
        characters = written(from_akn(data, name))
    if not characters.strip() or "\0" in characters or len(characters) > LONGEST_TEXT:
        raise UnreadableTextError("text-damaged")
    return name, characters


def _article(request: Visit, name: str, text: str) -> HttpResponse:
    dossier = dossier_of(request.mission)
    proposed = propose_told(read_article(text, name), dossier, request.words)
    return _side_by_side(request, dossier, proposed, {"is_article": True})


def _side_by_side(
    request: Visit, dossier: Dossier, proposed: Proposed, more: dict[str, Any]
) -> HttpResponse:
    waiting = [p for p in proposed.paragraphs if p.held is None or not _is_kept(p.held, more)]
    form = SourceForm(
        request.POST if request.method == "POST" and request.POST.get("do") == "accept" else None,
        words=request.words,
        initial={"confidence": "reported" if more.get("is_article") else "official"},
    )
    held = proposed.document.held
    context = {
        **more,
        "proposed": proposed,
        "cells": _document_cells(proposed, held),
        "waiting": waiting[:_SHOWN],
        "left": max(0, len(waiting) - _SHOWN),
        "kept": len(proposed.paragraphs) - len(waiting),
        "forces": FORCES,
        "manners": MANNERS,
        "source": form,
        "problem": getattr(request, "problem", ""),
        "bodies": dossier.rows(Organisation),
        "documents": dossier.rows(Document),
    }
    status = 422 if getattr(request, "problem", "") else 200
    return render(request, "mandates/reading.html", context, status=status)


def _is_kept(row: Paragraph, more: dict[str, Any]) -> bool:
    return bool(more.get("is_article")) or row.number_status == "confirmed"


def _document_cells(proposed: Proposed, held: Document | None) -> list[tuple[str, str, str]]:
    """Cell, what is kept and what was read; what was read is what is offered first."""
    cells = []
    for name in _DOCUMENT_FIELDS:
        read = getattr(proposed.document, name, None)
        kept = getattr(held, name, None)
        kept_text = "" if kept is None else str(kept)
        read_text = "" if read in (None, "none") else str(read)
        cells.append((name, read_text or kept_text, kept_text))
    return cells


def _accept(
    request: Visit, proposed: Proposed, name: str, *, is_article: bool = False
) -> HttpResponse | None:
    """Store what was corrected; None where something is wrong, which is then told."""
    form = SourceForm(request.POST, words=request.words)
    if not form.is_valid():
        request.problem = request.words.say("reading-source-missing")  # type: ignore[attr-defined]
        return None
    try:
        rows = _rows(request, proposed, form.told, is_article=is_article)
        accept(
            request.reader,
            request.mission,
            rows,
            why=form.cleaned_data["why"],
            document=proposed.document.symbol or name,
        )
    except NotAcceptedError as error:
        told = " ".join(request.words.of_finding(f) for f in error.findings[:5])
        request.problem = told  # type: ignore[attr-defined] # ours
        return None
    except EditConflictError:
        request.problem = request.words.say("settle-overtaken")  # type: ignore[attr-defined] # ours
        return None
    return redirect("document", request.mission.code, proposed.document.code)


def _rows(request: Visit, proposed: Proposed, source: Source, *, is_article: bool) -> list[Row]:
    texts = {name: request.POST.get(f"d.{name}", "") for name in _DOCUMENT_FIELDS}
    held = proposed.document.held
    document = document_row(
        held,
        {"code": proposed.document.code, **texts},
        source,
        is_secondary=is_article,
    )
    rows: list[Row] = [document]
    taken = {proposed.document.code}
    for paragraph in proposed.paragraphs:
        start = f"p.{paragraph.name}"
        if request.POST.get(f"{start}.take") != "yes":
            continue
        if paragraph.parent and not _is_there(paragraph.parent, taken, proposed):
            continue
        cells = {
            cell: request.POST.get(f"{start}.{cell}", "")
            for cell in ("verb", "force", "addressee", "substance")
        }
        rows += paragraph_rows(paragraph, cells, proposed.document.code, source)
        taken.add(paragraph.code)
    return rows


def _is_there(parent: str, taken: set[str], proposed: Proposed) -> bool:
    return parent in taken or any(p.code == parent and p.held for p in proposed.paragraphs)


def _accept_article(request: Visit) -> HttpResponse:
    """Accept what an article told: everything that is needed was sent back, and no sentence."""
    dossier = dossier_of(request.mission)
    proposed = sent_back(request.POST, dossier, timezone.now().date())
    answer = _accept(request, proposed, "", is_article=True)
    return answer or _side_by_side(request, dossier, proposed, {"is_article": True})
