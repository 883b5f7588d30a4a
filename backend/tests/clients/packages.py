"""Makes small real packages: npm tarballs, wheels, and a Python project built by the real tool."""

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile


def npm_tarball(name, version, dependencies=None):
    """The bytes of an npm package, as `npm pack` lays it out."""
    manifest = {
        "name": name,
        "version": version,
        "description": f"{name} for a test",
        "main": "index.js",
        "license": "MIT",
        "dependencies": dependencies or {},
    }
    files = {
        "package/package.json": json.dumps(manifest),
        "package/index.js": f"module.exports = '{name} {version}';\n",
        "package/README.md": f"# {name}\n",
    }
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for path, text in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return manifest, buffer.getvalue()


def npm_digests(content):
    """The two digests that a registry states of a tarball."""
    sha512 = base64.b64encode(hashlib.sha512(content).digest()).decode()
    return {"shasum": hashlib.sha1(content).hexdigest(), "integrity": f"sha512-{sha512}"}


def wheel(name, version, requires=()):
    """File name and bytes of a wheel with one module."""
    module = name.replace("-", "_")
    information = f"{module}-{version}.dist-info"
    # pip brings an extra only where the metadata names it.
    extras = dict.fromkeys(extra for line in requires for extra in re.findall(r'extra == "(.+?)"', line))
    metadata = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        f"Summary: {name} for a test",
        "Requires-Python: >=3.8",
        *(f"Provides-Extra: {extra}" for extra in extras),
        *(f"Requires-Dist: {requirement}" for requirement in requires),
    ]
    files = {
        f"{module}.py": f"VERSION = '{version}'\n",
        f"{information}/METADATA": "\n".join(metadata) + f"\n\n# {name}\n",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{information}/RECORD"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in {**files, f"{information}/RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return f"{module}-{version}-py3-none-any.whl", buffer.getvalue()


PROJECT = """\
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = "{name}"
version = "{version}"
description = "Tools for the harbour"
readme = "README.md"
requires-python = ">=3.8"
dependencies = ["tidewater>=1.0"]
"""


def build_python_project(folder, name, version):
    """Builds an sdist and a wheel with the real build tool, offline, and returns both paths."""
    module = name.replace("-", "_")
    (folder / "pyproject.toml").write_text(PROJECT.format(name=name, version=version))
    (folder / "README.md").write_text(f"# {name}\n\nTools for the harbour.\n")
    (folder / f"{module}.py").write_text(f"VERSION = '{version}'\n")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", folder],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return sorted((folder / "dist").iterdir())


def write_npm_project(folder, name, version="1.0.0", **more):
    """Writes an npm package that can be published."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {"name": name, "version": version, "description": "Utilities", "main": "index.js", **more}
    (folder / "package.json").write_text(json.dumps(manifest))
    (folder / "index.js").write_text(f"module.exports = '{version}';\n")
    (folder / "README.md").write_text(f"# {name}\n\nUtilities of the company.\n")
    return folder
