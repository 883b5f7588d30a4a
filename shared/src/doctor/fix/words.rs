//! The words of each cause: why a log line is believed to tell it, what to do, and what to look at next.

use super::Target;
use crate::doctor::cause::Cause::{self, *};
use crate::doctor::kind::Kind;

/// Why a line of a log speaks for a cause.
pub(in crate::doctor) fn because(cause: Cause) -> &'static str {
    match cause {
        VariableUnset => "The client looked for a variable and found none.",
        CredentialsExpired => "AWS says that the session has expired. The aws CLI needs it to get a token.",
        CredentialsMissing => "The aws CLI found no keys, or AWS does not know them.",
        ClockSkew => "A signature or a certificate was judged by a clock that differs from the server's.",
        BearerDenied => "Getting a token needs sts:GetServiceBearerToken as well, and that was refused.",
        PolicyDenied => "AWS names the caller, the action and the resource that no policy allows.",
        VersionExists => "A version is published once: the same version with other content is refused.",
        OriginBlocked => "The package's origin control says that its versions must not come this way.",
        SkipExisting => "twine refuses the option itself, before it asks CodeArtifact.",
        AlwaysAuthRefused => "npm 9 and newer know no always-auth, and the aws CLI sets it.",
        ToolMissing => "aws codeartifact login runs the package manager, and did not find it.",
        Proxy => "The request ended at a proxy.",
        Tls => "The certificate that came is signed by nobody that this client trusts.",
        WrongRepository => "CodeArtifact says that there is no such repository.",
        WrongDomain => "CodeArtifact says that there is no such domain.",
        MissingSlash => "Cargo asks for a slash at the end of the address.",
        AlwaysAuthMissing => "Yarn asked without a token.",
        TokenMissing => "The client asked without a token, or found none to send.",
        TokenForeign => "The token is not valid for the domain that was asked.",
        TokenExpired => "CodeArtifact answered 401: it did not accept the token. A token lives for 12 hours at most.",
        RedirectRefused => "Files come by redirect from S3, which refuses a request with a second authorization.",
        Throttled => "CodeArtifact answered that there are too many requests.",
        Quota => "AWS names a quota that is used up.",
        UpstreamUnreachable => "CodeArtifact answered, but could not get what it needed itself.",
        Forbidden => "CodeArtifact answered 403: it knows who asks, and refuses.",
        NotFound => "CodeArtifact answered that it has no such package.",
        VersionNotFound => "The package was found. None of its versions fits.",
        HostUnknown => "The name of the host could not be turned into an address.",
        Unreachable => "No answer came from the host.",
        // These come from addresses and settings, which say why themselves.
        ApiAddress | WrongRegion | WrongOwner | WrongFormat | MissingSimple | SurplusSimple | MissingIndexJson
        | MissingSparse | TokenMisplaced | PublicRegistry => "The text says so.",
    }
}

