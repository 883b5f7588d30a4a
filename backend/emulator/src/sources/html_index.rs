//! A project page of a Python index as HTML (PEP 503): its anchors, and nothing else of it.

use super::PypiFile;

/// The files of a page; their addresses may still be relative.
#[must_use]
pub fn parse(html: &str) -> Vec<PypiFile> {
    let mut files = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.as_bytes().windows(2).position(|pair| pair.eq_ignore_ascii_case(b"<a")) {
        rest = &rest[start + 2..];
        if !rest.starts_with(|c: char| c.is_ascii_whitespace()) {
            continue;
        }
        let (attributes, after) = attributes(rest);
        rest = after;
        let text = rest.split('<').next().unwrap_or_default();
        files.extend(file(&attributes, &unescape(text)));
    }
    files
}

fn file(attributes: &[(String, String)], text: &str) -> Option<PypiFile> {
    let get = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let href = get("href")?;
    let (url, fragment) = href.split_once('#').unwrap_or((&href, ""));
    let digest = fragment.split('&').find_map(|part| part.strip_prefix("sha256=")).map(str::to_ascii_lowercase);
    Some(PypiFile {
        name: text.trim().to_owned(),
        url: url.to_owned(),
        sha256: digest,
        requires_python: get("data-requires-python").filter(|text| !text.is_empty()),
        yanked: get("data-yanked"),
        uploaded: get("data-upload-time"),
        size: None,
    })
}

/// The attributes of a tag up to its `>`, values unescaped, and what follows.
fn attributes(tag: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    let mut rest = tag.trim_start();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (found, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (found, after);
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '>').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => value_of(value.trim_start()),
            None => ("", after),
        };
        // A stray `=` has no name; step over it rather than stand still.
        rest = if end == 0 { after.strip_prefix('=').unwrap_or(after) } else { after };
        if end > 0 {
            found.push((name.to_ascii_lowercase(), unescape(value)));
        }
    }
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len());
    text.split_at(end)
}

/// The character references that index pages use.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            Some((character, end)) => {
                plain.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn anchors_are_read_with_what_installers_need() {
        let page = "<!DOCTYPE html><html><body><abbr>x</abbr>\
            <a href=\"../../f/acme-1.0.tar.gz#sha256=ABC\" data-requires-python=\"&gt;=3.8\">acme-1.0.tar.gz</a><br/>\n\
            <A  class=x data-yanked='broken &amp; gone' HREF='acme-1.1-py3-none-any.whl'>\n acme-1.1-py3-none-any.whl </A></body></html>";
        let files = parse(page);
        assert_eq!(files.len(), 2);
        assert_eq!(files[0].name, "acme-1.0.tar.gz");
        assert_eq!(files[0].url, "../../f/acme-1.0.tar.gz");
        assert_eq!(files[0].sha256.as_deref(), Some("abc"));
        assert_eq!(files[0].requires_python.as_deref(), Some(">=3.8"));
        assert_eq!(files[1].name, "acme-1.1-py3-none-any.whl");
        assert_eq!(files[1].yanked.as_deref(), Some("broken & gone"));
    }

    proptest! {
        #[test]
        fn no_page_makes_the_parser_fail(page in "[<>a =\"'/&#;xé]{0,80}|.{0,200}") {
            let _ = parse(&format!("<a {page}"));
        }
    }
}
