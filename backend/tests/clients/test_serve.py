"""`headwater serve`: each place where credentials come from, several connections, and what stays on this machine."""

import json
import socket
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from binary import Headwater

REGION = "eu-west-1"
ROLE = "arn:aws:iam::111122223333:role/headwater"
ASSUMED = "ASIAASSUMEDASSUMED00"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAFROMENVIRONMENT0", "AWS_SECRET_ACCESS_KEY": "secret"}
STATIC = "[profile base]\naws_access_key_id = AKIAFROMPROFILE00000\naws_secret_access_key = secret\n"


class Aws:
    """Stands in for STS and CodeArtifact: gives out keys of a role, and notes who asks for domains."""

    def __enter__(self):
        calls = self.calls = []
        refusals = self.refusals = {}

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                form = dict(urllib.parse.parse_qsl(body))
                calls.append({"path": self.path, "form": form, "authorization": self.headers.get("authorization", "")})
                status, kind, text = 200, "application/json", '{"domains": []}'
                if action := form.get("Action"):
                    kind, text = "text/xml", answer_of_sts(action)
                if refused := refusals.get(action):
                    status, text = 403, refusal_of_sts(*refused)
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def keys_that_listed_domains(self):
        """The access keys that signed ListDomains."""
        signed = [call["authorization"] for call in self.calls if call["path"].startswith("/v1/domains")]
        return {line.split("Credential=")[1].split("/")[0] for line in signed}


def refusal_of_sts(code, message):
    """How STS refuses."""
    return f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"


def answer_of_sts(action):
    """What STS answers, for the three actions that a dashboard needs."""
    if action == "GetCallerIdentity":
        result = "<Arn>arn:aws:iam::111122223333:user/x</Arn><UserId>x</UserId><Account>111122223333</Account>"
    else:
        result = (
            f"<Credentials><AccessKeyId>{ASSUMED}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>"
            "<SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
            f"<AssumedRoleUser><Arn>{ROLE}</Arn><AssumedRoleId>x:y</AssumedRoleId></AssumedRoleUser>"
        )
    namespace = "https://sts.amazonaws.com/doc/2011-06-15/"
    return f'<{action}Response xmlns="{namespace}"><{action}Result>{result}</{action}Result></{action}Response>'


@pytest.fixture
def aws():
    """The stand-in."""
    with Aws() as running:
        yield running


def sign_in(running):
    """Opens a session by the link, which does that once, and returns its bearer."""
    secret = running.sign_in_link().split("#k=")[1]
    dashboard = running.ready["dashboard"].rstrip("/")
    signing_in = urllib.request.Request(
        f"{dashboard}/api/session",
        data=json.dumps({"secret": secret}).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(signing_in, timeout=20) as session:
        return json.load(session)["token"]


def ask(running, path, token=None):
    """Asks the API, in a new session unless there is one."""
    dashboard = running.ready["dashboard"].rstrip("/")
    authorization = f"Bearer {token or sign_in(running)}"
    asked = urllib.request.Request(f"{dashboard}{path}", headers={"authorization": authorization})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)


def serve(aws, *options, **environment):
    """`headwater serve` for the stand-in, also as its STS."""
    environment = {"AWS_ENDPOINT_URL_STS": aws.url, "AWS_REGION": REGION, **environment}
    return Headwater("serve", "--listen", "127.0.0.1:0", "--endpoint-url", aws.url, *options, environment=environment)


def list_domains(aws, *options, **environment):
    """Has a server list its domains once."""
    with serve(aws, *options, **environment) as running:
        return ask(running, "/api/connections/aws/domains")


