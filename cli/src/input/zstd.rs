//! Zstandard files: any number of frames one after the other (as `pzstd` and `cat a.zst b.zst` write them), with
//! skippable frames between them, each with its checksum. The reader of `ruzstd` stops after the first frame.

use super::counted::Counted;
use crate::messages::Packed;
use ruzstd::decoding::errors::{FrameDecoderError, FrameHeaderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read};

/// The largest window, in bytes: what `zstd` accepts without `--long` or `--memory`. A window is held in memory.
pub const MAX_WINDOW: u64 = 128 << 20;

/// Reads all frames of a source.
pub struct Frames<R> {
    source: Counted<R>,
    decoder: FrameDecoder,
    /// Whether a frame has begun and not ended.
    open: bool,
    /// Whether there was a frame.
    began: bool,
}

impl<R: BufRead> Frames<R> {
    /// Of a source from its beginning.
    pub fn new(source: R) -> Frames<R> {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW);
        Frames { source: Counted::new(source), decoder, open: false, began: false }
    }

    /// Begins the next frame; `false` at the end.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            match self.source.fill_buf() {
                Ok([]) if self.began => return Ok(false),
                Ok([]) => return Err(self.source.fault(|_| Packed::NotZstd)),
                Ok(_) => {}
                Err(_) => return Err(self.source.fault(|byte| Packed::DamagedZstd { byte })),
            }
            let start = self.source.at;
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    (self.open, self.began) = (true, true);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink());
                    if skipped.is_err() || skipped.is_ok_and(|n| n < length) {
                        return Err(self.source.fault(|byte| Packed::DamagedZstd { byte }));
                    }
                    self.began = true;
                }
                Err(error) => return Err(self.not_a_frame(start, &error)),
            }
        }
    }

    /// Why no frame begins at byte `start`.
    fn not_a_frame(&mut self, start: u64, error: &FrameDecoderError) -> io::Error {
        let fault = match error {
            FrameDecoderError::WindowSizeTooBig { requested: window, .. }
            | FrameDecoderError::FrameHeaderError(FrameHeaderError::WindowTooBig { got: window }) => {
                Packed::Window { byte: start, window: *window, limit: MAX_WINDOW }
            }
            FrameDecoderError::DictNotProvided { dict_id } => Packed::Dictionary { byte: start, id: *dict_id },
            _ if self.began => Packed::NotZstdAfterFrame { byte: start },
            _ => Packed::NotZstd,
        };
        self.source.fault(|_| fault)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() && (self.open || self.begin()?) {
            while self.decoder.can_collect() < buffer.len() && !self.decoder.is_finished() {
                let wanted = BlockDecodingStrategy::UptoBytes(buffer.len() - self.decoder.can_collect());
                let decoded = self.decoder.decode_blocks(&mut self.source, wanted);
                if decoded.is_err() {
                    return Err(self.source.fault(|byte| Packed::DamagedZstd { byte }));
                }
            }
            let n = self.decoder.read(buffer)?;
            if n > 0 {
                return Ok(n);
            }
            self.open = false;
            let sums = self.decoder.get_checksum_from_data().zip(self.decoder.get_calculated_checksum());
            if sums.is_some_and(|(written, found)| written != found) {
                return Err(self.source.fault(|byte| Packed::Checksum { byte }));
            }
        }
        Ok(0)
    }
}
