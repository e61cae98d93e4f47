#!/bin/sh
# Builds the site, then serves it and the wizard until ^C.
set -eu
cd "$(dirname "$0")/.."
port=${1:?"which port?"}

# Pages link to the wizard, which this command serves one level above them.
HELPTREE_WIZARD_URL=${HELPTREE_WIZARD_URL-../} .venv/bin/helptree build
echo "Wizard: http://127.0.0.1:$port/"
echo "Site:   http://127.0.0.1:$port/guide/"
# Not in the foreground: there the shell would leave the server behind when only the shell is told to stop.
.venv/bin/streamlit run app.py --server.port "$port" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; exit 0' INT TERM
wait $server
