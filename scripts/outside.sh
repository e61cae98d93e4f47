#!/bin/sh
# Sees to it that there are the programs that look at our files from outside: gettext at catalogs, poppler at PDFs.
set -eu
cd "$(dirname "$0")/.."

missing() {
  command -v msgfmt >/dev/null || printf ' gettext'
  command -v pdftotext >/dev/null && command -v pdffonts >/dev/null || printf ' poppler-utils'
}

if [ -n "$(missing)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$(missing) ..."
  apt-get update -qq
  # One word each: what can't be had must not keep the other away.
  for package in $(missing); do
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package" >/dev/null || true
  done
fi
if [ -z "$(missing)" ]; then
  echo "gettext: $(command -v msgfmt), poppler: $(command -v pdftotext)"
else
  echo "Not found:$(missing). The tests that need them are skipped. Install them: Debian 'apt install gettext poppler-utils'," \
    "macOS 'brew install gettext poppler'." >&2
fi
