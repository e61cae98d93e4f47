#!/bin/sh
# Sees to it that the PDF of the staff reference can be made: WeasyPrint needs Pango, which the system brings.
set -eu
cd "$(dirname "$0")/.."

loads() { .venv/bin/python -c 'import weasyprint' 2>/dev/null; }

if ! loads && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Pango ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null || true
fi
if loads; then
  echo "PDF: WeasyPrint and Pango"
else
  echo "No Pango: the PDF of the staff reference can't be made here, and its tests are skipped." >&2
  echo "Install it: Debian libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, macOS 'brew install pango'." >&2
fi
