//! The command-line tool: a thin layer on the library.
use std::io::{Read, Write};
fn main() {
    let mut s = Vec::new();
    std::io::stdin().read_to_end(&mut s).unwrap();
    let t = String::from_utf8(s).unwrap();
    std::io::stdout().write_all(qingyang::clean(&t).as_bytes()).unwrap();
}
