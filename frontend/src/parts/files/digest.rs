//! The digest of a file, computed piece by piece.
//!
//! The browser's own `crypto.subtle` takes a whole file at once, which a file of gigabytes does not fit.

use js_sys::Uint8Array;
use sha2::{Digest, Sha256};
use wasm_bindgen_futures::JsFuture;

/// Bytes of one piece: large enough that asking for it costs little, small enough for the page to go on meanwhile.
const PIECE: u32 = 4 << 20;

/// The SHA-256 of a file in lower-case hex; none where it cannot be read, or is not wanted any more.
/// `wanted` is told how many bytes are done.
pub async fn sha256(file: &web_sys::Blob, wanted: impl Fn(u64) -> bool) -> Option<String> {
    let (size, mut at, mut hasher) = (file.size(), 0.0, Sha256::new());
    loop {
        let end = f64::min(at + f64::from(PIECE), size);
        let piece = file.slice_with_f64_and_f64(at, end).ok()?;
        let bytes = JsFuture::from(piece.array_buffer()).await.ok()?;
        hasher.update(Uint8Array::new(&bytes).to_vec());
        at = end;
        if at >= size {
            break;
        }
        if !wanted(at as u64) {
            return None;
        }
    }
    Some(hasher.finalize().iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}")))
}
