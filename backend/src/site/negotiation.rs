//! Which of the three copies of a file to send (RFC 9110, 12.5.3), and whether to send it at all (13.1.2).

use http::HeaderValue;
use http::header::GetAll;

/// A content encoding that files are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `br`
    Brotli,
    /// `gzip`
    Gzip,
    /// As it is.
    None,
}

impl Encoding {
    /// The word for `content-encoding`.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::None => None,
        }
    }

    /// Tells the tags of the three copies apart, as the RFC asks (8.8.3.3).
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => "-br",
            Self::Gzip => "-gz",
            Self::None => "",
        }
    }
}

/// The best encoding that the client takes: the one it likes most, the smaller one among equals.
pub fn encoding(accepted: GetAll<'_, HeaderValue>) -> Encoding {
    let accepted: Vec<(String, u16)> =
        accepted.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).map(parse).collect();
    let weight = |names: &[&str]| {
        let named = accepted.iter().find(|(name, _)| names.contains(&name.as_str()));
        named.or_else(|| accepted.iter().find(|(name, _)| name == "*")).map_or(0, |(_, weight)| *weight)
    };
    let (brotli, gzip) = (weight(&["br"]), weight(&["gzip", "x-gzip"]));
    match (brotli, gzip) {
        (0, 0) => Encoding::None,
        _ if brotli >= gzip => Encoding::Brotli,
        _ => Encoding::Gzip,
    }
}

/// A name and its weight in thousandths; a weight that cannot be read counts as 0.
fn parse(item: &str) -> (String, u16) {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let weight = weight.map_or(1.0, |text| text.parse::<f32>().unwrap_or(0.0));
    // Between 0 and 1000 after clamping; not a number becomes 0.
    (name, (weight.clamp(0.0, 1.0) * 1000.0) as u16)
}

/// Whether the client holds this very copy, by `if-none-match`.
pub fn is_unchanged(tags: GetAll<'_, HeaderValue>, tag: &str) -> bool {
    tags.iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::header::ACCEPT_ENCODING;

    use super::*;

    fn choose(accepted: &str) -> Encoding {
        let headers: HeaderMap = [(ACCEPT_ENCODING, accepted.parse().unwrap())].into_iter().collect();
        encoding(headers.get_all(ACCEPT_ENCODING))
    }

    #[test]
    fn the_client_decides() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("br;q=0, gzip", Encoding::Gzip),
            ("br;q=0.5, gzip;q=0.9", Encoding::Gzip),
            ("*", Encoding::Brotli),
            ("*;q=0", Encoding::None),
            ("br;q=0, *;q=0.1", Encoding::Gzip),
            ("identity", Encoding::None),
            ("br;q=nonsense", Encoding::None),
            ("", Encoding::None),
        ] {
            assert_eq!(choose(accepted), expected, "{accepted}");
        }
        assert_eq!(encoding(HeaderMap::new().get_all(ACCEPT_ENCODING)), Encoding::None);
    }

    #[test]
    fn a_known_tag_is_recognised_weak_or_strong() {
        let headers: HeaderMap =
            [(http::header::IF_NONE_MATCH, "\"a\", W/\"b-br\"".parse().unwrap())].into_iter().collect();
        let tags = || headers.get_all(http::header::IF_NONE_MATCH);
        assert!(is_unchanged(tags(), "\"a\"") && is_unchanged(tags(), "\"b-br\""));
        assert!(!is_unchanged(tags(), "\"b\""));
    }
}
