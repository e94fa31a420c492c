//! Compressed inputs: every byte of them is read, and damage is an error.

mod tool;

use std::io::Write;
use tool::{code, folder, printed, run_in, said, write};

const ONE: &str = "渠水流过桥头镇。\n";
const TWO: &str = "新桥通了。\n";

fn gzip(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(text.as_bytes()).expect("packed");
    out.finish().expect("packed")
}

/// Packed by the tool itself; `text` must be clean.
fn zstd(text: &str) -> Vec<u8> {
    let dir = folder();
    let out = run_in(dir.path(), ["-o", "p.zst"], text.as_bytes());
    assert_eq!(code(&out), 0, "{}", said(&out));
    std::fs::read(dir.path().join("p.zst")).expect("written")
}

#[test]
fn frames_after_the_first_are_read() {
    let dir = folder();
    write(dir.path(), "a.txt.gz", [gzip(ONE), gzip(TWO)].concat());
    let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    let empty = vec![0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x00, 0x01, 0x00, 0x00];
    write(dir.path(), "a.txt.zst", [skippable.clone(), zstd(ONE), empty, zstd(TWO), skippable].concat());
    for name in ["a.txt.gz", "a.txt.zst"] {
        let out = run_in(dir.path(), [name], b"");
        assert_eq!((code(&out), printed(&out)), (0, format!("{ONE}{TWO}")), "{name}: {}", said(&out));
    }
}

#[test]
fn a_damaged_or_cut_file_is_named_and_never_taken_for_whole() {
    let dir = folder();
    let whole = zstd(&ONE.repeat(50));
    let mut flipped = whole.clone();
    let last = flipped.len() - 1; // of the checksum
    flipped[last] ^= 1;
    let cases = [
        ("cut.zst", whole[..whole.len() - 9].to_vec(), "cut off"),
        ("flipped.zst", flipped, "checksum"),
        ("more.zst", [&whole[..], b"more"].concat(), "is not zstd"),
        ("none.zst", ONE.as_bytes().to_vec(), "not a zstd file"),
        ("empty.zst", Vec::new(), "not a zstd file"),
        ("cut.gz", gzip(ONE)[..20].to_vec(), "cannot read"),
    ];
    for (name, bytes, why) in cases {
        write(dir.path(), name, bytes);
        let out = run_in(dir.path(), [name, "-o", "out.txt"], b"");
        assert_eq!(code(&out), 1, "{name}");
        assert!(said(&out).contains(name) && said(&out).contains(why), "{}", said(&out));
        assert!(!dir.path().join("out.txt").exists(), "{name}");
    }
}
