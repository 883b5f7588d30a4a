#!/usr/bin/env bash
# The package managers of JavaScript that the client tests drive, in .tools/clients. None of them runs a script to install.
source "$(dirname "$0")/../lib.sh"

clients="$TOOLS/clients"
wanted="$(cksum "$ROOT"/scripts/clients/package*.json | cut -d' ' -f1,2 | tr '\n' ' ')"
if stamped clients "$wanted" && [ -x "$clients/node_modules/.bin/pnpm" ]; then exit 0; fi
say "clients: pnpm, Yarn, Bun in .tools/clients"
rm -rf "$clients"
mkdir -p "$clients"
cp "$ROOT"/scripts/clients/package*.json "$clients/"
(cd "$clients" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null >&2) ||
  fail "npm could not install what scripts/clients/package-lock.json names" "scripts/setup/clients.sh"
stamp clients "$wanted"
