# Sourced by every script: where things are, and how they speak.
# shellcheck shell=bash
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TOOLS="$ROOT/.tools"
STAMPS="$TOOLS/stamps"
TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"
BINARY="$TARGET/release/headwater"
export PATH="$TOOLS/bin:$ROOT/node_modules/.bin:$PATH"
# shellcheck source=scripts/versions.sh
source "$ROOT/scripts/versions.sh"

# Says one step, on standard error: standard output belongs to the thing that was asked for.
say() { printf '  %s\n' "$*" >&2; }

# Ends with what went wrong and the one command that mends it.
fail() {
  printf '\nerror: %s\n' "$1" >&2
  if [ $# -gt 1 ]; then printf '  mend it with:  %s\n' "$2" >&2; fi
  exit 1
}

# True when version $1 is at least version $2.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# Runs a command as root: directly, or through sudo when that asks for nothing. Fails otherwise.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

# A stamp remembers that a step is done for exactly these inputs (words or file contents).
stamped() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
stamp() { mkdir -p "$STAMPS"; printf '%s\n' "$2" >"$STAMPS/$1"; }

# Prints the path of a Chrome or Chromium, or fails.
find_chromium() {
  local name
  if [ -n "${CHROME_BIN:-}" ]; then echo "$CHROME_BIN"; return; fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then return; fi
  done
  return 1
}
