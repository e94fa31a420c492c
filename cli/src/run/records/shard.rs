//! One input of records to its output: by one worker, or by several that share it.

use super::beside::{FieldCleaner, unite};
use super::edit::Edit;
use super::fault::Fault;
use super::lines::{Lines, Reader};
use super::record::{self, Target};
use super::scan::Found;
use super::targets::{prefixes, targets};
use crate::cli::plan::{BadRecord, Records};
use crate::cli::settings::Setting;
use crate::failure::{Failure, unwritten};
use crate::messages::{Place, RecordFault, Type};
use crate::run::guard::guarded;
use crate::run::pool::{SHARED_FROM, with_workers};
use qingyang::suspicion::Suspicion;
use std::io::Write;

/// Faulty records of an input that are shown, and as many suspicious ones.
pub const MAX_SHOWN: u64 = 10;

/// A byte order mark.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Counts of records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub records: u64,
    /// Of these: in the output as they came, because nothing was to be changed.
    pub unchanged: u64,
    /// Of these: could not be cleaned.
    pub failed: u64,
    /// Of these: with a text that is probably not what the page printed.
    pub suspicious: u64,
    /// Why, each kind once.
    pub suspicions: Vec<Suspicion>,
}

/// What is told of a record.
pub enum Told {
    Failed(Failure),
    Suspicious { at: Place, all: Vec<Suspicion> },
}

impl Counts {
    /// Adds other counts.
    pub fn add(&mut self, other: &Counts) {
        self.records += other.records;
        self.unchanged += other.unchanged;
        self.failed += other.failed;
        self.suspicious += other.suspicious;
        unite(&mut self.suspicions, &other.suspicions);
    }

    /// Faulty records and suspicious ones of one input that were not told.
    pub fn not_told(&self) -> (u64, u64) {
        (self.failed.saturating_sub(MAX_SHOWN), self.suspicious.saturating_sub(MAX_SHOWN))
    }
}

/// What is to be done with each record.
pub struct Work<'a> {
    pub asked: &'a Records,
    pub targets: Vec<Target>,
    /// What the keys of additions begin with, one for each field.
    pub prefixes: Vec<String>,
}

impl<'a> Work<'a> {
    /// As the options ask.
    ///
    /// # Errors
    /// If a name is no JSON Pointer, or two names contradict each other.
    pub fn new(asked: &'a Records) -> Result<Work<'a>, Failure> {
        let targets = targets(asked)?;
        let prefixes = prefixes(&targets);
        Ok(Work { asked, targets, prefixes })
    }

    /// A cleaner of the fields.
    pub fn cleaner(&self, setting: &Setting) -> FieldCleaner<'_> {
        FieldCleaner::new(&setting.options, self.asked, setting.threshold(), &self.prefixes)
    }

    /// Cleans an input to its end with so many workers. The first faults and suspicions go to `tell`.
    pub fn clean(
        &self,
        setting: &Setting,
        workers: usize,
        reader: &mut Reader<'_>,
        output: &mut dyn Write,
        tell: &mut dyn FnMut(Told),
    ) -> Result<Counts, Failure> {
        let mut taker = Taker { asked: self.asked, output, tell, counts: Counts::default() };
        let mut cleaner = self.cleaner(setting);
        while workers == 1 || reader.bytes() < SHARED_FROM {
            let Some(lines) = reader.next()? else { return Ok(taker.counts) };
            taker.take(self.lines(&lines, &mut cleaner))?;
            if reader.pauses() {
                taker.hand_on()?;
            }
        }
        let worker = || {
            let mut cleaner = self.cleaner(setting);
            move |lines: Lines| guarded(|| Ok(self.lines(&lines, &mut cleaner)))
        };
        with_workers(workers, worker, |pool| {
            let read = loop {
                match reader.next() {
                    Ok(Some(lines)) => pool.submit(lines),
                    Ok(None) => break Ok(()),
                    Err(failure) => break Err(failure),
                }
                let pauses = reader.pauses();
                while pool.is_full() || pauses && pool.under_way() > 0 {
                    pool.next().map_or(Ok(()), |done| taker.take(done?))?;
                }
                while let Some(done) = pool.next_ready() {
                    taker.take(done?)?;
                }
                if pauses {
                    taker.hand_on()?;
                }
            };
            // Records before the place where the input broke off are written.
            while let Some(done) = pool.next() {
                taker.take(done?)?;
            }
            read
        })?;
        Ok(taker.counts)
    }

