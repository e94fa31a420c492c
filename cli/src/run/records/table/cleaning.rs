//! The texts of a column through cleaners: by one, or by several that share them.

use super::Job;
use crate::failure::Failure;
use crate::messages::FileFault;
use crate::run::guard::guarded;
use crate::run::pool::{SHARED_FROM, share_all};
use crate::run::records::beside::FieldCleaner;
use parquet::data_type::ByteArray;
use qingyang::suspicion::Suspicion;
use std::ops::Range;

/// Bytes of the texts that a worker takes at once.
const PIECE: usize = 1 << 16;

/// What became of a text.
pub struct Cell {
    /// The clean text; `None` if it is the same, or could not be cleaned.
    pub text: Option<String>,
    /// What is added beside it, as JSON.
    pub beside: Vec<String>,
    pub suspicions: Vec<Suspicion>,
    /// The byte at which it is not UTF-8.
    pub fault: Option<usize>,
}

/// Cleans all texts of a field and gives each, in its order, to `take`.
///
/// # Errors
/// If a signal ends the run, or a cleaner fails.
pub fn clean_all(job: &Job<'_>, field: usize, values: &[ByteArray], take: &mut dyn FnMut(Cell)) -> Result<(), Failure> {
    let bytes: usize = values.iter().map(ByteArray::len).sum();
    if job.workers == 1 || (bytes as u64) < SHARED_FROM {
        let mut cleaner = job.work.cleaner(job.setting);
        for piece in pieces(values) {
            go_on(job)?;
            values[piece].iter().for_each(|value| take(clean(&mut cleaner, field, value)));
        }
        return Ok(());
    }
    let worker = || {
        let mut cleaner = job.work.cleaner(job.setting);
        move |piece: Range<usize>| {
            guarded(|| Ok(values[piece].iter().map(|value| clean(&mut cleaner, field, value)).collect::<Vec<_>>()))
        }
    };
    let pieces = pieces(values).map(|piece| go_on(job).map(|()| piece));
    share_all(job.workers, worker, pieces, &mut |cells: Vec<Cell>| cells.into_iter().for_each(&mut *take))
}

/// Fails once a signal ends the run.
fn go_on(job: &Job<'_>) -> Result<(), Failure> {
    if job.signals.caught().is_some() { Err(Failure::input(FileFault::Interrupted)) } else { Ok(()) }
}

/// Ranges of values with about as many bytes as a piece has, and at least one value.
fn pieces(values: &[ByteArray]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let (mut end, mut bytes) = (start, 0);
        while end < values.len() && (end == start || bytes < PIECE) {
            bytes += values[end].len();
            end += 1;
        }
        let piece = start..end;
        start = end;
        (!piece.is_empty()).then_some(piece)
    })
}

fn clean(cleaner: &mut FieldCleaner<'_>, field: usize, value: &ByteArray) -> Cell {
    let text = match std::str::from_utf8(value.data()) {
        Ok(text) => text,
        Err(error) => {
            let fault = Some(error.valid_up_to());
            return Cell { text: None, beside: Vec::new(), suspicions: Vec::new(), fault };
        }
    };
    let cleaned = cleaner.clean(field, text);
    Cell {
        text: (cleaned.text != text).then_some(cleaned.text),
        beside: cleaned.beside.into_iter().map(|(_, json)| json).collect(),
        suspicions: cleaner.take_suspicions(),
        fault: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_piece() {
        let values: Vec<ByteArray> =
            [0, PIECE - 1, 5, 0, 3 * PIECE, 7].map(|bytes| ByteArray::from(vec![b'x'; bytes])).into();
        let all: Vec<Range<usize>> = pieces(&values).collect();
        assert_eq!(all, [0..3, 3..5, 5..6]);
        assert_eq!(pieces(&[]).count(), 0);
    }
}
