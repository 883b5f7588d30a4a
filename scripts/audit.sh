#!/usr/bin/env bash
# Licences, bans and sources always; advisories where their database can be fetched.
source "$(dirname "$0")/lib.sh"
cd "$ROOT"

scripts/setup/rust.sh
scripts/setup/deny.sh
cargo-deny --locked --all-features check bans licenses sources
# The database is a git repository on the internet; not every machine reaches it.
if timeout 120 cargo-deny --locked fetch db </dev/null; then
  cargo-deny --locked --all-features check --disable-fetch advisories
else
  say "advisories: not checked, their database cannot be fetched from here"
fi
