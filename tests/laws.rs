//! The laws of the house on texts that nobody wrote: conservation against the ledger, idempotence where a page is
//! clean, offsets, streams that equal wholes, and no panic on any bytes.

mod told;

use proptest::prelude::*;
use qingyang::Stream;
use qingyang::decode::{Encoding, decode};
use qingyang::{Cleaner, Decision, ErrorKind, Issue, Options, Proof};
use std::collections::BTreeMap;
use told::{options_of, replay, telling};

/// Lines that mean something to the roles and the units.
const LINES: [&str; 15] = [
    "\n责任编辑 何苗\n",
    "\n第3版 要闻 2023年9月12日 星期二\n",
    "\n本报讯（记者 何苗）昨日上午，新桥通车。\n",
    "\n渠水流进千万家\n",
    "\n（下转第2版）\n",
    "\n（上接第1版）\n",
    "图为新桥。何苗 摄\n",
    "\n渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。“好！”他说。新桥成了。\n",
    "\n“渠\n",
    "\n第9999十条 渠\n",
    "\nrivi-\nère\n",
    "\n石头。桥成了，渠\n责编 何苗\n水来了。\n",
    "\n编辑：\n",
    "娓犳按娴佽繃妗ュご\n娓犳按娴佽繃妗ュご�12閲岃矾\n",
    "ÇþË®Á÷¹ýÇÅÍ·Õò\n",
];

/// Texts that look like damaged pages: Han, marks, digits, Latin, spaces of every kind, doubled runs, form feeds.
fn page() -> impl Strategy<Value = String> {
    pieces(60)
}

/// Texts like those, of fewer pieces than `most`.
fn pieces(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[渠水流过桥头镇沿岸的稻田渐泛黄记者本报讯高兴]{1,14}",
        2 => "[，。、；：！？“”（）《》—…·]{1,2}",
        2 => "[0-9０-９.．,:%％年月日]{1,6}",
        1 => "[A-Za-zＡ-Ｚ@/-]{1,8}",
        2 => "[ 　\t\u{a0}]{1,3}",
        4 => "[\n\r]{1,3}",
        1 => "[\u{200b}\u{feff}\u{ad}\u{2f08}\u{2ea0}\u{f914}\u{fe35}\u{301}\u{e123}\u{f020}\u{1f468}\u{200d}\u{0}\u{85}]{1,2}",
        1 => "[e\u{fb04}\u{212b}Ａ\u{327}\u{301}\u{308}\u{1100}\u{1161}\u{11a8}\u{3099}か\n]{1,5}",
        1 => "\x0c",
        1 => "[渠水桥头]{2,6}".prop_map(|s| format!("\n{s}{s}\n")),
        1 => "[渠水桥头稻田]{2,6}".prop_map(|s| s.chars().flat_map(|c| [c, c]).collect::<String>()),
        1 => "[渠水桥头稻田]{3,9}".prop_map(|s| s.chars().map(|c| format!("{c} ")).collect::<String>()),
        2 => prop::sample::select(&LINES[..]).prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|p| p.concat())
}

/// Any options; half of them with rules switched off.
fn options() -> impl Strategy<Value = Options> {
    (any::<u16>(), any::<(bool, u32)>()).prop_map(|(bits, (all, skip))| options_of(bits, if all { 0 } else { skip }))
}

/// Every encoding, and the one that is found out.
const ENCODINGS: [Option<Encoding>; 6] = [
    None,
    Some(Encoding::Utf8),
    Some(Encoding::Gb18030),
    Some(Encoding::Big5),
    Some(Encoding::Utf16Le),
    Some(Encoding::Utf16Be),
];

