#!/bin/sh
# Makes .venv out of requirements.lock and installs the project in it; does nothing when both are current.
set -eu
cd "$(dirname "$0")/.."

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

make_venv() {
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
  # A link leads to an environment that belongs to another folder: replace the link, never clear what it leads to.
[ ! -L .venv ] || rm .venv
"$python" -m venv --clear .venv
  pip install --require-hashes -r requirements.lock
}

pip() { .venv/bin/python -m pip --disable-pip-version-check -qq "$@"; }

is_current() { [ "$(cat ".venv/$1" 2>/dev/null)" = "$2" ] && .venv/bin/python -c '' 2>/dev/null; }

# The folder's name belongs to it: a virtual environment does not survive a move.
lock=$({ pwd; cat requirements.lock; } | cksum)
is_current lock "$lock" || {
  make_venv
  echo "$lock" >.venv/lock
}
project=$(cksum <pyproject.toml)
is_current project "$project" || {
  pip install --no-deps --no-build-isolation -e .
  # Also where the environment forbids Python to keep what it compiles: every command starts faster.
  .venv/bin/python -m compileall -q src
  echo "$project" >.venv/project
}
