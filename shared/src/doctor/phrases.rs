//! What clients, CodeArtifact and AWS print when something fails, and what it means.

use super::cause::Cause::{self, *};

/// A line that holds all of these, in small letters, tells a cause.
type Phrase = (Cause, &'static [&'static str]);

/// In the order they are tried: the first that fits a line is what it says.
const PHRASES: &[Phrase] = &[
    (VariableUnset, &["failed to replace env in config"]),
    (VariableUnset, &["environment variable not found"]),
    (VariableUnset, &["environment variable", "codeartifact", "not set"]),
    (VariableUnset, &["codeartifact_auth_token", "unbound variable"]),
    // AWS refuses the caller before CodeArtifact is asked.
    (ClockSkew, &["signature expired"]),
    (ClockSkew, &["signature not yet current"]),
    (ClockSkew, &["requesttimetooskewed"]),
    (ClockSkew, &["difference between the request time and the current time"]),
    (ClockSkew, &["certificate is not yet valid"]),
    (ClockSkew, &["cert_not_yet_valid"]),
    (CredentialsExpired, &["expiredtoken"]),
    (CredentialsExpired, &["security token included in the request is expired"]),
    (CredentialsExpired, &["token has expired and refresh failed"]),
    (CredentialsExpired, &["sso session", "expired"]),
    (CredentialsExpired, &["error loading sso token"]),
    (CredentialsMissing, &["unable to locate credentials"]),
    (CredentialsMissing, &["could not load credentials"]),
    (CredentialsMissing, &["partial credentials found"]),
    (CredentialsMissing, &["unrecognizedclientexception"]),
    (CredentialsMissing, &["invalidclienttokenid"]),
    (CredentialsMissing, &["security token included in the request is invalid"]),
    (CredentialsMissing, &["the config profile", "could not be found"]),
    (CredentialsMissing, &["signaturedoesnotmatch"]),
    (CredentialsMissing, &["invalidsignatureexception"]),
    (CredentialsMissing, &["request signature we calculated does not match"]),
    (BearerDenied, &["sts:getservicebearertoken"]),
    (PolicyDenied, &["is not authorized to perform"]),
    (PolicyDenied, &["accessdeniedexception"]),
    (PolicyDenied, &["explicit deny"]),
    // Publishing.
    (SkipExisting, &["skip-existing", "unsupportedconfiguration"]),
    (SkipExisting, &["skip-existing", "not have support"]),
    (OriginBlocked, &["origin control"]),
    (OriginBlocked, &["origin configuration"]),
    (OriginBlocked, &["origin restriction"]),
    (VersionExists, &["can already be fetched from the upstream"]),
    (VersionExists, &["cannot publish over"]),
    (VersionExists, &["epublishconflict"]),
    (VersionExists, &["cannot modify pre-existing version"]),
    (VersionExists, &["previously published version"]),
    (VersionExists, &["is already uploaded"]),
    (VersionExists, &["conflictexception", "publishpackageversion"]),
    (VersionExists, &["version", "already exists"]),
    // Programs on the way.
    (AlwaysAuthRefused, &["always-auth", "not a valid npm option"]),
    (ToolMissing, &["was not found. please verify installation"]),
    (Proxy, &["proxy authentication required"]),
    (Proxy, &["tunneling socket could not be established"]),
    (Proxy, &["cannot connect to proxy"]),
    (Proxy, &["proxyerror("]),
    (Proxy, &["proxyconnectionerror"]),
    (Proxy, &["failed to connect to proxy"]),
    (Proxy, &["could not resolve proxy"]),
    (Tls, &["self_signed_cert"]),
    (Tls, &["self-signed certificate"]),
    (Tls, &["self signed certificate"]),
    (Tls, &["unable_to_get_issuer_cert"]),
    (Tls, &["unable_to_verify_leaf_signature"]),
    (Tls, &["unable to get local issuer certificate"]),
    (Tls, &["certificate_verify_failed"]),
    (Tls, &["certificate verify failed"]),
    (Tls, &["pkix path building failed"]),
    (Tls, &["invalid peer certificate"]),
    (Tls, &["unknownissuer"]),
    (Tls, &["ssl certificate problem"]),
    (Tls, &["wrong version number"]),
    (Tls, &["sslhandshakeexception"]),
    (RedirectRefused, &["only one auth mechanism allowed"]),
    // Addresses.
    (MissingSlash, &["must end in a slash"]),
    (WrongRepository, &["the repository", "does not exist in the domain"]),
    (WrongRepository, &["repository not found"]),
    (WrongDomain, &["domain not found"]),
    (WrongDomain, &["the domain", "of account", "does not exist"]),
    // Tokens.
    (TokenForeign, &["token is not valid for this domain"]),
    (TokenExpired, &["token has expired"]),
    (TokenExpired, &["token expired"]),
    (TokenExpired, &["token is expired"]),
    (AlwaysAuthMissing, &["invalid authentication (as an anonymous user)"]),
    (TokenExpired, &["invalid authentication (as "]),
    (TokenMissing, &["needs an authorization token"]),
    (TokenMissing, &["eneedauth"]),
    (TokenMissing, &["requires you to be logged in"]),
    (TokenMissing, &["no token found for"]),
    (TokenMissing, &["require a credential-provider"]),
    (TokenMissing, &["no authorization header value", "401"]),
    (TokenMissing, &["missing credentials"]),
    (TokenMissing, &["credential not found"]),
    (TokenExpired, &["credentials not correct for"]),
    (TokenExpired, &["unable to authenticate"]),
    (TokenExpired, &["incorrect or missing password"]),
    (TokenExpired, &["token rejected for"]),
    // CodeArtifact has too much to do, or cannot go on.
    (Throttled, &["throttlingexception"]),
    (Throttled, &["too many requests"]),
    (Throttled, &["rate exceeded"]),
    (Quota, &["servicequotaexceeded"]),
    (UpstreamUnreachable, &["bad gateway"]),
    (UpstreamUnreachable, &["gateway timeout"]),
    (UpstreamUnreachable, &["service unavailable"]),
    (UpstreamUnreachable, &["gateway time-out"]),
    // Packages.
    (VersionNotFound, &["etarget"]),
    (VersionNotFound, &["no matching version found for"]),
    (VersionNotFound, &["err_pnpm_no_matching_version"]),
    (VersionNotFound, &["there is no version of"]),
    (NotFound, &["from versions: none"]),
    (VersionNotFound, &["could not find a version that satisfies"]),
    (NotFound, &["no matching distribution found"]),
    (NotFound, &["was not found in the package registry"]),
    (NotFound, &["could not find artifact"]),
    (NotFound, &["no matching package named"]),
    (VersionNotFound, &["failed to select a version for the requirement"]),
    (NotFound, &["is not in this registry"]),
    (NotFound, &["is not in the npm registry"]),
    (NotFound, &["package not found"]),
    (NotFound, &["unable to find package"]),
    (NotFound, &["package doesn't exist"]),
    // Networks.
    (HostUnknown, &["enotfound"]),
    (HostUnknown, &["eai_again"]),
    (HostUnknown, &["name or service not known"]),
    (HostUnknown, &["nodename nor servname"]),
    (HostUnknown, &["failed to resolve"]),
    (HostUnknown, &["name resolution"]),
    (HostUnknown, &["unknownhost"]),
    (HostUnknown, &["unknown host"]),
    (HostUnknown, &["could not resolve host"]),
    (HostUnknown, &["dns error"]),
    (HostUnknown, &["no such host"]),
    (HostUnknown, &["could not connect to the endpoint url"]),
    (Unreachable, &["econnrefused"]),
    (Unreachable, &["econnreset"]),
    (Unreachable, &["etimedout"]),
    (Unreachable, &["err_socket_timeout"]),
    (Unreachable, &["connection refused"]),
    (Unreachable, &["connection timed out"]),
    (Unreachable, &["connection reset"]),
    (Unreachable, &["connect timeout"]),
    (Unreachable, &["connecttimeout"]),
    (Unreachable, &["read timed out"]),
    (Unreachable, &["network is unreachable"]),
    (Unreachable, &["operation timed out"]),
];

