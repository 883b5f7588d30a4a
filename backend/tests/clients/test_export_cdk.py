"""A domain as CDK apps: each is run, and its template says what the one of CloudFormation says."""

import os
import pathlib
import subprocess
import sys

import pytest

from domains import export
from templates import normalised, read

# Where scripts/setup/cdk.sh puts the CDK, beside the virtual environment of these tests.
CDK = pathlib.Path(sys.prefix).parent / "cdk"
LIMIT = 300


def run(folder, *command):
    """Runs a command in the folder of an app, which writes its template to `out`."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "CDK_OUTDIR": str(folder / "out"),
        # What jsii unpacks there is the same for every app.
        "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(CDK / "jsii"),
        "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION": "1",
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
    }
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True, timeout=LIMIT
    )
    assert done.returncode == 0, done.stdout + done.stderr


def synthesise_typescript(folder):
    """Checks the types, compiles, and runs the app."""
    (folder / "node_modules").symlink_to(CDK / "node_modules")
    run(folder, "node", CDK / "node_modules/typescript/bin/tsc", "--project", folder)
    run(folder, "node", "app.js")


def synthesise_python(folder):
    """Runs the app."""
    run(folder, CDK / "venv/bin/python", "app.py")


SYNTHESISE = {"cdk-typescript": synthesise_typescript, "cdk-python": synthesise_python}


@pytest.mark.parametrize("domain", ["acme", "odd-1"])
@pytest.mark.parametrize("kind", SYNTHESISE)
def test_the_app_synthesises_what_the_template_says(source, tmp_path, kind, domain):
    template = tmp_path / "template.yaml"
    template.write_text(export(source, domain, "cloudformation"))
    folder = tmp_path / "app"
    export(source, domain, kind, "--out", folder)
    SYNTHESISE[kind](folder)
    [synthesised] = (folder / "out").glob("*.template.json")
    assert normalised(read(synthesised)) == normalised(read(template))
