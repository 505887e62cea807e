#!/bin/sh
# The two roles and the database, made once when PostgreSQL is new. The role that serves owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" \
    -v app="$APP_PASSWORD" -v owner="$OWNER_PASSWORD" <<'SQL'
CREATE ROLE konbit_owner LOGIN PASSWORD :'owner';
CREATE ROLE konbit_app LOGIN PASSWORD :'app';
CREATE DATABASE konbit OWNER konbit_owner;
SQL
