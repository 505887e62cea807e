"""Addresses of the tables of a mission."""

from __future__ import annotations

from django.urls import path

from konbit.web.tables import views

urlpatterns = [
    path("<str:table>/", views.table, name="table"),
    path("<str:table>/excel", views.excel, name="table_excel"),
    path("<str:table>/new", views.new, name="row_new"),
    path("<str:table>/row/<path:key>", views.row, name="row"),
    path("<str:table>/edit/<path:key>", views.edit, name="row_edit"),
    path("<str:table>/take-out/<path:key>", views.take_out, name="row_take_out"),
]
