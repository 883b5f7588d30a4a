"""A PostgreSQL of the test's own: in a folder that goes with it, on a Unix socket, as a user who is not root."""

import contextlib
import glob
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.parse

START_LIMIT = 60


class Postgres:
    """A server that ends with the test. Use it as a context manager."""

    def __enter__(self):
        # The path of a socket may not be long, so this folder is not the test's.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hwpg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        options = ["--auth=trust", "--no-sync", "--username=headwater", "--encoding=UTF8", "--no-locale"]
        subprocess.run([*command("initdb"), *options, "-D", self.folder / "data"], check=True, stdout=subprocess.DEVNULL)
        self.server = subprocess.Popen(
            [*command("postgres"), "-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses=", "-c", "max_connections=400"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_LIMIT
        while self.ask("SELECT 1").returncode != 0:
            assert time.monotonic() < deadline and self.server.poll() is None, "PostgreSQL did not come up"
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self.server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.server.wait(20)
        self.server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, statement):
        """One statement in the first database."""
        ask = ["-h", self.folder, "-U", "headwater", "-d", "postgres", "-c", statement]
        return subprocess.run([*command("psql"), *ask], capture_output=True)

    def database(self, name):
        """The address of a fresh database."""
        assert self.ask(f"CREATE DATABASE {name}").returncode == 0
        socket = urllib.parse.quote(str(self.folder), safe="")
        return f"postgres://headwater:none@{socket}/{name}"


def command(program):
    """A program of PostgreSQL, where Debian has it or where the machine has it. It refuses to run as root."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}")) or [shutil.which(program)]
    assert found[0], f"PostgreSQL's `{program}` is not here: run scripts/setup/postgres.sh"
    other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] if os.geteuid() == 0 else []
    return [*other, found[0]]
