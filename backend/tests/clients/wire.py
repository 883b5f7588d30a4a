"""What stands between a dashboard and the emulator, and a dashboard that can be killed."""

import http.client
import json
import signal
import sys
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from binary import Headwater

COPY = "/v1/package/versions/copy"


class Server(ThreadingHTTPServer):
    """Leaves alone what breaks when a dashboard is killed."""

    daemon_threads = True
    # Many ask at once after a restart.
    request_queue_size = 64

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Wire:
    """Between a dashboard and the emulator. Notes each version that a copy brought about, and breaks on command."""

    def __init__(self, emulator):
        self.emulator = emulator
        self.target = urllib.parse.urlsplit(emulator.endpoint)
        self.copied = []
        self.calls = 0
        self.counting = threading.Lock()
        self.on_copy = lambda number: None

    def __enter__(self):
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                try:
                    wire.answer(self, body)
                except OSError:
                    self.close_connection = True  # The dashboard was killed.

            do_GET = do_POST = do_PUT = do_DELETE = _pass_on

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, body):
        """Asks the emulator and gives its answer on."""
        status, headers, content = self.ask(handler, body)
        if handler.path.startswith(COPY):
            self.note(handler.path, content)
        self.give(handler, status, headers, content)

    def ask(self, handler, body):
        """What the emulator answers to a request."""
        upstream = http.client.HTTPConnection(self.target.netloc)
        headers = self.sign(handler.command, handler.path, handler.headers, body)
        upstream.request(handler.command, handler.path, body, headers)
        answer = upstream.getresponse()
        return answer.status, answer.getheaders(), answer.read()

    def give(self, handler, status, headers, content, length=None):
        """Answers the dashboard. With a `length` that is not the content's, the answer breaks off."""
        handler.send_response(status)
        for name, value in headers:
            if name.lower() not in ("connection", "transfer-encoding", "content-length", "date", "server"):
                handler.send_header(name, value)
        handler.send_header("content-length", str(len(content) if length is None else length))
        handler.end_headers()
        handler.wfile.write(content)

    def sign(self, method, path, headers, body):
        """The headers for the emulator: signed again, because the address is part of the signature."""
        service = headers["authorization"].split("Credential=")[1].split("/")[3]
        kept = {name: value for name, value in headers.items() if name.lower() == "content-type"}
        request = AWSRequest(method, f"{self.emulator.endpoint}{path}", data=body, headers=kept)
        ready = self.emulator.ready
        keys = Credentials(ready["access_key_id"], ready["secret_access_key"])
        SigV4Auth(keys, service, ready["region"]).add_auth(request)
        return dict(request.headers.items())

    def note(self, path, content):
        """Which versions this copy brought about; then whatever the test wants to happen before the answer goes out."""
        package = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)["package"][0]
        # Several copies may come at once, each in a thread of its own.
        with self.counting:
            self.copied += [(package, version) for version in json.loads(content).get("successfulVersions", {})]
            self.calls += 1
            number = self.calls
        self.on_copy(number)


class Dashboard(Headwater):
    """`headwater serve` on a data folder or on a PostgreSQL, and its API."""

    def __init__(self, wire, emulator, data):
        keys = {name: value for name, value in emulator.environment().items() if not name.startswith("AWS_ENDPOINT")}
        arguments = ["serve", "--listen", "127.0.0.1:0", "--endpoint-url", wire.url]
        if str(data).startswith("postgres:"):
            keys["HEADWATER_DATABASE"] = data
        else:
            arguments += ["--data", data]
        super().__init__(*arguments, environment=keys)

    def __enter__(self):
        super().__enter__()
        secret = self.sign_in_link().split("#k=")[1]
        self.token = self.call("POST", "/api/session", {"secret": secret})["token"]
        return self

    token = None

    def call(self, method, path, body=None):
        """Asks the API and reads its answer."""
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        url = self.ready["dashboard"].rstrip("/") + path
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            return json.loads(answer.read())

    def kill(self):
        """As the machine would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
