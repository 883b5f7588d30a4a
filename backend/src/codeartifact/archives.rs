//! Publishing archives as npm and twine do.

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::multipart::{Form, Part};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha512};
use shared::api::{ArchiveQuery, escape};
use shared::archive::{Archive, CoreMetadata, Kind, Manifest};
use shared::format::PackageFormat;
use shared::names::{DomainName, RepositoryName};

use super::CodeArtifact;
use super::registry::publish;
use crate::error::{Error, Result};

/// The dist-tag of a version that is published without naming one.
const LATEST: &str = "latest";

/// The metadata fields that twine sends and that stand once. Others are not sent: strangers write the metadata, and could
/// name any field of the form.
const ONCE: &[&str] = &[
    "Metadata-Version",
    "Name",
    "Version",
    "Summary",
    "Home-Page",
    "Author",
    "Author-Email",
    "Maintainer",
    "Maintainer-Email",
    "License",
    "License-Expression",
    "Description",
    "Description-Content-Type",
    "Keywords",
    "Download-URL",
    "Requires-Python",
];

/// The metadata fields that twine sends and that may stand several times.
const SEVERAL: &[&str] = &[
    "License-File",
    "Platform",
    "Supported-Platform",
    "Classifier",
    "Requires-Dist",
    "Requires-External",
    "Provides-Dist",
    "Provides-Extra",
    "Obsoletes-Dist",
    "Project-URL",
    "Dynamic",
];

impl CodeArtifact {
    /// Publishes an archive at the endpoint of its package manager, once.
    ///
    /// # Errors
    /// The refusal in the endpoint's own words.
    pub async fn publish_archive(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        asked: &ArchiveQuery,
        archive: &Archive,
        bytes: Bytes,
    ) -> Result<()> {
        let format = archive.kind.format();
        let (endpoint, token) = (self.endpoint(domain, repository, format).await?, self.token(domain).await?);
        let (client, size) = (self.registry().await?, bytes.len() as u64);
        let request = match &archive.manifest {
            Manifest::Npm(manifest, readme) => {
                let scope = archive.package.namespace.as_ref().map(|scope| format!("@{}%2f", escape(scope.as_str())));
                let name = escape(archive.package.name.as_str());
                let address = format!("{endpoint}{}{name}", scope.unwrap_or_default());
                let document = document(&endpoint, archive, manifest, readme.as_deref(), asked, bytes);
                let body = serde_json::to_vec(&document).map_err(Error::unexpected)?;
                let put = client.put(address).bearer_auth(token.reveal());
                put.header("content-type", "application/json").body(body)
            }
            Manifest::Python(metadata) => {
                let form = form(archive.kind, metadata, asked, bytes).map_err(Error::unexpected)?;
                client.post(endpoint).basic_auth("aws", Some(token.reveal())).multipart(form)
            }
        };
        publish(request, size, &token).await
    }
}

/// What `npm publish` puts: the packument of one version with its tarball inside.
#[derive(Serialize)]
struct Document {
    _id: String,
    name: String,
    description: Option<String>,
    #[serde(rename = "dist-tags")]
    dist_tags: Map<String, Value>,
    versions: Map<String, Value>,
    access: Option<String>,
    _attachments: std::collections::BTreeMap<String, Attachment>,
}

#[derive(Serialize)]
struct Attachment {
    content_type: &'static str,
    #[serde(serialize_with = "in_base64")]
    data: Bytes,
    length: usize,
}

/// Written piece by piece: another text of that length would have to be held besides.
fn in_base64<S: Serializer>(bytes: &Bytes, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.collect_str(&Base64Display::new(bytes, &STANDARD))
}

fn document(
    endpoint: &str,
    archive: &Archive,
    manifest: &Map<String, Value>,
    readme: Option<&str>,
    asked: &ArchiveQuery,
    bytes: Bytes,
) -> Document {
    let (name, version) = (archive.package.full_name(), archive.version.to_string());
    let integrity = format!("sha512-{}", Base64Display::new(&Sha512::digest(&bytes), &STANDARD));
    let mut of_version = manifest.clone();
    of_version.insert("_id".to_owned(), json!(format!("{name}@{version}")));
    if let Some(readme) = readme {
        of_version.entry("readme").or_insert_with(|| json!(readme));
    }
    let file = format!("{name}-{version}.tgz");
    of_version.insert(
        "dist".to_owned(),
        json!({
            "integrity": integrity,
            "shasum": hex::encode(Sha1::digest(&bytes)),
            "tarball": format!("{endpoint}{name}/-/{file}"),
        }),
    );
    let tag = asked.tag.as_ref().map_or(LATEST, |tag| tag.as_str());
    Document {
        _id: name.clone(),
        name,
        description: archive.description.clone(),
        dist_tags: Map::from_iter([(tag.to_owned(), json!(version))]),
        versions: Map::from_iter([(version, Value::Object(of_version))]),
        access: None,
        _attachments: [(
            file,
            Attachment { content_type: "application/octet-stream", length: bytes.len(), data: bytes },
        )]
        .into(),
    }
}

