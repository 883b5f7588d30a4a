#!/usr/bin/env bash
# The compiler itself is the user's own: this step only checks that it is there and new enough.
source "$(dirname "$0")/../lib.sh"

command -v cargo >/dev/null ||
  fail "Rust is not installed" "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
have="$(rustc --version | cut -d' ' -f2)"
at_least "$have" "$RUST_MIN" || fail "Rust $have is older than $RUST_MIN" "rustup update stable"
command -v cc >/dev/null || fail "no C compiler (the TLS library needs one)" "apt-get install build-essential"
