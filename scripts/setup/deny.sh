#!/usr/bin/env bash
# cargo-deny for `make audit`, built from its crate into .tools/bin.
source "$(dirname "$0")/../lib.sh"

if [ "$("$TOOLS/bin/cargo-deny" --version 2>/dev/null)" = "cargo-deny $CARGO_DENY_VERSION" ]; then exit 0; fi
say "cargo-deny $CARGO_DENY_VERSION: building it, a few minutes, once"
CARGO_TARGET_DIR="$TOOLS/build" CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
  cargo install --quiet --locked --root "$TOOLS" --version "$CARGO_DENY_VERSION" cargo-deny </dev/null >&2 ||
  fail "cargo-deny did not build" "cargo install --locked --root .tools --version $CARGO_DENY_VERSION cargo-deny"
rm -rf "$TOOLS/build"