    /// Cleans some lines.
    fn lines(&self, lines: &Lines, cleaner: &mut FieldCleaner<'_>) -> Done {
        let mut done = Done { bytes: Vec::with_capacity(lines.bytes.len()), ..Done::default() };
        for (number, line) in (lines.first..).zip(lines.bytes.split_inclusive(|&b| b == b'\n')) {
            if line.iter().all(u8::is_ascii_whitespace) {
                done.bytes.extend_from_slice(line);
                continue;
            }
            done.counts.records += 1;
            // A byte order mark before the first record stays, like everything that is not the field.
            let mark = if number == 1 && line.starts_with(MARK) { MARK.len() } else { 0 };
            let (head, record) = line.split_at(mark);
            match record::edits(record, &self.targets, &mut |field, value| cleaner.clean(field, value)) {
                Ok(edits) => {
                    done.counts.unchanged += u64::from(edits.is_empty());
                    done.bytes.extend_from_slice(head);
                    put(record, &edits, &mut done.bytes);
                    let all = cleaner.take_suspicions();
                    if !all.is_empty() {
                        done.suspicious.push((number, all));
                    }
                }
                Err(fault) => {
                    done.counts.failed += 1;
                    cleaner.take_suspicions(); // of its fields before the one that failed
                    done.faults.push((number, self.message(fault)));
                    match self.asked.on_error {
                        BadRecord::Keep => done.bytes.extend_from_slice(line),
                        BadRecord::Skip => {}
                        BadRecord::Stop => break,
                    }
                }
            }
        }
        done
    }

    /// The fault of a record, with the name of its field.
    fn message(&self, fault: Fault) -> RecordFault {
        let name = |field: usize| self.asked.fields.get(field).cloned().unwrap_or_default();
        let to = |field: usize| self.asked.to.get(field).cloned().unwrap_or_default();
        match fault {
            Fault::NotUtf8 { byte } => RecordFault::NotUtf8 { byte },
            Fault::NotJson { byte, reason } => RecordFault::NotJson { byte, reason },
            Fault::NoField { field } => RecordFault::NoField { field: name(field) },
            Fault::NoObject { field } => RecordFault::NoObject { field: name(field) },
            Fault::NotText { field, found } => RecordFault::WrongType { field: name(field), found: kind(found) },
            Fault::NotObject { field, at, found } => RecordFault::NotObject { to: to(field), at, found: kind(found) },
            Fault::NoItem { field, at } => RecordFault::NoItem { to: to(field), at },
            Fault::NotUnicode { field, reason } => RecordFault::NotUnicode { field: name(field), reason },
        }
    }
}

/// A type in the messages.
fn kind(found: Found) -> Type {
    match found {
        Found::Text => Type::Text,
        Found::Null => Type::Null,
        Found::Boolean => Type::Boolean,
        Found::Object => Type::Object,
        Found::List => Type::List,
        Found::Number => Type::Number,
    }
}

/// Writes a record with its edits.
fn put(record: &[u8], edits: &[Edit], out: &mut Vec<u8>) {
    let mut at = 0;
    for edit in edits {
        out.extend_from_slice(&record[at..edit.range.start]);
        edit.put.write(out);
        at = edit.range.end;
    }
    out.extend_from_slice(&record[at..]);
}

/// Lines that were cleaned.
#[derive(Default)]
struct Done {
    bytes: Vec<u8>,
    counts: Counts,
    /// Faults, each with the number of its line.
    faults: Vec<(u64, RecordFault)>,
    /// Why the text of a record is suspicious, with the number of its line.
    suspicious: Vec<(u64, Vec<Suspicion>)>,
}

/// Takes what was cleaned, in the order of the input.
struct Taker<'a> {
    asked: &'a Records,
    output: &'a mut dyn Write,
    tell: &'a mut dyn FnMut(Told),
    counts: Counts,
}

impl Taker<'_> {
    fn take(&mut self, done: Done) -> Result<(), Failure> {
        self.output.write_all(&done.bytes).map_err(unwritten)?;
        let (told, warned) = (self.counts.failed, self.counts.suspicious);
        self.counts.add(&done.counts);
        for (_, all) in &done.suspicious {
            self.counts.suspicious += 1;
            unite(&mut self.counts.suspicions, all);
        }
        for ((line, all), _) in done.suspicious.into_iter().zip(warned..MAX_SHOWN) {
            (self.tell)(Told::Suspicious { at: Place::Line(line), all });
        }
        let stops = self.asked.on_error == BadRecord::Stop && !done.faults.is_empty();
        for ((number, fault), _) in done.faults.into_iter().zip(told..MAX_SHOWN) {
            (self.tell)(Told::Failed(Failure::input(fault).at(Place::Line(number))));
        }
        if stops { Err(Failure::reported(1)) } else { Ok(()) }
    }

    /// Hands everything on, because the input pauses.
    fn hand_on(&mut self) -> Result<(), Failure> {
        self.output.flush().map_err(unwritten)
    }
}
