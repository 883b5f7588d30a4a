//! The rules of ARCHITECTURE.md that a program can hold: who may know whom, and how long a file may be.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 350;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Files under a folder of the project with one of these endings: path from the root, and text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "dist", "node_modules"].contains(&name.as_str()) && !name.starts_with('.') {
            collect(&path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push((relative, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Lines of code, numbered: no comments, and no tests at the end of a file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    text[..end].lines().enumerate().map(|(n, line)| (n + 1, line.split("//").next().unwrap_or_default()))
}

/// Asserts that no code under `folder`, save files that `may` lets, holds one of the words.
fn nobody_says(folder: &str, words: &[&str], may: impl Fn(&str) -> bool) {
    let mut breaches = Vec::new();
    for (path, text) in files(folder, &[".rs"]).into_iter().filter(|(path, _)| !may(path)) {
        let said = code(&text).filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        breaches.extend(said.map(|(number, line)| format!("{path}:{number}: {}", line.trim())));
    }
    assert_eq!(breaches, [""; 0]);
}

#[test]
fn only_one_room_knows_the_aws_sdk() {
    nobody_says("backend/src", &["aws_sdk", "aws_config", "aws_smithy", "aws_credential"], |path| {
        path.starts_with("backend/src/codeartifact")
    });
    nobody_says("frontend/src", &["aws_sdk", "aws_config"], |_| false);
    nobody_says("shared/src", &["aws_sdk", "aws_config"], |_| false);
}

#[test]
fn only_one_room_knows_the_databases() {
    nobody_says("backend/src", &["sqlx", "AssertSqlSafe"], |path| {
        path.starts_with("backend/src/store/") || path == "backend/src/store.rs"
    });
    nobody_says("backend/src/store", &["AssertSqlSafe", "QueryBuilder"], |_| false);
    let outer = ["crate::api", "crate::app", "crate::commands", "crate::codeartifact", "crate::promotion"];
    nobody_says("backend/src/store", &outer, |_| false);
}

#[test]
fn only_the_commands_know_the_emulator() {
    nobody_says("backend/src", &["codeartifact_emulator::", "use codeartifact_emulator"], |path| {
        path.starts_with("backend/src/commands/")
            || matches!(path, "backend/src/main.rs" | "backend/src/app.rs" | "backend/src/cli.rs")
    });
}

#[test]
fn shared_and_the_emulator_know_nothing_of_ours() {
    nobody_says("shared/src", &["headwater::", "codeartifact_emulator", "frontend::"], |_| false);
    nobody_says("backend/emulator/src", &["shared::", "headwater::", "frontend::"], |_| false);
    for manifest in ["shared/Cargo.toml", "backend/emulator/Cargo.toml"] {
        let text = fs::read_to_string(root().join(manifest)).unwrap();
        let ours = text
            .lines()
            .filter(|line| line.starts_with("shared") || line.starts_with("headwater") || line.contains("path ="));
        assert_eq!(ours.count(), 0, "{manifest}");
    }
}

#[test]
fn the_back_end_is_known_in_one_direction() {
    let inner = ["crate::api", "crate::app", "crate::commands"];
    nobody_says("backend/src/promotion", &inner, |_| false);
    nobody_says(
        "backend/src/codeartifact",
        &["crate::api", "crate::app", "crate::commands", "crate::promotion", "crate::cache"],
        |_| false,
    );
    nobody_says("backend/src/readme", &inner, |_| false);
    nobody_says(
        "backend/src/guard",
        &["crate::api", "crate::commands", "crate::codeartifact", "crate::promotion"],
        |_| false,
    );
}

#[test]
fn the_front_end_is_known_in_one_direction() {
    nobody_says("frontend/src/ui", &["crate::parts", "crate::pages", "crate::map", "crate::api", "shared::"], |_| {
        false
    });
    nobody_says("frontend/src/ui", &["crate::app"], |_| false);
    nobody_says("frontend/src/parts", &["crate::pages", "crate::map", "crate::app"], |_| false);
    nobody_says("frontend/src/pages", &["crate::app"], |_| false);
    nobody_says("frontend/src/map", &["crate::pages"], |_| false);
}

#[test]
fn a_status_is_chosen_in_one_place() {
    nobody_says("backend/src", &["StatusCode::"], |path| {
        // The files of the page have statuses of their own, and an npm endpoint's are read, not chosen.
        matches!(path, "backend/src/error.rs" | "backend/src/site.rs" | "backend/src/codeartifact/tags.rs")
    });
}

#[test]
fn the_environment_is_read_in_one_place() {
    nobody_says("backend/src", &["env::var", "env!(", "option_env!"], |path| {
        matches!(path, "backend/src/config.rs" | "backend/src/config/store.rs" | "backend/src/site/files.rs")
    });
    // An address is a value; a socket is not.
    let outside =
        ["std::env", "std::fs", "TcpStream", "TcpListener", "UdpSocket", "SocketAddrs", "SystemTime", "Instant"];
    nobody_says("shared/src", &outside, |_| false);
}

#[test]
fn no_html_is_made_from_data() {
    nobody_says("frontend/src", &["inner_html", "set_inner_html", "insert_adjacent_html", "document.write"], |_| false);
}

#[test]
fn colours_stand_in_the_tokens_only() {
    let mut breaches = Vec::new();
    for (path, text) in files("style", &[".css"]).into_iter().filter(|(path, _)| path != "style/tokens.css") {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("/*")) {
            let has_hex = line.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8) && line.contains(':')
            });
            if has_hex || ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|word| line.contains(word)) {
                breaches.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_eq!(breaches, [""; 0]);
}

#[test]
fn files_are_short_and_modules_have_names() {
    let mut breaches = Vec::new();
    for folder in ["shared", "backend", "frontend"] {
        for (path, text) in files(folder, &[".rs"]) {
            if text.lines().count() > LONGEST_FILE {
                breaches.push(format!("{path} has {} lines", text.lines().count()));
            }
            if path.ends_with("/mod.rs") {
                breaches.push(format!("{path} should be named after its module"));
            }
        }
    }
    assert_eq!(breaches, [""; 0]);
}

#[test]
fn nothing_is_left_to_do() {
    let words = ["todo!(", "unimplemented!(", "dbg!(", "TODO", "FIXME", "#[ignore"];
    let mut breaches = Vec::new();
    for folder in ["shared", "backend", "frontend"] {
        for (path, text) in files(folder, &[".rs"]).into_iter().filter(|(path, _)| path != "backend/tests/tidy.rs") {
            let left = text.lines().enumerate().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
            breaches.extend(left.map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim())));
        }
    }
    assert_eq!(breaches, [""; 0]);
}
