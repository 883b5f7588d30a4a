//! The settings of connections and of the store, from flags, a file or the environment. Only this file reads the
//! environment; credentials and regions that stand there are read by aws-config.

use std::collections::HashSet;
use std::fmt;
use std::net::IpAddr;
use std::path::Path;

use http::Uri;
use serde::Deserialize;
use shared::connection::ConnectionKind;
use shared::names::ConnectionKey;

use crate::cli;

mod store;

pub use store::{StoreSettings, demo_store, store};

/// The name of the account of whoever gives a command.
pub fn account() -> Option<String> {
    ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok())
}

/// How one account and region is reached.
#[derive(Debug, Clone)]
pub struct ConnectionSettings {
    /// Names it in addresses.
    pub key: ConnectionKey,
    /// What to call it on the page.
    pub label: String,
    /// Profile of the shared AWS configuration.
    pub profile: Option<String>,
    /// AWS region.
    pub region: Option<String>,
    /// A role to assume.
    pub role_arn: Option<String>,
    /// The external id that the role asks for.
    pub external_id: Option<String>,
    /// Another address of CodeArtifact.
    pub endpoint_url: Option<String>,
    /// Which CodeArtifact it is.
    pub kind: ConnectionKind,
    /// Fixed credentials; of the embedded CodeArtifact only.
    pub credentials: Option<Credentials>,
}

/// Fixed credentials.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: Secret,
}

/// A text that Debug does not show.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Keeps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    connection: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: ConnectionKey,
    label: Option<String>,
    profile: Option<String>,
    region: Option<String>,
    role_arn: Option<String>,
    external_id: Option<String>,
    endpoint_url: Option<String>,
}

/// The connections that a command was given.
///
/// # Errors
/// One clear line about the file or the address.
pub fn connections(args: &cli::ConnectionArgs) -> Result<Vec<ConnectionSettings>, String> {
    let entries = match &args.config {
        Some(path) => read(path)?,
        None => vec![from_flags(args)?],
    };
    entries.into_iter().map(settings).collect()
}

/// The one connection that a command speaks to.
///
/// # Errors
/// One clear line about the file or the address, or when several are left to choose from.
pub fn connection(args: &cli::ConnectionArgs, key: Option<&ConnectionKey>) -> Result<ConnectionSettings, String> {
    let mut connections = connections(args)?;
    if let Some(key) = key {
        connections.retain(|settings| settings.key == *key);
    }
    match (connections.pop(), connections.is_empty(), key) {
        (Some(only), true, _) => Ok(only),
        (None, _, Some(key)) => Err(format!("There is no connection `{key}`.")),
        _ => Err("The file has several connections: name one with --connection.".to_owned()),
    }
}

fn from_flags(args: &cli::ConnectionArgs) -> Result<Entry, String> {
    Ok(Entry {
        key: "aws".parse().map_err(|error| format!("{error}"))?,
        label: args.profile.clone(),
        profile: args.profile.clone(),
        region: args.region.clone(),
        role_arn: args.role_arn.clone(),
        external_id: args.external_id.clone(),
        endpoint_url: args.endpoint_url.clone(),
    })
}

fn read(path: &Path) -> Result<Vec<Entry>, String> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name} cannot be read: {error}."))?;
    parse(&text).map_err(|error| format!("{name}: {error}"))
}

fn parse(text: &str) -> Result<Vec<Entry>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string().replace('\n', " "))?;
    if file.connection.is_empty() {
        return Err("there is no [[connection]].".to_owned());
    }
    let mut keys = HashSet::new();
    match file.connection.iter().find(|entry| !keys.insert(entry.key.clone())) {
        Some(entry) => Err(format!("the key `{}` stands twice.", entry.key)),
        None => Ok(file.connection),
    }
}

