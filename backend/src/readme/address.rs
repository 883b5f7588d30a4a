//! Which addresses a readme may link to.

use reqwest::Url;

/// The address, if it is a web page or a mail address, spelled as it was understood. Anything else, such as
/// `javascript:`, `data:` or a relative path, is no address.
pub fn checked(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "https" | "http") && url.has_host();
    (is_web || url.scheme() == "mailto").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn web_and_mail_addresses_are_kept() {
        assert_eq!(checked("https://example.com/a?b#c").as_deref(), Some("https://example.com/a?b#c"));
        assert_eq!(checked("HTTP://example.com").as_deref(), Some("http://example.com/"));
        assert_eq!(checked("mailto:a@example.com").as_deref(), Some("mailto:a@example.com"));
    }

    #[test]
    fn everything_else_is_no_address() {
        for bad in [
            "javascript:alert(1)",
            "JaVa\nscript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "docs/guide.md",
            "/root",
            "#part",
            "//example.com",
            "blob:https://a/b",
            "",
        ] {
            assert_eq!(checked(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_becomes_an_address_of_another_kind(text in "[ \\t\\n]?[jJ]?[a-z\\t\\n]{0,10}:?/{0,3}\\PC{0,10}") {
            if let Some(address) = checked(&text) {
                prop_assert!(["https://", "http://", "mailto:"].iter().any(|start| address.starts_with(start)));
            }
        }
    }
}
