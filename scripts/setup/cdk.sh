#!/usr/bin/env bash
# The AWS CDK in both languages, for the tests that synthesise exported apps. It is large, and so has a folder of its own
# (.tools/cdk) that nothing else touches.
source "$(dirname "$0")/../lib.sh"

from="$ROOT/scripts/cdk"
folder="$TOOLS/cdk"
have="$(python3 -c 'import platform; print(platform.python_version())')"
wanted="$(cat "$from/package-lock.json" "$from/requirements.txt" | cksum) python $have"
if stamped cdk "$wanted" && [ -x "$folder/node_modules/.bin/tsc" ] && [ -x "$folder/venv/bin/python" ]; then exit 0; fi
say "cdk: aws-cdk-lib for TypeScript and Python in .tools/cdk, 700 MB on disk"
rm -rf "$folder"
mkdir -p "$folder"
cp "$from/package.json" "$from/package-lock.json" "$folder/"
(cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null >&2) ||
  fail "npm could not install what scripts/cdk/package-lock.json names" "npm ci"
python3 -m venv "$folder/venv" >&2 || fail "Python cannot make virtual environments" "apt-get install python3-venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
  -r "$from/requirements.txt" </dev/null >&2 ||
  fail "pip could not install scripts/cdk/requirements.txt" ".tools/cdk/venv/bin/pip install -r scripts/cdk/requirements.txt"
stamp cdk "$wanted"
