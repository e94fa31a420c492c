//! Properties of any input: one function for each fuzz target. `fuzz/fuzz_targets` calls it with the inputs of the fuzzer,
//! `tests/corpus.rs` with the seeds and the fixtures. A property that does not hold panics.

use qingyang::RuleSet;
use qingyang::Stream;
use qingyang::decode::{Decoded, Encoding, decode};
use qingyang::reading;
use qingyang::{Cleaner, Entry, Ledger, Options, Proof};

#[path = "../../src/run/records/additions.rs"]
mod additions;
#[path = "../../src/run/records/edit.rs"]
mod edit;
#[path = "../../src/run/records/fault.rs"]
mod fault;
#[path = "../../src/run/records/field.rs"]
mod field;
#[path = "../../src/run/records/record.rs"]
mod record;
#[path = "../../src/run/records/scan.rs"]
mod scan;
#[path = "../../../tests/told/mod.rs"]
mod told;

/// The first bytes choose the options, the rest is the input; missing bytes count as zero.
fn split<const N: usize>(data: &[u8]) -> ([u8; N], &[u8]) {
    let mut head = [0; N];
    let n = data.len().min(N);
    head[..n].copy_from_slice(&data[..n]);
    (head, &data[n..])
}

/// Bytes that choose the options: two for the choices, three for the rules that are off.
const CHOICES: usize = 5;

fn options_of(head: &[u8]) -> Options {
    let at = |k: usize| head.get(k).copied().unwrap_or_default();
    told::options_of(u16::from_le_bytes([at(0), at(1)]), u32::from_le_bytes([at(2), at(3), at(4), 0]))
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
    text.chars().filter(|&c| !told::is_white_space(c))
}

/// Any bytes: decoded in the detected encoding, or else with losses, and cleaned.
pub fn bytes(data: &[u8]) {
    let decoded = decode(data, None, false).or_else(|_| decode(data, None, true));
    if let Ok(decoded) = decoded {
        check_map(&decoded, data);
        clean(&decoded, data, Options::default());
    }
}

