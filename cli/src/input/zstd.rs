//! Zstandard as files hold it: any number of frames one behind the other (`pzstd`, `cat a.zst b.zst`), skippable ones
//! among them, each with its checksum. `ruzstd`'s own reader stops behind the first.

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read};

/// Reads all frames of a source.
pub struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    /// Whether a frame is at hand.
    open: bool,
    /// Whether there was one.
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
                Err(_) if self.began => return Err(damaged("what follows its last whole frame is no zstd")),
                Err(_) => return Err(damaged("not a zstd file, or one that is cut off")),
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() && (self.open || self.begin()?) {
            while self.decoder.can_collect() < buffer.len() && !self.decoder.is_finished() {
                let wanted = BlockDecodingStrategy::UptoBytes(buffer.len() - self.decoder.can_collect());
                self.decoder
                    .decode_blocks(&mut self.source, wanted)
                    .map_err(|_| damaged("the zstd stream is damaged or cut off"))?;
            }
            let n = self.decoder.read(buffer)?;
            if n > 0 {
                return Ok(n);
            }
            self.open = false;
            let sums = self.decoder.get_checksum_from_data().zip(self.decoder.get_calculated_checksum());
            if sums.is_some_and(|(said, is)| said != is) {
                return Err(damaged("the zstd stream is damaged: its checksum does not fit"));
            }
        }
        Ok(0)
    }
}

fn damaged(said: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, said)
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "not a zstd file, or one that is cut off")
}
