#!/bin/sh
# Makes .venv out of requirements.lock; does nothing when .venv is already made out of it.
set -eu
cd "$(dirname "$0")/.."

# The folder's name belongs to it: a virtual environment does not survive a move.
made_from=$({ pwd; cat pyproject.toml requirements.lock; } | cksum)
if [ "$(cat .venv/made-from 2>/dev/null)" = "$made_from" ] && .venv/bin/python -c '' 2>/dev/null; then
  exit 0
fi

# Tries each one out: a name on PATH may be a stub, and Debian ships Python without ensurepip.
find_python() {
  for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
  return 1
}

if ! python=$(find_python); then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing python3-venv ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-venv >/dev/null
  fi
  python=$(find_python) || {
    echo "No Python 3.11 or newer with venv was found: install it (on Debian: python3-venv)," \
      "or name one with PYTHON=/path/to/python3 make setup." >&2
    exit 1
  }
fi

echo "Installing $(grep -c == requirements.lock) packages into .venv with $("$python" --version); once, about a minute ..."
"$python" -m venv --clear .venv
pip() { .venv/bin/python -m pip --disable-pip-version-check -qq "$@"; }
pip install --require-hashes -r requirements.lock
pip install --no-deps --no-build-isolation -e .
echo "$made_from" >.venv/made-from
