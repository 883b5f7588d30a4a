#!/usr/bin/env bash
# Trunk, wasm-bindgen and wasm-split, built from their crates into .tools/bin.
source "$(dirname "$0")/../lib.sh"

locked="$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' "$ROOT/Cargo.lock")"
[ "$locked" = "$WASM_BINDGEN_VERSION" ] || fail \
  "Cargo.lock has wasm-bindgen $locked, but scripts/versions.sh names $WASM_BINDGEN_VERSION; they must be equal" \
  "cargo update -p wasm-bindgen --precise $WASM_BINDGEN_VERSION"

has() { [ "$("$TOOLS/bin/$1" --version 2>/dev/null)" = "$2" ]; }

# Tools that run for seconds need no optimiser that runs for minutes, and no TLS: they download nothing here.
# They share what they can of their crates.
install() {
  say "$1 $2: building it, a few minutes, once"
  CARGO_TARGET_DIR="$TOOLS/build" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install --quiet --root "$TOOLS" --version "$2" --no-default-features "${@:3}" "$1" </dev/null >&2 ||
    fail "$1 $2 did not build" "cargo install --root .tools --version $2 --no-default-features ${*:3} $1"
}

built=no
if ! has trunk "trunk $TRUNK_VERSION"; then
  install trunk "$TRUNK_VERSION" --locked
  built=yes
fi
# Not --locked: its lock file can name releases that the registry does not have.
if ! has wasm-bindgen "wasm-bindgen $WASM_BINDGEN_VERSION"; then
  install wasm-bindgen-cli "$WASM_BINDGEN_VERSION" --bin wasm-bindgen
  built=yes
fi
# It does not tell its version.
if ! stamped wasm-split "$WASM_SPLIT_VERSION" || [ ! -x "$TOOLS/bin/wasm-split-cli" ]; then
  install wasm_split_cli_support "$WASM_SPLIT_VERSION" --locked --features build-binary
  stamp wasm-split "$WASM_SPLIT_VERSION"
  built=yes
fi
if [ "$built" = yes ]; then rm -rf "$TOOLS/build"; fi
