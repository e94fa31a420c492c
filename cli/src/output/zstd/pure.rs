//! The encoder of `ruzstd`. It takes what it packs from a reader, until the reader ends, and it panics if its target
//! fails. So it runs in a thread that is fed through a channel, and its target keeps the error.

use crate::messages::Packed;
use crossbeam_channel::{Receiver, Sender, bounded};
use ruzstd::encoding::{CompressionLevel, FrameCompressor};
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};

/// Bytes handed over at a time: a block of the encoder.
const PIECE: usize = 128 << 10;

/// Pieces that wait for the encoder at most.
const MAX_WAITING: usize = 2;

/// Packs what is written into one frame.
pub struct ZstdWriter<W> {
    piece: Vec<u8>,
    /// `None` after the end.
    pieces: Option<Sender<Vec<u8>>>,
    /// Set when the target has failed.
    failed: Arc<AtomicBool>,
    thread: Option<JoinHandle<Option<Target<W>>>>,
}

impl<W: Write + Send + 'static> ZstdWriter<W> {
    /// Begins the frame.
    pub fn new(target: W) -> io::Result<ZstdWriter<W>> {
        let (sender, pieces) = bounded(MAX_WAITING);
        let failed = Arc::new(AtomicBool::new(false));
        let target = Target { target, error: None, failed: Arc::clone(&failed) };
        let thread = Builder::new().spawn(move || {
            let mut encoder = FrameCompressor::new(CompressionLevel::Fastest);
            encoder.set_source(Pieces { pieces, piece: Vec::new(), at: 0 });
            encoder.set_drain(target);
            encoder.compress();
            encoder.take_drain()
        })?;
        Ok(ZstdWriter { piece: Vec::with_capacity(PIECE), pieces: Some(sender), failed, thread: Some(thread) })
    }

    /// Ends the frame and gives the target back.
    pub fn finish(mut self) -> io::Result<W> {
        self.hand_over()?;
        let Target { target, error, .. } = self.end()?;
        error.map_or(Ok(target), Err)
    }

    /// Gives the encoder what has been collected.
    fn hand_over(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let sent = self.pieces.as_ref().is_some_and(|pieces| piece.is_empty() || pieces.send(piece).is_ok());
        if sent && !self.failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(self.end()?.error.unwrap_or_else(|| io::ErrorKind::BrokenPipe.into()))
    }

    /// Waits for the encoder.
    fn end(&mut self) -> io::Result<Target<W>> {
        self.pieces = None;
        let target = self.thread.take().and_then(|thread| thread.join().ok()).flatten();
        target.ok_or_else(|| io::Error::other(Packed::Encoder))
    }
}

impl<W: Write + Send + 'static> Write for ZstdWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() == PIECE {
            self.hand_over()?;
        }
        let n = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..n]);
        Ok(n)
    }

    /// What has been collected stays: a frame cannot be read before its block is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W> Drop for ZstdWriter<W> {
    fn drop(&mut self) {
        self.pieces = None;
        // The temporary file is removed next, so nothing may write to it any more.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// The source of the encoder.
struct Pieces {
    pieces: Receiver<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() {
            (self.piece, self.at) = (self.pieces.recv().unwrap_or_default(), 0);
        }
        let n = buffer.len().min(self.piece.len() - self.at);
        buffer[..n].copy_from_slice(&self.piece[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// The target of the encoder. After an error it takes everything and writes nothing.
struct Target<W> {
    target: W,
    error: Option<io::Error>,
    failed: Arc<AtomicBool>,
}

impl<W: Write> Write for Target<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.error.is_none()
            && let Err(error) = self.target.write_all(bytes)
        {
            self.error = Some(error);
            self.failed.store(true, Ordering::Relaxed);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
