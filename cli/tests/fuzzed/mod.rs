//! Properties of any input: one function for each fuzz target. `fuzz/fuzz_targets` calls it with the inputs of the fuzzer,
//! `tests/corpus.rs` with the seeds and the fixtures. A property that does not hold panics.

use qingyang::RuleSet;
use qingyang::Stream;
use qingyang::decode::{Decoded, Encoding, decode};
use qingyang::{Cleaner, Entry, Options, Proof};

#[path = "../../src/run/records/record.rs"]
mod record;
#[path = "../../../tests/told/mod.rs"]
mod told;

/// The first bytes choose the options, the rest is the input; missing bytes count as zero.
fn split<const N: usize>(data: &[u8]) -> ([u8; N], &[u8]) {
    let mut head = [0; N];
    let n = data.len().min(N);
    head[..n].copy_from_slice(&data[..n]);
    (head, &data[n..])
}

fn options_of([bits, low, high]: [u8; 3]) -> Options {
    // The newest rules have no bits of their own: theirs are made of the others.
    let skip = u32::from_le_bytes([low, high, low ^ high, 0]);
    told::options_of(bits.into(), skip)
}

fn encoding_of(byte: u8) -> Option<Encoding> {
    [
        None,
        Some(Encoding::Utf8),
        Some(Encoding::Utf16Le),
        Some(Encoding::Utf16Be),
        Some(Encoding::Gb18030),
        Some(Encoding::Big5),
    ][usize::from(byte) % 6]
}

