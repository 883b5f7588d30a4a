//! Versions of the built-in packages, as they come in through an external connection.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

use crate::archive::{file_name, npm, wheel};
use crate::model::{Asset, Content, Format, Metadata, Origin, PackageKey, PackageVersion, Status};
use crate::rules::{content, ingest};
use crate::sources::{PypiFile, builtin};

/// A version of a built-in package, as it comes in through an external connection.
pub(super) fn public(key: &PackageKey, version: &str, now: SystemTime) -> PackageVersion {
    let name = ingest::shown(key);
    let (connection, content) = match key.format {
        Format::Npm => ("public:npmjs", public_npm(&name, version)),
        _ => ("public:pypi", public_python(key, version)),
    };
    let released = builtin().npm(&name).filter(|_| key.format == Format::Npm);
    let released = released.and_then(|document| Some(document.time.get(version)?.as_str()?.to_owned()));
    let content = content.expect("a story fetches what the built-in packages have");
    PackageVersion {
        version: version.to_owned(),
        status: Status::Published,
        published: now,
        released,
        origin: Origin::External { connection: connection.to_owned() },
        content: Arc::new(content),
    }
}

fn public_npm(name: &str, version: &str) -> Option<Content> {
    let document = builtin().npm(name)?;
    let manifest = document.versions.get(version)?;
    let bytes = builtin().file(manifest.get("dist")?.get("tarball")?.as_str()?)?;
    let assets = BTreeMap::from([("package.tgz".to_owned(), content::asset(bytes))]);
    Some(Content { assets, metadata: npm::metadata(manifest, document.readme.clone()) })
}

fn public_python(key: &PackageKey, version: &str) -> Option<Content> {
    let mut assets: BTreeMap<String, Asset> = BTreeMap::new();
    let mut metadata = Metadata::default();
    for file in builtin().pypi(&key.name)? {
        let parsed = file_name::parse(&key.name, &file.name)?;
        if parsed.version != version {
            continue;
        }
        let bytes = builtin().file(&file.url)?;
        if parsed.kind == file_name::Kind::Wheel {
            metadata = wheel::read(&bytes).ok()?.metadata;
        }
        let PypiFile { name, requires_python, uploaded, yanked, .. } = file;
        assets.insert(name, Asset { requires_python, uploaded, yanked, ..content::asset(bytes) });
    }
    (!assets.is_empty()).then(|| Content { assets, metadata })
}
