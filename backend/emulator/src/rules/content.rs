//! Assets, their digests, and the revision that names one exact set of them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use md5::Md5;
use serde_json::json;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::model::{Asset, Content, Hashes};

#[cfg(test)]
mod tests;

/// The four digests of `bytes`, in lower-case hex.
pub fn hashes(bytes: &Bytes) -> Hashes {
    Hashes {
        md5: hex::encode(Md5::digest(bytes)),
        sha1: hex::encode(Sha1::digest(bytes)),
        sha256: hex::encode(Sha256::digest(bytes)),
        sha512: hex::encode(Sha512::digest(bytes)),
    }
}

/// An asset of these bytes.
pub fn asset(bytes: Bytes) -> Asset {
    Asset { hashes: hashes(&bytes), bytes, requires_python: None, uploaded: None, yanked: None }
}

/// The package version revision: one opaque string for one exact set of assets and metadata.
///
/// It changes with every change of either and not with the status (CodeArtifact user guide, "Package version revision").
/// What a public index says of a file besides, its upload time and whether it was yanked, is no part of it.
/// Like the real ones it is 44 characters of base64 that end in `=`. Equal content has equal revisions everywhere.
pub fn revision(content: &Content) -> String {
    let mut digest = Sha256::new();
    for (name, asset) in &content.assets {
        part(&mut digest, name);
        part(&mut digest, &asset.hashes.sha256);
        part(&mut digest, asset.requires_python.as_deref().unwrap_or(""));
    }
    let metadata = &content.metadata;
    let dependencies: Vec<_> =
        metadata.dependencies.iter().map(|d| json!([d.namespace, d.package, d.kind, d.requirement])).collect();
    let told = json!([
        metadata.display_name,
        metadata.summary,
        metadata.home_page,
        metadata.source_code_repository,
        metadata.licenses,
        dependencies,
        metadata.readme,
        metadata.manifest,
    ]);
    part(&mut digest, &told.to_string());
    STANDARD.encode(digest.finalize())
}

/// Adds one text with its length before it, so that no two lists of texts look alike.
fn part(digest: &mut Sha256, text: &str) {
    digest.update((text.len() as u64).to_be_bytes());
    digest.update(text.as_bytes());
}