/// What to do, and where to look when that was not it.
pub(super) fn words(cause: Cause, target: &Target) -> (Vec<String>, String) {
    let (steps, otherwise): (Vec<String>, &str) = match cause {
        TokenExpired => (renewing(target), NEW_TOKEN_REFUSED),
        TokenForeign => (
            renewing(target),
            "Look whether another project or job wrote its own token into the same file or variable.",
        ),
        TokenMissing | TokenMisplaced => (giving(cause, target), "Look whether another settings file comes first: the project's before the user's, variables before both."),
        VariableUnset => (
            one("Set the variable in the shell, or in the job, that runs the client. A new shell does not have it."),
            "In CI, look whether the step that sets the variable runs before the step that installs.",
        ),
        CredentialsExpired => (
            one("Sign in to AWS again: aws sso login, or whatever your organisation uses. Then get a new token."),
            "Look whether AWS_SESSION_TOKEN or AWS_PROFILE of an older session is still set.",
        ),
        CredentialsMissing => (
            one("Give the aws CLI credentials: aws configure sso, a profile by --profile, or the role of the CI job. The command below tells who you are once it works."),
            "Look whether AWS_ACCESS_KEY_ID of another account is set: it comes before profiles.",
        ),
        ClockSkew => (
            one("Set the clock: switch time synchronisation on, or restart it after the machine slept. Containers and virtual machines take the clock of their host."),
            "If the clock is right, look whether a proxy holds requests back for minutes.",
        ),
        BearerDenied => (
            vec![
                "Allow sts:GetServiceBearerToken on * in a policy of the person or role, with the condition sts:AWSServiceName = codeartifact.amazonaws.com.".into(),
                "It must be an identity policy. In a domain policy it has no effect.".into(),
            ],
            "If the identity policy allows it, look for a permissions boundary or an organisation's policy that denies it.",
        ),
        PolicyDenied => (
            vec![
                "The line names who asked, for what action, on which resource. Allow that action in the identity policy, or in the policy of the domain or repository.".into(),
                "Publishing needs codeartifact:PublishPackageVersion on the package's ARN, reading needs codeartifact:ReadFromRepository on the repository's.".into(),
            ],
            "If a policy allows it, look for a Deny: an explicit deny wins over every allow.",
        ),
        Forbidden => (
            vec![
                "See who you are by the command below, then look whether a policy allows it: codeartifact:ReadFromRepository to install, codeartifact:PublishPackageVersion to publish.".into(),
                "If you publish, look at the package's origin control too: publish = BLOCK refuses with the same status.".into(),
            ],
            "A token is as good as the person or role that got it: look whose it is.",
        ),
        VersionExists => (
            vec![
                "Publish under a new version. Builds that depend on the old one keep what they have.".into(),
                "If the version is a failed try that nobody uses, delete it in this repository first.".into(),
            ],
            "If this repository does not have it: a version that can be fetched from an upstream is refused as well.",
        ),
        OriginBlocked => (
            vec![
                "publish = BLOCK: this package comes from upstream here. Publish under another name or scope, or allow publishing for the package.".into(),
                "upstream = BLOCK: this package was published here first, so that nothing from outside takes its name. Allow upstream only if you mean the public package.".into(),
            ],
            "Package groups can restrict origins for many packages at once. The stricter of both counts.",
        ),
        SkipExisting => (
            one("Leave the option out, and let the job accept a 409: it means that the same version is there."),
            "Uploading the very same file again is accepted; other content under the same version is not.",
        ),
        AlwaysAuthRefused => (
            one("Update the aws CLI, or set the registry and the token by hand. npm needs no always-auth any more."),
            "Look whether always-auth still stands in an .npmrc from before, and remove the line.",
        ),
        ToolMissing => (one("Install the package manager, or set it up by hand with a token."), "Look whether it is on the PATH of the shell that runs aws."),
        Proxy => (
            one("Let the client go to CodeArtifact directly (NO_PROXY=.amazonaws.com), or give it the right proxy with its name and password (HTTPS_PROXY)."),
            "Files come from S3: the proxy must let assets-*.s3.*.amazonaws.com through as well.",
        ),
        Tls => (
            one("If your organisation inspects TLS, give the client its certificate: NODE_EXTRA_CA_CERTS for npm, pip --cert or PIP_CERT, SSL_CERT_FILE for uv and Cargo, a Java trust store for Maven. Do not switch the check off: the token would go to whoever answers."),
            "Look whether the address begins with https:// and the host is spelled right.",
        ),
        ApiAddress | WrongRegion | WrongOwner | WrongDomain => (correcting(target), NEW_TOKEN_REFUSED),
        WrongRepository => (
            target.repository.as_ref().map_or_else(
                || one("Use the name of a repository of the domain: the command below lists them."),
                |name| one(&format!("Use the name of a repository of the domain, such as {name}: the command below lists them.")),
            ),
            "Look whether the repository was deleted, or lies in another domain.",
        ),
        WrongFormat => (correcting(target), "One repository takes every format; only the path differs."),
        MissingSimple => (with_end(target, "simple/"), "If the address is right, look whether an older setting, such as PIP_INDEX_URL, comes first."),
        SurplusSimple => (with_end(target, ""), "Installing does need simple/: keep it there."),
        MissingIndexJson => (with_end(target, "v3/index.json"), "CodeArtifact knows protocol version 3 only: protocolVersion=\"3\"."),
        MissingSparse => (
            target.address().map_or_else(|| one("Write sparse+ before https://."), |address| one(&format!("Write sparse+{address}"))),
            "Set credential-provider as well: Cargo asks for a token at once.",
        ),
        MissingSlash => (with_end(target, ""), "Write the same address, slash included, wherever it stands."),
        AlwaysAuthMissing => (one("Add npmAlwaysAuth: true beside the npmAuthToken of this registry."), NEW_TOKEN_REFUSED),
        PublicRegistry => (
            one("Point the client at the repository. A setting of the project, a scope, or a lock file made elsewhere may still name the public registry."),
            "Look at resolved in the lock file: it is asked as it stands there.",
        ),
        RedirectRefused => (one("Update the client, or configure it to leave the Authorization header out when it is sent to another host."), "A proxy that adds the header does the same harm."),
        Throttled => (one("Ask for fewer things at once and let the client try again: npm --maxsockets 5, uv UV_CONCURRENT_DOWNLOADS, Maven without parallel uploads."), "A quota of requests a second can be raised by AWS on request."),
        Quota => (one("Delete what is not needed, or have AWS raise the quota, where it can be raised."), "The message names which quota."),
        UpstreamUnreachable => (one("Try again in a few minutes. What the repository holds already installs meanwhile."), "Look at the status page of the public registry, and of AWS."),
        NotFound => (
            vec![
                "Look at the spelling of the name, and whether it is public or your own.".into(),
                "If it is public, a repository that is searched needs the external connection for its format. If it is your own, it has to be published or promoted to a repository that is searched.".into(),
            ],
            "Some clients take a refused token for a missing package: get a new token and try again.",
        ),
        VersionNotFound => (
            vec![
                "Ask for a version that is there. The page of the package lists them, with their status.".into(),
                "A version that came out within the last hours may not be seen yet: up to 30 minutes for npm, PyPI and NuGet, 3 hours for Maven.".into(),
            ],
            "Unlisted and archived versions are hidden from lists; so are all upstream versions where origin control blocks upstream.",
        ),
        HostUnknown => (
            one("Compare the host with the right address: one wrong letter in domain, account or region is a host that does not exist."),
            "In a private network without a VPC endpoint for CodeArtifact, no name under d.codeartifact is known.",
        ),
        Unreachable => (one("Look whether this machine may reach the host on port 443: firewall, VPN, proxy, security group of the VPC endpoint."), "If it worked a moment ago, try again: connections to CodeArtifact do break at times."),
    };
    (steps, otherwise.to_owned())
}

