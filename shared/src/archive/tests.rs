//! Archives made here, good ones and hostile ones.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use super::*;

fn tarball(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        // As bytes: the library would refuse what a hostile archive holds.
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

fn link(path: &str) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    builder.append_link(&mut header, path, "/etc/passwd").unwrap();
    builder.into_inner().unwrap().finish().unwrap()
}

fn wheel(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const METADATA: &str = "Metadata-Version: 2.4\r\nName: Acme_Billing\r\nVersion: 1.0\r\nSummary: Bills\r\nRequires-Dist: Requests (>=2)\r\n\r\n# Readme\r\n";

#[test]
fn a_package_of_npm_is_read() {
    let manifest = br#"{"name":"@acme/ui","version":"1.0.0","description":"Buttons","dependencies":{"react":"^18"},"devDependencies":{"vite":"1"}}"#;
    let bytes =
        tarball(&[("package/index.js", b"1"), ("package/package.json", manifest), ("package/README.md", b"# Hi")]);
    let archive = read("acme-ui-1.0.0.tgz", &bytes).unwrap();
    assert_eq!((archive.kind, archive.package.full_name().as_str()), (Kind::Npm, "@acme/ui"));
    assert_eq!((archive.version.as_str(), archive.files), ("1.0.0", 3));
    assert_eq!(archive.needs, [Need { name: "react".into(), requirement: "^18".into(), kind: "dependencies" }]);
    assert!(matches!(archive.manifest, Manifest::Npm(_, Some(readme)) if readme == "# Hi"));
}

#[test]
fn a_wheel_and_a_source_archive_are_read() {
    let built = wheel(&[("acme_billing/__init__.py", ""), ("acme_billing-1.0.dist-info/METADATA", METADATA)]);
    let source =
        tarball(&[("acme_billing-1.0/PKG-INFO", METADATA.as_bytes()), ("acme_billing-1.0/package.json", b"{}")]);
    for (file, bytes, kind) in
        [("acme_billing-1.0-py3-none-any.whl", built, Kind::Wheel), ("acme_billing-1.0.tar.gz", source, Kind::Sdist)]
    {
        let archive = read(file, &bytes).unwrap();
        assert_eq!((archive.kind, archive.package.name.as_str()), (kind, "acme-billing"));
        assert_eq!((archive.version.as_str(), archive.description.as_deref()), ("1.0", Some("Bills")));
        assert_eq!(archive.needs[0].requirement, "(>=2)");
        assert!(matches!(&archive.manifest, Manifest::Python(metadata) if metadata.body == "# Readme\r\n"));
        let renamed = read(&file.replace("1.0", "1.1"), &bytes);
        assert!(matches!(renamed, Err(ArchiveError::OtherName { .. })), "{renamed:?}");
    }
}

#[test]
fn what_is_no_package_says_why() {
    let manifest = |text: &str| tarball(&[("package/package.json", text.as_bytes())]);
    let words = |file: &str, bytes: &[u8]| read(file, bytes).unwrap_err().to_string();
    assert!(words("a.tgz", b"not an archive").starts_with("It cannot be read"));
    assert!(words("a-1.0-py3-none-any.whl", b"not an archive").starts_with("It cannot be read"));
    assert!(words("a.exe", b"").contains("does not end in"));
    assert!(words("a.tgz", &tarball(&[("package/index.js", b"1")])).contains("It has no package.json"));
    assert!(words("a-1.0-py3-none-any.whl", &wheel(&[("a.py", "")])).contains("It has no METADATA"));
    assert!(words("a.tgz", &manifest("[]")).contains("cannot be understood"));
    assert!(words("a.tgz", &manifest(r#"{"name":"UP","version":"1.0.0"}"#)).contains("cannot be the name"));
    assert!(words("a.tgz", &manifest(r#"{"name":"a","version":"1"}"#)).contains("its version is \"1\""));
    assert!(words("a.tgz", &manifest(r#"{"name":"a","version":"1.0.0","private":true}"#)).contains("private"));
    let nameless = wheel(&[("a-1.0.dist-info/METADATA", "Version: 1.0\n")]);
    assert!(words("a-1.0-py3-none-any.whl", &nameless).contains("it has no Name"));
}

#[test]
fn hostile_archives_are_refused() {
    for path in ["/etc/passwd", "package/../../x", "c:/x"] {
        assert!(matches!(read("a.tgz", &tarball(&[(path, b"")])), Err(ArchiveError::Escapes(_))), "{path}");
        let zip = wheel(&[(path, "")]);
        assert!(matches!(read("a-1-py3-none-any.whl", &zip), Err(ArchiveError::Escapes(_))), "{path}");
    }
    assert!(matches!(read("a.tgz", &link("package/x")), Err(ArchiveError::Link(_))));
    let large = vec![b' '; (MOST_MANIFEST + 1) as usize];
    assert!(matches!(read("a.tgz", &tarball(&[("p/package.json", &large)])), Err(ArchiveError::BadManifest(..))));
}

#[test]
fn an_archive_that_inflates_without_measure_is_given_up() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let mut header = tar::Header::new_gnu();
    header.set_path("package/zeros").unwrap();
    header.set_size(MOST_INFLATED + (1 << 20));
    header.set_cksum();
    encoder.write_all(header.as_bytes()).unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..=(MOST_INFLATED >> 20) {
        encoder.write_all(&zeros).unwrap();
    }
    let bytes = encoder.finish().unwrap();
    assert!(bytes.len() < 4 << 20);
    assert_eq!(read("a.tgz", &bytes), Err(ArchiveError::Inflates));
}

#[test]
fn the_files_of_all_kinds_of_archives_are_listed_and_their_texts_read() {
    let both = [("a/one.txt", "1\n"), ("a/two.bin", "\0\u{1}")];
    let tar = tarball(&both.map(|(path, text)| (path, text.as_bytes())));
    for (file, bytes) in [("a.tgz", &tar), ("a-1.tar.gz", &tar), ("a-1-py3-none-any.whl", &wheel(&both))] {
        let files = Contents::read(file, bytes).unwrap().files;
        assert_eq!(files.keys().collect::<Vec<_>>(), ["a/one.txt", "a/two.bin"], "{file}");
        assert_eq!(files["a/one.txt"].0, 2);
        assert_ne!(files["a/one.txt"].1, files["a/two.bin"].1);
        let wanted = files.keys().cloned().collect();
        let texts = Contents::texts(file, bytes, &wanted).unwrap();
        assert_eq!(texts.into_iter().collect::<Vec<_>>(), [("a/one.txt".to_owned(), "1\n".to_owned())]);
        assert!(Contents::texts(file, bytes, &["a/none".to_owned()].into()).unwrap().is_empty());
    }
    assert_eq!(Contents::read("pom.xml", b"<x/>").unwrap().files["pom.xml"].0, 4);
}

#[test]
fn of_two_files_of_one_path_the_last_one_counts() {
    let bytes = tarball(&[("a/x", b"first"), ("a/x", b"\0")]);
    assert_eq!(Contents::read("a.tgz", &bytes).unwrap().files["a/x"].0, 1);
    assert!(Contents::texts("a.tgz", &bytes, &["a/x".to_owned()].into()).unwrap().is_empty());
}

#[test]
fn long_texts_are_left_out() {
    let (fits, long) = (vec![b'x'; MOST_TEXT as usize], vec![b'x'; MOST_TEXT as usize + 1]);
    let bytes = tarball(&[("a/fits", &fits), ("a/long", &long)]);
    let wanted = ["a/fits".to_owned(), "a/long".to_owned()].into();
    let texts = Contents::texts("a.tgz", &bytes, &wanted).unwrap();
    assert_eq!(texts.keys().collect::<Vec<_>>(), ["a/fits"]);
}

#[test]
fn hostile_archives_are_not_looked_into() {
    for path in ["/etc/passwd", "package/../../x", "c:/x"] {
        assert!(matches!(Contents::read("a.tgz", &tarball(&[(path, b"")])), Err(ArchiveError::Escapes(_))), "{path}");
        let zip = wheel(&[(path, "")]);
        assert!(matches!(Contents::read("a.whl", &zip), Err(ArchiveError::Escapes(_))), "{path}");
    }
    assert!(matches!(Contents::read("a.tgz", &link("package/x")), Err(ArchiveError::Link(_))));
    for file in ["a.tgz", "a.whl"] {
        assert!(matches!(Contents::read(file, b"not an archive"), Err(ArchiveError::Unreadable(_))), "{file}");
    }
}

#[test]
fn a_wheel_that_inflates_without_measure_is_given_up() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let zeros = vec![0_u8; 1 << 20];
    for half in 0..2 {
        zip.start_file(format!("zeros-{half}"), SimpleFileOptions::default().compression_level(Some(1))).unwrap();
        for _ in 0..=(MOST_INFLATED >> 21) {
            zip.write_all(&zeros).unwrap();
        }
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 4 << 20);
    // Without the digests of `Contents`, which take long where the program is not optimised.
    let read = python::walk_wheel(&bytes, &mut |_, _, file| {
        std::io::copy(file, &mut std::io::sink())?;
        Ok(())
    });
    assert_eq!(read, Err(ArchiveError::Inflates));
}
