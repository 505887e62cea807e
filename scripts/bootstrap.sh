#!/bin/sh
# Makes .venv with the locked dependencies. Needs Python 3.11 or newer and nothing else: no root, no
# service. `scripts/bootstrap.sh` installs what planning needs, with `--web` also what the system of
# record needs, with `--dev` also what the tests need. Nothing that is already there is taken away.
set -eu
cd "$(dirname "$0")/.."
unset VIRTUAL_ENV # another environment that happens to be active is none of our business

say() { printf '%s\n' "konbit setup: $*" >&2; }

fail() {
    say "$*"
    exit 1
}

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    fail "no Python 3.11 or newer was found. Install one, or name it: make plan PYTHON=/path/to/python3"
}

# uv reads the lock file. It is put into a corner of its own, so that nobody has to install it; Debian
# without python3-venv still has pip or uv as second and third ways.
find_uv() {
    private=.uv-bootstrap/bin/uv
    if [ ! -x "$private" ]; then
        say "fetching the installer (uv) into .uv-bootstrap"
        rm -rf .uv-bootstrap
        if "$1" -m venv .uv-bootstrap >/dev/null 2>&1; then
            .uv-bootstrap/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.8" >&2
        elif command -v uv >/dev/null 2>&1; then
            command -v uv
            return
        else
            rm -rf .uv-bootstrap
            "$1" -m pip install --quiet --disable-pip-version-check --target .uv-bootstrap "uv>=0.8" >&2 ||
                fail "this Python has neither venv nor pip. On Debian: apt install python3-venv"
        fi
    fi
    printf '%s\n' "$private"
}

python=$(find_python)
uv=$(find_uv "$python")
groups=--no-dev
[ "${1:-}" = "--web" ] && groups="--no-dev --extra web"
[ "${1:-}" = "--dev" ] && groups=--dev
[ "${1:-}" = "--bench" ] && groups="--dev --group bench"
say "installing the locked packages into .venv (a minute the first time, nothing later)"
UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=${UV_LINK_MODE:-copy} \
    "$uv" sync --locked --inexact $groups --python "$python"
