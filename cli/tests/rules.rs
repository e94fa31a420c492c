//! The list of rules is one: in the library, in `qingyang rules`, in the README; and its examples are true.

use qingyang::Rule;
use qingyang::RuleSet;
use qingyang::decode::decode;
use qingyang::options::{CjkLatinSpace, Furniture, Order, Split};
use qingyang::{Cleaner, Issue, Options, Proof};
use std::process::Command;

/// An example as bytes: ⏎, ␍, ␌ and <U+XXXX> stand for what nobody sees, <XX> for a byte, (gone) for nothing.
fn bytes(shown: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = shown.trim_matches(' ');
    if rest == "(gone)" {
        return out;
    }
    while let Some(c) = rest.chars().next() {
        let code = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        match (c, code) {
            ('⏎', _) => out.push(b'\n'),
            ('␍', _) => out.push(b'\r'),
            ('␌', _) => out.push(0x0C),
            (_, Some((code, tail))) => {
                match code.strip_prefix("U+") {
                    Some(code) => {
                        let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code");
                        out.extend(c.to_string().as_bytes());
                    }
                    None => out.push(u8::from_str_radix(code, 16).expect("a byte")),
                }
                rest = tail;
                continue;
            }
            _ => out.extend(c.to_string().as_bytes()),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The text around an example that needs one: a line break is closed up for what its page says.
fn around(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::Rejoin => ("渠水流过桥头镇，", "渐渐泛黄，农户忙着修整晒场。"),
        Rule::Sentences => ("渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n", ""),
        Rule::Hyphen => ("The old granary has become an ", " concert hall, said the designer, who kept the beams."),
        _ => ("", ""),
    }
}

/// Switches on what a rule is off without.
fn ask(rule: Rule, options: &mut Options) {
    match rule {
        Rule::Furniture => options.furniture = Furniture::Drop,
        Rule::CjkLatinSpace => options.cjk_latin_space = CjkLatinSpace::One,
        Rule::Sentences => options.split = Split::Sentence,
        Rule::Order => options.order = Order::Reading,
        Rule::Jumps => options.follow_jumps = true,
        _ => {}
    }
}

fn clean(rule: Rule, options: Options, text: &str) -> Proof {
    if rule != Rule::Jumps {
        return Cleaner::new(options).page(text);
    }
    let mut issue = Issue::new(options);
    issue.page(text);
    issue.finish().remove(0)
}

#[test]
fn every_rules_example_is_what_the_rule_does_alone() {
    let mut wrong = Vec::new();
    for rule in Rule::all() {
        let (before, after) = rule.example().split_once(" → ").expect("an example has two sides");
        let mut options = Options::default();
        let mut on = RuleSet::NONE.with(rule).with(Rule::Layout);
        if rule == Rule::Hyphen {
            on = on.with(Rule::Rejoin).with(Rule::Spacing);
        }
        options.skip = on.complement();
        ask(rule, &mut options);
        let lossy = rule == Rule::Malformed;
        let encoding = lossy.then(|| qingyang::decode::Encoding::from_label("utf-8").expect("known"));
        let (head, tail) = around(rule);
        let framed = |part: &str| [head.as_bytes(), &bytes(part), tail.as_bytes(), b"\n"].concat();
        let raw = framed(before);
        let text = decode(&raw, encoding, lossy).expect("decodes").text.into_owned();
        let found = clean(rule, options, &text).text;
        let mut want = framed(after);
        if want == b"\n" {
            want.clear();
        }
        if found.as_bytes() != want {
            wrong.push(format!("{}: {:?}, not {:?}", rule.name(), found, String::from_utf8_lossy(&want)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_readmes_table_is_the_list_of_rules() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).expect("README.md");
    let (_, table) = readme.split_once("<!-- rules -->").expect("the table begins");
    let (table, _) = table.split_once("<!-- /rules -->").expect("the table ends");
    let cell = |s: &str| s.replace('<', "&lt;").replace('>', "&gt;").replace('|', "\\|");
    let mut want = String::from("\n| rule | what and why | example | default |\n|---|---|---|---|\n");
    for rule in Rule::all() {
        let (reason, example, switch) = (cell(rule.reason()), cell(rule.example()), cell(&rule.switch()));
        want.push_str(&format!("| `{}` | {reason} | {example} | {switch} |\n", rule.name()));
    }
    assert_eq!(table, want, "README.md's table of rules should be this");
}

#[test]
fn the_tool_lists_each_rule_with_reason_example_default_and_switch() {
    let out = Command::new(env!("CARGO_BIN_EXE_qingyang")).arg("rules").output().expect("runs");
    let listed = String::from_utf8(out.stdout).expect("text");
    for rule in Rule::all() {
        let (_, block) = listed.split_once(&format!("{}\n    ", rule.name())).expect("listed");
        let block = format!("    {block}");
        for (line, want) in block.lines().zip([rule.reason(), rule.example(), &rule.switch()]) {
            assert!(line.contains(want), "{}: {line}", rule.name());
        }
    }
}

#[test]
fn a_rule_that_is_skipped_does_nothing_to_its_own_example() {
    for rule in Rule::all().filter(|r| !matches!(r, Rule::Malformed | Rule::Layout)) {
        let (before, _) = rule.example().split_once(" → ").expect("an example has two sides");
        let (head, tail) = around(rule);
        let raw = [head.as_bytes(), &bytes(before), tail.as_bytes(), b"\n"].concat();
        let raw = String::from_utf8(raw).expect("text");
        let mut options = Options::default();
        ask(rule, &mut options);
        let on = clean(rule, options.clone(), &raw).counts.of(rule);
        options.skip = RuleSet::NONE.with(rule);
        let off = clean(rule, options, &raw).counts.of(rule);
        assert!(on > 0 && off == 0, "{}: {on} edits, and {off} when skipped", rule.name());
    }
}
