//! A reader that keeps what passed through it until it is no longer needed.

use std::cell::RefCell;
use std::io::{self, Read};

/// The bytes that were read and are still needed. The reader fills it while its owner looks at it.
#[derive(Default)]
pub struct Kept {
    bytes: RefCell<Vec<u8>>,
}

/// A reader that adds all it reads to a [`Kept`].
pub struct Recent<'a> {
    reader: &'a mut dyn Read,
    kept: &'a Kept,
}

impl<'a> Recent<'a> {
    pub fn new(reader: &'a mut dyn Read, kept: &'a Kept) -> Recent<'a> {
        Recent { reader, kept }
    }
}

impl Read for Recent<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.kept.bytes.borrow_mut().extend_from_slice(&buffer[..n]);
        Ok(n)
    }
}

impl Kept {
    /// Looks at the bytes. `look` returns how many of the first are not needed any more.
    pub fn take<E>(&self, look: impl FnOnce(&[u8]) -> Result<usize, E>) -> Result<(), E> {
        let mut bytes = self.bytes.borrow_mut();
        let done = look(&bytes)?;
        bytes.drain(..done);
        Ok(())
    }

    /// The bytes that were needed to the end.
    pub fn rest(self) -> Vec<u8> {
        self.bytes.into_inner()
    }
}
