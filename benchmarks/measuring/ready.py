"""Django set up, and the ledger's actions read: for processes that are forked from here."""

import django

django.setup()

import konbit.web.ledger.actions  # noqa: E402, F401 # after Django is set up; so that it is there
