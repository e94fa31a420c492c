//! Zstandard files: any number of frames one after the other (as `pzstd` and `cat a.zst b.zst` write them), with
//! skippable frames between them, each with its checksum. The reader of `ruzstd` stops after the first frame.

use crate::messages::Packed;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read};

/// Reads all frames of a source.
pub struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    /// Whether a frame has begun and not ended.
    open: bool,
    /// Whether there was a frame.
    began: bool,
}

impl<R: BufRead> Frames<R> {
    /// Of a source from its beginning.
    pub fn new(source: R) -> Frames<R> {
        Frames { source, decoder: FrameDecoder::new(), open: false, began: false }
    }

    /// Begins the next frame; `false` at the end.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return if self.began { Ok(false) } else { Err(cut_off()) };
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    (self.open, self.began) = (true, true);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    if io::copy(&mut self.source.by_ref().take(length), &mut io::sink())? < length {
                        return Err(cut_off());
                    }
                    self.began = true;
                }
                Err(_) if self.began => return Err(damaged(Packed::NotZstdAfterFrame)),
                Err(_) => return Err(damaged(Packed::NotZstd)),
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() && (self.open || self.begin()?) {
            while self.decoder.can_collect() < buffer.len() && !self.decoder.is_finished() {
                let wanted = BlockDecodingStrategy::UptoBytes(buffer.len() - self.decoder.can_collect());
                self.decoder.decode_blocks(&mut self.source, wanted).map_err(|_| damaged(Packed::Damaged))?;
            }
            let n = self.decoder.read(buffer)?;
            if n > 0 {
                return Ok(n);
            }
            self.open = false;
            let sums = self.decoder.get_checksum_from_data().zip(self.decoder.get_calculated_checksum());
            if sums.is_some_and(|(written, found)| written != found) {
                return Err(damaged(Packed::Checksum));
            }
        }
        Ok(0)
    }
}

fn damaged(fault: Packed) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault)
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, Packed::NotZstd)
}
