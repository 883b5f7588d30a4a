#!/usr/bin/env bash
# The real clients that the tests drive (aws CLI, boto3, pip, twine) and pytest, in a virtual environment of our own.
source "$(dirname "$0")/../lib.sh"

command -v python3 >/dev/null || fail "Python is not installed" "apt-get install python3 python3-venv"
have="$(python3 -c 'import platform; print(platform.python_version())')"
at_least "$have" "$PYTHON_MIN" || fail "Python $have is older than $PYTHON_MIN" "apt-get install python3 python3-venv"

venv="$TOOLS/venv"
wanted="$(cksum <"$ROOT/scripts/requirements.txt") python $have"
if stamped python "$wanted" && [ -x "$venv/bin/aws" ]; then exit 0; fi
say "python: aws CLI, boto3, twine, pytest in .tools/venv"
rm -rf "$venv"
python3 -m venv "$venv" >&2 || fail "Python cannot make virtual environments" "apt-get install python3-venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
  -r "$ROOT/scripts/requirements.txt" </dev/null >&2 ||
  fail "pip could not install scripts/requirements.txt" ".tools/venv/bin/pip install -r scripts/requirements.txt"
stamp python "$wanted"
