#!/usr/bin/env bash
# test.sh all|quick: runs every stage, also after one has failed, and ends with "N passed, N failed".
# A stage that is one check counts as one; a stage that runs tests counts as many as it ran.
source "$(dirname "$0")/lib.sh"
exec </dev/null
cd "$ROOT"

# Nothing is edited in between there, so incremental builds would only cost time and disk.
if [ -n "${CI:-}" ]; then export CARGO_INCREMENTAL=0; fi
logs="$ROOT/artifacts/logs"
mkdir -p "$logs"
passed=0
failed=0
summary=()

# run_stage KIND NAME COMMAND…: KIND is `check` (one check) or `tests` (counted from the output).
run_stage() {
  local kind="$1" name="$2" began=$SECONDS code=0 good=0 bad=0
  shift 2
  printf '\n== %s\n' "$name"
  local log="$logs/${name//[^a-z0-9]/-}.log"
  "$@" 2>&1 | tee "$log" || code=$?
  if [ "$kind" = tests ]; then read -r good bad < <(python3 scripts/count.py "$log"); fi
  if [ "$kind" = check ] && [ "$code" = 0 ]; then good=1; fi
  # A stage that broke off, or that ran nothing, has failed too.
  if [ "$bad" = 0 ] && { [ "$code" != 0 ] || [ "$good" = 0 ]; }; then bad=1; fi
  passed=$((passed + good))
  failed=$((failed + bad))
  summary+=("$(printf '%-34s %5d passed %4d failed %5d s' "$name" "$good" "$bad" $((SECONDS - began)))")
  [ "$bad" = 0 ]
}

host_lints() { cargo clippy --quiet --locked --workspace --all-targets -- -D warnings; }
browser_lints() {
  cargo clippy --quiet --locked -p frontend -p shared --target wasm32-unknown-unknown -- -D warnings
}
emulator_lints() {
  cargo clippy --quiet --locked -p codeartifact-emulator --no-default-features --target wasm32-unknown-unknown -- -D warnings
}
documentation() { RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --workspace --no-deps; }
rust_tests() { cargo test --quiet --locked --workspace --no-fail-fast; }
rust_unit_tests() { cargo test --quiet --locked --workspace --no-fail-fast --lib --bins; }
client_tests() {
  HEADWATER="$BINARY" PYTHONDONTWRITEBYTECODE=1 \
    "$TOOLS/venv/bin/python" -m pytest -q -p no:cacheprovider backend/tests/clients
}
browser_tests() {
  HEADWATER="$BINARY" CHROME_BIN="$(find_chromium)" AWS_CLI="$TOOLS/venv/bin/aws" \
    node --test --test-concurrency=1 --test-reporter=spec frontend/e2e/*.test.mjs
}
not_run() { echo "not run: there is no binary"; return 1; }

if [ "$1" = quick ]; then
  run_stage check "set-up" scripts/setup.sh build || true
else
  run_stage check "set-up" scripts/setup.sh test || true
fi
run_stage check "format" cargo fmt --all --check || true
run_stage check "clippy, host" host_lints || true
run_stage check "clippy, browser" browser_lints || true
run_stage check "clippy, emulator in the browser" emulator_lints || true
if [ "$1" = quick ]; then
  run_stage tests "unit tests" rust_unit_tests || true
else
  run_stage check "documentation" documentation || true
  run_stage tests "rust tests" rust_tests || true
  if run_stage check "release build" scripts/build.sh; then
    run_stage tests "real clients" client_tests || true
    run_stage tests "browser" browser_tests || true
  else
    run_stage tests "real clients" not_run || true
    run_stage tests "browser" not_run || true
  fi
fi

printf '\n'
printf '%s\n' "${summary[@]}"
printf '%d s in all\n%d passed, %d failed\n' "$SECONDS" "$passed" "$failed"
[ "$failed" = 0 ]
