//! Sources that may block for ever: standard input of the process, and pipes and devices that are named. Once signals are
//! listened to, a thread reads and the caller looks for signals while it waits.

use crate::signals::{POLL, Signals};
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes read at a time: the capacity of a pipe on Linux.
const PIECE: usize = 1 << 16;

/// Pieces that wait for the reader at most.
const MAX_WAITING: usize = 4;

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
        self.thread.get_or_insert_with(|| Pieces::of(|| Ok(io::stdin()))).read(buffer, &self.signals)
    }
}

/// A pipe or a device that the user named. It is opened in the thread as well: opening a pipe waits for its writer.
pub struct Special {
    signals: Signals,
    thread: Pieces,
}

impl Special {
    /// The file at this path.
    pub fn open(path: &Path, signals: &Signals) -> Special {
        let path = path.to_path_buf();
        Special { signals: signals.clone(), thread: Pieces::of(move || File::open(path)) }
    }
}

impl Read for Special {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.thread.read(buffer, &self.signals)
    }
}

/// What comes from the thread that reads.
struct Pieces {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    at: usize,
}

impl Pieces {
    fn of<R: Read>(open: impl FnOnce() -> io::Result<R> + Send + 'static) -> Pieces {
        let (sender, pieces) = bounded(MAX_WAITING);
        std::thread::spawn(move || {
            let mut reader = match open() {
                Ok(reader) => reader,
                Err(error) => {
                    let _ = sender.send(Err(error));
                    return;
                }
            };
            loop {
                let mut piece = vec![0; PIECE];
                let read = match reader.read(&mut piece) {
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
