//! The bytes of a layout as text: UTF-8, what a byte order mark says, or what an XML declaration says.

use super::error::{LayoutError, LayoutErrorKind};
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Bytes of a layout at most: ten thousand times a page. The tree of a file takes a few times its size.
pub const MAX_BYTES: usize = 256 << 20;

/// Bytes in which an XML declaration ends.
const DECLARATION: usize = 256;

/// The text of a whole file.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, LayoutError> {
    if bytes.len() > MAX_BYTES {
        return Err(LayoutErrorKind::TooLarge { limit: MAX_BYTES as u64 }.into());
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (declared(bytes), 0));
    let body = &bytes[mark..];
    if encoding == UTF_8 {
        let malformed = |e: std::str::Utf8Error| (mark + e.valid_up_to()) as u64;
        let text = std::str::from_utf8(body);
        return text.map(Cow::Borrowed).map_err(|e| malformed_at(encoding, malformed(e)));
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(body);
    text.ok_or_else(|| malformed_at(encoding, first_malformed(encoding, body) + mark as u64))
}

/// The text of the first bytes of a file; a character that is cut is replaced.
pub fn head(bytes: &[u8]) -> Cow<'_, str> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    encoding.decode_without_bom_handling(&bytes[mark..]).0
}

fn malformed_at(encoding: &'static Encoding, offset: u64) -> LayoutError {
    LayoutErrorKind::Encoding { encoding: encoding.name(), offset }.into()
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let label = || {
        let head = std::str::from_utf8(head)
            .unwrap_or_else(|e| std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or_default());
        let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
        let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let label = value[1..].split_once(quote)?.0;
        // A declaration that can be read as ASCII is not UTF-16, whatever it says.
        Encoding::for_label(label.as_bytes()).filter(|e| e.is_ascii_compatible())
    };
    label().unwrap_or(UTF_8)
}

/// The first byte that an encoding does not allow.
fn first_malformed(encoding: &'static Encoding, bytes: &[u8]) -> u64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut out, true);
    match result {
        encoding_rs::DecoderResult::Malformed(bad, after) => (read - usize::from(bad) - usize::from(after)) as u64,
        _ => read as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_or_a_declaration_names_the_encoding() {
        let utf16: Vec<u8> = "\u{FEFF}<a>渠</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16).expect("UTF-16"), "<a>渠</a>");
        assert_eq!(text("\u{FEFF}{}".as_bytes()).expect("a mark"), "{}");
        assert_eq!(text(b"<?xml version='1.0' encoding='gb2312'?><a>\xC7\xFE</a>").expect("GB")[39..], *"<a>渠</a>");
        assert_eq!(text(b"<?xml version='1.0' encoding='utf-16'?><a/>").expect("it is ASCII").len(), 43);
    }

    #[test]
    fn a_malformed_byte_is_named() {
        assert_eq!(text(b"{\"a\":\"\xFF\"}").expect_err("it is wrong").offset(), Some(6));
        assert_eq!(text(b"<?xml encoding='gbk'?>\xC7").expect_err("it is wrong").offset(), Some(22));
    }
}
