//! Text that waits for its turn: short texts in memory, longer ones in a temporary file.

use crate::failure::{Failure, unwritten};
use std::io::{self, Seek, Write};
use tempfile::SpooledTempFile;

/// Bytes that a text may have in memory. A batch keeps the texts of some hundred inputs.
const IN_MEMORY: usize = 1 << 17;

/// A text in the making.
pub struct Spool {
    file: SpooledTempFile,
    /// Whether it has text. Most have none, and a copy of nothing costs as much as one of 8 KiB.
    any: bool,
}

impl Default for Spool {
    fn default() -> Spool {
        Spool { file: SpooledTempFile::new(IN_MEMORY), any: false }
    }
}

impl Spool {
    /// Moves the text to a writer. The spool is empty then.
    ///
    /// # Errors
    /// If the temporary file cannot be read; `out` has an error of its own.
    pub fn move_to(&mut self, out: &mut dyn Write) -> Result<(), Failure> {
        if !self.any {
            return Ok(());
        }
        self.file.rewind().map_err(unwritten)?;
        io::copy(&mut self.file, out).map_err(unwritten)?;
        *self = Spool::default();
        Ok(())
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.any = true;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_length_is_moved_once() {
        for len in [0, 3, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY] {
            let text: Vec<u8> = (0..len).map(|n| (n % 251) as u8).collect();
            let (mut spool, mut out) = (Spool::default(), Vec::new());
            text.chunks(1000).for_each(|piece| spool.write_all(piece).expect("a writable temporary folder"));
            spool.move_to(&mut out).expect("readable");
            spool.move_to(&mut out).expect("readable");
            assert!(out == text, "{len} bytes");
        }
    }
}
