//! Random values: keys, identifiers, revisions.

/// `N` bytes from the system's random source.
///
/// # Panics
/// When the system has none. A key that is not random would be worse than no emulator.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        panic!("the system's random source cannot be read: {error}");
    }
    bytes
}

/// `length` capital letters and digits of the alphabet that access key ids use (RFC 4648 base 32).
pub(crate) fn upper(length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    (0..length).map(|_| char::from(ALPHABET[usize::from(bytes::<1>()[0] % 32)])).collect()
}

/// A random UUID (version 4, RFC 9562), as AWS uses for request ids.
pub(crate) fn uuid() -> String {
    let mut bytes = bytes::<16>();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex::encode(bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
