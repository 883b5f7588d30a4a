#!/usr/bin/env bash
# The campaign against the journal in full size: at least 6,000 promotions, 2,000 broken calls and 800 killed dashboards, half
# of them on PostgreSQL; then two replicas that race a thousand times for the same plan. Ends with what was counted; a
# failing one keeps its folder and says how to run it again.
source "$(dirname "$0")/lib.sh"
cd "$ROOT"

scripts/setup.sh test
scripts/build.sh

say "chaos: about ten minutes on two cores"
export SEED="${SEED:-$RANDOM}" PROMOTIONS="${PROMOTIONS:-6300}" PACKAGES="${PACKAGES:-10}" LANES="${LANES:-24}"
if [ "$PROMOTIONS" -ge 6000 ]; then export FAULTS=2000 KILLS=800; fi
export ROUNDS="${ROUNDS:-1000}"
HEADWATER="$BINARY" PYTHONDONTWRITEBYTECODE=1 \
  "$TOOLS/venv/bin/python" -m pytest -q -s -p no:cacheprovider backend/tests/clients/test_chaos.py backend/tests/clients/test_replicas.py
