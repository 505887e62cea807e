"""Start everything: database, migrations, worker, pages."""
