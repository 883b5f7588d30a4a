//! The form that twine posts (<https://docs.pypi.org/api/upload/>).

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use multer::{Constraints, Multipart, SizeLimit};

use crate::data::MAX_REQUEST;
use crate::data::refusal::Refusal;

/// A field other than the file may have this many bytes: 4 MiB, for a long readme.
const MAX_FIELD: u64 = 4 * 1024 * 1024;
const MAX_FIELDS: usize = 10_000;

/// The fields of an upload that matter here. The rest of the metadata is read from the file itself, which cannot disagree with itself.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) sha256_digest: String,
    pub(super) md5_digest: String,
    /// File name and bytes.
    pub(super) content: Option<(String, Bytes)>,
}

/// Reads the form within its limits.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Form, Refusal> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| Refusal::bad_request("An upload is a multipart/form-data request, as twine makes it."))?;
    let limits =
        SizeLimit::new().whole_stream(MAX_REQUEST as u64).per_field(MAX_FIELD).for_field("content", MAX_REQUEST as u64);
    let mut parts =
        Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limits));
    let mut form = Form::default();
    let mut count = 0;
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        count += 1;
        if count > MAX_FIELDS {
            return Err(Refusal::bad_request("The upload has more than 10000 fields."));
        }
        let name = field.name().unwrap_or_default().to_owned();
        if name == "content" {
            let file = field.file_name().unwrap_or_default().to_owned();
            if form.content.is_some() {
                return Err(Refusal::bad_request("An upload holds one file; this one holds more."));
            }
            form.content = Some((file, field.bytes().await.map_err(broken)?));
            continue;
        }
        let target = match name.as_str() {
            ":action" => &mut form.action,
            "name" => &mut form.name,
            "version" => &mut form.version,
            "sha256_digest" => &mut form.sha256_digest,
            "md5_digest" => &mut form.md5_digest,
            _ => {
                field.bytes().await.map_err(broken)?;
                continue;
            }
        };
        *target = field.text().await.map_err(broken)?;
    }
    Ok(form)
}

fn broken(error: multer::Error) -> Refusal {
    match error {
        multer::Error::StreamSizeExceeded { .. } => {
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "The upload is larger than 256 MiB.")
        }
        multer::Error::FieldSizeExceeded { .. } => Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "A field of the upload is larger than 4 MiB, or the file larger than 256 MiB.",
        ),
        other => Refusal::bad_request(format!("The upload cannot be read: {other}.")),
    }
}
