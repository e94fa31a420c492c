//! JSON Lines: one string of each record is cleaned; everything else keeps its bytes.

mod record;

use super::guard::guarded;
use crate::cli::plan::{BadRecord, Plan, Records};
use crate::environment::{Console, Streams, say};
use crate::failure::{At, Failure, Kind, unwritten};
use crate::input::file::{self, BLOCK, Hold};
use crate::input::limited::MAX_UNPACKED;
use crate::messages::{Action, FileFault, Place, RecordFault, Type, Usage};
use crate::output::file::OutputFile;
use qingyang::Cleaner;
use record::{Fault, Field, Found, clean_record};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// Bytes of a line at most, since a line is held as a whole: as much as a packed input that is held.
const MAX_LINE: u64 = MAX_UNPACKED;

/// A byte order mark.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A run over the inputs.
struct Run<'a> {
    plan: &'a Plan,
    records: &'a Records,
    field: Field,
    stdin: &'a mut dyn Read,
    stderr: &'a mut dyn Console,
    /// Whether a record could not be cleaned.
    bad: bool,
    /// Whether an input could not be read to its end.
    broken: bool,
}

/// Cleans the records of all inputs.
pub fn run(plan: &Plan, records: &Records, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let field = Field::parse(&records.field).ok_or_else(|| Failure::usage(Usage::BadPointer(records.field.clone())))?;
    if records.output.is_some() {
        plan.signals.listen();
    }
    let (stdin, stderr) = (&mut *streams.stdin, &mut *streams.stderr);
    let mut run = Run { plan, records, field, stdin, stderr, bad: false, broken: false };
    match &records.output {
        Some(target) => run.write_file(target)?,
        None => {
            let mut output = BufWriter::with_capacity(BLOCK, &mut *streams.stdout);
            let done = run.all(&mut output);
            // A run that stopped at a bad record has cleaned those before it.
            if !done.as_ref().is_err_and(Failure::is_output) {
                output.flush().map_err(unwritten).at(|| Place::StandardOutput)?;
            }
            done.at(|| Place::StandardOutput)?;
        }
    }
    if run.bad || run.broken { Err(Failure::reported(1)) } else { Ok(()) }
}

impl Run<'_> {
    fn write_file(&mut self, target: &Path) -> Result<(), Failure> {
        let place = || Place::path(target);
        let mut output = OutputFile::named(target)?;
        self.all(&mut output).at(place)?;
        // Bad records are in the output as they came. The rest of an input that broke off is missing, so there is no
        // output.
        let interrupted = self.plan.signals.caught().is_some();
        if interrupted || self.broken {
            let why = if interrupted { FileFault::NotWrittenEnded } else { FileFault::NotWritten };
            output.give_up(why).into_iter().for_each(|failure| say(self.stderr, failure));
        } else {
            output.commit().at(place)?.warning.into_iter().for_each(|warning| say(self.stderr, warning));
        }
        Ok(())
    }

    fn all(&mut self, output: &mut dyn Write) -> Result<(), Failure> {
        for input in file::inputs(&self.plan.inputs) {
            match guarded(|| self.one(input, output)) {
                Ok(()) => {}
                Err(failure) if failure.is_output() || matches!(failure.kind, Kind::Reported { .. }) => {
                    return Err(failure);
                }
                Err(failure) => {
                    say(self.stderr, failure.at(Place::input(input)));
                    self.broken = true;
                }
            }
        }
        Ok(())
    }

    fn one(&mut self, input: Option<&Path>, output: &mut dyn Write) -> Result<(), Failure> {
        let mut cleaner = Cleaner::new(self.plan.settings.of(input)?.options.clone());
        let mut reader =
            BufReader::with_capacity(BLOCK, file::open_input(input, self.stdin, Hold::Pieces, &self.plan.signals)?);
        let (mut line, mut number) = (Vec::new(), 0u64);
        loop {
            line.clear();
            let read = reader.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut line);
            if self.plan.signals.caught().is_some() {
                return Ok(());
            }
            if read.map_err(|e| Failure::io(Action::Read, &e))? == 0 {
                return Ok(());
            }
            number += 1;
            if line.len() as u64 > MAX_LINE {
                return Err(Failure::input(RecordFault::TooLong { limit: MAX_LINE }).at(Place::Line(number)));
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                output.write_all(&line).map_err(unwritten)?;
                continue;
            }
            // A byte order mark before the first record stays, like everything that is not the field.
            let mark = if number == 1 && line.starts_with(MARK) { MARK.len() } else { 0 };
            match clean_record(&line[mark..], &self.field, &mut cleaner) {
                Ok(Some((range, value))) => {
                    let pieces = [&line[..mark + range.start], value.as_bytes(), &line[mark + range.end..]];
                    pieces.into_iter().try_for_each(|piece| output.write_all(piece)).map_err(unwritten)?;
                }
                Ok(None) => output.write_all(&line).map_err(unwritten)?,
                Err(fault) => {
                    self.bad = true;
                    let failure = Failure::input(message(fault, &self.records.field));
                    say(&mut *self.stderr, failure.at(Place::Line(number)).at(Place::input(input)));
                    match self.records.on_error {
                        BadRecord::Keep => output.write_all(&line).map_err(unwritten)?,
                        BadRecord::Skip => {}
                        BadRecord::Stop => return Err(Failure::reported(1)),
                    }
                }
            }
        }
    }
}

/// The fault of a record, with the name of the field.
fn message(fault: Fault, field: &str) -> RecordFault {
    let field = field.to_string();
    match fault {
        Fault::NotUtf8 { byte } => RecordFault::NotUtf8 { byte },
        Fault::NotJson { byte, reason } => RecordFault::NotJson { byte, reason },
        Fault::NoField => RecordFault::NoField { field },
        Fault::NotText(found) => RecordFault::WrongType {
            field,
            found: match found {
                Found::Null => Type::Null,
                Found::Boolean => Type::Boolean,
                Found::Object => Type::Object,
                Found::List => Type::List,
                Found::Number => Type::Number,
            },
        },
        Fault::NotUnicode { reason } => RecordFault::NotUnicode { field, reason },
    }
}
