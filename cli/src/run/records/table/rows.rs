//! What became of the rows of one row group.

use crate::cli::plan::BadRecord;
use crate::failure::Failure;
use crate::messages::{Place, TableFault};
use crate::run::records::beside::unite;
use crate::run::records::shard::{Counts, MAX_SHOWN, Told};
use qingyang::suspicion::Suspicion;
use std::collections::BTreeMap;

/// Rows that something is to be told of are kept; of the others only whether a text of theirs changed.
pub struct Rows {
    changed: Vec<bool>,
    faults: BTreeMap<usize, TableFault>,
    suspicious: BTreeMap<usize, Vec<Suspicion>>,
}

impl Rows {
    /// Of so many rows.
    pub fn new(rows: usize) -> Rows {
        Rows { changed: vec![false; rows], faults: BTreeMap::new(), suspicious: BTreeMap::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.changed.len()
    }

    /// A text of a row is another now, or something stands beside it.
    pub fn change(&mut self, row: usize) {
        if let Some(changed) = self.changed.get_mut(row) {
            *changed = true;
        }
    }

    /// A text of a row cannot be cleaned. The first fault counts.
    pub fn fail(&mut self, row: usize, fault: TableFault) {
        self.faults.entry(row).or_insert(fault);
    }

    /// A text of a row is suspicious.
    pub fn suspect(&mut self, row: usize, all: &[Suspicion]) {
        if !all.is_empty() {
            unite(self.suspicious.entry(row).or_default(), all);
        }
    }

    /// Adds them to the counts of the rows before them, and tells the first faults and suspicions of the file.
    ///
    /// # Errors
    /// If a row failed and the run is to stop.
    pub fn count(
        mut self,
        counts: &mut Counts,
        on_error: BadRecord,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), Failure> {
        let before = counts.records;
        let (told, warned) = (counts.failed, counts.suspicious);
        let row = |row: usize| Place::Row(before + row as u64 + 1);
        self.suspicious.retain(|row, _| !self.faults.contains_key(row));
        counts.records += self.changed.len() as u64;
        let faults = self.faults.len() as u64;
        let same =
            self.changed.iter().enumerate().filter(|(row, changed)| !**changed && !self.faults.contains_key(row));
        counts.unchanged += same.count() as u64;
        counts.failed += faults;
        counts.suspicious += self.suspicious.len() as u64;
        self.suspicious.values().for_each(|all| unite(&mut counts.suspicions, all));
        for ((at, all), _) in self.suspicious.into_iter().zip(warned..MAX_SHOWN) {
            tell(Told::Suspicious { at: row(at), all });
        }
        for ((at, fault), _) in self.faults.into_iter().zip(told..MAX_SHOWN) {
            tell(Told::Failed(Failure::input(fault).at(row(at))));
        }
        if on_error == BadRecord::Stop && faults > 0 { Err(Failure::reported(1)) } else { Ok(()) }
    }
}
