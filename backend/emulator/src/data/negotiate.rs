//! Choosing what to answer from `Accept` (RFC 9110, 12.5.1).

use http::{HeaderMap, header};

/// The place in `offers` of the media type the client likes best; the earlier offer wins between equals.
/// Each offer is one or more names for one answer. No `Accept` at all takes the first offer. `None` if nothing fits.
pub(super) fn choose(headers: &HeaderMap, offers: &[&[&str]]) -> Option<usize> {
    let sent: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    if sent.iter().all(|text| text.trim().is_empty()) {
        return Some(0);
    }
    let ranges: Vec<(String, f32)> = sent.iter().flat_map(|text| text.split(',')).map(range).collect();
    let liked = |names: &[&str]| names.iter().map(|name| quality(&ranges, name)).fold(0.0, f32::max);
    let mut best: Option<(usize, f32)> = None;
    for (place, names) in offers.iter().enumerate() {
        let quality = liked(names);
        if quality > best.map_or(0.0, |(_, quality)| quality) {
            best = Some((place, quality));
        }
    }
    best.map(|(place, _)| place)
}

fn range(text: &str) -> (String, f32) {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=")).and_then(|text| text.parse().ok()).unwrap_or(1.0);
    (name, quality)
}

/// The most specific range that fits decides.
fn quality(ranges: &[(String, f32)], name: &str) -> f32 {
    let family = name.split('/').next().map(|family| format!("{family}/*")).unwrap_or_default();
    let of = |wanted: &str| ranges.iter().find(|(range, _)| range == wanted).map(|(_, quality)| *quality);
    of(name).or_else(|| of(&family)).or_else(|| of("*/*")).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_likes_best_is_chosen() {
        const HTML: &[&str] = &["text/html", "application/vnd.pypi.simple.v1+html"];
        const JSON: &[&str] = &["application/vnd.pypi.simple.v1+json"];
        let table = [
            ("", Some(0)),
            ("*/*", Some(0)),
            ("text/*;q=0.2, */*;q=0.1", Some(0)),
            (
                "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01",
                Some(1),
            ),
            ("application/vnd.pypi.simple.v1+html", Some(0)),
            ("text/html;q=0, */*", Some(0)),
            ("text/html;q=0, application/vnd.pypi.simple.v1+html;q=0, */*", Some(1)),
            ("image/png", None),
            ("application/json", None),
        ];
        for (accept, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(choose(&headers, &[HTML, JSON]), expected, "{accept}");
        }
    }
}
