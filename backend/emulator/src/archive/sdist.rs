//! Source archives of Python packages: `{name}-{version}/PKG-INFO` (PEP 625).

use super::tarball::{each_file, read_text};
use super::{ArchiveError, CoreMetadata, MAX_MANIFEST, MAX_README, readme_rank};

/// Reads a `.tar.gz` source archive. If the metadata has no description, a readme file beside it serves.
///
/// # Errors
/// See [`ArchiveError`].
pub fn read(bytes: &[u8]) -> Result<CoreMetadata, ArchiveError> {
    let mut text: Option<String> = None;
    let mut readme: Option<String> = None;
    each_file(bytes, |path, size, reader| {
        let Some((_, name)) = path.split_once('/').filter(|(_, rest)| !rest.contains('/')) else { return Ok(()) };
        if name == "PKG-INFO" {
            let too_large = || ArchiveError::BadManifest("PKG-INFO", "it is larger than 4 MiB".into());
            text = Some(read_text(size, MAX_MANIFEST, reader)?.ok_or_else(too_large)?);
        } else if readme.is_none() && readme_rank(name).is_some() {
            readme = read_text(size, MAX_README, reader)?;
        }
        Ok(())
    })?;
    let mut parsed = CoreMetadata::parse("PKG-INFO", &text.ok_or(ArchiveError::NoManifest("PKG-INFO"))?)?;
    if parsed.metadata.readme.is_none() {
        parsed.metadata.readme = readme;
    }
    Ok(parsed)
}
