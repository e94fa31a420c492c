//! Standard input of the process. Reading may block for ever, so once signals are listened to, a thread reads and the
//! caller looks for signals while it waits.

use crate::signals::Signals;
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use std::io::{self, Read};
use std::time::Duration;

/// Bytes read at a time: the capacity of a pipe on Linux.
const PIECE: usize = 1 << 16;

/// Pieces that wait for the reader at most.
const MAX_WAITING: usize = 4;

/// How often a signal is looked for while nothing comes.
const POLL: Duration = Duration::from_millis(50);

/// Standard input of the process.
pub struct Stdin {
    signals: Signals,
    thread: Option<Pieces>,
}

impl Stdin {
    /// Nothing is read before the first call of `read`.
    pub fn new(signals: Signals) -> Stdin {
        Stdin { signals, thread: None }
    }
}

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.signals.listening() {
            return io::stdin().lock().read(buffer);
        }
        self.thread.get_or_insert_with(Pieces::spawn).read(buffer, &self.signals)
    }
}

/// What comes from the thread that reads.
struct Pieces {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    at: usize,
}

impl Pieces {
    fn spawn() -> Pieces {
        let (sender, pieces) = bounded(MAX_WAITING);
        std::thread::spawn(move || {
            loop {
                let mut piece = vec![0; PIECE];
                let read = match io::stdin().lock().read(&mut piece) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    Ok(0) => break,
                    read => read,
                };
                let failed = read.is_err();
                let sent = sender.send(read.map(|n| {
                    piece.truncate(n);
                    piece
                }));
                if failed || sent.is_err() {
                    break;
                }
            }
        });
        Pieces { pieces, piece: Vec::new(), at: 0 }
    }

    fn read(&mut self, buffer: &mut [u8], signals: &Signals) -> io::Result<usize> {
        while self.at == self.piece.len() {
            match self.pieces.recv_timeout(POLL) {
                Ok(piece) => (self.piece, self.at) = (piece?, 0),
                // Not `ErrorKind::Interrupted`, which readers try again.
                Err(RecvTimeoutError::Timeout) if signals.caught().is_some() => {
                    return Err(io::ErrorKind::Other.into());
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
