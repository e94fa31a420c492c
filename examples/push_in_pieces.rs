//! Cleans standard input as a stream that comes in pieces of a few bytes, and prints the text and the ledger.
//!
//! ```text
//! cargo run --release --example push_in_pieces -- 7 < PAGE
//! ```
//!
//! The text comes first, then a line `---`, then the ledger. The ledger has one entry a line, with fields separated by
//! tabs: rule, first byte, end, line, before, after, confidence. The last line has the encoding and the number of malformed
//! sequences. `tools/digests` reads this output.

use qingyang::Stream;
use qingyang::{Entry, Options, Proof};
use std::io::Read;

fn main() {
    let size = std::env::args().nth(1).map_or(7, |n| n.parse().expect("a number of bytes"));
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).expect("standard input");
    let mut options = Options::default();
    options.ledger = true;
    let mut stream = Stream::new(options, None, true);
    let (mut text, mut ledger) = (String::new(), Vec::new());
    let mut sink = |proof: Proof| {
        text.push_str(&proof.text);
        ledger.extend(proof.ledger.into_iter().flatten());
    };
    let mut done = Ok(());
    for piece in bytes.chunks(size) {
        done = done.and_then(|()| stream.push(piece, &mut sink));
    }
    done = done.and_then(|()| stream.finish(&mut sink));
    print!("{text}---\n{}", ledger.iter().map(line).collect::<String>());
    println!("{} malformed {}", stream.encoding().map_or("no encoding", |e| e.name()), stream.malformed());
    if let Err(error) = done {
        println!("error: {error}");
    }
}

/// One entry as a line.
fn line(e: &Entry) -> String {
    format!(
        "{}\t{}\t{}\t{}\t{:?}\t{:?}\t{:.6}\n",
        e.rule.name(),
        e.start,
        e.end,
        e.line,
        e.before,
        e.after,
        e.confidence
    )
}
