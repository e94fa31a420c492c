//! `malformed`: bytes that the encoding does not allow.

use qingyang::decode::{Encoding, decode};
use qingyang::ErrorKind;

/// Bytes, their encoding, the text that they become, the place and length of each flaw, and the clause.
type Row = (&'static [u8], Encoding, &'static str, &'static [(u64, u64)], &'static str);

const ROWS: &[Row] = &[
    (b"\xE6\xB8\xA0", Encoding::Utf8, "渠", &[], "nothing is wrong"),
    (b"\xE6\xB8\xA0\xFF", Encoding::Utf8, "渠\u{fffd}", &[(3, 4)], "a byte that no encoding has"),
    (b"\xFF\xE6\xB8\xA0", Encoding::Utf8, "\u{fffd}渠", &[(0, 1)], "at the head"),
    (b"\xE6\xB8\xA0\xE6\xB8", Encoding::Utf8, "渠\u{fffd}", &[(3, 5)], "a character that is cut off at the end"),
    (b"\xE6\xB8a", Encoding::Utf8, "\u{fffd}a", &[(0, 2)], "one that is cut off before ASCII"),
    (b"\xFF\xFE", Encoding::Utf8, "\u{fffd}\u{fffd}", &[(0, 1), (1, 2)], "two flaws"),
    (b"\xC7\xFE\xCB\xAE", Encoding::Gb18030, "渠水", &[], "GB 18030"),
    (b"\xC7\xFE\xFF\xCB\xAE", Encoding::Gb18030, "渠\u{fffd}水", &[(2, 3)], "a byte that GB 18030 has not"),
    (b"\xC7\xFE\xCB", Encoding::Gb18030, "渠\u{fffd}", &[(2, 3)], "half of a pair"),
    (b"\xB4\xEB", Encoding::Big5, "渠", &[], "Big5"),
    (b"\xB4\xEB\xFF", Encoding::Big5, "渠\u{fffd}", &[(2, 3)], "a byte that Big5 has not"),
    (b"\x20\x6E", Encoding::Utf16Le, "渠", &[], "UTF-16"),
    (b"\x20\x6E\x00", Encoding::Utf16Le, "渠\u{fffd}", &[(2, 3)], "half of a unit"),
    (b"\x00\xD8\x20\x6E", Encoding::Utf16Le, "\u{fffd}渠", &[(0, 2)], "a surrogate without its partner"),
    (b"\x00\xDC\x20\x6E", Encoding::Utf16Le, "\u{fffd}渠", &[(0, 2)], "a second surrogate first"),
    (b"\x6E\x20\xD8\x00", Encoding::Utf16Be, "渠\u{fffd}", &[(2, 4)], "the other order of bytes"),
];

#[test]
fn malformed_bytes_become_replacement_characters() {
    for &(bytes, encoding, text, flaws, clause) in ROWS {
        let lossy = decode(bytes, Some(encoding), true).expect(clause);
        assert_eq!((&*lossy.text, lossy.malformed), (text, flaws.len() as u64), "{clause}");
        let places: Vec<(u64, u64)> = lossy.map.replaced.iter().map(|r| (r.start, r.start + r.bytes().len() as u64)).collect();
        assert_eq!(places, flaws, "{clause}");
    }
}

#[test]
fn malformed_bytes_are_refused_unless_asked_for() {
    for &(bytes, encoding, text, flaws, clause) in ROWS {
        match (decode(bytes, Some(encoding), false), flaws) {
            (Ok(strict), []) => assert_eq!((&*strict.text, strict.malformed), (text, 0), "{clause}"),
            (Err(error), [(at, _), ..]) => {
                let ErrorKind::Malformed { offset, encoding: name, .. } = error.kind() else { panic!("{clause}: {error}") };
                assert_eq!((*offset, *name), (*at, encoding.name()), "{clause}");
            }
            (result, _) => panic!("{clause}: {result:?}"),
        }
    }
}

#[test]
fn a_stream_replaces_and_counts_what_the_whole_replaces() {
    for &(bytes, encoding, text, flaws, clause) in ROWS {
        let mut stream = qingyang::Stream::new(qingyang::Options::default(), Some(encoding), true);
        let mut out = String::new();
        for byte in bytes.chunks(1) {
            stream.push(byte, &mut |proof| out.push_str(&proof.text)).expect(clause);
        }
        stream.finish(&mut |proof| out.push_str(&proof.text)).expect(clause);
        assert_eq!((out.trim_end(), stream.malformed()), (text, flaws.len() as u64), "{clause}");
    }
}
