"""What the database itself refuses, whoever asks: grants and row-level security.

The role that serves (`konbit_app`) owns no table. What it may do is written here from the policy in
`people.roles`, and put in place after every migration. The same questions are asked of pages, of
the API and in raw SQL by the tests.
"""

from konbit.web.guards.statements import APP_ROLE, statements

__all__ = ["APP_ROLE", "statements"]
