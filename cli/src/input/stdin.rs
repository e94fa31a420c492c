//! Standard input where a signal must be heard: reading may wait for ever, so a thread of its own does it.

use crate::signals;
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use std::io::{self, Read};
use std::time::Duration;

/// Bytes read at a time: what a pipe holds.
const PIECE: usize = 1 << 16;

/// How often a signal is looked for while nothing comes.
const LOOK: Duration = Duration::from_millis(50);

/// What comes from the thread that reads.
pub struct Waiting {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    at: usize,
}

impl Waiting {
    /// Begins to read.
    pub fn new() -> Waiting {
        let (give, pieces) = bounded(4);
        std::thread::spawn(move || {
            loop {
                let mut piece = vec![0; PIECE];
                let read = match io::stdin().lock().read(&mut piece) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    Ok(0) => break,
                    read => read,
                };
                let failed = read.is_err();
                let sent = give.send(read.map(|n| {
                    piece.truncate(n);
                    piece
                }));
                if failed || sent.is_err() {
                    break;
                }
            }
        });
        Waiting { pieces, piece: Vec::new(), at: 0 }
    }
}

impl Read for Waiting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            match self.pieces.recv_timeout(LOOK) {
                Ok(piece) => (self.piece, self.at) = (piece?, 0),
                // Not of the kind that is tried again.
                Err(RecvTimeoutError::Timeout) if signals::caught().is_some() => {
                    return Err(io::Error::other("interrupted"));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
        let n = buffer.len().min(self.piece.len() - self.at);
        buffer[..n].copy_from_slice(&self.piece[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
