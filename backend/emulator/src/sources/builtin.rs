//! A few packages that the crate makes itself, so that a first `npm install` or `pip install` works with no network.
//!
//! They carry the names that people try first. They are not those packages: each says so in its description and its readme.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::integrity::integrity;
use super::{CrateFile, NpmDocument, PypiFile, crates};
use crate::archive::make::{Python, tar_gz};
use crate::rules::content::hashes;

/// Name, versions, dependencies, source of `index.js`.
type NpmStandIn = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)], &'static str);

const NPM: [NpmStandIn; 5] = [
    (
        "lodash",
        &["4.17.20", "4.17.21"],
        &[],
        "exports.chunk = (list, size) => list.length ? [list.slice(0, size), ...exports.chunk(list.slice(size), size)] : [];\n",
    ),
    (
        "left-pad",
        &["1.2.0", "1.3.0"],
        &[],
        "module.exports = (text, length, fill = ' ') => String(text).padStart(length, fill);\n",
    ),
    (
        "express",
        &["4.20.0", "4.21.2"],
        &[("accepts", "~1.3.8")],
        "module.exports = () => ({ accepts: require('accepts') });\n",
    ),
    (
        "accepts",
        &["1.3.8"],
        &[("mime-types", "^2.1.0")],
        "module.exports = (header, type) => String(header).includes(type);\n",
    ),
    (
        "mime-types",
        &["2.1.35"],
        &[],
        "exports.lookup = (path) => path.endsWith('.json') ? 'application/json' : false;\n",
    ),
];

/// Name, versions, `Requires-Dist`, source of the module.
type PythonStandIn = (&'static str, &'static [&'static str], &'static [&'static str], &'static str);

const PYTHON: [PythonStandIn; 6] = [
    (
        "requests",
        &["2.31.0", "2.32.3"],
        &["charset_normalizer (<4,>=2)", "idna (<4,>=2.5)", "urllib3 (<3,>=1.21.1)", "certifi>=2017.4.17"],
        "import certifi, charset_normalizer, idna, urllib3\n",
    ),
    ("charset-normalizer", &["3.4.0"], &[], ""),
    ("idna", &["3.10"], &[], ""),
    ("urllib3", &["2.2.3"], &[], ""),
    ("certifi", &["2024.8.30"], &[], ""),
    ("six", &["1.16.0", "1.17.0"], &[], "PY3 = True\n"),
];

/// When the stand-ins were "published"; fixed, so that two runs tell the same.
const PUBLISHED: &str = "2024-11-04T09:00:00.000Z";

/// The packages that the crate makes itself.
pub(crate) struct Builtin {
    npm: BTreeMap<&'static str, NpmDocument>,
    pypi: BTreeMap<&'static str, Vec<PypiFile>>,
    cargo: BTreeMap<String, Vec<CrateFile>>,
    files: BTreeMap<String, Bytes>,
}

/// The one set, made when first asked for.
pub(crate) fn builtin() -> &'static Builtin {
    static BUILTIN: OnceLock<Builtin> = OnceLock::new();
    BUILTIN.get_or_init(Builtin::make)
}

impl Builtin {
    /// The packument of a stand-in.
    pub(crate) fn npm(&self, name: &str) -> Option<NpmDocument> {
        self.npm.get(name).cloned()
    }

    /// The files of a Python stand-in.
    pub(crate) fn pypi(&self, name: &str) -> Option<Vec<PypiFile>> {
        self.pypi.get(name).cloned()
    }

    /// The versions of a stand-in for a crate.
    pub(crate) fn cargo(&self, name: &str) -> Option<Vec<CrateFile>> {
        self.cargo.get(name).cloned()
    }

    /// The bytes of a file that the others named.
    pub(crate) fn file(&self, url: &str) -> Option<Bytes> {
        self.files.get(url).cloned()
    }

    fn make() -> Self {
        let mut made =
            Self { npm: BTreeMap::new(), pypi: BTreeMap::new(), cargo: BTreeMap::new(), files: BTreeMap::new() };
        for stand_in in NPM {
            let document = made.npm_document(stand_in);
            made.npm.insert(stand_in.0, document);
        }
        for stand_in in PYTHON {
            let files = made.python_files(stand_in);
            made.pypi.insert(stand_in.0, files);
        }
        for (one, bytes) in crates::made() {
            made.files.insert(one.url.clone(), bytes);
            let name = one.line["name"].as_str().unwrap_or_default().to_owned();
            made.cargo.entry(name).or_default().push(one);
        }
        made
    }

    fn npm_document(&mut self, (name, versions, dependencies, code): NpmStandIn) -> NpmDocument {
        let mut document = NpmDocument { readme: Some(readme(name)), ..NpmDocument::default() };
        for version in versions {
            let needed: Map<String, Value> =
                dependencies.iter().map(|(name, range)| ((*name).to_owned(), json!(range))).collect();
            let mut manifest = json!({
                "name": name, "version": version, "description": description(name), "license": "MIT", "main": "index.js", "dependencies": needed,
            });
            let files =
                [("package.json", manifest.to_string()), ("index.js", code.to_owned()), ("README.md", readme(name))];
            let tarball = tar_gz("package", &files.each_ref().map(|(path, text)| (*path, text.as_str())));
            let digests = hashes(&tarball);
            let url = format!("builtin:npm/{name}/{version}");
            manifest["dist"] = json!({ "shasum": digests.sha1, "integrity": integrity(&digests), "tarball": url });
            self.files.insert(url, tarball);
            document.versions.insert((*version).to_owned(), manifest);
            document.time.insert((*version).to_owned(), json!(PUBLISHED));
            document.dist_tags.insert("latest".to_owned(), (*version).to_owned());
        }
        document
    }

    fn python_files(&mut self, (name, versions, requires, code): PythonStandIn) -> Vec<PypiFile> {
        let (summary, readme) = (description(name), readme(name));
        let mut files = Vec::new();
        for version in versions {
            let python =
                Python { name, version, summary: &summary, requires_python: ">=3.8", requires, readme: &readme, code };
            for (file, bytes) in [python.wheel("py3-none-any"), python.sdist()] {
                let url = format!("builtin:pypi/{file}");
                files.push(PypiFile {
                    name: file,
                    url: url.clone(),
                    sha256: Some(hashes(&bytes).sha256),
                    requires_python: Some(">=3.8".to_owned()),
                    yanked: None,
                    uploaded: Some(PUBLISHED.to_owned()),
                    size: Some(bytes.len() as u64),
                });
                self.files.insert(url, bytes);
            }
        }
        files
    }
}

fn description(name: &str) -> String {
    format!("A stand-in for {name}, made by the CodeArtifact emulator. Not the real package.")
}

fn readme(name: &str) -> String {
    format!(
        "# {name} (stand-in)\n\nThis is **not** the real `{name}`. The CodeArtifact emulator makes this package itself, so that an install \
         works without a network.\nName a source for the external connection to get the real one.\n"
    )
}
