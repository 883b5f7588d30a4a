"""Runs what `headwater connect` prints, word for word, as somebody would who copies it step by step."""

import json
import os
import pathlib
import subprocess
import sys

from binary import BINARY
from workplace import Workplace

LIMIT = 180
CLIENTS = pathlib.Path(__file__).parents[3] / ".tools/clients/node_modules"

# Does to a file what a step says: adds lines, or takes them out again.
EDIT = """\
import pathlib, sys
kind, name, text = sys.argv[1], pathlib.Path(sys.argv[2]).expanduser(), sys.stdin.read()
before = name.read_text() if name.exists() else ""
name.parent.mkdir(parents=True, exist_ok=True)
if kind == "add":
    name.write_text(before + ("" if before.endswith("\\n") or not before else "\\n") + text)
else:
    assert text in before, f"{name} does not hold\\n{text}\\nbut\\n{before}"
    after = before.replace(text, "", 1)
    name.write_text(after) if after.strip() else name.unlink()
"""


def guide(emulator, client, way, of="team-dev"):
    """What the binary prints for a client of a repository in acme."""
    where = ["--region", emulator.ready["region"], "--endpoint-url", emulator.endpoint]
    repository = ["--domain", "acme", "--repository", of]
    command = [BINARY, "connect", *repository, "--client", client, "--way", way, "--json", *where]
    done = subprocess.run(
        command, env={"PATH": os.environ["PATH"], **keys(emulator)}, capture_output=True, text=True, timeout=LIMIT
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def keys(emulator):
    """The credentials alone: region and address must stand in the texts themselves."""
    kept = {name: emulator.ready[name.removeprefix("AWS_").lower()] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    return {**kept, "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": ""}


class Shell(Workplace):
    """One bash, in a home and a project of its own."""

    def __init__(self, folder, emulator, **variables):
        super().__init__(folder, emulator)
        for name in emulator.environment():
            del self.environment[name]
        self.environment |= keys(emulator) | variables
        (folder / "edit.py").write_text(EDIT)
        self.edit = f"{sys.executable} {folder / 'edit.py'}"

    def prefer(self, program):
        """Has a program found before all others of its name."""
        folder = self.home.parent / "first"
        folder.mkdir(exist_ok=True)
        (folder / program.name.removesuffix(".js")).symlink_to(program)
        self.environment["PATH"] = f"{folder}:{self.environment['PATH']}"

    def write(self, name, text):
        """A file of the home (`~/…`) or of the project, as it was before."""
        path = self.home / name[2:] if name.startswith("~/") else self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def follow(self, guide):
        """Does all steps in one bash. Fails where a step fails, or where the shell is not as before afterwards."""
        script = ["set -eu", "export -p > ../before"]
        for part in guide["parts"]:
            for step in part["steps"]:
                form = step["form"]
                script.append(f"echo '== {part['aim']}'")
                if form["kind"] == "command":
                    script.append(step["text"])
                else:
                    script.append(f"{self.edit} {form['kind']} '{form['file']}' <<'END-OF-STEP'\n{step['text'].rstrip()}\nEND-OF-STEP")
        script.append("export -p > ../after")
        said = self.run("bash", "-c", "\n".join(script)).stdout
        before, after = ((self.folder.parent / name).read_text() for name in ("before", "after"))
        assert after == before
        return said

    def files_with_a_token(self):
        """Files of the home and the project that hold a token (every one begins like this)."""
        files = [path for root in (self.home, self.folder) for path in root.rglob("*") if path.is_file()]
        return [path for path in files if b"eyJ2ZXI" in path.read_bytes()]
