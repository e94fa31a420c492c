//! What the writer of a table has written and the output has not taken yet: a column of a row group at most.

use crate::failure::{Failure, unwritten};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Takes bytes. Its clones share them, because the writer keeps one.
#[derive(Clone, Default)]
pub struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    /// Hands the bytes on to the output.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn drain(&self, output: &mut dyn Write) -> Result<(), Failure> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        output.write_all(&bytes).map_err(unwritten)?;
        bytes.clear();
        Ok(())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
