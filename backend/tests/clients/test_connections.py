"""`headwater serve` with several connections: each tells who it speaks as, or what mends it."""

import hashlib
import json
import urllib.request

import pytest

from binary import Emulator, Headwater

SSO = """[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example/start
"""


@pytest.fixture(scope="module")
def acme():
    """An embedded CodeArtifact."""
    with Emulator(story="acme") as running:
        yield running


class Connections:
    """A server with one connection a profile, and a session to ask it."""

    def __init__(self, folder, emulator, profiles, config, more=""):
        self.config = folder / "config"
        self.config.write_text(config)
        file = folder / "connections.toml"
        place = f'region = "{emulator.ready["region"]}"\nendpoint_url = "{emulator.endpoint}"\n'
        named = "".join(f'[[connection]]\nkey = "{name}"\nprofile = "{name}"\n{place}' for name in profiles)
        file.write_text(named + more)
        environment = {"AWS_CONFIG_FILE": str(self.config), "AWS_SHARED_CREDENTIALS_FILE": str(folder / "none")}
        self.server = Headwater("serve", "--listen", "127.0.0.1:0", "--config", file, environment=environment)

    def __enter__(self):
        self.server.__enter__()
        self.dashboard = self.server.ready["dashboard"].rstrip("/")
        secret = self.server.sign_in_link().split("#k=")[1]
        signing_in = urllib.request.Request(
            f"{self.dashboard}/api/session",
            data=json.dumps({"secret": secret}).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(signing_in, timeout=20) as session:
            self.token = json.load(session)["token"]
        return self

    def __exit__(self, *error):
        self.server.__exit__(*error)

    def identity(self, key):
        """What the server tells of a connection."""
        address = f"{self.dashboard}/api/connections/{key}/identity"
        asked = urllib.request.Request(address, headers={"authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)


def keys(emulator, secret=None):
    """The lines of a profile with keys."""
    secret = secret or emulator.ready["secret_access_key"]
    return f"aws_access_key_id = {emulator.ready['access_key_id']}\naws_secret_access_key = {secret}\n"


def test_each_trouble_is_told_with_the_command_that_mends_it(acme, tmp_path):
    config = f"[profile good]\n{keys(acme)}[profile wrong]\n{keys(acme, 'wrong')}[profile empty]\nregion = eu-west-1\n" + SSO
    with Connections(tmp_path, acme, ["good", "wrong", "empty", "missing", "sso"], config) as server:
        good = server.identity("good")
        assert good["caller"] == [acme.account, f"arn:aws:iam::{acme.account}:user/emulator"]
        assert good["source"] == "profile good (keys)" and good["mending"] is None
        for key, title, command in [
            ("wrong", "AWS does not accept the keys of profile wrong", "aws configure --profile wrong"),
            ("empty", "Profile empty has no credentials", "aws configure --profile empty"),
            ("missing", "There is no profile missing", "aws configure --profile missing"),
            ("sso", "The SSO session of profile sso is over", "aws sso login --profile sso"),
        ]:
            told = server.identity(key)
            assert told["caller"] is None
            assert (told["mending"]["title"], told["mending"]["commands"][0]) == (title, command)
            assert acme.ready["secret_access_key"] not in json.dumps(told)


def test_an_sso_session_that_has_expired_asks_to_sign_in_again(acme, tmp_path):
    with Connections(tmp_path, acme, ["sso"], SSO) as server:
        cache = server.server.ready_file.parent / ".aws" / "sso" / "cache"
        cache.mkdir(parents=True)
        token = {"accessToken": "expired-token-canary", "expiresAt": "2020-01-01T00:00:00Z", "startUrl": "https://corp.example/start"}
        (cache / f"{hashlib.sha1(b'corp').hexdigest()}.json").write_text(json.dumps(token))
        told = server.identity("sso")
        assert told["source"] == "profile sso (SSO)"
        assert told["mending"]["commands"] == ["aws sso login --profile sso"]
        assert "canary" not in json.dumps(told) and "canary" not in server.server.log()


def test_what_is_mended_while_the_server_runs_is_seen_at_the_next_try(acme, tmp_path):
    with Connections(tmp_path, acme, ["late"], "") as server:
        assert server.identity("late")["mending"]["title"] == "There is no profile late"
        server.config.write_text(f"[profile late]\n{keys(acme, 'wrong')}")
        assert server.identity("late")["mending"]["title"] == "AWS does not accept the keys of profile late"
        server.config.write_text(f"[profile late]\n{keys(acme)}")
        assert server.identity("late")["caller"][0] == acme.account


def test_a_role_that_may_not_be_assumed_is_named(acme, tmp_path):
    role = "arn:aws:iam::111122223333:role/deploy"
    place = f'region = "{acme.ready["region"]}"\nendpoint_url = "{acme.endpoint}"\n'
    more = f'[[connection]]\nkey = "role"\nprofile = "good"\nrole_arn = "{role}"\n{place}'
    with Connections(tmp_path, acme, [], f"[profile good]\n{keys(acme)}", more) as server:
        told = server.identity("role")
        # The emulator knows no AssumeRole: that is told as it is, beside the role and where its keys came from.
        assert told["role"] == role and told["source"] == "profile good (keys)"
        assert told["mending"]["problem"]["code"] == "credentials"
