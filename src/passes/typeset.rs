//! Spacing and rejoining: one list of edits, made line by line.

pub mod rejoin;
pub mod spacing;
pub mod tokens;