def profiles(folder, text):
    """The environment that points at a shared configuration file of its own."""
    (folder / "config").write_text(text)
    return {"AWS_CONFIG_FILE": str(folder / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(folder / "none")}


def test_keys_of_the_environment_sign(aws):
    assert list_domains(aws, **KEYS) == []
    assert aws.keys_that_listed_domains() == {"AKIAFROMENVIRONMENT0"}


def test_a_named_profile_comes_before_the_environment(aws, tmp_path):
    list_domains(aws, "--profile", "base", **KEYS, **profiles(tmp_path, STATIC))
    assert aws.keys_that_listed_domains() == {"AKIAFROMPROFILE00000"}


def test_a_profile_that_takes_its_role_from_another_one_signs_as_the_role(aws, tmp_path):
    text = STATIC + f"[profile team]\nrole_arn = {ROLE}\nsource_profile = base\n"
    list_domains(aws, "--profile", "team", **profiles(tmp_path, text))
    assert aws.keys_that_listed_domains() == {ASSUMED}


def test_a_role_of_the_flags_is_assumed_with_its_external_id(aws):
    list_domains(aws, "--role-arn", ROLE, "--external-id", "ticket-7", **KEYS)
    assert aws.keys_that_listed_domains() == {ASSUMED}
    assumed = [call["form"] for call in aws.calls if call["form"].get("Action") == "AssumeRole"]
    assert assumed[0]["RoleArn"] == ROLE and assumed[0]["ExternalId"] == "ticket-7"


def test_a_web_identity_signs_as_its_role(aws, tmp_path):
    (tmp_path / "token").write_text("a-web-identity-token")
    list_domains(aws, AWS_WEB_IDENTITY_TOKEN_FILE=str(tmp_path / "token"), AWS_ROLE_ARN=ROLE)
    assert aws.keys_that_listed_domains() == {ASSUMED}
    assert any(call["form"].get("WebIdentityToken") == "a-web-identity-token" for call in aws.calls)


def test_a_process_of_the_profile_gives_the_keys(aws, tmp_path):
    keys = {"Version": 1, "AccessKeyId": "AKIAFROMPROCESS00000", "SecretAccessKey": "secret"}
    (tmp_path / "keys.json").write_text(json.dumps(keys))
    script = f"import pathlib; print(pathlib.Path(r'{tmp_path / 'keys.json'}').read_text())"
    (tmp_path / "keys.py").write_text(script)
    text = f"[profile process]\ncredential_process = {sys.executable} {tmp_path / 'keys.py'}\n"
    list_domains(aws, "--profile", "process", **profiles(tmp_path, text))
    assert aws.keys_that_listed_domains() == {"AKIAFROMPROCESS00000"}


def test_without_credentials_the_page_is_told_so(aws):
    with serve(aws) as running, pytest.raises(urllib.error.HTTPError) as refused:
        ask(running, "/api/connections/aws/domains")
    problem = json.loads(refused.value.read())
    assert problem["code"] == "credentials" and "There are no AWS credentials" in problem["message"]


@pytest.mark.parametrize(
    ("action", "code", "message", "title", "command"),
    [
        ("GetCallerIdentity", "ExpiredToken", "The security token included in the request is expired",
         "The keys of the environment have expired", "eval \"$(aws configure export-credentials --profile NAME --format env)\""),
        ("GetCallerIdentity", "InvalidClientTokenId", "The security token included in the request is invalid",
         "AWS does not accept the keys of the environment", "eval \"$(aws configure export-credentials --profile NAME --format env)\""),
        ("GetCallerIdentity", "SignatureDoesNotMatch", "Signature expired: 20261124T000000Z is now earlier than 20261124T001500Z",
         "The clock of this machine is wrong", "sudo timedatectl set-ntp true"),
        ("AssumeRole", "AccessDenied", f"User: arn:aws:iam::444455556666:user/ada is not authorized to perform: sts:AssumeRole on resource: {ROLE}",
         "The role headwater may not be assumed", f"aws sts assume-role --role-arn {ROLE} --role-session-name headwater"),
    ],
    ids=["expired", "unknown", "clock", "role"],
)  # fmt: skip
def test_what_sts_refuses_is_explained_with_the_command_that_mends_it(aws, action, code, message, title, command):
    aws.refusals[action] = (code, message)
    role = ["--role-arn", ROLE] if action == "AssumeRole" else []
    with serve(aws, *role, **KEYS) as running:
        told = ask(running, "/api/connections/aws/identity")
    assert told["caller"] is None and told["source"] == "keys of the environment"
    assert (told["mending"]["title"], told["mending"]["commands"][0]) == (title, command)
    if action == "AssumeRole":
        assert told["role"] == ROLE and told["mending"]["explanation"].startswith("arn:aws:iam::444455556666:user/ada may not")


def test_what_stays_on_this_machine_asks_no_proxy_and_no_other_kind_of_address(aws):
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        proxies = {"HTTP_PROXY": address, "http_proxy": address, "ALL_PROXY": address}
        kinds = {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"}
        assert list_domains(aws, **KEYS, **proxies, **kinds) == []
        assert nobody_came(proxy)


def test_the_demo_asks_no_proxy():
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        environment = {"HTTP_PROXY": address, "http_proxy": address, "AWS_USE_FIPS_ENDPOINT": "true"}
        with Headwater("demo", "--listen", "127.0.0.1:0", environment=environment) as running:
            assert [domain["name"] for domain in ask(running, "/api/connections/demo/domains")] == ["acme"]
        assert nobody_came(proxy)


def nobody_came(server):
    """Whether no connection waits at a listener."""
    server.settimeout(0)
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False


def test_a_file_names_several_connections(emulator, tmp_path):
    place = f'region = "{emulator.ready["region"]}"\nendpoint_url = "{emulator.endpoint}"\n'
    file = tmp_path / "connections.toml"
    first = f'[[connection]]\nkey = "one"\nlabel = "First"\n{place}'
    file.write_text(first + f'[[connection]]\nkey = "two"\nrole_arn = "{ROLE}"\n{place}')
    keys = {name: value for name, value in emulator.environment().items() if "KEY" in name}
    arguments = ["serve", "--listen", "127.0.0.1:0", "--config", file]
    with Headwater(*arguments, environment=keys) as running:
        token = sign_in(running)
        # The list waits for STS for a second only, and tells what is known by then.
        assert ask(running, "/api/connections/one/identity", token)["caller"][0] == emulator.account
        told = {one["key"]: one for one in ask(running, "/api/connections", token)}
        assert set(running.ready) == {"dashboard", "sign_in"}
        assert told["one"]["label"] == "First" and told["one"]["account"] == emulator.account
        assert told["two"]["label"] == "two"
        # Its commands say that the role has to be assumed first.
        assert any(ROLE in option for option in told["two"]["command_options"])
        assert running.stop() == 0


def test_a_port_that_is_taken_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = Headwater("serve", "--listen", f"127.0.0.1:{port}", environment={"AWS_REGION": REGION})
        with pytest.raises(AssertionError, match=str(port)):
            server.__enter__()
