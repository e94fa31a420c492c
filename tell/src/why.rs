//! Why a line break was kept or closed up: the strongest evidence of the model for what was done, and against it.

use qingyang::{Break, Reason};

/// At most this many reasons are told on each side.
const STRONGEST: usize = 3;

/// The reasons for what became of a break, and those against it, the strongest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Why {
    pub reasons: Vec<Reason>,
    pub against: Vec<Reason>,
}

impl Why {
    /// Of a break, if its evidence was asked for.
    pub fn of(b: &Break) -> Why {
        let strongest = |speaks: &dyn Fn(f32) -> bool| {
            b.why.iter().filter(|e| speaks(e.odds)).take(STRONGEST).map(|e| e.reason).collect()
        };
        let (keeps, joins) = (strongest(&|odds| odds > 0.0), strongest(&|odds| odds < 0.0));
        let (reasons, against) = if b.kept { (keeps, joins) } else { (joins, keeps) };
        Why { reasons, against }
    }
}
