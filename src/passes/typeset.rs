//! Spacing and rejoining, in one list of edits that is made line by line.

pub mod rejoin;
mod roster;
pub mod spacing;
pub mod tokens;