fn ink(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Any bytes: decoded in the detected encoding, or else with losses, and cleaned.
pub fn bytes(data: &[u8]) {
    let decoded = decode(data, None, false).or_else(|_| decode(data, None, true));
    if let Ok(decoded) = decoded {
        check_map(&decoded, data);
        clean(&decoded, data, Options::default());
    }
}

/// Options, encoding and loss from the first four bytes, the page from the rest.
pub fn options(data: &[u8]) {
    let ([a, b, c, how], rest) = split::<4>(data);
    if let Ok(decoded) = decode(rest, encoding_of(how), how & 128 != 0) {
        check_map(&decoded, rest);
        clean(&decoded, rest, options_of([a, b, c]));
    }
}

fn check_map(decoded: &Decoded, data: &[u8]) {
    let mut last = 0;
    for (at, _) in decoded.text.char_indices() {
        let source = decoded.map.source(at);
        assert!(last <= source && source <= data.len() as u64, "character at byte {at} came from {source}");
        last = source;
    }
    assert_eq!(decoded.map.source(decoded.text.len()), data.len() as u64);
}

fn clean(decoded: &Decoded, data: &[u8], mut options: Options) {
    let text = &*decoded.text;
    let plain = Cleaner::new(options.clone()).page(text);
    options = told::telling(options);
    let told = Cleaner::new(options.clone()).page(text);
    assert_eq!(plain.text, told.text, "being asked changes the answer");
    assert_eq!(plain.counts, told.counts);
    told::check(&[text], 0, &options, &told);
    if !plain.text.is_empty() {
        assert!(plain.text.ends_with('\n'), "no line feed at the end");
        if options.skip == RuleSet::NONE {
            assert!(!plain.text.starts_with('\n') && !plain.text.contains('\r'));
            assert!(options.blank_lines || !plain.text.contains("\n\n"));
        }
    }
    for b in &told.breaks {
        assert!(decoded.map.source(b.source as usize) <= data.len() as u64);
    }
    both_ways(text, &told);
}

/// The ledger accounts for every character, in both directions.
fn both_ways(text: &str, proof: &Proof) {
    let ledger = proof.ledger.as_deref().expect("asked for");
    let (mut forth, mut kept, mut at) = (String::new(), String::new(), 0);
    for e in ledger {
        let (start, end) = (e.start as usize, e.end as usize);
        assert!(at <= start && start <= end, "entries overlap: {e:?}");
        assert_eq!(&text[start..end], e.before, "{e:?}");
        assert_eq!(e.line, 1 + text[..start].matches('\n').count() as u64, "{e:?}");
        forth.push_str(&text[at..start]);
        kept.push_str(&text[at..start]);
        forth.push_str(&e.after);
        kept.push_str(if e.is_white_space() { &e.before } else { &e.after });
        at = end;
    }
    forth.push_str(&text[at..]);
    kept.push_str(&text[at..]);
    assert_eq!(forth, proof.text, "forth");
    // Text that no entry names is in the proof, in its order.
    assert!(ink(&kept).eq(ink(&proof.text)), "conservation");
    assert_eq!(told::undo(&proof.text, ledger), text, "back");
}

/// Characters of pages: each byte of an input chooses one, so that every input is a text like a page.
const CASE: &str = concat!(
    "\n\n\n\n\n\n\n\n      \u{3000}\u{3000}\t\r\x0c\x0b\u{a0}\u{85}\u{2028}\u{200b}\u{feff}\u{ad}\u{200d}\u{0}\u{fffd}",
    "，，，，。。。。、、：；！？“”‘’（）《》〈〉【】—…·•●■▲△※□◆,.:;!?()\"'-/%~@#&*+<>[]|_=",
    "0123456789０１２３４５６７８９ABCabcＡＢＣａｂｃéü\u{308}\u{fb01}\u{2f08}\u{2ea0}\u{f914}\u{fe35}\u{fe36}\u{e123}\u{1f468}\u{20000}",
    "一二三四五六七八九十百千万亿年月日时第版期",
    "本报讯记者通员责任编辑校对美摄影图片文电社据日新华",
    "渠水流过桥头镇沿岸的稻田渐渐泛黄农户忙着修整晒场是在了和有也不这那说他她我们为与及",
    "王李张刘陈杨赵黄周吴欧阳上官高兴明建国秀英伟芳",
);

/// Two texts, each cleaned twice by one cleaner: one page must not change the result of another. And the ledger of both
/// with a form feed between them, in both directions.
pub fn ledger(data: &[u8]) {
    let (head, rest) = split::<3>(data);
    let mut options = options_of(head);
    options.ledger = true;
    let text = if head[0] & 128 == 0 {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        let case: Vec<char> = CASE.chars().collect();
        rest.iter().map(|&b| case[usize::from(b) % case.len()]).collect()
    };
    let whole = Cleaner::new(options.clone()).page(&text);
    both_ways(&text, &whole);
    let mut cleaner = Cleaner::new(options.clone());
    for part in text.split('\x0c').chain(text.split('\x0c')) {
        let proof = cleaner.page(part);
        both_ways(part, &proof);
        assert_eq!(proof, Cleaner::new(options.clone()).page(part), "the page before shows");
    }
}

/// The result of a stream: text, counts, ledger, replaced byte sequences, and the error.
type Gave = (String, qingyang::Counts, Vec<Entry>, u64, Result<(), qingyang::Error>);

fn streamed(data: &[u8], mut stream: Stream, mut size: impl FnMut() -> usize) -> Gave {
    let (mut text, mut counts, mut ledger) = (String::new(), qingyang::Counts::default(), Vec::new());
    let mut sink = |proof: Proof| {
        for b in &proof.breaks {
            assert!(b.at <= proof.text.len() && proof.text.is_char_boundary(b.at), "{b:?}");
        }
        text.push_str(&proof.text);
        counts.merge(&proof.counts);
        ledger.extend(proof.ledger.unwrap_or_default());
    };
    let mut rest = data;
    let mut outcome = Ok(());
    while !rest.is_empty() && outcome.is_ok() {
        let (head, tail) = rest.split_at(size().clamp(1, rest.len()));
        outcome = stream.push(head, &mut sink);
        rest = tail;
    }
    if outcome.is_ok() {
        outcome = stream.finish(&mut sink);
    }
    (text, counts, ledger, stream.malformed(), outcome)
}

/// Options, encoding, window and the sizes of the pieces from the first six bytes; the stream from the rest.
pub fn stream(data: &[u8]) {
    let ([a, b, c, how, window, pieces], rest) = split::<6>(data);
    let mut options = options_of([a, b, c]);
    options.ledger = how & 64 != 0;
    options.confidence = options.ledger;
    let (encoding, lossy) = (encoding_of(how & 63), how & 128 != 0);
    // Zero chooses the window of the tool, which no fuzzed input fills.
    let small = usize::from(window) * 4;
    let begin = || match small {
        0 => Stream::new(options.clone(), encoding, lossy),
        n => Stream::with_window(n, options.clone(), encoding, lossy),
    };
    let whole = streamed(rest, begin(), || usize::MAX);
    let mut seed = u32::from(pieces) + 1;
    let in_pieces = streamed(rest, begin(), || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 28) as usize + 1
    });
    assert_eq!(whole, in_pieces, "the pieces show");
    let decoded = decode(rest, encoding, lossy);
    match &decoded {
        Ok(decoded) => {
            assert_eq!(whole.4, Ok(()));
            assert_eq!(whole.3, decoded.malformed);
            if small == 0 {
                assert_eq!(
                    whole.0,
                    Cleaner::new(options.clone()).page(&decoded.text).text,
                    "the stream is not the whole"
                );
            }
        }
        Err(error) => assert_eq!(whole.4.as_ref(), Err(error)),
    }
    if let (true, Ok(decoded)) = (options.ledger, decoded) {
        source_replay(rest, &decoded, &whole);
    }
}