/// Options, encoding and loss from the first six bytes, the page from the rest.
pub fn options(data: &[u8]) {
    let (head, rest) = split::<{ CHOICES + 1 }>(data);
    let how = head[CHOICES];
    if let Ok(decoded) = decode(rest, encoding_of(how), how & 128 != 0) {
        check_map(&decoded, rest);
        clean(&decoded, rest, options_of(&head));
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
    options = told::telling(options);
    let told = Cleaner::new(options.clone()).page(text);
    told::check(&[text], 0, &options, &told);
    for page in told.text.split('\x0c').filter(|page| !page.is_empty()) {
        assert!(page.ends_with('\n'), "no line feed at the end");
        if options.skip == RuleSet::NONE {
            assert!(!page.starts_with('\n') && !page.contains('\r'));
            assert!(options.blank_lines || !page.contains("\n\n"));
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

/// Options and a text: bytes that are UTF-8, or that choose characters of pages.
fn page_of(data: &[u8]) -> (Options, String) {
    let (head, rest) = split::<CHOICES>(data);
    let text = if head[0] & 128 == 0 {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        let case: Vec<char> = CASE.chars().collect();
        rest.iter().map(|&b| case[usize::from(b) % case.len()]).collect()
    };
    (options_of(&head), text)
}

/// The ledger of a text, in both directions.
pub fn ledger(data: &[u8]) {
    let (mut options, text) = page_of(data);
    options.ledger = true;
    both_ways(&text, &Cleaner::new(options).page(&text));
}

/// Pages cleaned by a cleaner that cleaned other pages before, and asked more or less of: neither changes the text.
pub fn again(data: &[u8]) {
    let (options, text) = page_of(data);
    let mut cleaner = Cleaner::new(options.clone());
    for part in text.split('\x0c').chain(text.split('\x0c')) {
        let proof = cleaner.page(part);
        assert_eq!(proof, Cleaner::new(options.clone()).page(part), "the page before shows");
        let told = Cleaner::new(told::telling(options.clone())).page(part);
        assert_eq!((proof.text, proof.counts), (told.text, told.counts), "being asked changes the answer");
    }
}

/// A clean text cleaned a second and a third time, by the rules that need no model: nothing changes.
pub fn twice(data: &[u8]) {
    let (options, text) = page_of(data);
    told::cleaned_twice(&told::deterministic(options), &text);
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

/// Options, encoding, window and the sizes of the pieces from the first eight bytes; the stream from the rest.
pub fn stream(data: &[u8]) {
    let (head, rest) = split::<{ CHOICES + 3 }>(data);
    let [how, window, pieces] = [head[CHOICES], head[CHOICES + 1], head[CHOICES + 2]];
    let mut options = options_of(&head);
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

/// The ledger of a stream names bytes of the source, in any encoding, and says all that changed.
fn source_replay(data: &[u8], decoded: &Decoded, (text, counts, ledger, ..): &Gave) {
    let same = data.starts_with(decoded.text.as_bytes()) && decoded.encoding == Encoding::Utf8 && *text == decoded.text;
    assert!(!same || ledger.is_empty() && counts.is_empty(), "{counts:?}: {ledger:?}");
    assert!(!counts.is_empty() || ledger.is_empty() && *text == decoded.text, "{ledger:?}");
    // One code of Big5 may be two characters; no offset can name the place between them.
    if decoded.encoding == Encoding::Big5 {
        return;
    }
    let ledger: Ledger = ledger.iter().cloned().collect();
    assert_eq!(ledger.replay_bytes(data, decoded.encoding).as_deref(), Ok(&**text), "forth");
    let back = ledger.undo_bytes(text, decoded.encoding);
    // GB 18030 has two codes for some characters.
    assert!(decoded.encoding == Encoding::Gb18030 || back.as_deref() == Ok(data), "back: {back:?}");
}

/// The field's name up to the first line feed, then the record; compared with what serde_json makes of both.
pub fn records(data: &[u8]) {
    let cut = data.iter().position(|&b| b == b'\n').unwrap_or(data.len());
    let (name, line) = (&data[..cut], data.get(cut + 1..).unwrap_or_default());
    let Ok(name) = std::str::from_utf8(name) else { return };
    let mut cleaner = Cleaner::new(Options::default());
    // `*` is no part of RFC 6901.
    if name.split('/').any(|step| step == "*") || field::Field::parse(name).is_none() {
        return;
    }
    let mut cleaned = |to: Option<&str>| {
        let field = |name: &str| field::Field::parse(name).expect("a name");
        let target = record::Target { field: field(name), to: to.map(field) };
        let beside = || to.map(|_| ("qz".to_string(), "[1]".to_string())).into_iter().collect();
        let clean =
            &mut |_, value: &str| record::Cleaned { text: record::clean_text(value, &mut cleaner), beside: beside() };
        record::edits(line, &[target], clean).map(|edits| {
            let (mut new, mut at) = (Vec::new(), 0);
            for edit::Edit { range, put } in edits {
                new.extend_from_slice(&line[at..range.start]);
                put.write(&mut new);
                at = range.end;
            }
            new.extend_from_slice(&line[at..]);
            serde_json::from_slice::<serde_json::Value>(&new).expect("still JSON")
        })
    };
    let value: Option<serde_json::Value> = serde_json::from_slice(line).ok();
    let pointer = match name.strip_prefix('/') {
        Some(_) => name.to_string(),
        None => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
    };
    // A bare name is a key, never an item of a list.
    let there = |v: &serde_json::Value| v.is_object() || name.starts_with('/');
    let made = [None, Some("qy"), Some("/qy/clean")].map(|to| (to, cleaned(to)));
    for (to, made) in made {
        match made {
            Ok(made) => {
                let Some(want) = value.as_ref().and_then(|value| with_clean(value, &pointer, to)) else { return };
                assert_eq!(made, want, "{name} to {to:?}");
            }
            Err(error) if to.is_none() => {
                let Some(value) = value.as_ref().filter(|value| there(value)) else { return };
                let found = value.pointer(&pointer).and_then(serde_json::Value::as_str);
                assert!(found.is_none(), "{error:?}, but it is {found:?}");
            }
            Err(_) => {}
        }
    }
}

/// What a record is to be once the string at this pointer is cleaned; `to` is a key beside it or a pointer to a key of a key.
fn with_clean(record: &serde_json::Value, pointer: &str, to: Option<&str>) -> Option<serde_json::Value> {
    let mut want = record.clone();
    let found = want.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer:?} is not there"));
    let mut clean = Cleaner::new(Options::default()).page(found.as_str().expect("a string")).text;
    if clean.ends_with('\n') {
        clean.pop();
    }
    let Some(to) = to else {
        *found = clean.into();
        return Some(want);
    };
    let (parent, _) = pointer.rsplit_once('/').expect("a pointer");
    let beside = want.pointer_mut(parent)?.as_object_mut().expect("an object beside whose member a key stands");
    beside.insert("qz".to_string(), serde_json::json!([1]));
    match to.strip_prefix('/').and_then(|to| to.split_once('/')) {
        None => beside.insert(to.to_string(), clean.into()),
        Some((outer, inner)) => {
            let outer =
                want.as_object_mut().expect("an object at the top").entry(outer).or_insert(serde_json::json!({}));
            outer.as_object_mut().expect("an object").insert(inner.to_string(), clean.into())
        }
    };
    Some(want)
}

/// Bytes as a layout: the first chooses the format, 0 what the content says. What is read keeps the promises of its type, and
/// can be cleaned.
pub fn layouts(data: &[u8]) {
    let ([choice], bytes) = split(data);
    let format = usize::from(choice).checked_sub(1).and_then(|n| reading::Format::all().nth(n));
    let Ok(layout) = reading::read(bytes, format) else { return };
    for line in layout.pages.iter().flat_map(|page| &page.lines) {
        assert!(line.text.contains(|c: char| !c.is_whitespace()), "a blank line");
        assert!(!line.text.contains(['\n', '\r', '\u{c}']), "a line end in {:?}", line.text);
        assert!(
            line.pieces.iter().all(|piece| line.text.get(piece.range.clone()).is_some()),
            "pieces of {:?}",
            line.text
        );
        assert!(line.quad.0.iter().all(|(x, y)| x.is_finite() && y.is_finite()), "a place that is no number");
    }
    Cleaner::new(Options::default()).layout(&layout);
}
