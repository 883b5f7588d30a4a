//! Addresses of CodeArtifact in a text, taken apart.
//!
//! A repository's endpoint is `https://{domain}-{owner}.d.codeartifact.{region}.amazonaws.com/{format}/{repository}/`
//! (`….on.aws` for dual stack), or `https://{host}/{format}/d/{domain}-{owner}/{repository}/` behind a VPC endpoint and
//! on the embedded CodeArtifact (user guide, "Use CodeArtifact from a VPC").

/// An address of CodeArtifact as a text spells it. Nothing in it has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The line it stands in, from 1.
    pub line: usize,
    /// Such as `https` or `sparse+https`; empty in keys of `.npmrc`.
    pub scheme: String,
    /// Whether a name stands before the host, and a password with it.
    pub login: Login,
    /// The host without the port.
    pub host: String,
    /// What stands where the domain belongs.
    pub domain: String,
    /// What stands where the owner's account belongs; none where there are not 12 digits.
    pub owner: Option<String>,
    /// The region of the host; none where the host tells none.
    pub region: Option<String>,
    /// What stands where the format belongs.
    pub format: Option<String>,
    /// What stands where the repository belongs.
    pub repository: Option<String>,
    /// The path after the repository, without a slash at its beginning.
    pub rest: String,
    /// The path ends with a slash.
    pub slash: bool,
    /// A port is given.
    pub port: bool,
    /// It is the endpoint of the API, not of a repository.
    pub api: bool,
}

/// What stands before the host of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// Nothing.
    None,
    /// A name.
    Name,
    /// A name and a password.
    Password,
}

impl Endpoint {
    /// The address up to the repository, without scheme and login: what two addresses of one repository share.
    pub fn place(&self) -> (&str, Option<&str>, Option<&str>) {
        (&self.host, self.format.as_deref(), self.repository.as_deref())
    }
}

/// More of a line is not read: no setting and no line of a log that matters is longer.
pub(super) const LONGEST_LINE: usize = 20_000;

/// All addresses of CodeArtifact in a text, in order.
pub fn endpoints<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<Endpoint> {
    lines.flat_map(|(number, line)| words(line).filter_map(move |word| parse(number, word))).collect()
}

/// What white space, quotes, brackets and the like part.
pub(super) fn words(line: &str) -> impl Iterator<Item = &str> {
    let parting = |c: char| c.is_whitespace() || "\"'<>()[]{}|,;`".contains(c);
    shortened(line).split(parting).filter(|word| !word.is_empty())
}

pub(super) fn shortened(line: &str) -> &str {
    let mut end = line.len().min(LONGEST_LINE);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

fn parse(line: usize, word: &str) -> Option<Endpoint> {
    let host_at = word.find("codeartifact.").map(|at| word[..at].rfind(|c: char| !is_host(c)).map_or(0, |at| at + 1));
    let (scheme, rest) = match word.split_once("://") {
        Some((before, rest)) => {
            let from = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '+')).map_or(0, |at| at + 1);
            (&before[from..], rest)
        }
        None => match word.split_once("//") {
            Some((_, rest)) => ("", rest),
            None => ("", &word[host_at?..]),
        },
    };
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let path = rest[authority.len()..].split(['?', '#', ':']).next().unwrap_or_default();
    let (login, host) = match authority.rsplit_once('@') {
        Some((login, host)) => (if login.contains(':') { Login::Password } else { Login::Name }, host),
        None => (Login::None, authority),
    };
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) => (host, !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())),
        None => (host, false),
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let slash = path.ends_with('/');
    let path = if path.ends_with(['.', '…']) { path.trim_end_matches(['.', '…']) } else { path };
    let rooms: Vec<&str> = path.split('/').filter(|room| !room.is_empty()).collect();
    let (place, region, rooms, api) = of_host(&host, &rooms)?;
    let (domain, owner) = split_place(&place);
    let mut rooms = rooms.into_iter();
    let (format, repository) = (rooms.next(), rooms.next());
    Some(Endpoint {
        line,
        scheme: scheme.to_ascii_lowercase(),
        login,
        domain,
        owner,
        region,
        format: format.map(str::to_owned),
        repository: repository.map(str::to_owned),
        rest: rooms.collect::<Vec<_>>().join("/"),
        slash,
        port,
        api,
        host,
    })
}

type Parts<'a> = (String, Option<String>, Vec<&'a str>, bool);

