//! SHA-256, in hexadecimal digits.

use sha2::{Digest as _, Sha256};

/// The digest of bytes that come piece by piece.
pub struct Digest(Sha256);

impl Digest {
    /// Of no bytes yet.
    pub fn new() -> Digest {
        Digest(Sha256::new())
    }

    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest.
    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> String {
        let mut digest = Digest::new();
        digest.add(bytes);
        digest.finish()
    }
}
