//! Hostile archives: they are refused in plain words, cost little, and leave nothing behind.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use std::io::Write;

use bytes::Bytes;
use codeartifact_emulator::archive::{ArchiveError, make, npm, sdist, wheel};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use proptest::prelude::*;
use serde_json::json;
use support::{Bench, npm as npm_key, pypi, python};

const MANIFEST: &str = r#"{"name":"ui","version":"1.0.0"}"#;

/// A tarball with a proper manifest and one more entry, as `edit` makes it.
fn tarball(edit: impl FnOnce(&mut tar::Builder<GzEncoder<Vec<u8>>>)) -> Bytes {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let mut header = tar::Header::new_gnu();
    header.set_size(MANIFEST.len() as u64);
    archive.append_data(&mut header, "package/package.json", MANIFEST.as_bytes()).unwrap();
    edit(&mut archive);
    Bytes::from(archive.into_inner().unwrap().finish().unwrap())
}

/// An entry whose path is written as it is, `..` and all.
fn entry_at(path: &str) -> Bytes {
    tarball(|archive| {
        let mut header = tar::Header::new_gnu();
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(0);
        header.set_cksum();
        archive.append(&header, std::io::empty()).unwrap();
    })
}

fn link(kind: tar::EntryType) -> Bytes {
    tarball(|archive| {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        archive.append_link(&mut header, "package/innocent", "/etc/passwd").unwrap();
    })
}

/// A gibibyte of zeros in about a megabyte: gzip allows one file to follow another, so one compressed mebibyte is repeated.
fn bomb() -> Bytes {
    let mut header = tar::Header::new_gnu();
    header.set_path("package/zeros").unwrap();
    header.set_size(1 << 30);
    header.set_cksum();
    let mut start = GzEncoder::new(Vec::new(), Compression::best());
    start.write_all(header.as_bytes()).unwrap();
    let mut zeros = GzEncoder::new(Vec::new(), Compression::best());
    zeros.write_all(&vec![0; 1 << 20]).unwrap();
    let mut bomb = start.finish().unwrap();
    bomb.extend(zeros.finish().unwrap().repeat(1024));
    Bytes::from(bomb)
}

#[tokio::test]
async fn a_bomb_is_refused_and_nothing_is_published() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let bomb = bomb();
    assert!(bomb.len() < 2 << 20, "the bomb itself is small: {}", bomb.len());
    let mut manifest = json!({ "name": "ui", "version": "1.0.0" });
    let answer = bench.put_npm("dev", &support::with_tarball(&mut manifest, &bomb)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("64 MiB"), "{}", answer.text());
    assert!(bench.package("dev", &npm_key("ui")).is_none());
}

#[test]
fn paths_that_climb_out_are_refused() {
    for path in ["package/../../etc/passwd", "/etc/passwd", "..\\windows"] {
        assert_eq!(npm::read(&entry_at(path)).unwrap_err(), ArchiveError::Escapes(path.to_owned()));
    }
    let zip = make::zip(&[("../../evil.py", ""), ("acme-1.0.dist-info/METADATA", "Name: acme\nVersion: 1.0\n")]);
    assert_eq!(wheel::read(&zip).unwrap_err(), ArchiveError::Escapes("../../evil.py".to_owned()));
}

#[test]
fn links_are_refused() {
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link] {
        assert_eq!(npm::read(&link(kind)).unwrap_err(), ArchiveError::Link("package/innocent".to_owned()));
        assert_eq!(sdist::read(&link(kind)).unwrap_err(), ArchiveError::Link("package/innocent".to_owned()));
    }
}

#[test]
fn too_many_entries_are_refused() {
    let many = tarball(|archive| {
        let mut header = tar::Header::new_gnu();
        header.set_size(0);
        header.set_path("package/x").unwrap();
        header.set_cksum();
        for _ in 0..70_000 {
            archive.append(&header, std::io::empty()).unwrap();
        }
    });
    assert_eq!(npm::read(&many).unwrap_err(), ArchiveError::TooManyEntries);
    assert_eq!(wheel::read(&b"PK\x01\x02".repeat(70_000)).unwrap_err(), ArchiveError::TooManyEntries);
}

#[test]
fn a_manifest_of_the_wrong_kind_is_refused() {
    let table = [
        (make::tar_gz("package", &[("index.js", "")]), ArchiveError::NoManifest("package.json")),
        (
            make::tar_gz("package", &[("package.json", "{}")]),
            ArchiveError::BadManifest("package.json", "it has no name".into()),
        ),
        (make::tar_gz("package", &[("lib/package.json", MANIFEST)]), ArchiveError::NoManifest("package.json")),
    ];
    for (bytes, expected) in table {
        assert_eq!(npm::read(&bytes).unwrap_err(), expected);
    }
    assert_eq!(wheel::read(&make::zip(&[("acme/__init__.py", "")])).unwrap_err(), ArchiveError::NoManifest("METADATA"));
    assert!(matches!(npm::read(b"not gzip"), Err(ArchiveError::Unreadable(_))));
    assert!(matches!(wheel::read(b"not zip"), Err(ArchiveError::Unreadable(_))));
}

#[test]
fn a_large_metadata_file_is_not_read_to_its_end() {
    let mut text = "Name: acme\nVersion: 1.0\n\n".to_owned();
    text.push_str(&"x".repeat(5 << 20));
    let refused = wheel::read(&make::zip(&[("acme-1.0.dist-info/METADATA", &text)])).unwrap_err();
    assert!(matches!(refused, ArchiveError::BadManifest("METADATA", _)), "{refused}");
}

#[tokio::test]
async fn a_damaged_wheel_is_refused_and_nothing_is_published() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let package = python("acme", "1.0");
    let (file, bytes) = package.wheel("py3-none-any");
    let answer = bench.upload_python("dev", &package, (file, bytes.slice(..bytes.len() / 2))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bench.package("dev", &pypi("acme")).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_make_a_reader_fail(noise in prop::collection::vec(any::<u8>(), 0..400), at in 0_usize..400) {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&noise).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zip = make::zip(&[("acme-1.0.dist-info/METADATA", "Name: acme\nVersion: 1.0\n")]).to_vec();
        let place = at % zip.len();
        zip[place] ^= noise.first().copied().unwrap_or(1);
        let _ = (npm::read(&noise), npm::read(&gzip), sdist::read(&gzip), wheel::read(&noise), wheel::read(&zip));
    }
}