/// The ledger of a stream names bytes of the source, in any encoding.
fn source_replay(data: &[u8], decoded: &Decoded, (text, _, ledger, ..): &Gave) {
    // One code of Big5 may be two characters; no offset can name the place between them.
    if decoded.encoding == Encoding::Big5 || decoded.malformed > 0 {
        return;
    }
    let read = |from: u64, to: u64| {
        let bytes = &data[from as usize..to as usize];
        let text = decode(bytes, Some(decoded.encoding), false).map(|d| d.text.into_owned());
        text.unwrap_or_else(|e| panic!("bytes {from} to {to}: {e}"))
    };
    let (mut forth, mut at) = (String::new(), decoded.map.source(0));
    for e in ledger {
        assert!(at <= e.start && e.start <= e.end, "entries overlap: {e:?}");
        // A byte order mark that is not at the head is a character, though decoding the piece alone takes it away.
        if e.before.starts_with('\u{feff}') || read(at, e.start).is_empty() != (at == e.start) {
            return;
        }
        assert_eq!(read(e.start, e.end), e.before, "{e:?}");
        forth.push_str(&read(at, e.start));
        forth.push_str(&e.after);
        at = e.end;
    }
    forth.push_str(&read(at, data.len() as u64));
    if !decoded.text.contains('\u{feff}') {
        assert_eq!(&forth, text, "forth");
    }
}

/// The field's name up to the first line feed, then the record; compared with what serde_json makes of both.
pub fn records(data: &[u8]) {
    let cut = data.iter().position(|&b| b == b'\n').unwrap_or(data.len());
    let (name, line) = (&data[..cut], data.get(cut + 1..).unwrap_or_default());
    let Ok(name) = std::str::from_utf8(name) else { return };
    let mut cleaner = Cleaner::new(Options::default());
    let Some(field) = record::Field::parse(name) else { return };
    let done = record::clean_record(line, &field, &mut cleaner);
    let value: Option<serde_json::Value> = serde_json::from_slice(line).ok();
    let pointer = match name.strip_prefix('/') {
        Some(_) => name.to_string(),
        None => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
    };
    // A bare name is a key, never an item of a list.
    let there = |v: &serde_json::Value| v.is_object() || name.starts_with('/');
    match done {
        Ok(change) => {
            let Some(mut want) = value else { return };
            let found = want.pointer_mut(&pointer).unwrap_or_else(|| panic!("{name:?} is not there"));
            let old = found.as_str().expect("a string").to_string();
            let mut clean = cleaner.page(&old).text;
            if clean.ends_with('\n') {
                clean.pop();
            }
            match change {
                None => assert_eq!(clean, old),
                Some((range, put)) => {
                    *found = clean.into();
                    let new = [&line[..range.start], put.as_bytes(), &line[range.end..]].concat();
                    let new: serde_json::Value = serde_json::from_slice(&new).expect("still JSON");
                    assert_eq!(new, want);
                }
            }
        }
        Err(error) => {
            let Some(value) = value.filter(there) else { return };
            let found = value.pointer(&pointer).and_then(serde_json::Value::as_str);
            assert!(found.is_none(), "{error:?}, but it is {found:?}");
        }
    }
}
