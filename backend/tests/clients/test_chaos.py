"""The campaign of campaign.py: a small one among all tests, a large one by `make chaos`.

SEED chooses its chances, PROMOTIONS, PACKAGES and LANES its size, FAULTS and KILLS how many there must be at least.
"""

import json
import os
import pathlib
import shutil
import tempfile

from campaign import VERSIONS, Campaign
from postgres import Postgres


def number(name, default):
    """A number of the environment."""
    return int(os.environ.get(name, default))


def test_promotions_survive_faults_and_kills(emulator, topology):
    packages, lanes = number("PACKAGES", 3), number("LANES", 2)
    promotions = number("PROMOTIONS", packages * VERSIONS * lanes)
    seed = os.environ.get("SEED", "1")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="headwater-chaos-"))
    with Postgres() as postgres:
        size = {"seed": seed, "promotions": promotions, "packages": packages, "lanes": lanes}
        summary, wrong = Campaign(emulator, topology, postgres, folder, **size).run()
    print(json.dumps(summary, indent=2))
    again = f"make chaos SEED={seed} PROMOTIONS={promotions} PACKAGES={packages} LANES={lanes}"
    assert not wrong, "\n".join([f"{folder} is kept; the same chances again: {again}", json.dumps(summary), *wrong[:50]])
    assert summary["faults"] >= number("FAULTS", 1) and summary["killed"] >= number("KILLS", 1), summary
    shutil.rmtree(folder)