fn settings(entry: Entry) -> Result<ConnectionSettings, String> {
    if let Some(url) = &entry.endpoint_url {
        check_endpoint(url)?;
    }
    if let Some(region) = &entry.region {
        cli::region(region).map_err(|rule| format!("{region} is no region: {rule}."))?;
    }
    if let Some(role) = &entry.role_arn {
        cli::role(role).map_err(|rule| format!("{role} is no role: {rule}."))?;
    }
    Ok(ConnectionSettings {
        label: entry
            .label
            .unwrap_or_else(|| if entry.key.as_str() == "aws" { "AWS".to_owned() } else { entry.key.to_string() }),
        key: entry.key,
        profile: entry.profile,
        region: entry.region,
        role_arn: entry.role_arn,
        external_id: entry.external_id,
        endpoint_url: entry.endpoint_url,
        kind: ConnectionKind::Aws,
        credentials: None,
    })
}

/// Signed requests go over TLS, or stay on this machine; and never to a link-local address, where clouds keep their
/// metadata services.
fn check_endpoint(url: &str) -> Result<(), String> {
    let uri: Uri = url.parse().map_err(|_| format!("the endpoint {url} is no address."))?;
    let host = uri.host().unwrap_or_default();
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let link_local = ip.is_some_and(|ip| match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local() || ip.segments()[..2] == [0xfd00, 0x0ec2],
    });
    match uri.scheme_str() {
        _ if host.is_empty() => Err(format!("the endpoint {url} names no host.")),
        _ if link_local || host.eq_ignore_ascii_case("metadata.aws") => {
            Err(format!("the endpoint {url} is a metadata service, not CodeArtifact."))
        }
        Some("https") => Ok(()),
        Some("http") if is_loopback(url) => Ok(()),
        _ => Err(format!("the endpoint {url} must start with https://, or with http:// on loopback.")),
    }
}

fn is_loopback(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

impl ConnectionSettings {
    /// The endpoint, if it is on this machine: then STS is asked there as well.
    pub fn loopback_endpoint(&self) -> Option<&str> {
        self.endpoint_url.as_deref().filter(|url| is_loopback(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_hold_several_connections() {
        let text =
            "[[connection]]\nkey = \"prod\"\nlabel = \"Production\"\nprofile = \"p\"\n[[connection]]\nkey = \"test\"\n";
        let settings: Vec<_> = parse(text).unwrap().into_iter().map(|entry| settings(entry).unwrap()).collect();
        assert_eq!((settings[0].label.as_str(), settings[1].label.as_str()), ("Production", "test"));
        assert_eq!(settings[0].profile.as_deref(), Some("p"));
    }

    #[test]
    fn a_wrong_file_says_what_is_wrong() {
        for (text, word) in [
            ("", "connection"),
            ("connection = []", "no [[connection]]"),
            ("[[connection]]\nkey = \"A\"", "lower-case letters"),
            ("[[connection]]\nkey = \"a\"\nprofil = \"p\"", "profil"),
            ("[[connection]]\nkey = \"a\"\n[[connection]]\nkey = \"a\"", "twice"),
        ] {
            let Err(error) = parse(text) else { panic!("{text} was read") };
            assert!(error.contains(word) && !error.contains('\n'), "{text}: {error}");
        }
    }

    #[test]
    fn endpoints_are_tls_or_on_this_machine_and_no_metadata_service() {
        for good in ["https://vpce-1.example", "http://127.0.0.1:4001", "http://[::1]:4001", "http://localhost:4001/"] {
            assert!(check_endpoint(good).is_ok(), "{good}");
        }
        for bad in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "169.254.169.254",
            "http://169.254.169.254",
            "https://169.254.169.254",
            "https://[fd00:ec2::254]",
            "https://metadata.aws",
            "ftp://localhost",
            "nonsense",
            "",
        ] {
            assert!(check_endpoint(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn debug_does_not_show_a_secret() {
        assert_eq!(format!("{:?}", Secret::new("canary")), "Secret");
    }
}
