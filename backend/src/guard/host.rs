//! The host list: the defence against DNS rebinding.
//!
//! A page of another site whose name was made to point at 127.0.0.1 is "same origin" to the browser, so no check of
//! origins stops it. It cannot choose the `Host` header though: that still holds the other site's name.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header;

use crate::error::{Error, Kind, Result};

/// The hosts that requests may be meant for: `127.0.0.1`, `[::1]` and `localhost`, with our port.
#[derive(Debug, Clone)]
pub struct Hosts {
    allowed: Vec<String>,
}

impl Hosts {
    /// The list for a server on this port.
    pub fn on_port(port: u16) -> Self {
        let names = ["127.0.0.1", "[::1]", "localhost"];
        let mut allowed: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            // A browser leaves out the port of its scheme (RFC 9110, 4.2.3).
            allowed.extend(names.iter().map(|name| (*name).to_owned()));
        }
        Self { allowed }
    }

    /// Checks one request: exactly one `Host`, on the list, and equal to the target's authority where it has one
    /// (RFC 9112, 3.2: a target in absolute form carries its own).
    pub fn check<B>(&self, request: &http::Request<B>) -> Result<()> {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Error::bad_request("A request has exactly one Host header."));
        };
        let uri = request.uri();
        let target_agrees = match uri.authority() {
            Some(authority) => authority.as_str().as_bytes() == host.as_bytes() && uri.scheme_str() == Some("http"),
            None => uri.scheme().is_none(),
        };
        if target_agrees && self.allowed.iter().any(|allowed| allowed.as_bytes() == host.as_bytes()) {
            return Ok(());
        }
        Err(Error::new(Kind::Misdirected, format!("This server answers to {} only.", self.allowed.join(", "))))
    }
}

/// Refuses what [`Hosts::check`] refuses.
pub async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Result<Response> {
    hosts.check(&request)?;
    Ok(next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: &str, hosts: &[&str]) -> Result<()> {
        let mut request = http::Request::get(target);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        Hosts::on_port(4000).check(&request.body(()).unwrap())
    }

    #[test]
    fn three_forms_and_no_other_are_let_in() {
        for host in ["127.0.0.1:4000", "[::1]:4000", "localhost:4000"] {
            assert!(check("/", &[host]).is_ok(), "{host}");
            assert!(check(&format!("http://{host}/"), &[host]).is_ok(), "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:4001",
            "127.0.0.1:04000",
            "127.1:4000",
            "0.0.0.0:4000",
            "2130706433:4000",
            "localhost",
            "localhost.:4000",
            "LOCALHOST:4000",
            "a.localhost:4000",
            "user@127.0.0.1:4000",
            "127.0.0.1:4000.evil.example",
            "evil.example:4000",
            "[::1]",
            "[::ffff:127.0.0.1]:4000",
            "::1:4000",
            "127.0.0.1:4000:4000",
            " 127.0.0.1:4000",
            "",
        ] {
            assert_eq!(check("/", &[host]).unwrap_err().kind, Kind::Misdirected, "{host}");
        }
    }

    #[test]
    fn none_or_two_hosts_are_refused() {
        assert_eq!(check("/", &[]).unwrap_err().kind, Kind::BadRequest);
        assert_eq!(check("/", &["localhost:4000", "localhost:4000"]).unwrap_err().kind, Kind::BadRequest);
    }

    #[test]
    fn a_target_that_names_another_host_is_refused() {
        for target in
            ["http://evil.example/", "http://localhost:4000/", "https://127.0.0.1:4000/", "http://u@127.0.0.1:4000/"]
        {
            assert_eq!(check(target, &["127.0.0.1:4000"]).unwrap_err().kind, Kind::Misdirected, "{target}");
        }
    }
}
