#!/usr/bin/env bash
# Measures on this machine, now. Nothing else should be running.
source "$(dirname "$0")/lib.sh"
cd "$ROOT"

scripts/setup.sh test
scripts/build.sh

wanted="$(cksum <scripts/bench/package-lock.json)"
if ! stamped bench "$wanted"; then
  say "npm: React Flow, dagre and esbuild, for the peer"
  mkdir -p "$TOOLS/bench"
  cp scripts/bench/package.json scripts/bench/package-lock.json "$TOOLS/bench/"
  (cd "$TOOLS/bench" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null >&2) ||
    fail "npm could not install scripts/bench/package-lock.json" "cd .tools/bench && npm ci"
  stamp bench "$wanted"
fi

say "measuring: a few minutes"
HEADWATER="$BINARY" CHROME_BIN="$(find_chromium)" node scripts/bench/bench.mjs
