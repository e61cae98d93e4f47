#!/bin/sh
# Sees to it that there is an nginx for the tests of deploy/nginx.conf, and says which.
set -eu
cd "$(dirname "$0")/.."

find_nginx() { PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v nginx; }

if found=$(find_nginx); then
  echo "nginx: $found"
  exit
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing nginx-light ..."
  # Debian starts a service that it installs; a test machine's port 80 is not ours to take.
  deny=/usr/sbin/policy-rc.d
  [ -e "$deny" ] || { printf '#!/bin/sh\nexit 101\n' >"$deny"; chmod +x "$deny"; trap 'rm -f "$deny"' EXIT; }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends nginx-light >/dev/null || true
fi
found=$(find_nginx) || {
  echo "No nginx for the tests: install it (on Debian: nginx-light). Its tests are skipped without." >&2
  exit 0
}
echo "nginx: $found"
