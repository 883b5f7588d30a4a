use proptest::prelude::*;

use super::*;

/// Where secrets stand in what people paste. `§` is the secret.
const ANYWHERE: &[&str] = &[
    "//acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/team-dev/:_authToken=§",
    "_auth=§",
    "//registry.example.com/:_password=§\n//registry.example.com/:username=aws",
    "npm config set //acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/team-dev/:_authToken §",
    "npm install --//registry.example.com/:_authToken=§ --no-progress",
    "npmAuthToken: §",
    "npmAuthToken: \"§\"",
    "npmAuthIdent: '§'",
    "npmAuthToken: >-\n  §\nnpmAlwaysAuth: true",
    "password = §",
    "password =\n    §\nrepository = https://example.com/",
    "[codeartifact]\nusername = aws\npassword: §",
    "<server><id>x</id><password>§</password></server>",
    "<password>\n  §\n</password>",
    "<add key=\"ClearTextPassword\" value=\"§\" />",
    "<add value='§' key='Password'/>",
    "<apikeys><add key=\"https://example.com/nuget/\" value=\"§\" /></apikeys>",
    "token = \"§\"",
    "token = \"\"\"\nS\"\"\"",
    "export CODEARTIFACT_AUTH_TOKEN=§",
    "export CODEARTIFACT_AUTH_TOKEN='§'",
    "$env:CODEARTIFACT_AUTH_TOKEN=\"§\"",
    "set TWINE_PASSWORD=§",
    "UV_INDEX_ACME_PASSWORD=§ uv sync",
    "{\"authorizationToken\": \"§\", \"expiration\": 1795435200}",
    "aws_secret_access_key = §",
    "aws configure set aws_session_token §",
    "X-Amz-Security-Token: §",
    "> Authorization: Bearer §",
    "request failed with header Authorization: Basic § and more",
    "-H 'Authorization: Bearer §'",
    "-H \"Authorization: Bearer §\"",
    "curl -u aws:§ https://example.com/",
    "curl --user 'aws:§' https://example.com/",
    "twine upload -u aws -p § dist/*",
    "twine upload --password § dist/*",
    "mvn deploy -Dregistry.password=§",
    "dotnet nuget push x.nupkg --api-key § --source acme",
    "nuget sources add -name acme -password § -username aws",
    "poetry config http-basic.acme aws §",
    "poetry config pypi-token.acme §",
    "cargo login --registry acme §",
    "machine example.com login aws password §",
    "machine example.com\n  login aws\n  password §",
    ":codeartifact_api_key: Bearer §",
    "-----BEGIN PRIVATE KEY-----\nS\n-----END PRIVATE KEY-----",
    "Set-Cookie: §",
    "GET /x?X-Amz-Credential=a&X-Amz-Signature=§ HTTP/1.1",
];

/// Where a secret stands in an address: nothing that ends the address is in it.
const IN_ADDRESSES: &[&str] = &[
    "index-url = https://aws:§@acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/team-dev/simple/",
    "Looking in indexes: https://aws:§@example.com/simple/",
    "https_proxy=http://somebody:§@proxy.example.com:8080",
    "ERROR for url: http://§:x-oauth-basic@127.0.0.1:4000/",
    "(https://aws:§@localhost:1234/pypi/d/acme-111122223333/team-dev/simple/)",
];

/// What is known by its looks, wherever it stands.
const BY_LOOKS: &[&str] =
    &["§", "the log says § and goes on", "(§)", "x='§',", "https://example.com/?q=§", "\u{1f511}§\u{1f511}"];

/// No piece of the secret of this many characters may be left.
const PIECE: usize = 7;

fn survives(template: &str, secret: &str) -> Option<String> {
    let masked = mask(&template.replace('§', secret)).text;
    let bare: Vec<char> = secret.chars().collect();
    let piece = bare.windows(PIECE).map(|window| window.iter().collect::<String>()).find(|piece| {
        // A piece that the template holds itself tells nothing.
        masked.contains(piece.as_str()) && !template.contains(piece.as_str())
    });
    piece.map(|piece| format!("{piece} of {secret} in {masked}"))
}

fn token() -> impl Strategy<Value = String> {
    "eyJ2ZXIiOjEsImlzdSI6[A-Za-z0-9_-]{80,400}(\\.[A-Za-z0-9_-]{20,60})?"
}

/// As AWS makes them: forty characters, each of the sixty-four as likely as any other.
fn signing_key() -> impl Strategy<Value = String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = prop::collection::vec(0..LETTERS.len(), 37);
    letters.prop_map(|letters| "aB3".chars().chain(letters.into_iter().map(|at| char::from(LETTERS[at]))).collect())
}