/// What `twine upload` posts (<https://docs.pypi.org/api/upload/>): the metadata as fields, and the file.
fn form(
    kind: Kind,
    metadata: &CoreMetadata,
    asked: &ArchiveQuery,
    bytes: Bytes,
) -> std::result::Result<Form, reqwest::Error> {
    let (filetype, pyversion) = match kind {
        Kind::Wheel => ("bdist_wheel", python_tag(asked.file.as_str())),
        Kind::Sdist | Kind::Npm => ("sdist", "source".to_owned()),
    };
    let mut form = Form::new()
        .text(":action", "file_upload")
        .text("protocol_version", "1")
        .text("filetype", filetype)
        .text("pyversion", pyversion)
        .text("sha256_digest", asked.sha256.to_string());
    for (name, value) in fields(metadata) {
        form = form.text(name, value.to_owned());
    }
    let content = Part::stream(bytes).file_name(asked.file.to_string()).mime_str("application/octet-stream")?;
    Ok(form.part("content", content))
}

/// The metadata as it stands in the form. Of a field that stands once, the first value counts.
fn fields(metadata: &CoreMetadata) -> Vec<(String, &str)> {
    let once = ONCE.iter().filter_map(|name| Some((field(name), metadata.first(name)?)));
    let several = SEVERAL.iter().flat_map(|name| metadata.all(name).map(move |value| (field(name), value)));
    let mut fields: Vec<_> = once.chain(several).collect();
    if metadata.first("Description").is_none() && !metadata.body.trim().is_empty() {
        fields.push((field("Description"), metadata.body.as_str()));
    }
    fields
}

/// The name that a metadata field has in the form: as written, but for those that may stand there several times.
fn field(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace('-', "_");
    match name.as_str() {
        "classifier" => "classifiers".to_owned(),
        "project_url" => "project_urls".to_owned(),
        _ => name,
    }
}

/// For which Python a wheel is: the third part from the end of its name.
fn python_tag(file: &str) -> String {
    file.trim_end_matches(".whl").rsplit('-').nth(2).unwrap_or("py3").to_owned()
}

/// The name that an archive's file has in its version.
pub fn asset_name(asked: &ArchiveQuery) -> &str {
    match asked.format {
        PackageFormat::Npm => "package.tgz",
        _ => asked.file.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_fields_are_named_as_twine_names_them() {
        for (name, expected) in [
            ("Metadata-Version", "metadata_version"),
            ("Classifier", "classifiers"),
            ("Project-URL", "project_urls"),
            ("Requires-Dist", "requires_dist"),
        ] {
            assert_eq!(field(name), expected);
        }
        assert_eq!(python_tag("acme-1.0-1-cp311-cp311-linux_x86_64.whl"), "cp311");
    }

    /// Metadata with these fields.
    fn metadata(fields: &[(&str, &str)], body: &str) -> CoreMetadata {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        CoreMetadata { fields: fields.iter().map(owned).collect(), body: body.to_owned() }
    }

    #[test]
    fn metadata_sets_no_other_field_of_the_form() {
        let strange = [
            (":action", "remove"),
            ("protocol_version", "2"),
            ("Filetype", "bdist_egg"),
            ("PyVersion", "any"),
            ("SHA256-Digest", "00"),
            ("Content", "x"),
            ("Name", "acme"),
        ];
        assert_eq!(fields(&metadata(&strange, "")), [("name".to_owned(), "acme")]);
    }

    #[test]
    fn fields_stand_as_often_as_they_may() {
        let repeated = metadata(
            &[
                ("summary", "One"),
                ("Summary", "Two"),
                ("Home-page", "https://a.example"),
                ("Requires-Dist", "a"),
                ("Requires-Dist", "b"),
                ("License", ""),
            ],
            "# Readme",
        );
        let expected = [
            ("summary", "One"),
            ("home_page", "https://a.example"),
            ("requires_dist", "a"),
            ("requires_dist", "b"),
            ("description", "# Readme"),
        ];
        assert_eq!(fields(&repeated), expected.map(|(name, value)| (name.to_owned(), value)));
    }
}
