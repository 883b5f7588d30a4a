"""Registries on loopback that stand in for the public ones, with packages made on the fly."""

import hashlib
import http.server
import json
import threading
import urllib.parse

from packages import npm_digests, npm_tarball, wheel


def public_npm_packages():
    """`tidewater` depends on `shoreline`; `shoreline` has two versions that fit."""
    return [
        npm_tarball("shoreline", "2.0.0"),
        npm_tarball("shoreline", "2.1.0"),
        npm_tarball("tidewater", "1.0.0", {"shoreline": "^2.0.0"}),
        npm_tarball("@open/lantern", "0.3.0"),
    ]


def public_pypi_packages():
    """The same two names as in the npm registry, as wheels."""
    return [
        ("shoreline", *wheel("shoreline", "2.1.0")),
        ("tidewater", *wheel("tidewater", "1.0.0", ["shoreline>=2.0"])),
        ("tidewater", *wheel("tidewater", "0.9.0")),
    ]


class Registry:
    """An HTTP server on a free loopback port. `requests` holds every path that was asked for."""

    def __init__(self):
        self.requests = []
        self.answers = {}
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
                registry.requests.append(path)
                kind, content = registry.answers.get(path, ("text/plain", None))
                self.send_response(404 if content is None else 200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_):
                """Silent: a failing test shows `requests` instead."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Takes the registry off the network."""
        self.server.shutdown()
        self.server.server_close()


class NpmRegistry(Registry):
    """Serves packuments and tarballs as the npm registry does."""

    def __init__(self, packages):
        super().__init__()
        packuments = {}
        for manifest, content in packages:
            name, version = manifest["name"], manifest["version"]
            path = f"/{name}/-/{name.split('/')[-1]}-{version}.tgz"
            self.answers[path] = ("application/octet-stream", content)
            packument = packuments.setdefault(
                name, {"_id": name, "name": name, "dist-tags": {}, "versions": {}, "time": {}}
            )
            dist = {"tarball": self.url + path, **npm_digests(content)}
            packument["versions"][version] = {**manifest, "_id": f"{name}@{version}", "dist": dist}
            packument["dist-tags"]["latest"] = version
            packument["time"][version] = "2024-05-01T12:00:00.000Z"
        for name, packument in packuments.items():
            self.answers[f"/{name}"] = ("application/json", json.dumps(packument).encode())


class PypiRegistry(Registry):
    """Serves a simple index in HTML, with the files beside it (PEP 503)."""

    def __init__(self, packages):
        super().__init__()
        self.index_url = f"{self.url}/simple/"
        links = {}
        for name, file_name, content in packages:
            self.answers[f"/files/{file_name}"] = ("application/octet-stream", content)
            digest = hashlib.sha256(content).hexdigest()
            link = f'<a href="../../files/{file_name}#sha256={digest}" data-requires-python="&gt;=3.8">{file_name}</a>'
            links.setdefault(name, []).append(link)
        for name, lines in links.items():
            page = f"<!DOCTYPE html><html><body>{'<br>'.join(lines)}</body></html>"
            self.answers[f"/simple/{name}/"] = ("text/html", page.encode())
