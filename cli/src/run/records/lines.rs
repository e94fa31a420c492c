//! Records as they come: an input in pieces of whole lines.

use crate::failure::Failure;
use crate::input::file::{BLOCK, read_block};
use crate::input::limited::MAX_UNPACKED;
use crate::messages::{Place, RecordFault};
use crate::run::pauses::Pauses;
use crate::signals::Signals;
use std::io::Read;

/// Bytes of a line at most, since a line is held as a whole: as much as a packed input that is held.
const MAX_LINE: u64 = MAX_UNPACKED;

/// Some lines, each whole.
pub struct Lines {
    pub bytes: Vec<u8>,
    /// Number of the first of them, from 1.
    pub first: u64,
}

/// Reads an input.
pub struct Reader<'a> {
    source: &'a mut dyn Read,
    signals: &'a Signals,
    pauses: Pauses,
    block: Vec<u8>,
    /// The beginning of a line whose end has not come.
    begun: Vec<u8>,
    lines: u64,
    bytes: u64,
    filled: bool,
    ended: bool,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a mut dyn Read, signals: &'a Signals, pauses: Pauses) -> Reader<'a> {
        let (block, begun) = (vec![0; BLOCK], Vec::new());
        Reader { source, signals, pauses, block, begun, lines: 0, bytes: 0, filled: true, ended: false }
    }

    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether the next call may wait for the source.
    pub fn pauses(&self) -> bool {
        self.pauses.after(self.filled)
    }

    /// The next lines, none if the source has given only a part of one; `None` at the end, and where a signal ends the run.
    pub fn next(&mut self) -> Result<Option<Lines>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let read = read_block(self.source, &mut self.block, self.signals);
        if self.signals.caught().is_some() {
            return Ok(None);
        }
        let n = read?;
        self.filled = n == self.block.len();
        self.bytes += n as u64;
        self.ended = n == 0;
        let piece = &self.block[..n];
        let whole = if self.ended { Some(0) } else { memchr::memrchr(b'\n', piece).map(|at| at + 1) };
        let Some(whole) = whole else {
            self.begun.extend_from_slice(piece);
            if self.begun.len() as u64 > MAX_LINE {
                return Err(Failure::input(RecordFault::TooLong { limit: MAX_LINE }).at(Place::Line(self.lines + 1)));
            }
            return Ok(Some(Lines { bytes: Vec::new(), first: self.lines + 1 }));
        };
        let mut bytes = std::mem::take(&mut self.begun);
        bytes.extend_from_slice(&piece[..whole]);
        self.begun.extend_from_slice(&piece[whole..]);
        let first = self.lines + 1;
        self.lines += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Ok(Some(Lines { bytes, first }))
    }
}
