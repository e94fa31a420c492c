//! How long reading and cleaning a layout takes beside parsing it alone: all events or values are read and dropped. Prints a row
//! for each file: its size, milliseconds of parsing, of reading, of reading and cleaning, and the last by the first.
//!
//!     cargo run --release --example layout_speed --features layout -- FILE ...

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::de::IgnoredAny;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Each is timed so often; the least time counts.
const TIMES: usize = 15;

fn main() {
    println!("{:>8} {:>8} {:>8} {:>8} {:>6}  file", "kB", "parse", "read", "clean", "times");
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file).expect("it can be read");
        let mut cleaner = qingyang::Cleaner::new(qingyang::Options::default());
        let parse = least(|| parse(&bytes));
        let read = least(|| drop(black_box(qingyang::reading::read(&bytes, None).expect("a layout"))));
        let clean = least(|| {
            let layout = qingyang::reading::read(&bytes, None).expect("a layout");
            black_box(cleaner.layout(&layout));
        });
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (p, r, c) = (ms(parse), ms(read), ms(clean));
        println!("{:>8} {p:>8.3} {r:>8.3} {c:>8.3} {:>6.2}  {file}", bytes.len() / 1000, c / p);
    }
}

fn least(mut work: impl FnMut()) -> Duration {
    let times = (0..TIMES).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Parses a file and drops what it holds.
fn parse(bytes: &[u8]) {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'<') => {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            let mut reader = Reader::from_str(text);
            reader.config_mut().check_end_names = false;
            while !matches!(black_box(reader.read_event()), Ok(Event::Eof) | Err(_)) {}
        }
        Some(b'{' | b'[') => {
            black_box(serde_json::from_slice::<IgnoredAny>(bytes).expect("JSON"));
        }
        _ => bytes.split(|&byte| byte == b'\n').for_each(|line| {
            line.split(|&byte| byte == b'\t').for_each(|cell| {
                black_box(cell);
            });
        }),
    }
}
