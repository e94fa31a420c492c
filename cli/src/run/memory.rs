//! What a worker keeps from file to file, so that a small file costs little beside its cleaning.

use crate::cli::settings::Setting;
use crate::input::file::BLOCK;
use qingyang::{Encoding, Stream};

/// A stream with its buffers, and the setting that it was made for.
#[derive(Default)]
pub struct Memory {
    last: Option<(Made, Stream)>,
    block: Vec<u8>,
}

/// What makes one stream differ from another.
#[derive(PartialEq, Eq)]
struct Made {
    fingerprint: String,
    encoding: Option<Encoding>,
    lossy: bool,
}

impl Made {
    fn of(setting: &Setting) -> Made {
        Made { fingerprint: setting.fingerprint.clone(), encoding: setting.encoding, lossy: setting.lossy }
    }
}

impl Memory {
    /// A stream at the beginning of an input.
    pub fn stream(&mut self, setting: &Setting) -> Stream {
        match self.last.take() {
            Some((made, mut stream)) if made == Made::of(setting) => {
                stream.begin_again();
                stream
            }
            _ => Stream::new(setting.options.clone(), setting.encoding, setting.lossy),
        }
    }

    /// Keeps a stream for the next input.
    pub fn keep(&mut self, setting: &Setting, stream: Stream) {
        self.last = Some((Made::of(setting), stream));
    }

    /// A block to read into.
    pub fn block(&mut self) -> Vec<u8> {
        let mut block = std::mem::take(&mut self.block);
        block.resize(BLOCK, 0);
        block
    }

    /// Keeps the block.
    pub fn keep_block(&mut self, block: Vec<u8>) {
        self.block = block;
    }
}
