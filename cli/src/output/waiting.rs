//! Targets that may block for ever: the streams of the process, and pipes and devices that are named. Once signals are
//! listened to, nothing is written before its target takes it, and the caller looks for signals while it waits.

use crate::signals::Signals;
use std::fs::File;
use std::io::{self, Write};
#[cfg(unix)]
use std::os::fd::AsFd as Handle;
use std::path::Path;

/// What a target has that the system can be asked about.
#[cfg(not(unix))]
pub trait Handle {}
#[cfg(not(unix))]
impl<T> Handle for T {}

/// A stream of the process.
pub struct Stream<W> {
    stream: W,
    /// `None` for a file, which blocks nobody.
    signals: Option<Signals>,
}

impl<W: Write + Handle> Stream<W> {
    pub fn new(stream: W, signals: &Signals) -> Stream<W> {
        let signals = may_block(&stream).then(|| signals.clone());
        Stream { stream, signals }
    }
}

impl<W: Write + Handle> Write for Stream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.signals.as_ref().filter(|signals| signals.listening()) {
            None => self.stream.write(bytes),
            Some(signals) => {
                let n = wait(&self.stream, bytes.len(), signals)?;
                self.stream.write_all(&bytes[..n])?;
                // What it keeps would be written with the next piece, and be more than there is room for.
                self.stream.flush()?;
                Ok(n)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Whether a stream is not a file.
#[cfg(target_os = "linux")]
fn may_block(stream: &impl Handle) -> bool {
    use rustix::fs::{FileType, fstat};
    fstat(stream).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile)
}

/// Elsewhere nobody is asked: a second signal ends a run that waits.
#[cfg(not(target_os = "linux"))]
fn may_block(_: &impl Handle) -> bool {
    false
}

/// Waits until a target takes some of so many bytes; returns how many it takes without blocking.
///
/// # Errors
/// If a signal came and the target takes nothing. Not `ErrorKind::Interrupted`, which writers try again.
#[cfg(target_os = "linux")]
pub fn wait(target: &impl Handle, bytes: usize, signals: &Signals) -> io::Result<usize> {
    use crate::signals::POLL;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    /// Bytes that a pipe takes at once if it takes any: `PIPE_BUF`.
    const PIECE: usize = 4096;
    loop {
        let ends = signals.caught().is_some();
        let patience = Timespec { tv_sec: 0, tv_nsec: if ends { 0 } else { POLL.subsec_nanos().into() } };
        match poll(&mut [PollFd::new(target, PollFlags::OUT)], Some(&patience)) {
            Ok(0) if ends => return Err(io::ErrorKind::Other.into()),
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            // Of an error the write tells more.
            Ok(_) | Err(_) => return Ok(bytes.min(PIECE)),
        }
    }
}

/// Elsewhere nobody is asked.
#[cfg(not(target_os = "linux"))]
pub fn wait(_: &impl Handle, bytes: usize, _: &Signals) -> io::Result<usize> {
    Ok(bytes)
}

/// Opens a pipe or a device to be written. A pipe waits for its reader.
///
/// # Errors
/// If it cannot be opened, or a signal came before its reader.
pub fn open(path: &Path, signals: &Signals) -> io::Result<File> {
    #[cfg(target_os = "linux")]
    if signals.listening() {
        use crate::signals::POLL;
        use rustix::fs::{OFlags, fcntl_setfl};
        use std::os::unix::fs::OpenOptionsExt;
        let mut options = File::options();
        options.write(true).custom_flags(OFlags::NONBLOCK.bits() as i32);
        loop {
            match options.open(path) {
                // There is no reader yet.
                Err(e) if e.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error()) => {
                    if signals.caught().is_some() {
                        return Err(io::ErrorKind::Other.into());
                    }
                    std::thread::sleep(POLL);
                }
                opened => {
                    let file = opened?;
                    fcntl_setfl(&file, OFlags::empty())?;
                    return Ok(file);
                }
            }
        }
    }
    let _ = signals;
    File::options().write(true).open(path)
}