const NEW_TOKEN_REFUSED: &str = "If a new token is refused as well: look that it goes to the address it was made for, without spaces or line breaks, and that another settings file does not come first.";

fn one(step: &str) -> Vec<String> {
    vec![step.to_owned()]
}

fn renewing(target: &Target) -> Vec<String> {
    match target.kind.login_tool() {
        Some(_) => one("Get a new token. The command below gets one and writes it into the settings of the client."),
        None => one(
            "Get a new token. The command below keeps it in a variable; the settings of the client have to take it from there.",
        ),
    }
}

fn giving(cause: Cause, target: &Target) -> Vec<String> {
    let address = target.address();
    let bare = address.as_deref().and_then(|address| address.split_once("//")).map(|(_, bare)| bare);
    let bare = bare.unwrap_or("HOST/PATH/");
    let by_hand = match target.kind {
        Kind::Npmrc => format!("//{bare}:_authToken=${{CODEARTIFACT_AUTH_TOKEN}}"),
        Kind::Yarnrc => "npmAuthToken: \"${CODEARTIFACT_AUTH_TOKEN}\" and npmAlwaysAuth: true".to_owned(),
        Kind::MavenSettings => {
            "<server> with the id of the repository, <username>aws</username> and <password>${env.CODEARTIFACT_AUTH_TOKEN}</password>".to_owned()
        }
        Kind::CargoConfig => {
            "credential-provider = \"cargo:token-from-stdout aws codeartifact get-authorization-token …\"".to_owned()
        }
        Kind::PipConf => format!("index-url = https://aws:TOKEN@{bare}simple/"),
        _ => return renewing(target),
    };
    let how = if cause == TokenMisplaced {
        "Put the token under the registry's own address"
    } else {
        "Give the client a token"
    };
    vec![format!("{how}: by the command below, or by hand with"), by_hand]
}

fn correcting(target: &Target) -> Vec<String> {
    match target.address() {
        Some(address) => vec![
            format!("Write {}", with(target, &address)),
            "Then get a token for it: one of another domain is refused.".to_owned(),
        ],
        None => one("Ask for the right address by the command below, and write that."),
    }
}

/// The address as this kind of file spells it.
fn with(target: &Target, address: &str) -> String {
    match target.kind {
        Kind::PipConf | Kind::Log(crate::doctor::Client::Pip | crate::doctor::Client::Uv) => {
            format!("{address}simple/")
        }
        Kind::NugetConfig => format!("{address}v3/index.json"),
        Kind::CargoConfig => format!("sparse+{address}"),
        _ => address.to_owned(),
    }
}

fn with_end(target: &Target, end: &str) -> Vec<String> {
    match target.address() {
        Some(address) if target.kind == Kind::CargoConfig => one(&format!("Write sparse+{address}")),
        Some(address) => one(&format!("Write {address}{end}")),
        None if end.is_empty() => one("End the address with the repository and a slash."),
        None => one(&format!("End the address with the repository and /{end}.")),
    }
}
