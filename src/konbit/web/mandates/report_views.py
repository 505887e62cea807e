"""The draft of the periodic report, as a page, as a PDF and as a Word document."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from konbit.briefing import page_docx, page_pdf
from konbit.briefing.page import Cell, Table
from konbit.web.mandates.report import draft
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.tables.dossiers import dossier_of

if TYPE_CHECKING:
    from datetime import date

    from konbit.briefing.page import Page

_DAYS = 90
_BESIDE = 3  # columns that a phone shows beside one another
_DATE = {"type": "date"}
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class PeriodForm(forms.Form):
    """A period, half-open."""

    from_on = forms.DateField(widget=forms.DateInput(_DATE), required=False)
    until_on = forms.DateField(widget=forms.DateInput(_DATE), required=False)


@require_safe
@in_mission
def report(request: Visit) -> HttpResponse:
    """The draft about a period; the last ninety days unless another is asked for."""
    page, period = _draft(request)
    context = {
        "page": page,
        "sections": [
            (s, [_figures(t) for t in s.blocks if isinstance(t, Table)]) for s in page.sections
        ],
        "from_on": period[0],
        "until_on": period[1],
    }
    return render(request, "mandates/report.html", context)


@require_safe
@in_mission
def report_pdf(request: Visit) -> HttpResponse:
    """The same as a PDF for A4 paper."""
    page, period = _draft(request)
    return _sent(request, page_pdf(page, request.words, period[1]), period[1], "pdf")


@require_safe
@in_mission
def report_word(request: Visit) -> HttpResponse:
    """The same as a Word document, to go on writing in."""
    page, period = _draft(request)
    return _sent(request, page_docx(page, request.words, period[1]), period[1], "docx")


def _sent(request: Visit, content: bytes, until_on: date, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[ending])
    name = f"{request.mission.code}-report-{until_on}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _figures(table: Table) -> tuple[Table, list[list[tuple[Cell, bool, str]]], bool]:
    """A table, its cells each with whether it is a figure and its heading, and how phones show it.

    On a narrow page a row is told line by line, unless its figures all fit beside one another.
    """
    rows = [list(zip(row, table.numeric, table.headings, strict=True)) for row in table.rows]
    return table, rows, not any(table.numeric) or len(table.headings) > _BESIDE


def _draft(request: Visit) -> tuple[Page, tuple[date, date]]:
    form = PeriodForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    until_on = asked.get("until_on") or timezone.now().date() + timedelta(days=1)
    from_on = asked.get("from_on") or until_on - timedelta(days=_DAYS)
    from_on = min(from_on, until_on)
    place = reverse("mission", args=[request.mission.code])
    address = f"{settings.ENVIRONMENT.address}{place}"
    dossier = dossier_of(request.mission)
    page = draft(dossier, request.mission.title, from_on, until_on, request.words, address)
    return page, (from_on, until_on)
