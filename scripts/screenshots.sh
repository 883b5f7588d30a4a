#!/usr/bin/env bash
# Opens every place in both themes and both widths and keeps a picture of each. The README's own are renewed here
# alone: a test run leaves the tree as it was.
source "$(dirname "$0")/lib.sh"
cd "$ROOT"

scripts/setup.sh test
scripts/build.sh
HEADWATER="$BINARY" CHROME_BIN="$(find_chromium)" \
  node --test --test-reporter=spec frontend/e2e/screenshots.test.mjs
mkdir -p docs
cp artifacts/screenshots/map-production-light-1440.png docs/map.png
cp artifacts/screenshots/set-up-light-1440.png docs/set-up.png
ls -1 artifacts/screenshots
