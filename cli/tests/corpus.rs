//! The fuzz targets on the committed seeds and on every fixture, under plain `cargo test`: a bug that was
//! found once stays fixed, and the targets compile.

mod fuzzed;

use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut all: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    all.sort();
    all
}

/// Runs a target over its seeds, and over the fixtures after each of the heads; names the inputs that break a property.
fn replay(target: &str, law: fn(&[u8]), heads: &[&[u8]]) {
    let seeds = files(&format!("fuzz/seeds/{target}"));
    let pages: Vec<PathBuf> = files("fixtures").into_iter().filter(|p| p.ends_with("raw.txt")).collect();
    assert!(pages.len() >= 105, "the walk found {} fixtures only", pages.len());
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz").exists() {
        println!("skipped: no seeds in a packaged crate");
    } else {
        assert!(!seeds.is_empty(), "no seeds for {target}");
    }
    let mut broken = Vec::new();
    let mut try_one = |name: String, data: &[u8]| {
        if std::panic::catch_unwind(|| law(data)).is_err() {
            broken.push(name);
        }
    };
    for seed in seeds {
        try_one(seed.display().to_string(), &fs::read(&seed).expect("read"));
    }
    for page in pages {
        for head in heads {
            let data = [head, fs::read(&page).expect("read").as_slice()].concat();
            try_one(format!("{} after {head:?}", page.display()), &data);
        }
    }
    assert!(broken.is_empty(), "{target}: {broken:#?}");
}

#[test]
fn any_bytes() {
    replay("bytes", fuzzed::bytes, &[b""]);
}

#[test]
fn any_layout() {
    replay("layouts", fuzzed::layouts, &[&[0], &[12]]);
}

#[test]
fn any_options() {
    replay(
        "options",
        fuzzed::options,
        &[
            &[0, 0, 0, 0, 0, 0],
            &[1 + 8, 0, 0, 0, 0, 0],
            &[2 + 16, 0, 0, 0, 0, 128],
            &[4 + 8 + 32, 1, 0b1010_1010, 0b101, 0b1001, 0],
            &[64 + 128, 0, 0, 0, 0, 0],
        ],
    );
}

#[test]
fn any_ledger() {
    replay("ledger", fuzzed::ledger, &[&[0, 0, 0, 0, 0], &[8 + 16, 0, 0, 0, 0], &[64, 1, 0, 0, 0]]);
}

#[test]
fn any_page_again() {
    replay("again", fuzzed::again, &[&[0, 0, 0, 0, 0], &[8 + 64, 0, 0, 0, 0]]);
}

#[test]
fn any_page_twice() {
    replay("twice", fuzzed::twice, &[&[0, 0, 0, 0, 0], &[2 + 16, 0, 0, 0, 0]]);
}

#[test]
fn any_pieces_of_a_stream() {
    replay(
        "stream",
        fuzzed::stream,
        &[
            &[0, 0, 0, 0, 0, 0, 0, 7],
            &[0, 0, 0, 0, 0, 64, 0, 1],
            &[0, 0, 0, 0, 0, 64, 40, 3],
            &[8, 0, 0, 0, 0, 64, 9, 5],
            &[64 + 128, 0, 0, 0, 0, 64, 40, 3],
        ],
    );
}

#[test]
fn any_record() {
    // A fixture is not a record; the seeds are.
    replay("records", fuzzed::records, &[]);
}
