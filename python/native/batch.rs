//! Many texts on several threads, without the lock of the interpreter. The calling thread waits and looks for Ctrl-C.
//!
//! The threads live as long as the call. Threads that are kept would be missing in a process that was forked, as
//! `multiprocessing` and Spark do.

use crate::errors::{option, wrong_type};
use crate::pool::{Pool, Taken};
use pyo3::prelude::*;
use qingyang::Cleaner;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Rows that a thread takes at a time: 20 ms of pages of 6 KB, so that Ctrl-C is heard at once.
const PIECE: usize = 256;

/// How often the calling thread looks for signals.
const POLL: Duration = Duration::from_millis(50);

/// Threads at most, as for `--jobs`.
const MAX_THREADS: usize = 1024;

/// The number of threads that was asked for; by default that of the cores this process may use.
pub fn threads(given: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
    let Some(given) = given.filter(|given| !given.is_none()) else {
        return Ok(thread::available_parallelism().map_or(1, NonZeroUsize::get));
    };
    let wrong = || wrong_type("threads", "int or None", given);
    let count: i64 = given.extract().map_err(|_| wrong())?;
    let fits = usize::try_from(count).ok().filter(|n| (1..=MAX_THREADS).contains(n));
    fits.ok_or_else(|| option("threads", format!("expected a number from 1 to {MAX_THREADS}, not {count}")))
}

/// Does the work on all rows, piece by piece, and returns the results in the order of the rows.
///
/// # Errors
/// What a handler of a signal raised: `KeyboardInterrupt` after Ctrl-C. The rows in hand are finished first.
pub fn run<T: Send>(
    py: Python<'_>,
    pool: &Pool<Cleaner>,
    rows: usize,
    threads: usize,
    work: impl Fn(&mut Taken<'_, Cleaner>, Range<usize>) -> T + Sync,
) -> PyResult<Vec<T>> {
    let pieces = rows.div_ceil(PIECE);
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let worker = |sender: mpsc::Sender<(usize, T)>| {
        let mut cleaner = pool.take();
        while !stopped.load(Ordering::Relaxed) {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces {
                break;
            }
            let range = piece * PIECE..rows.min((piece + 1) * PIECE);
            let _ = sender.send((piece, work(&mut cleaner, range)));
        }
    };
    py.detach(|| {
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..threads.min(pieces) {
                let sender = sender.clone();
                scope.spawn(|| worker(sender));
            }
            drop(sender);
            let mut done: Vec<Option<T>> = (0..pieces).map(|_| None).collect();
            let mut looked = Instant::now();
            loop {
                match receiver.recv_timeout(POLL) {
                    Ok((piece, result)) => done[piece] = Some(result),
                    Err(RecvTimeoutError::Disconnected) => break Ok(done.into_iter().flatten().collect()),
                    Err(RecvTimeoutError::Timeout) => {}
                }
                if looked.elapsed() < POLL {
                    continue;
                }
                looked = Instant::now();
                if let Err(raised) = Python::attach(|py| py.check_signals()) {
                    stopped.store(true, Ordering::Relaxed);
                    break Err(raised);
                }
            }
        })
    })
}
