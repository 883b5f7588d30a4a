//! The project page, as HTML (PEP 503) or JSON (PEP 691, PEP 700).

use std::collections::BTreeSet;

use axum::response::Response;
use bytes::Bytes;
use http::{StatusCode, header};
use serde_json::{Map, Value, json};

use super::listing::{Row, rows};
use super::stops;
use crate::data::refusal::Refusal;
use crate::data::text::{html, path_segment};
use crate::data::{Call, answer, negotiate};
use crate::model::PackageKey;

const HTML: &str = "text/html; charset=utf-8";
const HTML_V1: &str = "application/vnd.pypi.simple.v1+html";
const JSON_V1: &str = "application/vnd.pypi.simple.v1+json";

/// Answers the page in the representation that the client likes best.
pub(super) async fn get(call: Call, key: &PackageKey) -> Result<Response, Refusal> {
    let offers: [&[&str]; 3] = [
        &["text/html"],
        &[HTML_V1, "application/vnd.pypi.simple.latest+html"],
        &[JSON_V1, "application/vnd.pypi.simple.latest+json"],
    ];
    let chosen = negotiate::choose(&call.headers, &offers).ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            format!("This page can be had as text/html, {HTML_V1} or {JSON_V1}; none of them is accepted."),
        )
    })?;
    let (rows, failure) = rows(&call, key, &stops(&call, key)).await;
    if rows.is_empty() {
        let words =
            format!("The Python package {} was not found in {} or its upstreams.", key.name, call.place.repository);
        return Err(failure.map_or_else(|| Refusal::not_found(words), Refusal::from));
    }
    let (content_type, text) = match chosen {
        0 => (HTML, as_html(key, &rows)),
        1 => (HTML_V1, as_html(key, &rows)),
        _ => (JSON_V1, as_json(key, &rows)),
    };
    let mut response = answer::tagged(&call.headers, content_type, Bytes::from(text));
    response.headers_mut().insert(header::VARY, http::HeaderValue::from_static("Accept"));
    Ok(response)
}

/// The address of a file, relative to its page.
fn address(row: &Row) -> String {
    format!("{}/{}", path_segment(&row.version), path_segment(&row.file.name))
}

fn as_html(key: &PackageKey, rows: &[Row]) -> String {
    let title = format!("Links for {}", html(&key.name));
    let mut page = format!(
        "<!DOCTYPE html>\n<html>\n<head><meta name=\"pypi:repository-version\" content=\"1.1\"><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n"
    );
    for row in rows {
        let digest = row.file.sha256.as_ref().map(|digest| format!("#sha256={digest}")).unwrap_or_default();
        let attribute = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!(" {name}=\"{}\"", html(value))).unwrap_or_default()
        };
        page.push_str(&format!(
            "<a href=\"{}\"{}{}{}>{}</a><br/>\n",
            html(&format!("{}{digest}", address(row))),
            attribute("data-requires-python", &row.file.requires_python),
            attribute("data-yanked", &row.file.yanked),
            attribute("data-upload-time", &row.file.uploaded),
            html(&row.file.name)
        ));
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn as_json(key: &PackageKey, rows: &[Row]) -> String {
    let versions: BTreeSet<&str> = rows.iter().map(|row| row.version.as_str()).collect();
    let files: Vec<Value> = rows.iter().map(file).collect();
    // Since 1.1 every file must tell its size (PEP 700), which a source in HTML does not.
    let api_version = if rows.iter().all(|row| row.file.size.is_some()) { "1.1" } else { "1.0" };
    json!({ "meta": { "api-version": api_version }, "name": key.name, "versions": versions, "files": files })
        .to_string()
}

fn file(row: &Row) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("filename", json!(row.file.name));
    put("url", json!(address(row)));
    put("hashes", row.file.sha256.as_ref().map_or_else(|| json!({}), |digest| json!({ "sha256": digest })));
    put(
        "yanked",
        row.file
            .yanked
            .as_ref()
            .map_or(json!(false), |reason| if reason.is_empty() { json!(true) } else { json!(reason) }),
    );
    for (key, value) in [("requires-python", &row.file.requires_python), ("upload-time", &row.file.uploaded)] {
        if let Some(value) = value {
            put(key, json!(value));
        }
    }
    if let Some(size) = row.file.size {
        put("size", json!(size));
    }
    Value::Object(object)
}
