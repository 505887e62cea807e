"""Addresses of a fund's bank accounts."""

from __future__ import annotations

from django.urls import path

from konbit.web.ledger.banks import certifying, matching, views

urlpatterns = [
    path("", views.banks, name="ledger_banks"),
    path("<code:bank>/", views.bank, name="ledger_bank"),
    path("<code:bank>/withdraw", views.withdraw, name="ledger_bank_withdraw"),
    path("<code:bank>/match", matching.match, name="ledger_bank_match"),
    path("<code:bank>/matches", matching.matches, name="ledger_bank_matches"),
    path(
        "<code:bank>/reconciliation", certifying.reconciliation, name="ledger_bank_reconciliation"
    ),
    path(
        "<code:bank>/reconciliation.<str:form>",
        certifying.reconciliation_file,
        name="ledger_bank_reconciliation_file",
    ),
]
