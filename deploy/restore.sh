#!/bin/sh
# A backup put into an empty database; then migrations and guards, so that an older backup will do.
#   deploy/restore.sh postgresql://konbit_owner@host/konbit konbit-2026-11-25.dump
set -eu
[ $# -eq 2 ] || { echo "usage: restore.sh OWNER_URL FILE" >&2; exit 2; }
"${PG_RESTORE:-pg_restore}" --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$1" "$2"
DATABASE_OWNER_URL="$1" DATABASE_URL="${DATABASE_URL:-$1}" "${PYTHON:-python}" -m konbit.web.serving.migrate
