"""The rates of an AWS account, met by real clients."""

import hashlib
import json
import os
import subprocess

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from binary import BINARY, Emulator

COPY = {
    "domain": "acme",
    "sourceRepository": "team-dev",
    "destinationRepository": "production",
    "format": "npm",
    "namespace": "acme",
    "package": "ui",
    "versions": ["1.3.1"],
}


@pytest.fixture
def limited():
    """An emulator that throttles as AWS does."""
    with Emulator(story="acme", more=["--quotas", "aws"]) as running:
        yield running


def test_copies_beyond_five_a_second_are_throttled_with_retry_after(limited):
    client = limited.client()
    with pytest.raises(ClientError) as refusal:
        for _ in range(100):
            client.copy_package_versions(**COPY)
    answer = refusal.value.response
    assert answer["Error"]["Code"] == "ThrottlingException"
    assert answer["ResponseMetadata"]["HTTPHeaders"]["retry-after"] == "1"


def test_without_quotas_nothing_is_throttled(emulator):
    client = emulator.client()
    for _ in range(100):
        client.list_domains()


def test_a_promotion_of_many_packages_is_done_within_the_rates(limited, tmp_path):
    patient = limited.client(config=Config(retries={"mode": "standard", "total_max_attempts": 10}))
    names = [f"notes-{number}" for number in range(15)]
    for name in names:
        content = name.encode()
        patient.publish_package_version(
            domain="acme",
            repository="team-dev",
            format="generic",
            namespace="docs",
            package=name,
            packageVersion="1.0",
            assetName="notes.txt",
            assetContent=content,
            assetSHA256=hashlib.sha256(content).hexdigest(),
        )
    chosen = [part for name in names for part in ("--package", f"generic:docs/{name}@1.0")]
    way = ["--domain", "acme", "--from", "team-dev", "--to", "production", "--reason", "release", "--json"]
    place = ["--endpoint-url", limited.endpoint, "--data", tmp_path / "data"]
    done = subprocess.run(
        [BINARY, "promote", *way, *place, *chosen],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **limited.environment()},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [row["state"] for row in json.loads(done.stdout)["rows"]] == [{"ended": "copied"}] * len(names)
