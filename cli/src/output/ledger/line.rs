//! An entry as a line of JSON. An input has an entry for every other word, and a serializer looks at each of their bytes, so this
//! writes the same by hand. The test has the plain definition.

use serde::Serialize;

/// An entry.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    pub input: &'a str,
    pub rule: &'a str,
    pub start: u64,
    pub end: u64,
    pub line: u64,
    pub before: &'a str,
    pub after: &'a str,
    pub confidence: f64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    /// The first byte of each malformed sequence, and its bytes in hexadecimal digits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub malformed: Vec<(u64, String)>,
    /// Of a layout: the page, the name of the line, and the first character and the end in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<(u32, &'a str, u32, u32)>,
}

/// What the lines of an input begin with, up to the name of the rule.
pub(super) fn beginning(input: &str) -> Vec<u8> {
    let mut beginning = b"{\"input\":".to_vec();
    string(input, &mut beginning);
    beginning.extend_from_slice(b",\"rule\":");
    beginning
}

/// Adds the line of an entry.
pub(super) fn write(beginning: &[u8], record: &Record<'_>, out: &mut Vec<u8>) {
    let Record { rule, start, end, line, before, after, confidence, decided, malformed, elements, .. } = record;
    out.extend_from_slice(beginning);
    string(rule, out);
    out.extend_from_slice(b",\"start\":");
    number(*start, out);
    out.extend_from_slice(b",\"end\":");
    number(*end, out);
    out.extend_from_slice(b",\"line\":");
    number(*line, out);
    out.extend_from_slice(b",\"before\":");
    string(before, out);
    out.extend_from_slice(b",\"after\":");
    string(after, out);
    out.extend_from_slice(b",\"confidence\":");
    probability(*confidence, out);
    if *decided {
        out.extend_from_slice(b",\"decided\":true");
    }
    if !malformed.is_empty() {
        out.extend_from_slice(b",\"malformed\":");
        json(malformed, out);
    }
    if !elements.is_empty() {
        out.extend_from_slice(b",\"elements\":");
        json(elements, out);
    }
    out.extend_from_slice(b"}\n");
}

/// Any value. Writing such values to memory does not fail.
pub(super) fn json(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "{written:?}");
}

/// A string. Few have a byte that JSON escapes; the look at all bytes is compiled to SIMD.
fn string(text: &str, out: &mut Vec<u8>) {
    let is_escaped = |&b: &u8| (b < 0x20) | (b == b'"') | (b == b'\\');
    if text.as_bytes().iter().fold(false, |any, b| any | is_escaped(b)) {
        json(text, out);
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

fn number(n: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes());
}

/// A probability in thousandths: without zeros at its end, but with a digit behind the point.
fn probability(p: f64, out: &mut Vec<u8>) {
    let thousandths = (p * 1000.0).round() as u32;
    if f64::from(thousandths) / 1000.0 != p || thousandths > 1000 || p.is_sign_negative() {
        return json(&p, out);
    }
    let digit = |by: u32| b'0' + (thousandths / by % 10) as u8;
    let digits = [digit(1000), b'.', digit(100), digit(10), digit(1)];
    let zeros = usize::from(thousandths.is_multiple_of(10)) + usize::from(thousandths.is_multiple_of(100));
    out.extend_from_slice(&digits[..digits.len() - zeros]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(record: &Record<'_>) {
        let (mut plain, mut line) = (Vec::new(), Vec::new());
        json(record, &mut plain);
        plain.push(b'\n');
        write(&beginning(record.input), record, &mut line);
        assert_eq!(String::from_utf8_lossy(&line), String::from_utf8_lossy(&plain));
    }

    fn plain_record() -> Record<'static> {
        Record {
            input: "渠.txt",
            rule: "rejoin",
            start: 0,
            end: 0,
            line: 1,
            before: "",
            after: "",
            confidence: 1.0,
            decided: false,
            malformed: Vec::new(),
            elements: Vec::new(),
        }
    }

    #[test]
    fn every_probability_is_written_as_a_serializer_writes_it() {
        for n in 0..=1000 {
            check(&Record { confidence: f64::from(n) / 1000.0, ..plain_record() });
        }
        for p in [f64::NAN, -0.5, -0.0, 1.5, 0.1234, 1e-9, f64::INFINITY] {
            check(&Record { confidence: p, ..plain_record() });
        }
    }

    proptest! {
        #[test]
        fn a_line_is_what_a_serializer_writes(
            texts in prop::array::uniform4("[渠a\"\\\\\n\t\u{1}\u{7f}\u{2028}é𠀀 /]{0,40}"),
            numbers in prop::array::uniform3(prop_oneof![any::<u64>(), 0u64..1000]),
            decided: bool,
            malformed in prop::collection::vec((any::<u64>(), "[0-9a-f]{2,4}"), 0..2),
            elements in prop::collection::vec((any::<u32>(), Just("line \"1\""), any::<u32>(), any::<u32>()), 0..2),
        ) {
            let [input, rule, before, after] = texts.each_ref().map(String::as_str);
            let [start, end, line] = numbers;
            check(&Record { input, rule, start, end, line, before, after, confidence: 0.5, decided, malformed, elements });
        }
    }
}
