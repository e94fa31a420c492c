//! Encodes text as the input was encoded, to take a ledger back.

use super::decode::Encoding;
use std::collections::HashMap;

/// An encoder. It has the Hong Kong supplement of Big5, which `encoding_rs` decodes but does not encode.
#[derive(Debug)]
pub(crate) struct Encoder {
    encoding: Encoding,
    /// The codes of the supplement, once a character of it was asked for.
    supplement: Option<HashMap<char, [u8; 2]>>,
}

impl Encoder {
    pub fn new(encoding: Encoding) -> Encoder {
        Encoder { encoding, supplement: None }
    }

    /// Appends a character. Returns false if the encoding does not have it.
    pub fn encode(&mut self, c: char, out: &mut Vec<u8>) -> bool {
        let (mut units, mut utf8) = ([0; 2], [0; 4]);
        match self.encoding {
            Encoding::Utf8 => out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes()),
            Encoding::Utf16Le => out.extend(c.encode_utf16(&mut units).iter().flat_map(|u| u.to_le_bytes())),
            Encoding::Utf16Be => out.extend(c.encode_utf16(&mut units).iter().flat_map(|u| u.to_be_bytes())),
            Encoding::Gb18030 | Encoding::Big5 => {
                let (bytes, _, unknown) = self.encoding.table().encode(c.encode_utf8(&mut utf8));
                if !unknown {
                    out.extend_from_slice(&bytes);
                    return true;
                }
                let Some(code) = self.supplement.get_or_insert_with(|| supplement(self.encoding)).get(&c) else {
                    return false;
                };
                out.extend_from_slice(code);
            }
        }
        true
    }
}

/// All codes of two bytes, by the one character that they decode to.
fn supplement(encoding: Encoding) -> HashMap<char, [u8; 2]> {
    let codes = (0x81..=0xFE).flat_map(|lead| (0x40..=0xFE).map(move |trail| [lead, trail]));
    let mut all = HashMap::new();
    for code in codes {
        if let Some(text) = encoding.decode_piece(&code)
            && let (Some(c), 1) = (text.chars().next(), text.chars().count())
        {
            all.entry(c).or_insert(code);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_back_the_codes_that_were_decoded() {
        for (encoding, bytes) in [
            (Encoding::Utf8, "渠é𠀀".as_bytes()),
            (Encoding::Utf16Le, b"\x20\x6E\x40\xD8\x00\xDC"),
            (Encoding::Utf16Be, b"\x6E\x20\xD8\x40\xDC\x00"),
            (Encoding::Gb18030, b"a\xC7\xFE\x81\x30\x8B\x33"),
            // The last one is of the Hong Kong supplement.
            (Encoding::Big5, b"a\xB4\xEB\xA9\xD6\x9D\xF7"),
        ] {
            let text = encoding.decode_piece(bytes).expect("valid");
            let (mut encoder, mut out) = (Encoder::new(encoding), Vec::new());
            assert!(text.chars().all(|c| encoder.encode(c, &mut out)), "{encoding}: {text}");
            assert_eq!(out, bytes, "{encoding}: {text}");
        }
        assert!(!Encoder::new(Encoding::Big5).encode('\u{1F468}', &mut Vec::new()));
    }
}
