#!/usr/bin/env bash
# Writes the page on compatibility anew. A test compares the two, so this is for when the emulator or botocore changes.
source "$(dirname "$0")/lib.sh"
cd "$ROOT"

scripts/setup.sh test
scripts/build.sh
HEADWATER="$BINARY" PYTHONDONTWRITEBYTECODE=1 "$TOOLS/venv/bin/python" backend/tests/clients/compatibility.py >docs/compatibility.md.new
mv docs/compatibility.md.new docs/compatibility.md
