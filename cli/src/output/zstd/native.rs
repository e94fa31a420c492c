//! The C library.

use std::io::{self, Write};

/// Packs what is written into one frame.
pub struct ZstdWriter<W: Write + Send + 'static>(zstd::Encoder<'static, W>);

impl<W: Write + Send + 'static> ZstdWriter<W> {
    /// Begins the frame.
    pub fn new(target: W) -> io::Result<ZstdWriter<W>> {
        let mut encoder = zstd::Encoder::new(target, zstd::DEFAULT_COMPRESSION_LEVEL)?;
        encoder.include_checksum(true)?;
        Ok(ZstdWriter(encoder))
    }

    /// Ends the frame and gives the target back.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

impl<W: Write + Send + 'static> Write for ZstdWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
