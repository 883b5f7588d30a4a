//! The table of embedded files, written by the build script.

/// The page itself.
pub const PAGE: &str = "index.html";

/// A file, three times over.
#[derive(Debug)]
pub struct File {
    /// Path without the leading `/`.
    pub path: &'static str,
    /// Part of the hash of its content.
    pub tag: &'static str,
    /// As it is.
    pub raw: &'static [u8],
    /// With gzip.
    pub gzip: &'static [u8],
    /// With brotli.
    pub brotli: &'static [u8],
}

mod table {
    use super::File;
    include!(concat!(env!("OUT_DIR"), "/site.rs"));
}

/// A file by its path, if it is there.
pub fn find(path: &str) -> Option<&'static File> {
    let place = table::FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    table::FILES.get(place)
}

/// The page, if the front end was built.
pub fn page() -> Option<&'static File> {
    find(PAGE)
}

impl File {
    /// A file whose name holds its hash never changes; any other is asked for again each time.
    pub fn caching(&self) -> &'static str {
        if has_hash(self.path) { "public, max-age=31536000, immutable" } else { "no-cache" }
    }

    /// By the ending of its name.
    pub fn content_type(&self) -> &'static str {
        match self.path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("json") => "application/json",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("ico") => "image/x-icon",
            Some("woff2") => "font/woff2",
            Some("txt") => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}

/// Trunk writes `name-HASH.ending` or `name-HASH_bg.wasm`, the hash being up to 16 hexadecimal digits.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let tail = stem.rsplit('-').next().unwrap_or_default();
    let hash = tail.strip_suffix("_bg").unwrap_or(tail);
    stem.contains('-') && (12..=16).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_told_from_others() {
        for hashed in [
            "frontend-e36c41c688880282.js",
            "frontend-e36c41c688880282_bg.wasm",
            "split-domain-e36c41c688880282.wasm",
            "chunk-3-e36c41c688880282.wasm",
            "css/tokens-e2776f64de8ba8e.css",
        ] {
            assert!(has_hash(hashed), "{hashed}");
        }
        for plain in ["index.html", "boot.js", "a-b.css", "e36c41c688880282.js", "pol.js"] {
            assert!(!has_hash(plain), "{plain}");
        }
    }
}