fn ink(s: &str) -> String {
    s.chars().filter(|&c| !told::is_white_space(c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_ledger_accounts_for_every_character(text in page(), options in options()) {
        let mut options = options;
        options.ledger = true;
        let proof = Cleaner::new(options).page(&text);
        let ledger = proof.ledger.expect("asked for");
        prop_assert_eq!(&replay(&text, &ledger), &proof.text);
        // What no content entry names is in the proof, in its order.
        let mut kept = String::new();
        let mut at = 0;
        for e in ledger.iter().filter(|e| !e.is_white_space()) {
            kept.push_str(&text[at..e.start as usize]);
            kept.push_str(&e.after);
            at = e.end as usize;
        }
        kept.push_str(&text[at..]);
        prop_assert_eq!(ink(&kept), ink(&proof.text));
    }

    #[test]
    fn the_proof_is_lines_of_text_with_one_line_feed_at_the_end(text in page()) {
        let proof = Cleaner::new(Options::default()).page(&text);
        for page in proof.text.split('\x0c').filter(|page| !page.is_empty()) {
            prop_assert!(page.ends_with('\n') && !page.starts_with('\n'));
            prop_assert!(!page.contains("\n\n") && !page.contains('\r'));
        }
    }

    #[test]
    fn page_k_of_the_proof_is_page_k_of_the_input(
        pages in prop::collection::vec(prop_oneof![pieces(8), Just(String::new()), Just(" \n".into())], 0..6),
        options in options(),
        size in 1usize..20,
    ) {
        let raw = pages.join("\x0c");
        let mut cleaner = Cleaner::new(options.clone());
        let mut clean: Vec<String> = raw.split('\x0c').map(|page| cleaner.page(page).text).collect();
        // A form feed at the very end opens no page.
        if clean.len() > 1 && clean[clean.len() - 1].is_empty() && !clean[clean.len() - 2].is_empty() {
            clean.pop();
        }
        let clean = clean.join("\x0c");
        prop_assert_eq!(&cleaner.page(&raw).text, &clean);
        let mut stream = Stream::new(options, Some(Encoding::Utf8), false);
        let mut out = String::new();
        if !raw.starts_with('\u{feff}') {
            raw.as_bytes().chunks(size).for_each(|part| stream.push(part, &mut |p| out.push_str(&p.text)).expect("UTF-8"));
            stream.finish(&mut |p| out.push_str(&p.text)).expect("UTF-8");
            prop_assert_eq!(out, clean);
        }
    }

    #[test]
    fn a_stream_in_any_pieces_is_the_whole(text in page(), cuts in prop::collection::vec(1usize..40, 0..30)) {
        let whole = Cleaner::new(Options::default()).page(&text).text;
        let mut stream = Stream::new(Options::default(), Some(Encoding::Utf8), false);
        let mut out = String::new();
        let mut rest = text.as_bytes();
        for cut in cuts {
            let (head, tail) = rest.split_at(cut.min(rest.len()));
            stream.push(head, &mut |p| out.push_str(&p.text)).expect("UTF-8");
            rest = tail;
        }
        stream.push(rest, &mut |p| out.push_str(&p.text)).expect("UTF-8");
        stream.finish(&mut |p| out.push_str(&p.text)).expect("UTF-8");
        // A byte order mark at the head belongs to the encoding, not to the page.
        if !text.starts_with('\u{feff}') {
            prop_assert_eq!(out, whole);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for encoding in ENCODINGS {
            let lossy = decode(&bytes, encoding, true).expect("a lossy decoder refuses nothing");
            match decode(&bytes, encoding, false) {
                Ok(strict) => {
                    prop_assert_eq!((&strict.text, strict.encoding, lossy.malformed), (&lossy.text, lossy.encoding, 0));
                }
                Err(error) => {
                    prop_assert!(lossy.malformed > 0, "{encoding:?} refuses {bytes:?}, and nothing is replaced: {error}");
                    prop_assert!(lossy.text.contains('\u{fffd}'), "{encoding:?}: {:?}", lossy.text);
                    if let ErrorKind::Malformed { offset, bytes: bad, .. } = error.kind() {
                        let at = usize::try_from(*offset).expect("a small place");
                        prop_assert!(bytes[at..].starts_with(bad) && !bad.is_empty(), "{bad:?} at {at} of {bytes:?}");
                    }
                }
            }
            let mut options = Options::default();
            options.ledger = true;
            options.confidence = true;
            let proof = Cleaner::new(options).page(&lossy.text);
            for e in proof.ledger.expect("asked for") {
                prop_assert!(lossy.map.source(e.start as usize) <= lossy.map.source(e.end as usize));
                prop_assert!(lossy.map.source(e.end as usize) <= bytes.len() as u64);
            }
        }
    }

    #[test]
    fn every_encoding_of_one_text_gives_one_proof(text in "[渠水流过桥头镇岸的田黄，。\nA-Z0-9]{1,200}") {
        let plain = Cleaner::new(Options::default()).page(&text).text;
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
        for (bytes, encoding) in [(utf16, Encoding::Utf16Le), (gb, Encoding::Gb18030)] {
            let d = decode(&bytes, Some(encoding), false).expect("encoded by the book");
            prop_assert_eq!(&*d.text, &text);
            prop_assert_eq!(d.map.source(text.len()), bytes.len() as u64);
            prop_assert_eq!(&Cleaner::new(Options::default()).page(&d.text).text, &plain);
        }
    }

    #[test]
    fn what_is_asked_for_besides_changes_no_text(text in page(), options in options()) {
        let plain = Cleaner::new(options.clone()).page(&text);
        let told = Cleaner::new(telling(options)).page(&text);
        prop_assert_eq!((plain.text, plain.counts), (told.text, told.counts));
    }

    #[test]
    fn a_second_cleaning_by_rules_that_need_no_model_changes_nothing(
        text in prop_oneof![page(), pieces(4)],
        options in options(),
    ) {
        told::cleaned_twice(&told::deterministic(options), &text);
    }

    #[test]
    fn no_edits_are_equal_bytes_under_all_options(text in prop_oneof![page(), pieces(4)], options in options()) {
        let mut text = text;
        for _ in 0..3 {
            let plain = Cleaner::new(options.clone()).page(&text);
            told::no_edits_are_equal_bytes(&text, &plain);
            told::no_edits_are_equal_bytes(&text, &Cleaner::new(telling(options.clone())).page(&text));
            text = plain.text;
        }
    }

    #[test]
    fn what_a_proof_tells_is_so_under_all_options(text in page(), options in options()) {
        let options = telling(options);
        let proof = Cleaner::new(options.clone()).page(&text);
        told::check(&[text], 0, &options, &proof);
    }

    #[test]
    fn a_stream_tells_what_the_whole_tells(text in page(), options in options(), cuts in prop::collection::vec(1usize..40, 0..30)) {
        let text = text.replace('\u{feff}', "");
        let options = telling(options);
        let mut stream = Stream::new(options.clone(), Some(Encoding::Utf8), false);
        let mut got = Proof::default();
        got.ledger = Some(qingyang::Ledger::new());
        let mut rest = text.as_bytes();
        for cut in cuts {
            let (head, tail) = rest.split_at(cut.min(rest.len()));
            stream.push(head, &mut |p| told::append(&mut got, p)).expect("UTF-8");
            rest = tail;
        }
        stream.push(rest, &mut |p| told::append(&mut got, p)).expect("UTF-8");
        stream.finish(&mut |p| told::append(&mut got, p)).expect("UTF-8");
        prop_assert_eq!(got, Cleaner::new(options).page(&text));
    }

    #[test]
    fn what_an_issue_tells_is_so_under_all_options(texts in prop::collection::vec(page(), 1..5), options in options()) {
        let options = telling(options);
        let mut issue = Issue::new(options.clone());
        texts.iter().for_each(|t| issue.page(t));
        for (n, proof) in issue.finish().iter().enumerate() {
            told::check(&texts, n, &options, proof);
        }
    }

    #[test]
    fn a_decision_changes_its_own_break_under_all_options(
        text in page(),
        options in options(),
        picks in prop::collection::vec(any::<(prop::sample::Index, bool)>(), 1..6),
    ) {
        let options = telling(options);
        let plain = Cleaner::new(options.clone()).page(&text);
        prop_assume!(!plain.breaks.is_empty());
        let decided: BTreeMap<u64, bool> =
            picks.iter().map(|(i, keep)| (plain.breaks[i.index(plain.breaks.len())].source, *keep)).collect();
        let list: Vec<Decision> = decided.iter().map(|(&source, &keep)| Decision::new(source, keep)).collect();
        let proof = Cleaner::new(options.clone()).page_with(&text, &list).expect("all are breaks of this text");
        told::check(&[text], 0, &options, &proof);
        prop_assert_eq!(plain.breaks.len(), proof.breaks.len());
        for (a, b) in plain.breaks.iter().zip(&proof.breaks) {
            let own = decided.get(&a.source);
            prop_assert_eq!((a.source, *own.unwrap_or(&a.kept), own.is_some()), (b.source, b.kept, b.decided));
        }
    }
}

#[test]
fn hostile_shapes_end_in_a_line_feed_and_lose_nothing() {
    let shapes = [
        "啊".repeat(60_000),
        "渠\n".repeat(40_000),
        "（".repeat(30_000) + &"）".repeat(30_000),
        "\n".repeat(100_000) + "渠",
        "渠水".repeat(20_000),
        "渠 ".repeat(30_000),
        "“\n".repeat(20_000),
        "1.渠水\n".repeat(20_000),
        "Ab cd. ".repeat(10_000),
        "渠  ".repeat(40_000),
    ];
    for shape in shapes {
        let proof = Cleaner::new(Options::default()).page(&shape);
        assert!(proof.text.ends_with('\n'));
        assert_eq!(ink(&proof.text).len(), ink(&shape).len(), "{}", shape.chars().take(8).collect::<String>());
    }
}

#[test]
fn a_list_number_that_no_counter_holds_is_no_panic() {
    let page = "70000.渠水\n1.稻田\n70001.桥头\n70002.高兴\n第9999十条 渠水\n第十十十十十条 稻田\n";
    assert_eq!(ink(&qingyang::clean(page)), ink(page));
}
