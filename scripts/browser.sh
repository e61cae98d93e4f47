#!/bin/sh
# Sees to it that there is a Chromium for the browser tests, and says which.
set -eu
cd "$(dirname "$0")/.."

find_browser() { .venv/bin/python -m tests.browsers; }

find_browser && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium, and fonts so that screenshots in Arabic or Chinese show letters ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    chromium fonts-noto-core fonts-wqy-zenhei >/dev/null || true
else
  .venv/bin/playwright install chromium || true
fi
find_browser || {
  echo "No browser for the tests: install Chromium, or name one with CHROME=/path/to/chromium make test." >&2
  exit 1
}
