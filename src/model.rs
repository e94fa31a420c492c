//! The two fitted models: roles of typeset lines, roles of units.

pub mod lines;
pub mod units;
