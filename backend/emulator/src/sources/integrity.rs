//! Checking bytes against what an index promised.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::model::Hashes;

/// Checks the bytes behind `hashes` against `dist` of an npm manifest: `integrity` (Subresource Integrity, the strongest digest
/// counts) and `shasum` (SHA-1 in hex). What `dist` does not name is not checked.
///
/// # Errors
/// The name of the digest that differs.
pub fn check_npm(hashes: &Hashes, dist: Option<&Value>) -> Result<(), String> {
    let text = |key: &str| dist.and_then(|dist| dist.get(key)).and_then(Value::as_str);
    if let Some(expected) = text("shasum")
        && !expected.eq_ignore_ascii_case(&hashes.sha1)
    {
        return Err(format!("its SHA-1 is {}, not {expected}", hashes.sha1));
    }
    match text("integrity") {
        Some(integrity) => check_integrity(hashes, integrity),
        None => Ok(()),
    }
}

/// Checks a Subresource Integrity text: of the algorithms named the strongest counts, and any of its digests may fit.
fn check_integrity(hashes: &Hashes, integrity: &str) -> Result<(), String> {
    for (algorithm, hex_digest) in [("sha512", &hashes.sha512), ("sha256", &hashes.sha256), ("sha1", &hashes.sha1)] {
        let named: Vec<&str> = integrity
            .split_whitespace()
            .filter_map(|part| part.strip_prefix(algorithm)?.strip_prefix('-'))
            .map(|digest| digest.split('?').next().unwrap_or(digest))
            .collect();
        if named.is_empty() {
            continue;
        }
        let own = base64_of_hex(hex_digest);
        return if named.contains(&own.as_str()) {
            Ok(())
        } else {
            Err(format!("its {algorithm} is not the one promised"))
        };
    }
    Ok(())
}

/// The `integrity` text npm expects for these digests.
#[must_use]
pub fn integrity(hashes: &Hashes) -> String {
    format!("sha512-{}", base64_of_hex(&hashes.sha512))
}

fn base64_of_hex(digest: &str) -> String {
    STANDARD.encode(hex::decode(digest).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;
    use crate::rules::content::hashes;

    #[test]
    fn the_strongest_digest_counts() {
        let own = hashes(&Bytes::from_static(b"abc"));
        let good = integrity(&own);
        let weak = format!("sha1-{}", base64_of_hex(&own.sha1));
        assert!(check_npm(&own, Some(&json!({ "integrity": good, "shasum": own.sha1 }))).is_ok());
        assert!(check_npm(&own, Some(&json!({ "integrity": format!("{weak} sha512-AAAA") }))).is_err());
        assert!(check_npm(&own, Some(&json!({ "integrity": format!("sha512-AAAA {good}?x") }))).is_ok());
        assert!(check_npm(&own, Some(&json!({ "shasum": "00" }))).is_err());
        assert!(check_npm(&own, None).is_ok());
    }
}
