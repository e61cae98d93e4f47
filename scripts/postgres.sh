#!/bin/sh
# Sees to it that there is a PostgreSQL for the tests of feedback, and says which. Starts nothing.
set -eu
cd "$(dirname "$0")/.."

find_postgres() { .venv/bin/python -m tests.postgres; }

find_postgres && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing PostgreSQL ..."
  apt-get update -qq
  install() { DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$1" >/dev/null; }
  # The package would set up and start a server of its own; the tests start theirs.
  install postgresql-common && echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf &&
    install postgresql || true
fi
find_postgres || echo "No PostgreSQL: its tests are skipped. Install it so that initdb and postgres are on PATH." >&2
