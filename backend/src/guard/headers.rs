//! The security headers of every answer, errors included.

use http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};

/// What the page may do: nothing from elsewhere, no inline script, no frame around it, no HTML from strings.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default; \
    report-uri /api/csp";

/// Everything off, save writing to the clipboard, which the page's copy buttons do on a click.
pub const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
    clipboard-read=(), clipboard-write=(self), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), \
    payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
    storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// The fixed headers.
pub const FIXED: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", PERMISSIONS_POLICY),
];

/// Puts the headers on an answer. What the API says is never kept by a browser.
pub fn put(headers: &mut HeaderMap, is_api: bool) {
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if is_api || !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_one_line_without_gaps() {
        for policy in [CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY] {
            assert!(!policy.contains("  ") && !policy.contains('\n'), "{policy}");
        }
    }
}
