#!/bin/sh
# Sees to it that there is a PostgreSQL for the tests of feedback, and says which. Starts nothing.
set -eu
cd "$(dirname "$0")/.."

find_postgres() { .venv/bin/python -m tests.postgres; }

find_postgres && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing PostgreSQL ..."
  # Its package would start a server of its own; the tests start theirs.
  mkdir -p /etc/postgresql-common
  grep -qs create_main_cluster /etc/postgresql-common/createcluster.conf ||
    echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null || true
fi
find_postgres || echo "No PostgreSQL: its tests are skipped. Install it so that initdb and postgres are on PATH." >&2
