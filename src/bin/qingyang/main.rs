//! The command-line tool: a thin layer on the library.
fn main() {}
