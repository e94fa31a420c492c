//! Decisions about edits other than line breaks.

use qingyang::options::Furniture;
use qingyang::{Cleaner, EditDecision, EditDecisions, Encoding, Options, Proof, Stream};

fn told() -> Options {
    Options::default().with_ledger(true).with_units(true).with_confidence(true)
}

fn carried_out(options: Options, raw: &str, decisions: Vec<EditDecision>) -> (Proof, usize) {
    let mut proof = Cleaner::new(options).page(raw);
    let mut decisions = EditDecisions::new(decisions, Encoding::Utf8);
    decisions.carry_out(&mut proof).expect("the ledger of this text");
    (proof, decisions.unmet().count())
}

/// Refuses the edits of a rule in the whole text.
fn refused(options: Options, raw: &str, rule: &str) -> Proof {
    let (proof, unmet) = carried_out(options, raw, vec![EditDecision::new(0..raw.len() as u64, rule, true)]);
    assert_eq!(unmet, 0, "{rule} edits {raw:?}");
    proof
}

#[test]
fn a_refused_edit_leaves_the_text_of_the_input() {
    let drop = told().with_furniture(Furniture::Drop);
    for (options, rule, raw, want) in [
        (told(), "spacing", "渠 水 流 过 桥 头 镇。\n", "渠 水 流 过 桥 头 镇。\n"),
        (told(), "punctuation", "渠水流过桥头镇,沿岸的稻田渐渐泛黄。\n", "渠水流过桥头镇,沿岸的稻田渐渐泛黄。\n"),
        (told(), "full-width", "渠水２０公里。\n", "渠水２０公里。\n"),
        (told(), "invisible", "渠\u{200b}水流过。\n", "渠\u{200b}水流过。\n"),
        (
            drop.clone(),
            "furniture",
            "第3版 要闻\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n",
            "第3版 要闻\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n",
        ),
        (
            drop,
            "furniture",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n\n  责任编辑 何苗\n",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n责任编辑 何苗\n",
        ),
    ] {
        let proof = refused(options, raw, rule);
        assert_eq!(proof.text, want, "{rule}");
        let ledger = proof.ledger.as_ref().expect("asked for");
        assert_eq!(ledger.replay(raw).expect("this text"), proof.text, "{rule}");
        assert_eq!(ledger.undo(&proof.text).expect("this text"), raw, "{rule}");
        assert!(!proof.refused.is_empty() && ledger.iter().all(|e| e.rule_name() != rule), "{rule}");
    }
}

#[test]
fn every_line_of_the_text_is_in_a_unit_and_articles_name_the_same_units_as_before() {
    let raw = "标题标题\n第3版 要闻\n云台渡口通新桥 两岸群众不绕行\n渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整晒场。\n责任编辑 何苗\n";
    let options = told().with_furniture(Furniture::Drop);
    let plain = Cleaner::new(options.clone()).page(raw);
    let texts = |proof: &Proof, numbers: &[usize]| -> Vec<String> {
        numbers.iter().map(|&n| proof.text[proof.units[n].range.clone()].to_string()).collect()
    };
    for rule in ["furniture", "doubled"] {
        if plain.ledger.iter().flatten().all(|e| e.rule_name() != rule) {
            continue;
        }
        let proof = refused(options.clone(), raw, rule);
        let units: Vec<&str> = proof.units.iter().map(|u| &proof.text[u.range.clone()]).collect();
        let lines: Vec<&str> = proof.text.lines().collect();
        assert_eq!(units, lines, "{rule}");
        for (a, b) in plain.articles.iter().zip(&proof.articles) {
            assert_eq!(texts(&plain, &a.body), texts(&proof, &b.body), "{rule}");
        }
    }
}

#[test]
fn a_confirmed_edit_stays_and_says_so() {
    let raw = "渠 水 流 过 桥 头 镇。\n";
    let (proof, unmet) = carried_out(told(), raw, vec![EditDecision::new(3..8, "spacing", false)]);
    assert_eq!((proof.text.as_str(), unmet), ("渠水流过桥头镇。\n", 0));
    let decided: Vec<bool> = proof.ledger.iter().flatten().map(|e| e.decided).collect();
    assert_eq!(decided, [true, true, false, false, false, false]);
}

#[test]
fn moves_and_line_breaks_are_not_edits_that_one_can_refuse() {
    let raw = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整晒场。\n\n\n云台\n";
    for rule in ["rejoin", "layout", "order", "no-such-rule"] {
        let (proof, unmet) = carried_out(told(), raw, vec![EditDecision::new(0..raw.len() as u64, rule, true)]);
        assert_eq!(unmet, 1, "{rule}");
        assert_eq!(proof.text, Cleaner::new(told()).page(raw).text, "{rule}");
    }
}

#[test]
fn edits_are_found_in_every_encoding_and_behind_windows_and_form_feeds() {
    let page = "渠 水 流 过 桥 头 镇。\n沿岸的稻田渐渐泛黄,农户忙着修整晒场。\n";
    let text = format!("{page}\x0c{}", page.repeat(40));
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, encoding) in
        [(text.clone().into_bytes(), Encoding::Utf8), (gb.into_owned(), Encoding::Gb18030), (utf16, Encoding::Utf16Le)]
    {
        for window in [700, 1 << 20] {
            let mut stream = Stream::with_window(window, told(), Some(encoding), false);
            let mut proofs = Vec::new();
            stream.push(&bytes, &mut |p| proofs.push(p)).expect("decodes");
            stream.finish(&mut |p| proofs.push(p)).expect("decodes");
            let all = vec![EditDecision::new(0..bytes.len() as u64, "punctuation", true)];
            let mut decisions = EditDecisions::new(all, encoding);
            proofs.iter_mut().for_each(|p| decisions.carry_out(p).expect("this text"));
            let clean: String = proofs.iter().map(|p| p.text.as_str()).collect();
            assert_eq!(clean.matches("泛黄,农户").count(), 41, "{encoding:?}, window {window}");
            assert!(!clean.contains("泛黄，"), "{encoding:?}, window {window}");
        }
    }
}
