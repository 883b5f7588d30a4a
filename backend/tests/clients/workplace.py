"""A developer's machine in a temporary folder: real clients, an empty home."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

VENV = pathlib.Path(sys.prefix) / "bin"
LIMIT = 180


class Workplace:
    """Runs the aws CLI, npm, pip and twine as one developer would."""

    def __init__(self, folder, emulator):
        self.home = folder / "home"
        self.folder = folder / "work"
        self.home.mkdir()
        self.folder.mkdir()
        self.emulator = emulator
        self.environment = {
            "PATH": f"{VENV}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            "PIP_NO_CACHE_DIR": "1",
            "TWINE_NON_INTERACTIVE": "1",
            "NO_COLOR": "1",
            "npm_config_audit": "false",
            "npm_config_fund": "false",
            "npm_config_update_notifier": "false",
            "npm_config_fetch_retries": "0",
            **emulator.environment(),
        }

    def run(self, *command, ok=True, cwd=None, **variables):
        """Runs a command. Fails the test when its exit code is not the expected kind."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd or self.folder,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
        spoken = f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
        assert (done.returncode == 0) == ok, f"exit code {done.returncode}: {spoken}"
        return done

    def aws(self, *arguments, ok=True):
        """Runs `aws codeartifact …` and returns its JSON answer, or its words when it fails."""
        done = self.run("aws", "codeartifact", *arguments, "--output", "json", ok=ok)
        if not ok:
            return done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def log_in(self, tool, domain, repository, *more):
        """Runs `aws codeartifact login` and returns what it said."""
        arguments = ["--tool", tool, "--domain", domain, "--repository", repository]
        return self.run("aws", "codeartifact", "login", *arguments, *more).stdout

    def npm(self, *arguments, ok=True, cwd=None):
        """Runs npm with an empty cache: what it has, it has fetched in this very call."""
        folder = cwd or self.folder
        # Without a package.json it would look for one in the folders above.
        if not (folder / "package.json").exists():
            (folder / "package.json").write_text('{"name": "workplace", "private": true}')
        cache = tempfile.mkdtemp(dir=self.home)
        return self.run("npm", *arguments, ok=ok, cwd=folder, npm_config_cache=cache)

    def pip(self, *arguments, ok=True):
        """Runs pip."""
        return self.run("pip", *arguments, ok=ok)

    def twine_upload(self, *files, ok=True):
        """Uploads to the repository that `aws codeartifact login --tool twine` wrote down."""
        return self.run("twine", "upload", "--repository", "codeartifact", "--verbose", *files, ok=ok)