proptest! {
    #[test]
    fn no_secret_survives_after_its_key(secret in "[A-Za-z0-9+/=_.~!@#%^*-]{10,80}", at in 0..ANYWHERE.len()) {
        prop_assume!(!secret.starts_with(['-', '%', '=']));
        prop_assert_eq!(survives(ANYWHERE[at], &secret), None);
    }

    #[test]
    fn no_secret_survives_inside_an_address(secret in "[A-Za-z0-9+/=_.~!@#%^*-]{10,80}", at in 0..IN_ADDRESSES.len()) {
        // A name without a password that holds `#` or `/` is no name: the address would end there.
        let secret = if at == 3 { secret.replace(['#', '/'], "x") } else { secret };
        prop_assert_eq!(survives(IN_ADDRESSES[at], &secret), None);
    }

    #[test]
    fn no_token_survives_anywhere(token in token(), at in 0..BY_LOOKS.len()) {
        prop_assert_eq!(survives(BY_LOOKS[at], &token), None);
    }

    #[test]
    fn no_aws_key_survives_anywhere(id in "(AKIA|ASIA)[A-Z2-7]{16}", at in 0..BY_LOOKS.len()) {
        prop_assert_eq!(survives(BY_LOOKS[at], &id), None);
    }

    #[test]
    fn no_secret_access_key_survives_anywhere(secret in signing_key(), at in 0..BY_LOOKS.len()) {
        prop_assert_eq!(survives(BY_LOOKS[at], &secret), None);
    }

    #[test]
    fn no_bearer_survives_anywhere(secret in "[A-Za-z0-9._~+/-]{16,60}") {
        prop_assert_eq!(survives("the server saw Bearer § and refused", &secret), None);
    }

    #[test]
    fn a_token_that_a_terminal_broke_does_not_survive(token in token(), width in 60usize..100) {
        let letters: Vec<char> = token.chars().collect();
        let broken: Vec<String> = letters.chunks(width).map(|line| line.iter().collect()).collect();
        let masked = mask(&broken.join("\n")).text;
        // What is left of the last line may be a letter or two.
        for line in broken.iter().filter(|line| line.len() > 3) {
            prop_assert!(!masked.contains(line), "{line} in {masked}");
        }
    }

    #[test]
    fn what_is_hidden_stays_as_it_is(secret in "[A-Za-z0-9+/=_.~-]{10,60}", at in 0..ANYWHERE.len()) {
        let once = mask(&ANYWHERE[at].replace('§', &secret));
        prop_assert_eq!(mask(&once.text), once);
    }

    #[test]
    fn lines_stay_where_they_are(text in "(\\PC{0,12}|token=|password: >|<password>|-----BEGIN PRIVATE KEY-----|\"\"\"|\n){0,30}") {
        prop_assert_eq!(mask(&text).text.matches('\n').count(), text.matches('\n').count());
    }
}

#[test]
fn what_is_no_secret_stays() {
    for text in [
        "registry=https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/team-dev/",
        "//acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/team-dev/:always-auth=true",
        "//host/npm/team-dev/:_authToken=${CODEARTIFACT_AUTH_TOKEN}",
        "npmAuthToken: \"${CODEARTIFACT_AUTH_TOKEN:-}\"",
        "<password>${env.CODEARTIFACT_AUTH_TOKEN}</password>",
        "export CODEARTIFACT_AUTH_TOKEN=$(aws codeartifact get-authorization-token --domain acme)",
        "credential-provider = \"cargo:token-from-stdout aws codeartifact get-authorization-token --domain acme\"",
        "password = $AUTH_TOKEN",
        "npm error code E401",
        "npm error Unable to authenticate, your authentication token seems to be invalid.",
        "www-authenticate: Bearer realm=\"acme/team-dev\", Basic realm=\"acme/team-dev\"",
        "User: arn:aws:iam::111122223333:user/ci is not authorized to perform: codeartifact:GetAuthorizationToken",
        "https://registry.npmjs.org/@acme/ui/-/ui-1.4.0.tgz",
        "https://registry.npmjs.org:443/@acme.tools/ui",
        "index-url = https://aws@acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/team-dev/simple/",
        "at /builds/Project1/Project1/node_modules/npm/lib/cli.js:12:34",
        "[ERROR] Could not find artifact com.example:MyService2:jar:1.0 in codeartifact",
        "commit 0b7a4b3f5d6e7c8a9b0c1d2e3f4a5b6c7d8e9f0a",
    ] {
        let masked = mask(text);
        assert_eq!((masked.text.as_str(), masked.count()), (text, 0));
    }
}

#[test]
fn what_was_hidden_is_counted_by_kind() {
    let masked = mask("password=one\n_authToken=two\nhttps://aws:three@host/\nAKIAIOSFODNN7EXAMPLE");
    assert_eq!(masked.hidden, [(Secret::Token, 2), (Secret::Password, 1), (Secret::AccessKey, 1)]);
    assert_eq!(
        masked.text,
        "password=‹hidden-password›\n_authToken=‹hidden-token›\nhttps://aws:‹hidden-token›@host/\n‹hidden-access-key›"
    );
}
