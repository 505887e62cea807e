"""`python -m konbit_audit`."""

from konbit_audit.main import run

run()
