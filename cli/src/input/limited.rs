//! The limit for packed inputs that a mode holds as a whole. A few kilobytes can unpack to gigabytes, so the size of the
//! file says nothing of the memory that it needs.

use crate::messages::Packed;
use std::io::{self, Read};

/// Bytes that the packed inputs of a mode may unpack to, if the mode holds them as a whole: ten thousand times a page of
/// a newspaper. A plain file has no limit, because its size says what it needs.
pub const MAX_UNPACKED: u64 = 256 << 20;

/// A reader that fails where its source goes on after the limit.
pub struct Limited<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Limited<R> {
    /// With so many bytes of [`MAX_UNPACKED`] left.
    pub fn new(reader: R, left: u64) -> Limited<R> {
        Limited { reader, left }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        let too_large = || io::Error::new(io::ErrorKind::InvalidData, Packed::TooLarge { limit: MAX_UNPACKED });
        self.left = self.left.checked_sub(n as u64).ok_or_else(too_large)?;
        Ok(n)
    }
}
