#!/usr/bin/env bash
# What comes from npm: wasm-opt for the build, Playwright (without a browser of its own) and axe for the tests.
source "$(dirname "$0")/../lib.sh"

command -v node >/dev/null && command -v npm >/dev/null ||
  fail "Node.js is not installed" "apt-get install nodejs npm"
have="$(node --version)"
at_least "${have#v}" "$NODE_MIN" || fail "Node.js $have is older than $NODE_MIN" "apt-get install nodejs npm"

wanted="$(cksum "$ROOT/package.json" "$ROOT/package-lock.json" | cut -d' ' -f1,2 | tr '\n' ' ')"
if stamped node "$wanted" && [ -x "$ROOT/node_modules/.bin/wasm-opt" ]; then exit 0; fi
say "npm: wasm-opt, playwright-core, axe-core"
(cd "$ROOT" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null >&2) ||
  fail "npm could not install what package-lock.json names" "npm ci"
grep -q "\"version\": \"$WASM_OPT_VERSION\." "$ROOT/node_modules/binaryen/package.json" ||
  fail "package-lock.json has another binaryen than $WASM_OPT_VERSION" "npm install --save-exact binaryen@$WASM_OPT_VERSION"
stamp node "$wanted"
