"""What the product tells people to type, typed: connect, install through the chain, publish, undo."""

import configparser
import json
import subprocess
import tomllib
import urllib.error
import urllib.request
from xml.etree import ElementTree

import pytest

from binary import BINARY, Emulator
from guides import CLIENTS, Shell, guide
from packages import wheel, write_npm_project

JAVASCRIPT = {
    "npm": None,
    "pnpm": CLIENTS / ".bin/pnpm",
    "yarn-classic": CLIENTS / "yarn/bin/yarn.js",
    "yarn": CLIENTS / "@yarnpkg/cli-dist/bin/yarn.js",
    "bun": next((CLIENTS / "@oven").glob("*/bin/bun"), None),
}
MINE = "fund=false\n"


@pytest.fixture(scope="module")
def acme():
    """The story of the demo: team-dev takes from npm-store and pypi-store."""
    with Emulator(story="acme") as running:
        yield running


@pytest.fixture
def shell(tmp_path, acme):
    """A bash in an empty home."""
    return Shell(tmp_path, acme)


def published(acme, format, package, version="1.0.0"):
    """Whether team-dev has it now."""
    where = {"domain": "acme", "repository": "team-dev", "format": format}
    described = acme.client().describe_package_version(**where, package=package, packageVersion=version)
    return described["packageVersion"]["status"] == "Published"


@pytest.mark.parametrize(
    ("client", "way"), [("npm", "login"), ("npm", "hand"), *((client, "hand") for client in JAVASCRIPT if client != "npm")]
)
def test_javascript(shell, acme, client, way):
    if program := JAVASCRIPT[client]:
        shell.prefer(program)
    name = f"harbour-{client}-{way}"
    write_npm_project(shell.folder, name, license="MIT")
    # Yarn's own: it takes a folder without a lock file for a part of a project above it.
    shell.write("yarn.lock", "")
    mine = shell.write("~/.npmrc", MINE)
    shell.follow(guide(acme, client, way))
    if client == "yarn":
        # Installed as a zip file, beside a map of where things are.
        assert "lodash" in (shell.folder / ".pnp.cjs").read_text()
    else:
        assert json.loads((shell.folder / "node_modules/lodash/package.json").read_text())["version"] == "4.17.21"
    assert published(acme, "npm", name)
    assert mine.read_text() == MINE
    assert not [name for name in (".npmrc", ".yarnrc.yml", "bunfig.toml") if (shell.folder / name).exists()]
    assert shell.files_with_a_token() == []


@pytest.mark.parametrize("way", ["login", "hand"])
def test_pip(shell, acme, way):
    shell.environment["PIP_TARGET"] = str(shell.folder / "site")
    mine = shell.write("~/.config/pip/pip.conf", "[global]\ntimeout = 20\n")
    shell.follow(guide(acme, "pip", way))
    assert "stand-in" in next((shell.folder / "site").glob("requests-*/METADATA")).read_text()
    settings = configparser.ConfigParser()
    settings.read(mine)
    assert {name: dict(settings[name]) for name in settings.sections()} == {"global": {"timeout": "20"}}
    assert shell.files_with_a_token() == []


@pytest.mark.parametrize("way", ["login", "hand"])
def test_twine(shell, acme, way):
    name = f"harbour-twine-{way}"
    file, content = wheel(name, "1.0.0")
    (shell.folder / "dist").mkdir()
    (shell.folder / "dist" / file).write_bytes(content)
    other = "[distutils]\nindex-servers =\n\tother\n\n[other]\nrepository = https://other.example/\nusername = me\n"
    mine = shell.write("~/.pypirc", other)
    shell.follow(guide(acme, "twine", way))
    assert published(acme, "pypi", name)
    before, after = configparser.RawConfigParser(), configparser.RawConfigParser()
    before.read_string(other)
    after.read(mine)
    assert after.get("distutils", "index-servers").split() == ["other"]
    assert dict(after["other"]) == dict(before["other"]) and after.sections() == before.sections()
    assert shell.files_with_a_token() == []


UV_PROJECT = """\
[project]
name = "harbour-uv"
version = "1.0.0"
description = "Tools for the harbour"
requires-python = ">=3.11"

[build-system]
requires = ["uv_build>=0.9,<0.20"]
build-backend = "uv_build"
"""


