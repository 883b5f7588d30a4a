//! Randomness from the operating system.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Random bytes.
///
/// # Panics
/// When the operating system has no randomness to give: nothing here may go on without it.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "a server that cannot make secrets must not serve")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// `2 * N` random hexadecimal digits.
pub fn hex<const N: usize>() -> String {
    bytes::<N>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A secret of 256 bits, 43 characters that need no escaping in an address.
pub fn secret() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}
