#!/usr/bin/env bash
# Sets up, builds and starts the demo. What is done already is not done again.
source "$(dirname "$0")/lib.sh"

"$ROOT/scripts/setup.sh" build
"$ROOT/scripts/build.sh"
exec "$BINARY" demo "$@"
