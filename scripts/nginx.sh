#!/bin/sh
# Sees to it that there is an nginx for the tests of deploy/, and says which. Starts nothing.
set -eu
cd "$(dirname "$0")/.."

find_nginx() { .venv/bin/python -m tests.nginx; }

find_nginx && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing nginx ..."
  apt-get update -qq
  # The package would start a server on port 80; the tests start theirs.
  policy=/usr/sbin/policy-rc.d
  [ -e "$policy" ] || {
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  }
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends nginx >/dev/null || true
fi
find_nginx || echo "No nginx: its tests are skipped. Install it so that nginx is on PATH." >&2
