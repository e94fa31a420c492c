//! A module for each rule, and [`table`], which all of them use. A row stays on one line, however long.

mod table;

#[rustfmt::skip]
mod controls;
#[rustfmt::skip]
mod mojibake;
#[rustfmt::skip]
mod glyphs;
#[rustfmt::skip]
mod punctuation;
#[rustfmt::skip]
mod spacing;
#[rustfmt::skip]
mod rejoin;
#[rustfmt::skip]
mod sentences;
#[rustfmt::skip]
mod doubled;
#[rustfmt::skip]
mod furniture;
#[rustfmt::skip]
mod units;
#[rustfmt::skip]
mod imprint;
#[rustfmt::skip]
mod jumps;
#[rustfmt::skip]
mod malformed;
#[rustfmt::skip]
mod order;
#[rustfmt::skip]
mod known_faults;
