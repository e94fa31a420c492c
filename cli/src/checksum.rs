//! A checksum that tells equal bytes from changed ones and means the same in every build: it stays in manifests. It is no
//! proof against an attacker; `digest` is.

use twox_hash::XxHash3_128;

/// The checksum of bytes that come piece by piece (XXH3, 128 bits).
#[derive(Default)]
pub struct Checksum(XxHash3_128);

impl Checksum {
    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The checksum of several checksums.
    pub fn of_all(checksums: &[String]) -> String {
        let mut all = Checksum::default();
        checksums.iter().for_each(|one| all.add(one.as_bytes()));
        all.finish()
    }

    /// In hexadecimal digits.
    pub fn finish(&self) -> String {
        format!("{:032x}", self.0.finish_128())
    }
}
