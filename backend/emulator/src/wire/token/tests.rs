use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::{Clock, Options};

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn a_token_opens_its_domain_and_no_other() {
    let emulator = Emulator::new(Options::default());
    let (token, _) = issue(&emulator, "acme", HOUR);
    assert_eq!(check(&emulator, "acme", &token), Ok(()));
    assert_eq!(check(&emulator, "other", &token), Err(TokenFault::Invalid));
}

#[test]
fn a_token_of_another_emulator_is_refused() {
    let (one, other) = (Emulator::new(Options::default()), Emulator::new(Options::default()));
    let (token, _) = issue(&one, "acme", HOUR);
    assert_eq!(check(&other, "acme", &token), Err(TokenFault::Invalid));
}

#[test]
fn no_character_of_a_token_can_be_changed() {
    let emulator = Emulator::new(Options::default());
    let (token, _) = issue(&emulator, "acme", HOUR);
    for place in 0..token.len() {
        let mut altered = token.clone().into_bytes();
        altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        assert_eq!(check(&emulator, "acme", &altered), Err(TokenFault::Invalid), "{place}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let emulator = Emulator::new(Options::default());
    assert_eq!(check(&emulator, "acme", ""), Err(TokenFault::Missing));
    for token in ["x", ".", "a.b", "eyJ2ZXI"] {
        assert_eq!(check(&emulator, "acme", token), Err(TokenFault::Invalid), "{token}");
    }
}

#[test]
fn a_token_lives_until_its_last_second() {
    let seconds = Arc::new(AtomicU64::new(1_000_000));
    let told = seconds.clone();
    let clock = Clock::new(move || UNIX_EPOCH + Duration::from_secs(told.load(Ordering::SeqCst)));
    let emulator = Emulator::new(Options { clock, ..Options::default() });
    let (token, expires) = issue(&emulator, "acme", HOUR);
    assert_eq!(expires, UNIX_EPOCH + Duration::from_secs(1_003_600));
    seconds.store(1_003_599, Ordering::SeqCst);
    assert_eq!(check(&emulator, "acme", &token), Ok(()));
    seconds.store(1_003_600, Ordering::SeqCst);
    assert_eq!(check(&emulator, "acme", &token), Err(TokenFault::Expired));
}