def test_uv(shell, acme):
    shell.environment |= {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    project = shell.write("pyproject.toml", UV_PROJECT)
    shell.write("src/harbour_uv/__init__.py", "")
    shell.follow(guide(acme, "uv", "hand"))
    assert "stand-in" in next(shell.folder.glob(".venv/lib/*/site-packages/requests-*/METADATA")).read_text()
    assert published(acme, "pypi", "harbour-uv")
    assert "tool" not in tomllib.loads(project.read_text())
    assert shell.files_with_a_token() == []


POETRY_PROJECT = """\
[project]
name = "harbour-poetry"
version = "1.0.0"
description = "Tools for the harbour"
requires-python = ">=3.11"

[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
"""


def test_poetry(shell, acme):
    shell.environment |= {"POETRY_VIRTUALENVS_IN_PROJECT": "true", "POETRY_NO_INTERACTION": "1"}
    project = shell.write("pyproject.toml", POETRY_PROJECT)
    shell.write("src/harbour_poetry/__init__.py", "")
    settings = shell.write("~/.config/pypoetry/config.toml", "[repositories.other]\nurl = \"https://other.example/\"\n")
    shell.follow(guide(acme, "poetry", "hand"))
    assert "stand-in" in next(shell.folder.glob(".venv/lib/*/site-packages/requests-*/METADATA")).read_text()
    assert published(acme, "pypi", "harbour-poetry")
    assert tomllib.loads(project.read_text())["tool"]["poetry"].get("source", []) == []
    assert tomllib.loads(settings.read_text()) == {"repositories": {"other": {"url": "https://other.example/"}}}
    assert shell.files_with_a_token() == []


CARGO_PROJECT = """\
[package]
name = "harbour-cargo"
version = "1.0.0"
edition = "2021"
license = "MIT"
description = "Tools for the harbour"
"""


def test_cargo(shell, acme):
    client = acme.client()
    client.create_repository(domain="acme", repository="crates-store")
    client.associate_external_connection(
        domain="acme", repository="crates-store", externalConnection="public:crates-io"
    )
    upstreams = [{"repositoryName": "crates-store"}]
    client.create_repository(domain="acme", repository="team-crates", upstreams=upstreams)
    # The compiler itself: rustup keeps its settings in the home that it does not have here.
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
    shell.environment["PATH"] = f"{sysroot}/bin:{shell.environment['PATH']}"
    shell.write("Cargo.toml", CARGO_PROJECT)
    shell.write("src/lib.rs", "//! Tools for the harbour.\n")
    mine = shell.write(".cargo/config.toml", "[term]\nquiet = true\n")
    shell.follow(guide(acme, "cargo", "hand", of="team-crates"))
    assert 'name = "serde"' in (shell.folder / "Cargo.lock").read_text()
    where = {"domain": "acme", "repository": "team-crates", "format": "cargo"}
    described = client.describe_package_version(**where, package="harbour-cargo", packageVersion="1.0.0")
    assert described["packageVersion"]["status"] == "Published"
    needed = client.list_package_version_dependencies(**where, package="harbour-cargo", packageVersion="1.0.0")
    assert [entry["package"] for entry in needed["dependencies"]] == ["serde"]
    kept = client.list_package_versions(domain="acme", repository="crates-store", format="cargo", package="serde")
    assert [version["origin"]["originType"] for version in kept["versions"]] == ["EXTERNAL"]
    assert mine.read_text().strip() == "[term]\nquiet = true"
    assert shell.files_with_a_token() == []


def test_an_index_of_crates_needs_a_token_and_marks_what_was_yanked(acme):
    client = acme.client()
    client.create_repository(domain="acme", repository="crates-yanked")
    endpoint = client.get_repository_endpoint(domain="acme", repository="crates-yanked", format="cargo")
    token = client.get_authorization_token(domain="acme")["authorizationToken"]

    def ask(method, path, body=None, headers={"Authorization": token}):
        address = endpoint["repositoryEndpoint"] + path
        with urllib.request.urlopen(urllib.request.Request(address, body, headers, method=method), timeout=20) as answer:
            return answer.read().decode()

    with pytest.raises(urllib.error.HTTPError) as refused:
        ask("GET", "config.json", headers={})
    assert refused.value.code == 401
    about = json.dumps({"name": "Harbour", "vers": "1.0.0", "deps": [], "features": {"x": ["dep:y"]}}).encode()
    parts = [len(about).to_bytes(4, "little"), about, (5).to_bytes(4, "little"), b"crate"]
    assert "warnings" in ask("PUT", "api/v1/crates/new", b"".join(parts))
    assert ask("GET", "api/v1/crates/harbour/1.0.0/download") == "crate"
    for method, path, yanked in [("DELETE", "yank", True), ("PUT", "unyank", False)]:
        ask(method, f"api/v1/crates/harbour/1.0.0/{path}")
        line = json.loads(ask("GET", "ha/rb/harbour"))
        assert (line["yanked"], line["v"], line["features2"]) == (yanked, 2, {"x": ["dep:y"]})
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask("PUT", "api/v1/crates/new", b"".join(parts)[:-1])
    assert "not as long as it says" in refused.value.read().decode()


def test_generic_files_are_published_and_fetched_by_the_aws_cli(shell, acme):
    (shell.folder / "FILE").write_text("contents")
    steps = guide(acme, "generic", "hand")
    # Published first: the file that is fetched must be there.
    steps["parts"].reverse()
    shell.follow(steps)
    client = acme.client()
    where = {"domain": "acme", "repository": "team-dev", "format": "generic", "namespace": "NAMESPACE"}
    described = client.describe_package_version(**where, package="PACKAGE", packageVersion="VERSION")
    assert described["packageVersion"]["status"] == "Published"
    assert (shell.folder / "FILE").read_text() == "contents"


def test_what_maven_reads_is_well_formed_and_names_one_repository(acme):
    texts = [step["text"] for part in guide(acme, "maven", "hand")["parts"] for step in part["steps"]]
    settings, project = (ElementTree.fromstring(text) for text in dict.fromkeys(texts) if text.startswith("<"))
    ids = {element.text for tree in (settings, project) for element in tree.iter("id")}
    urls = {element.text for tree in (settings, project) for element in tree.iter("url")}
    assert len(ids) == 1 and len(urls) == 1 and urls.pop().endswith("/team-dev/")


def test_in_a_terminal_everything_that_is_not_typed_is_a_comment(shell, acme):
    where = ["--region", acme.ready["region"], "--endpoint-url", acme.endpoint]
    said = shell.run(BINARY, "connect", "--domain", "acme", "--repository", "team-dev", "--client", "pip", *where).stdout
    assert "## Connect\n" in said and "\naws codeartifact login --tool pip" in said
    refused = shell.run(BINARY, "connect", "--domain", "acme", "--repository", "nowhere", "--client", "pip", *where, ok=False)
    assert refused.stderr.startswith("headwater: ") and "nowhere" in refused.stderr
