//! Whether an input pauses: then everything that is complete is written, so that a program that sends a page or a record
//! and waits for its answer gets it.

use std::path::Path;

/// How an input may pause.
#[derive(Debug, Clone, Copy)]
pub struct Pauses {
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// A file is there as a whole.
    Never,
    /// Standard input of the process, which the system can be asked about.
    StandardInput,
    /// A pipe or a device that was named.
    Named,
}

impl Pauses {
    /// Of an input that is there as a whole, or whose reader waits for nothing.
    pub const NEVER: Pauses = Pauses { kind: Kind::Never };

    /// Of an input; `None` is standard input.
    pub fn of(input: Option<&Path>) -> Pauses {
        let is_special = |path: &Path| std::fs::metadata(path).is_ok_and(|m| !m.is_file());
        let kind = match input {
            None => Kind::StandardInput,
            Some(path) if is_special(path) => Kind::Named,
            Some(_) => Kind::Never,
        };
        Pauses { kind }
    }

    /// Whether the next read may wait. The last one filled its block or did not.
    pub fn after(self, filled: bool) -> bool {
        match self.kind {
            _ if filled => false,
            Kind::Never => false,
            Kind::Named => true,
            Kind::StandardInput => !stdin_has_more(),
        }
    }
}

/// Whether standard input has bytes now, or has ended.
#[cfg(target_os = "linux")]
fn stdin_has_more() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = std::io::stdin();
    let mut asked = [PollFd::new(&stdin, PollFlags::IN)];
    poll(&mut asked, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).is_ok_and(|ready| ready > 0)
}

/// Elsewhere a block that was not filled counts as a pause.
#[cfg(not(target_os = "linux"))]
fn stdin_has_more() -> bool {
    false
}
