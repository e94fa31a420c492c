//! A reader that keeps the first bytes of what passes through it, for a report.

use std::io::{self, Read};

/// Keeps up to `limit` bytes.
pub struct Tee<'a> {
    reader: &'a mut dyn Read,
    limit: usize,
    /// The first bytes.
    pub head: Vec<u8>,
    /// How many bytes were read.
    pub bytes: u64,
}

impl<'a> Tee<'a> {
    pub fn new(reader: &'a mut dyn Read, limit: usize) -> Tee<'a> {
        Tee { reader, limit, head: Vec::new(), bytes: 0 }
    }
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.bytes += n as u64;
        let room = (self.limit - self.head.len()).min(n);
        self.head.extend_from_slice(&buffer[..room]);
        Ok(n)
    }
}
