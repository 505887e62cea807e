"""Addresses of the pages of mandates, below a mission."""

from __future__ import annotations

from django.urls import URLPattern, path

from konbit.web.mandates import follow_views, read_views, report_views, views

urlpatterns: list[URLPattern] = [
    path("", views.mandates, name="mandates"),
    path("document/<str:key>/", views.document, name="document"),
    path("paragraph/<str:key>/", views.paragraph, name="paragraph"),
    path("paragraph/<str:key>/take-up", follow_views.take, name="take_up"),
    path("back/<str:table>/<path:key>/", views.back, name="mandate_back"),
    path("coverage/", views.covered, name="coverage"),
    path("coverage/excel", views.covered_excel, name="coverage_excel"),
    path("follow-ups/", follow_views.follow_ups, name="follow_ups"),
    path("follow-ups/<str:key>/", follow_views.follow_up, name="follow_up"),
    path("read/", read_views.readings, name="readings"),
    path("read/<int:number>/", read_views.reading, name="reading"),
    path("difference/", read_views.difference, name="difference"),
    path("report/", report_views.report, name="report"),
    path("report/pdf", report_views.report_pdf, name="report_pdf"),
    path("report/word", report_views.report_word, name="report_word"),
    path("calendar/", follow_views.calendar, name="calendar"),
]