/// HTTP statuses, and what they mean where no phrase says more.
const STATUSES: &[(&str, Cause)] = &[
    ("401", TokenExpired),
    ("402", Quota),
    ("403", Forbidden),
    ("404", NotFound),
    ("407", Proxy),
    ("409", VersionExists),
    ("429", Throttled),
    ("502", UpstreamUnreachable),
    ("503", UpstreamUnreachable),
    ("504", UpstreamUnreachable),
];

/// Words that stand near the number where it is a status.
const AROUND: &[&str] = &[
    "unauthorized",
    "forbidden",
    "not found",
    "conflict",
    "required",
    "status",
    "http",
    "error",
    "code",
    "response",
    "returned",
    "fetch",
    "reasonphrase",
    "got",
];

/// What a line says, in small letters; none where it says nothing that is known.
pub fn cause_of(line: &str) -> Option<Cause> {
    let told = PHRASES.iter().find(|(_, words)| words.iter().all(|word| line.contains(word)));
    told.map(|(cause, _)| *cause).or_else(|| status_of(line))
}

/// A status as a word of its own, `E401` and `ERR_PNPM_FETCH_401` among them, beside a word that makes it one.
fn status_of(line: &str) -> Option<Cause> {
    let (_, cause) = STATUSES.iter().find(|(status, _)| {
        line.match_indices(*status).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + status.len()..].chars().next();
            let ends =
                |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.' && c != '-' && c != '/');
            let begins = ends(before)
                || (before == Some('e')
                    && line[..at - 1].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric()));
            begins && (ends(after) || after == Some('.'))
        })
    })?;
    AROUND.iter().any(|word| line.contains(word)).then_some(*cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_a_word_of_its_own() {
        for (line, expected) in [
            ("npm error code e401", Some(TokenExpired)),
            ("err_pnpm_fetch_403  get https://x/: forbidden - 403", Some(Forbidden)),
            ("status code: 404, reason phrase: not found (404)", Some(NotFound)),
            ("httperror: 409 conflict from https://x/", Some(VersionExists)),
            ("downloaded 401 packages", None),
            ("error in 1.401.2", None),
            ("http fetch get 200 https://x/ui-401.tgz 12ms", None),
        ] {
            assert_eq!(cause_of(line), expected, "{line}");
        }
    }

    #[test]
    fn phrases_are_in_small_letters() {
        for (_, words) in PHRASES {
            assert!(words.iter().all(|word| *word == word.to_lowercase()), "{words:?}");
        }
    }
}
