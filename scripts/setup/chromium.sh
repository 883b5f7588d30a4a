#!/usr/bin/env bash
# A Chromium for the browser tests: any that is there, else Debian's package.
source "$(dirname "$0")/../lib.sh"

if find_chromium >/dev/null; then exit 0; fi
mend="apt-get install chromium    (or set CHROME_BIN to any Chrome)"
command -v apt-get >/dev/null || fail "no Chrome or Chromium found" "$mend"
say "chromium: installing Debian's package"
export DEBIAN_FRONTEND=noninteractive
install() { as_root apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core </dev/null >&2; }
install || { as_root apt-get update -q </dev/null >&2 && install; } || fail "no Chrome or Chromium found" "$mend"
find_chromium >/dev/null || fail "no Chrome or Chromium found" "$mend"
