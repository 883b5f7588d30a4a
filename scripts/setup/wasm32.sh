#!/usr/bin/env bash
# The standard library for wasm32-unknown-unknown, where the compiler looks for it.
# First as everybody does it, with rustup; where rustup cannot reach its server, built from source.
source "$(dirname "$0")/../lib.sh"

target=wasm32-unknown-unknown
sysroot="$(rustc --print sysroot)"
libraries="$sysroot/lib/rustlib/$target/lib"
marker="$libraries/built-from-source"
compiler="$(rustc -vV | grep -E '^(release|commit-hash|host)' | tr '\n' ' ')"

present() { compgen -G "$libraries/libstd-*.rlib" >/dev/null; }

# A copy that we built for another compiler is of no use to this one.
if [ -f "$marker" ] && [ "$(cat "$marker")" != "$compiler" ]; then rm -rf "$libraries"; fi
if present; then exit 0; fi

if command -v rustup >/dev/null; then
  say "wasm32: rustup target add $target (at most 60 s)"
  timeout 60 rustup target add "$target" </dev/null >&2 || say "wasm32: rustup could not add it"
  if present; then exit 0; fi
fi

say "wasm32: building the standard library from source instead"
release="$(rustc -vV | sed -n 's/^release: //p')"
work="$TOOLS/wasm32"
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
"$ROOT/scripts/setup/rust-src.sh" "$release" "$work/source"

# Cargo's build-std reads the sources of the standard library from this one folder. They go away again:
# rustup would stumble over files that it did not put there itself.
sources="$sysroot/lib/rustlib/src/rust"
if [ ! -e "$sources/library/Cargo.toml" ]; then
  mkdir -p "$sources"
  trap 'rm -rf "$work" "$sources"' EXIT
  mv "$work/source/library" "$sources/"
fi

mkdir -p "$work/empty/src"
touch "$work/empty/src/lib.rs"
printf '[package]\nname = "empty"\nedition = "2024"\n[workspace]\n' >"$work/empty/Cargo.toml"
# embed-bitcode: without it a link-time-optimised build fails with "Can't find section .llvmbc".
# RUSTC_BOOTSTRAP: build-std is an unstable flag, and the stable compiler is the one we need it for.
(cd "$work/empty" &&
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$work/out" \
    cargo build --quiet --release --target "$target" \
    -Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test </dev/null >&2) ||
  fail "the standard library for $target did not build" "rustup target add $target"

# Never two sets of libraries in that folder: the compiler could not tell them apart.
rm -rf "$libraries"
mkdir -p "$libraries"
find "$work/out/$target/release/deps" -name '*.rlib' ! -name 'libempty-*' -exec cp {} "$libraries/" \;
printf '%s\n' "$compiler" >"$marker"
present || fail "the standard library for $target is still missing" "rustup target add $target"
say "wasm32: done"
