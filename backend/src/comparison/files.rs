//! What differs inside a file that two repositories hold with other bytes.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use shared::api::FileComparisonQuery;
use shared::archive::{ArchiveError, Contents, LARGEST_ARCHIVE};
use shared::comparison::{ArchiveDifference, EntryContent, EntryDifference, FileComparison, Side};
use shared::names::DomainName;
use tokio::sync::Semaphore;

use super::lines;
use crate::codeartifact::CodeArtifact;
use crate::error::{Error, Kind, Result};

/// How many files inside an archive are named.
const MOST_ENTRIES: usize = 500;

/// How many bytes of lines an answer has, about.
const MOST_BYTES: usize = 2 << 20;

/// How long comparing the lines of one answer may take. What is not finished by then is told more coarsely.
const LONGEST: Duration = Duration::from_secs(3);

/// Looks into a file of both sides. `room` is for those who hold whole archives in memory.
///
/// # Errors
/// `NotFound` when a side does not have it. What cannot be looked into is no error, but said in the answer.
pub async fn files(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    query: &FileComparisonQuery,
    room: &Semaphore,
) -> Result<FileComparison> {
    // The semaphore is never closed.
    let _held = room.acquire().await.map_err(Error::unexpected)?;
    let (left, right) = tokio::try_join!(
        bytes(codeartifact, domain, query, &query.left),
        bytes(codeartifact, domain, query, &query.right)
    )?;
    let (left, right) = match (left, right) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(refused), _) | (_, Err(refused)) => return Ok(refused),
    };
    let (name, sides) = (query.asset.to_string(), (query.left.to_string(), query.right.to_string()));
    let work = move || compare(&name, (&sides.0, &left), (&sides.1, &right));
    tokio::task::spawn_blocking(work).await.map_err(Error::unexpected)
}

/// The bytes of the file on one side, or that there are too many of them.
async fn bytes(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    query: &FileComparisonQuery,
    side: &Side,
) -> Result<std::result::Result<Vec<u8>, FileComparison>> {
    let (repository, asset) = (side.repository(), &query.asset);
    let read = codeartifact.get_asset(domain, repository, &query.key(), &query.version, asset, LARGEST_ARCHIVE).await;
    match read {
        Ok(bytes) => Ok(Ok(bytes)),
        Err(error) if error.kind == Kind::TooLarge => {
            let why = format!("{asset} of {repository} is larger than 100 MB, and is not looked into here.");
            Ok(Err(FileComparison::Refused(why)))
        }
        Err(error) => Err(error),
    }
}

/// Compares the two archives, or the two plain files.
fn compare(name: &str, left: (&str, &[u8]), right: (&str, &[u8])) -> FileComparison {
    let refused = |side: &str, error: ArchiveError| {
        FileComparison::Refused(format!("{name} of {side} cannot be looked into. {error}"))
    };
    let of_left = match Contents::read(name, left.1) {
        Ok(contents) => contents,
        Err(error) => return refused(left.0, error),
    };
    let of_right = match Contents::read(name, right.1) {
        Ok(contents) => contents,
        Err(error) => return refused(right.0, error),
    };
    let names: BTreeSet<&String> = of_left.files.keys().chain(of_right.files.keys()).collect();
    let all = names.len();
    let mut unlike = names.into_iter().filter(|name| of_left.files.get(*name) != of_right.files.get(*name));
    let wanted: BTreeSet<String> = unlike.by_ref().take(MOST_ENTRIES).cloned().collect();
    let left_out = unlike.count();
    let texts = Contents::texts(name, left.1, &wanted).map_err(|error| refused(left.0, error));
    let texts = texts.and_then(|texts| {
        let right = Contents::texts(name, right.1, &wanted).map_err(|error| refused(right.0, error))?;
        Ok((texts, right))
    });
    let (left_texts, right_texts) = match texts {
        Ok(texts) => texts,
        Err(refused) => return refused,
    };
    let same = all - wanted.len() - left_out;
    let (deadline, mut room) = (Instant::now() + LONGEST, MOST_BYTES);
    let entries = wanted.into_iter().map(|name| {
        let (left, right) = (of_left.files.get(&name), of_right.files.get(&name));
        // A file that only one side has is compared with nothing; one that both have needs both texts.
        let text = |held: Option<_>, text: Option<&String>| match held {
            None => Some(String::new()),
            Some(_) => text.cloned(),
        };
        let content = match (text(left, left_texts.get(&name)), text(right, right_texts.get(&name))) {
            (Some(before), Some(after)) => {
                let lines = lines::compare(&before, &after, deadline);
                let size = lines.iter().map(lines::size).sum();
                match room.checked_sub(size) {
                    Some(left) => {
                        room = left;
                        EntryContent::Text(lines)
                    }
                    None => EntryContent::LeftOut,
                }
            }
            _ => EntryContent::NotShown,
        };
        EntryDifference { left: left.map(|file| file.0), right: right.map(|file| file.0), name, content }
    });
    FileComparison::Read(ArchiveDifference { entries: entries.collect(), same, left_out })
}

#[cfg(test)]
mod tests {
    use shared::comparison::DiffLine;

    use super::*;

    #[test]
    fn a_plain_text_is_compared_as_one_file() {
        let read = compare("pom.xml", ("a", b"1\n2\n"), ("b", b"1\n3\n"));
        let FileComparison::Read(read) = read else { panic!("{read:?}") };
        let [entry] = read.entries.as_slice() else { panic!("{read:?}") };
        let lines = [DiffLine::Same("1".into()), DiffLine::Removed("2".into()), DiffLine::Added("3".into())];
        assert_eq!(entry.content, EntryContent::Text(lines.to_vec()));
        assert_eq!((entry.left, entry.right, read.same), (Some(4), Some(4), 0));
    }

    #[test]
    fn bytes_that_are_no_text_are_only_told_to_differ() {
        let FileComparison::Read(read) = compare("x.bin", ("a", b"\0"), ("b", b"text")) else { panic!() };
        assert_eq!(read.entries[0].content, EntryContent::NotShown);
    }

    #[test]
    fn what_is_no_archive_is_refused_with_its_side() {
        let FileComparison::Refused(why) = compare("a.tgz", ("left-repo", b"nothing"), ("b", b"")) else { panic!() };
        assert!(why.starts_with("a.tgz of left-repo cannot be looked into. It cannot be read"), "{why}");
    }

    #[test]
    fn an_answer_has_an_end() {
        let long = "x\n".repeat(200_000);
        let FileComparison::Read(read) = compare("a.txt", ("a", long.as_bytes()), ("b", b"y")) else { panic!() };
        assert!(matches!(&read.entries[0].content, EntryContent::Text(lines) if lines.len() <= lines::MOST + 1));
    }
}
