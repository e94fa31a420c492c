//! There is one list of rules: in the library, in `qingyang rules` and in docs/rules.md. Its examples and its switches are
//! true.

mod tool;

use qingyang::Rule;
use qingyang::RuleSet;
use qingyang::decode::decode;
use qingyang::options::{CjkLatinSpace, Furniture, Order, Repair, Split};
use qingyang::rules::{CustomRule, CustomRules};
use qingyang::{Cleaner, Issue, Options, Proof};
use tool::{code, folder, printed, read, run, run_in, said, write};

/// An example as bytes: ⏎, ␍, ␌ and <U+XXXX> stand for invisible characters, <XX> for a byte, (gone) for nothing.
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

/// The text around an example that needs one: whether a line break is closed up depends on its page.
fn around(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::Rejoin => ("渠水流过桥头镇，", "渐渐泛黄，农户忙着修整晒场。"),
        Rule::Sentences => ("渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n", ""),
        Rule::Hyphen => ("The old granary has become an ", " concert hall, said the designer, who kept the beams."),
        _ => ("", ""),
    }
}

/// Switches on a rule that is off by default.
fn ask(rule: Rule, options: &mut Options) {
    match rule {
        Rule::Furniture => options.furniture = Furniture::Drop,
        Rule::CjkLatinSpace => options.cjk_latin_space = CjkLatinSpace::One,
        Rule::Mojibake => options.repair = Repair::Mojibake,
        Rule::Sentences => options.split = Split::Sentence,
        Rule::Order => options.order = Order::Reading,
        Rule::Jumps => options.follow_jumps = true,
        Rule::Custom => options.rules = CustomRules::new([CustomRule::replace("渠氺", "渠水")]).ok(),
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

/// The four lines of each rule in `qingyang rules`: name, reason, example, switch.
fn listed() -> Vec<[String; 4]> {
    let out = run(["rules"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let listed = printed(&out);
    let lines: Vec<&str> = listed.lines().map(|line| line.trim_start()).collect();
    assert_eq!(lines.len(), 4 * Rule::all().count(), "four lines for each rule");
    lines.chunks(4).map(|block| [block[0], block[1], block[2], block[3]].map(str::to_string)).collect()
}

#[test]
fn the_documented_table_is_the_list_of_rules() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md")).expect("docs/rules.md");
    let (_, table) = page.split_once("<!-- rules -->").expect("the table begins");
    let (table, _) = table.split_once("<!-- /rules -->").expect("the table ends");
    let cell = |s: &str| s.replace('<', "&lt;").replace('>', "&gt;").replace('|', "\\|");
    let mut want = String::from("\n| rule | what and why | example | default |\n|---|---|---|---|\n");
    for (rule, [.., switch]) in Rule::all().zip(listed()) {
        let (reason, example, switch) = (cell(rule.reason()), cell(rule.example()), cell(&switch));
        want.push_str(&format!("| `{}` | {reason} | {example} | {switch} |\n", rule.name()));
    }
    assert_eq!(table, want, "docs/rules.md's table should be this");
}

#[test]
fn the_tool_lists_each_rule_with_name_reason_and_example() {
    for (rule, [name, reason, example, _]) in Rule::all().zip(listed()) {
        assert_eq!((name.as_str(), reason.as_str()), (rule.name(), rule.reason()));
        assert_eq!(example, format!("for example: {}", rule.example()));
    }
}

#[test]
fn each_rule_is_switched_by_the_options_that_the_list_names() {
    let dir = folder();
    // The user's own rules are switched on by a settings file: see own_rules.rs.
    for (rule, [name, .., switch]) in Rule::all().zip(listed()).filter(|(rule, _)| *rule != Rule::Custom) {
        let (before, _) = rule.example().split_once(" → ").expect("an example has two sides");
        let (head, tail) = around(rule);
        let raw = [head.as_bytes(), &bytes(before), tail.as_bytes(), b"\n"].concat();
        write(dir.path(), "in/a.txt", &raw);
        let acts = |options: &str| {
            // Bytes are malformed only in a known encoding.
            let args = ["in", "-o", "out", "--summary", "s.jsonl", "--encoding=utf-8"].into_iter();
            run_in(dir.path(), args.chain(options.split_whitespace()), b"");
            let record: serde_json::Value = read(dir.path(), "s.jsonl")
                .lines()
                .next()
                .and_then(|l| serde_json::from_str(l).ok())
                .expect("a record");
            let edits = if rule == Rule::Malformed { &record["malformed"] } else { &record["edits"][&name] };
            edits.as_u64().is_some_and(|n| n > 0)
        };
        match switch.split_once("; ") {
            Some(("off", on)) => {
                let on = on.strip_prefix("on: ").expect("the option that switches it on");
                assert!(!acts("") && acts(on), "{name}: {switch}");
            }
            Some(("on", off)) => {
                let off = off.strip_prefix("off: ").expect("the option that switches it off");
                assert!(acts(""), "{name}: {switch}");
                for off in off.split(", or ") {
                    assert!(!acts(off), "{name}: {switch}");
                }
            }
            _ => assert!(switch == "always on" && acts(""), "{name}: {switch}"),
        }
    }
}

#[test]
fn a_rule_that_is_skipped_does_nothing_to_its_own_example() {
    for rule in Rule::all().filter(|r| *r != Rule::Malformed && !r.is_always_on()) {
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
