#!/usr/bin/env bash
# rust-src.sh RELEASE FOLDER: puts the sources of the standard library of exactly that release into FOLDER/library.
# They come from Debian's package `rust-src`, whatever Debian this machine runs: the package lists
# are read into a folder of our own, so nothing of the machine's set-up changes and root is not needed.
source "$(dirname "$0")/../lib.sh"

release="$1"
folder="$2"
mend="rustup component add rust-src && rustup target add wasm32-unknown-unknown"
command -v apt-get >/dev/null && command -v dpkg >/dev/null || fail "no Debian package tools here" "$mend"

apt="$folder/apt"
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
mirror="$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null | grep -v snapshot | head -n1 | tr -d ' ' || true)"
mirror="${mirror:-http://deb.debian.org/debian}"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f "$keyring" ] || fail "Debian's signing keys are missing" "apt-get install debian-archive-keyring"

options=(-q -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=-
  -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
# Newest stable's backports hold the last few compilers; the others are where older and newer ones are.
for suite in trixie-backports forky sid trixie; do
  echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
  rm -rf "$apt/lists"
  mkdir -p "$apt/lists/partial"
  apt-get "${options[@]}" update >&2 || continue
  version="$(apt-cache "${options[@]}" madison rust-src | cut -d'|' -f2 | tr -d ' ' | grep -E "^${release//./\\.}[+-]" | head -n1 || true)"
  [ -n "$version" ] || continue
  say "wasm32: rust-src $version from $suite"
  (cd "$apt" && apt-get "${options[@]}" download "rust-src=$version" >&2) || continue
  dpkg -x "$apt"/rust-src_*.deb "$apt/unpacked"
  mv "$apt/unpacked/usr/src/rustc-$release/library" "$folder/library"
  rm -rf "$apt"
  exit 0
done
fail "no package has the library sources of Rust $release" "$mend"
