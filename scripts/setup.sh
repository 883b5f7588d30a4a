#!/usr/bin/env bash
# setup.sh build|test: sets up what is missing. Each step does nothing when it is done.
source "$(dirname "$0")/lib.sh"

steps=(rust wasm32 node trunk)
if [ "${1:-test}" = test ]; then steps+=(python clients cdk chromium postgres); fi
for step in "${steps[@]}"; do "$ROOT/scripts/setup/$step.sh"; done
