"""Starts and stops the real `headwater` binary."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import boto3
from botocore.config import Config

from answers import check_answer

BINARY = os.environ.get("HEADWATER", "headwater")
# Long enough for a machine that is busy with something else; a healthy start takes a fraction of a second.
START_LIMIT = 30
# Shared: reading the service models takes longer than most tests.
SESSION = boto3.session.Session()


class Headwater:
    """A running `headwater` with its ready file. Use it as a context manager."""

    def __init__(self, *arguments, environment=None):
        self.arguments = [str(argument) for argument in arguments]
        self.environment_of_process = environment or {}
        self.process = None
        self.ready = {}

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="headwater-")
        folder = pathlib.Path(self.folder.name)
        self.ready_file = folder / "ready.json"
        self.log_path = folder / "log"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [BINARY, *self.arguments, "--ready-file", str(self.ready_file)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A clean environment: nothing of the person who runs the tests gets in.
                env={"PATH": os.environ["PATH"], "HOME": str(folder), **self.environment_of_process},
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_):
        self._end()

    def _end(self):
        self.stop()
        self.folder.cleanup()

    def _wait_until_ready(self):
        self.wait_for(self.ready_file.exists, "ready")
        self.ready = json.loads(self.ready_file.read_text())

    def wait_for(self, holds, what):
        """Waits until something holds. Fails when the process ends before, or after START_LIMIT."""
        deadline = time.monotonic() + START_LIMIT
        while not holds():
            if self.process.poll() is not None:
                raise AssertionError(f"headwater ended with {self.process.returncode}: {self.log()}")
            if time.monotonic() > deadline:
                raise AssertionError(f"headwater: not {what} within {START_LIMIT} s: {self.log()}")
            time.sleep(0.01)

    def sign_in_link(self):
        """The link that stands in the ready file now."""
        return json.loads(self.ready_file.read_text())["sign_in"]

    def stop(self):
        """Asks the process to end and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def log(self):
        """Everything that the process has printed so far."""
        return self.log_path.read_text(errors="replace")


class Emulator(Headwater):
    """`headwater emulate`, and clients that speak to it."""

    def __init__(self, *, story="empty", sources=None, more=()):
        named = [part for name, url in (sources or {}).items() for part in ("--source", f"{name}={url}")]
        super().__init__("emulate", "--listen", "127.0.0.1:0", "--story", story, *named, *more)

    @property
    def endpoint(self):
        return self.ready["codeartifact"]

    @property
    def account(self):
        return self.ready["account"]

    def environment(self):
        """What a shell needs so that the aws CLI speaks to this emulator."""
        return {
            "AWS_ACCESS_KEY_ID": self.ready["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": self.ready["secret_access_key"],
            "AWS_REGION": self.ready["region"],
            "AWS_DEFAULT_REGION": self.ready["region"],
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
        }

    def faults(self, method, plan=None, token=None):
        """Asks the endpoint of faults. Answers its status and what it said."""
        request = urllib.request.Request(
            f"{self.endpoint}/-/faults",
            method=method,
            data=None if plan is None else json.dumps(plan).encode(),
            headers={"Authorization": f"Bearer {self.ready['admin_token'] if token is None else token}"},
        )
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)

    def client(self, service="codeartifact", *, validate=True, **overrides):
        """A boto3 client. With `validate` off it sends what the caller says, however wrong."""
        settings = {
            "endpoint_url": self.endpoint,
            "region_name": self.ready["region"],
            "aws_access_key_id": self.ready["access_key_id"],
            "aws_secret_access_key": self.ready["secret_access_key"],
            "config": Config(retries={"total_max_attempts": 1}, parameter_validation=validate),
            **overrides,
        }
        client = SESSION.client(service, **settings)
        client.meta.events.register(f"after-call.{service}", check_answer)
        return client
