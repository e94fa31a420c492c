//! Workers that share the pieces of one input. Their results come back in the order of the pieces.

use super::in_order::InOrder;
use crate::failure::Failure;
use crate::messages::Action;
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

/// Bytes of an input from which it is shared: starting threads costs as much as cleaning some thousand bytes.
pub const SHARED_FROM: u64 = 1 << 18;

/// Pieces under way for each worker: one that it works on and one that waits for it, so that memory stays bounded.
const PIECES_OF_WORKER: usize = 2;

/// How many workers there are for one input.
pub fn workers(jobs: Option<u16>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    jobs.map_or_else(cores, usize::from).max(1)
}

/// Pieces on their way, and results that have not been taken.
pub struct Pool<J, D> {
    pieces: Sender<(u64, J)>,
    done: Receiver<(u64, D)>,
    order: InOrder<D>,
    ready: std::collections::VecDeque<D>,
    /// Pieces so far, and results that were taken.
    submitted: u64,
    taken: u64,
    most: u64,
}

impl<J, D> Pool<J, D> {
    /// Whether a result must be taken before the next piece.
    pub fn is_full(&self) -> bool {
        self.under_way() >= self.most
    }

    /// Pieces whose results were not taken.
    pub fn under_way(&self) -> u64 {
        self.submitted - self.taken
    }

    /// Gives a piece to the next worker that is free.
    pub fn submit(&mut self, piece: J) {
        // The workers end only when this sender is dropped.
        if self.pieces.send((self.submitted, piece)).is_ok() {
            self.submitted += 1;
        }
    }

    /// The next result, in the order of the pieces, once it is there; `None` if no piece is under way.
    pub fn next(&mut self) -> Option<D> {
        while self.ready.is_empty() && self.under_way() > 0 {
            let (number, result) = self.done.recv().ok()?;
            self.ready.extend(self.order.add(number, result));
        }
        self.take()
    }

    /// The next result if it is there already.
    pub fn next_ready(&mut self) -> Option<D> {
        while let Ok((number, result)) = self.done.try_recv() {
            self.ready.extend(self.order.add(number, result));
        }
        self.take()
    }

    fn take(&mut self) -> Option<D> {
        let result = self.ready.pop_front()?;
        self.taken += 1;
        Some(result)
    }
}

/// Starts workers, each made in its thread by `worker`, and hands `share` the pool. The workers must not panic.
///
/// # Errors
/// If no worker can be started, or what `share` fails with.
pub fn with_workers<J: Send, D: Send, W: FnMut(J) -> D, T>(
    workers: usize,
    worker: impl Fn() -> W + Sync,
    share: impl FnOnce(&mut Pool<J, D>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let most = workers * PIECES_OF_WORKER;
    let (pieces, waiting) = bounded::<(u64, J)>(most);
    let (results, done) = unbounded();
    std::thread::scope(|scope| {
        for n in 0..workers {
            let (waiting, results, worker) = (waiting.clone(), results.clone(), &worker);
            let started = std::thread::Builder::new().spawn_scoped(scope, move || {
                let mut work = worker();
                for (number, piece) in waiting {
                    if results.send((number, work(piece))).is_err() {
                        break;
                    }
                }
            });
            match started {
                Ok(_) => {}
                // No memory for one more: fewer workers do it as well.
                Err(_) if n > 0 => break,
                Err(e) => return Err(Failure::io(Action::StartWorker, &e)),
            }
        }
        drop((waiting, results));
        let ready = std::collections::VecDeque::new();
        let mut pool = Pool { pieces, done, order: InOrder::new(), ready, submitted: 0, taken: 0, most: most as u64 };
        share(&mut pool)
    })
}

/// Has workers, each made in its thread by `worker`, take all pieces, and hands each result to `take` in its turn. The workers
/// must not panic.
///
/// # Errors
/// If no worker can be started, or what a piece or a worker fails with.
pub fn share_all<J: Send, D: Send, W: FnMut(J) -> Result<D, Failure>>(
    workers: usize,
    worker: impl Fn() -> W + Sync,
    pieces: impl Iterator<Item = Result<J, Failure>>,
    take: &mut dyn FnMut(D),
) -> Result<(), Failure> {
    with_workers(workers, worker, |pool| {
        for piece in pieces {
            while pool.is_full() {
                pool.next().transpose()?.into_iter().for_each(&mut *take);
            }
            pool.submit(piece?);
        }
        while let Some(done) = pool.next() {
            take(done?);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        let worker = || {
            |n: u64| {
                if n.is_multiple_of(3) {
                    std::thread::yield_now();
                }
                n * n
            }
        };
        let mut squares = Vec::new();
        let done = with_workers(3, worker, |pool| {
            for n in 0..100 {
                pool.submit(n);
                assert!(pool.under_way() <= 6);
                while pool.is_full() {
                    squares.extend(pool.next());
                }
                squares.extend(pool.next_ready());
            }
            squares.extend(std::iter::from_fn(|| pool.next()));
            Ok(())
        });
        assert!(done.is_ok());
        assert_eq!(squares, (0..100).map(|n| n * n).collect::<Vec<u64>>());
    }

    #[test]
    fn results_of_all_pieces_are_taken_until_a_piece_or_a_worker_fails() {
        let failure = || Failure::reported(7);
        let run = |pieces: Vec<Result<u64, Failure>>| {
            let mut taken = Vec::new();
            let worker = || |n: u64| if n == 50 { Err(failure()) } else { Ok(n + 1) };
            let done = share_all(3, worker, pieces.into_iter(), &mut |n| taken.push(n));
            (done.is_ok(), taken)
        };
        assert_eq!(run((0..50).map(Ok).collect()), (true, (1..51).collect()));
        let (done, taken) = run((0..100).map(Ok).collect());
        assert!(!done && taken.len() <= 50 && taken.iter().copied().eq(1..=taken.len() as u64), "{taken:?}");
        let (done, taken) = run([Ok(0), Err(failure()), Ok(1)].into());
        assert!(!done && taken.len() <= 1, "{taken:?}");
    }
}