/// `{domain}-{owner}`, the region, and the rooms of the path that follow; none for other hosts.
fn of_host<'a>(host: &str, rooms: &[&'a str]) -> Option<Parts<'a>> {
    if let [format, "d", place, rest @ ..] = rooms {
        let rooms = std::iter::once(*format).chain(rest.iter().copied()).collect();
        return Some(((*place).to_owned(), vpc_region(host), rooms, false));
    }
    if let Some((place, rest)) = host.split_once(".d.codeartifact.") {
        return Some((place.to_owned(), Some(region_of(rest)?), rooms.to_vec(), false));
    }
    let rest = host.strip_prefix("codeartifact.").or(host.strip_prefix("codeartifact-fips."))?;
    Some((String::new(), Some(region_of(rest)?), rooms.to_vec(), true))
}

/// `eu-west-1` of `eu-west-1.amazonaws.com`, `….on.aws`, `….api.aws`.
fn region_of(rest: &str) -> Option<String> {
    let region = ["amazonaws.com", "on.aws", "api.aws", "amazonaws.com.cn"];
    region.iter().find_map(|end| rest.strip_suffix(end)?.strip_suffix('.').map(str::to_owned))
}

/// `vpce-….d.codeartifact.eu-west-1.vpce.amazonaws.com`
fn vpc_region(host: &str) -> Option<String> {
    let (_, rest) = host.split_once(".d.codeartifact.").or(host.split_once(".codeartifact."))?;
    rest.split('.').next().map(str::to_owned)
}

/// A domain may hold hyphens itself; the owner is the last 12 digits.
fn split_place(place: &str) -> (String, Option<String>) {
    match place.rsplit_once('-') {
        Some((domain, owner)) if owner.len() == 12 && owner.bytes().all(|b| b.is_ascii_digit()) => {
            (domain.to_owned(), Some(owner.to_owned()))
        }
        _ => (place.to_owned(), None),
    }
}

fn is_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.' || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Endpoint {
        let found = endpoints(std::iter::once((1, text)));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.into_iter().next().unwrap()
    }

    const HOST: &str = "my-co-111122223333.d.codeartifact.eu-west-1.amazonaws.com";

    #[test]
    fn an_endpoint_is_taken_apart_wherever_it_stands() {
        for text in [
            format!("registry=https://{HOST}/npm/team-dev/"),
            format!("//{HOST}/npm/team-dev/:_authToken=‹hidden-token›"),
            format!("npm error 401 Unauthorized - GET https://{HOST}:443/npm/team-dev/ui - none"),
            format!("<url>https://{HOST}/npm/team-dev</url>"),
            format!("https://aws:‹hidden-token›@{HOST}/npm/team-dev/"),
        ] {
            let found = one(&text);
            assert_eq!((found.domain.as_str(), found.owner.as_deref()), ("my-co", Some("111122223333")), "{text}");
            assert_eq!(found.place(), (HOST, Some("npm"), Some("team-dev")), "{text}");
            assert_eq!(found.region.as_deref(), Some("eu-west-1"));
        }
        let bare = one("getaddrinfo ENOTFOUND my-co-111122223333.d.codeartifact.eu-west-1.amazonaws.com");
        assert_eq!((bare.domain.as_str(), bare.format), ("my-co", None));
    }

    #[test]
    fn dual_stack_vpc_and_local_forms_are_known() {
        let dual = one("https://acme-111122223333.d.codeartifact.eu-west-1.on.aws/pypi/team-dev/simple/");
        assert_eq!((dual.region.as_deref(), dual.rest.as_str(), dual.slash), (Some("eu-west-1"), "simple", true));
        let local = one("registry=http://127.0.0.1:4001/npm/d/acme-111122223333/team-dev/");
        assert_eq!(
            (local.domain.as_str(), local.region, local.repository.as_deref()),
            ("acme", None, Some("team-dev"))
        );
        let vpc = "https://vpce-0a-b.d.codeartifact.eu-west-1.vpce.amazonaws.com/maven/d/acme-111122223333/libs/x/y";
        let vpc = one(vpc);
        assert_eq!((vpc.format.as_deref(), vpc.region.as_deref()), (Some("maven"), Some("eu-west-1")));
        assert!(one("https://codeartifact.eu-west-1.amazonaws.com/npm/team-dev/").api);
    }

    #[test]
    fn an_owner_has_twelve_digits() {
        let short = one("https://acme-1111222.d.codeartifact.eu-west-1.amazonaws.com/npm/x/");
        assert_eq!((short.domain.as_str(), short.owner), ("acme-1111222", None));
        let cargo =
            one("index = \"sparse+https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/cargo/team\"");
        assert_eq!((cargo.scheme.as_str(), cargo.slash), ("sparse+https", false));
    }

    #[test]
    fn other_hosts_are_none() {
        for text in ["https://registry.npmjs.org/", "a codeartifact.", "//", "://", "https://x/d/y", "codeartifact"] {
            assert_eq!(endpoints(std::iter::once((1, text))), [], "{text}");
        }
    }
}
