"""The system of record: one mission's truth, kept by people of many organisations.

A Django project on PostgreSQL. Its applications point one way, as the import contract says:

    words ← bridge ← missions ← people ← history ← tables ← imports ← plans ← pledges ← api ← site

Each application has the same shape: `models` (fields, constraints), `queries` (what may be asked),
`access` (who may), `actions` (one verb, one transaction, one entry in the history), `forms`, thin
`views`, `templates`.
"""
