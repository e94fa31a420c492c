//! A packed source that knows how far it has been read, so that damage can be placed.

use std::io::{self, BufRead, Read};

/// Counts the bytes that were taken from a source, and keeps the error of the system: the decoders report it as damage.
pub struct Counted<R> {
    source: R,
    /// Bytes taken.
    pub at: u64,
    error: Option<io::Error>,
}

impl<R: BufRead> Counted<R> {
    /// Of a source from its beginning.
    pub fn new(source: R) -> Counted<R> {
        Counted { source, at: 0, error: None }
    }

    /// The error of the system, if there was one; otherwise `damage` at the place where the source stands.
    pub fn fault<F>(&mut self, damage: impl FnOnce(u64) -> F) -> io::Error
    where
        F: std::error::Error + Send + Sync + 'static,
    {
        self.error.take().unwrap_or_else(|| io::Error::new(io::ErrorKind::InvalidData, damage(self.at)))
    }

    /// Keeps an error of the source and passes on its kind.
    fn keep(&mut self, error: io::Error) -> io::Error {
        let kind = error.kind();
        if kind != io::ErrorKind::Interrupted {
            self.error = Some(error);
        }
        kind.into()
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.source.read(buffer) {
            Ok(n) => {
                self.at += n as u64;
                Ok(n)
            }
            Err(e) => Err(self.keep(e)),
        }
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // Asked twice, because the answer borrows the source; the second call finds the bytes of the first.
        if let Err(e) = self.source.fill_buf() {
            return Err(self.keep(e));
        }
        self.source.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.at += n as u64;
        self.source.consume(n);
    }
}
