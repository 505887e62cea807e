#!/bin/sh
# A backup of the record, taken while it is used: everything is in the database, attachments too.
#   deploy/backup.sh postgresql://konbit_owner@host/konbit konbit-2026-11-25.dump
# pg_dump sees one moment of the database, so that no half change is in it.
set -eu
[ $# -eq 2 ] || { echo "usage: backup.sh OWNER_URL FILE" >&2; exit 2; }
partial="$2.part"
trap 'rm -f "$partial"' EXIT
"${PG_DUMP:-pg_dump}" --format=custom --no-owner --no-privileges --file="$partial" "$1"
mv "$partial" "$2"
sha256sum "$2"
