//! One table for each rule: what goes in, what must come out, and the clause of the rule that the row protects.
//!
//! The tables are the fast half of the library's tests: they run in a second or two, so that a mutation of a rule is
//! caught without the fixtures and the laws. A row has one clause. Where a clause has two sides there are two rows, and
//! a limit has a row on either side of it.

mod rules;
mod told;
