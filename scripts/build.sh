#!/usr/bin/env bash
# The front end into dist/, then the binary with the front end inside.
source "$(dirname "$0")/lib.sh"

# True when a source of the front end changed after the last good build of it.
# Folders count too: their time changes when a file in them goes away.
front_end_is_stale() {
  [ -f "$STAMPS/dist" ] && [ -f "$ROOT/dist/index.html" ] || return 0
  [ -n "$(cd "$ROOT" && find frontend shared style Cargo.toml Cargo.lock Trunk.toml scripts/versions.sh scripts/build.sh scripts/trunk \
    -path frontend/e2e -prune -o -newer "$STAMPS/dist" -print -quit)" ]
}

if front_end_is_stale; then
  say "front end: trunk build --release"
  started="$(mktemp)"
  trap 'rm -f "$started"' EXIT
  # erase_components: Leptos then keeps the types of views apart no longer, a sixth less to load.
  # remap-path-prefix: the home folder of whoever builds it is nobody else's business.
  # emit-relocs: what scripts/trunk needs to cut the program at its split points.
  crates="${CARGO_HOME:-$HOME/.cargo}/registry/src"
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components --remap-path-prefix=$crates=crates -Clink-args=--emit-relocs"
  export HEADWATER_CHUNKS="$TARGET/chunks"
  (cd "$ROOT" && PATH="$ROOT/scripts/trunk:$PATH" trunk build --release --offline --skip-version-check --locked </dev/null >&2)
  # The time of the start counts: what was edited during the build is built next time.
  mkdir -p "$STAMPS"
  cp -p "$started" "$STAMPS/dist"
fi
cd "$ROOT"
cargo build --quiet --release --locked -p headwater </dev/null
