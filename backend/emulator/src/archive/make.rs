//! Making small package archives in memory, for the built-in packages and the stories.
//!
//! The bytes depend on the arguments alone: no clock, no user, no order of a hash map.

use std::io::{Cursor, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// 1985-10-26, the moment that npm writes into every tarball.
const MTIME: u64 = 499_162_500;

/// A file of an archive: path and text.
pub type File<'a> = (&'a str, &'a str);

/// Makes a gzipped tar file with every path under `folder`.
#[must_use]
pub fn tar_gz(folder: &str, files: &[File<'_>]) -> Bytes {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(MTIME);
        // Writing to a Vec does not fail, and our own paths are short and relative.
        archive
            .append_data(&mut header, format!("{folder}/{path}"), text.as_bytes())
            .expect("a short relative path into memory");
    }
    // The same: both only flush what is left into a Vec.
    Bytes::from(archive.into_inner().and_then(GzEncoder::finish).expect("writing into memory"))
}

/// Makes a zip file.
#[must_use]
pub fn zip(files: &[File<'_>]) -> Bytes {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    for (path, text) in files {
        // Writing to memory fails only beyond 4 GiB, and these files are hand-written texts.
        archive
            .start_file(*path, options)
            .and_then(|()| Ok(archive.write_all(text.as_bytes())?))
            .expect("a small file into memory");
    }
    Bytes::from(archive.finish().expect("a small file into memory").into_inner())
}

/// The facts of a small Python package.
#[derive(Debug, Clone, Copy)]
pub struct Python<'a> {
    /// Name as its author spells it.
    pub name: &'a str,
    /// Version.
    pub version: &'a str,
    /// `Summary`
    pub summary: &'a str,
    /// `Requires-Python`
    pub requires_python: &'a str,
    /// `Requires-Dist` lines.
    pub requires: &'a [&'a str],
    /// Markdown.
    pub readme: &'a str,
    /// Source of the one module.
    pub code: &'a str,
}

impl Python<'_> {
    /// The name as file names carry it (PEP 625): normalised, with `_` for `-`.
    fn escaped(&self) -> String {
        super::file_name::normalise(self.name).replace('-', "_")
    }

    fn core_metadata(&self) -> String {
        let requires: String = self.requires.iter().map(|line| format!("Requires-Dist: {line}\n")).collect();
        format!(
            "Metadata-Version: 2.1\nName: {}\nVersion: {}\nSummary: {}\nLicense: MIT\nRequires-Python: {}\n{requires}\
             Description-Content-Type: text/markdown\n\n{}",
            self.name, self.version, self.summary, self.requires_python, self.readme
        )
    }

    /// A wheel with the tag given (such as `py3-none-any`): file name and bytes.
    #[must_use]
    pub fn wheel(&self, tag: &str) -> (String, Bytes) {
        let module = self.escaped();
        let info = format!("{module}-{}.dist-info", self.version);
        let paths = [
            format!("{module}/__init__.py"),
            format!("{info}/METADATA"),
            format!("{info}/WHEEL"),
            format!("{info}/RECORD"),
        ];
        let metadata = self.core_metadata();
        let wheel =
            format!("Wheel-Version: 1.0\nGenerator: codeartifact-emulator\nRoot-Is-Purelib: true\nTag: {tag}\n");
        // Installers accept entries without a digest; the last line names the record itself (PEP 376).
        let record: String = paths.iter().map(|path| format!("{path},,\n")).collect();
        let files = [(paths[0].as_str(), self.code), (&paths[1], &metadata), (&paths[2], &wheel), (&paths[3], &record)];
        (format!("{module}-{}-{tag}.whl", self.version), zip(&files))
    }

    /// A source archive that setuptools builds: file name and bytes.
    #[must_use]
    pub fn sdist(&self) -> (String, Bytes) {
        let module = self.escaped();
        let folder = format!("{module}-{}", self.version);
        let requires: Vec<String> = self.requires.iter().map(|line| format!("{line:?}")).collect();
        let project = format!(
            "[build-system]\nrequires = [\"setuptools\"]\nbuild-backend = \"setuptools.build_meta\"\n\n[project]\nname = {:?}\n\
             version = {:?}\ndescription = {:?}\nrequires-python = {:?}\ndependencies = [{}]\n",
            self.name,
            self.version,
            self.summary,
            self.requires_python,
            requires.join(", ")
        );
        let code = format!("{module}/__init__.py");
        let metadata = self.core_metadata();
        let files = [
            ("PKG-INFO", metadata.as_str()),
            ("README.md", self.readme),
            ("pyproject.toml", &project),
            (&code, self.code),
        ];
        (format!("{folder}.tar.gz"), tar_gz(&folder, &files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{npm, sdist, wheel};

    #[test]
    fn what_is_made_here_is_read_back_here() {
        let tarball =
            tar_gz("package", &[("package.json", r#"{"name":"@acme/ui","version":"1.0.0"}"#), ("README.md", "# ui")]);
        let read = npm::read(&tarball).unwrap();
        assert_eq!(
            (read.name.as_str(), read.version.as_str(), read.readme.as_deref()),
            ("@acme/ui", "1.0.0", Some("# ui"))
        );

        let python = Python {
            name: "Acme.Billing",
            version: "2.0",
            summary: "Bills",
            requires_python: ">=3.9",
            requires: &["idna>=3"],
            readme: "# Bills\n",
            code: "",
        };
        let (file, bytes) = python.wheel("py3-none-any");
        assert_eq!(file, "acme_billing-2.0-py3-none-any.whl");
        let from_wheel = wheel::read(&bytes).unwrap();
        let (file, bytes) = python.sdist();
        assert_eq!(file, "acme_billing-2.0.tar.gz");
        assert_eq!(sdist::read(&bytes).unwrap(), from_wheel);
        assert_eq!(from_wheel.metadata.dependencies[0].package, "idna");
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        assert_eq!(tar_gz("a", &[("b", "c")]), tar_gz("a", &[("b", "c")]));
        assert_eq!(zip(&[("b", "c")]), zip(&[("b", "c")]));
    }
}
