//! What the tables share: rows, the notation of their texts, and the ways in which a text is cleaned. All that the tables
//! use of the library's API is here.
#![allow(dead_code)] // each table uses some of it

use crate::told;
use qingyang::RuleSet;
use qingyang::{Cleaner, Decision, Issue, Options, Proof, Rule, Unit};

/// A row of a table. In its texts ⏎ is a line feed and ␌ a form feed; the line feed at the end is left out.
pub struct Row {
    input: &'static str,
    output: &'static str,
    clause: &'static str,
}

/// What goes in, what must come out, and the clause that this protects.
pub const fn row(input: &'static str, output: &'static str, clause: &'static str) -> Row {
    Row { input, output, clause }
}

fn read(notation: &str) -> String {
    notation.replace('⏎', "\n").replace('␌', "\x0c")
}

fn write(text: &str) -> String {
    text.strip_suffix('\n').unwrap_or(text).replace('\n', "⏎").replace('\x0c', "␌")
}

/// Checks all rows, and reports those that fail together.
pub fn table(rows: &[Row], mut clean: impl FnMut(&str) -> String) {
    let mut failed = Vec::new();
    for row in rows {
        let found = write(&clean(&read(row.input)));
        if found != row.output {
            failed.push(format!("{}\n  row({:?}, {found:?}\n  not {:?}", row.clause, row.input, row.output));
        }
    }
    assert!(failed.is_empty(), "{} of {} rows fail:\n{}", failed.len(), rows.len(), failed.join("\n"));
}

/// The default options, changed.
pub fn with(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    change(&mut options);
    options
}

/// Options under which these rules run, and no other that can be switched off.
pub fn only(rules: &[Rule]) -> Options {
    with(|o| o.skip = rules.iter().copied().fold(RuleSet::NONE, RuleSet::with).complement())
}

/// Options under which these rules do not run.
pub fn without(rules: &[Rule]) -> Options {
    with(|o| o.skip = rules.iter().copied().fold(RuleSet::NONE, RuleSet::with))
}

/// The proof of a page. All that it says of itself is checked, and that asking for it changes no text.
pub fn proof(options: &Options, text: &str) -> Proof {
    let told = Cleaner::new(told::telling(options.clone())).page(text);
    told::check(&[text], 0, &told::telling(options.clone()), &told);
    let plain = Cleaner::new(options.clone()).page(text);
    assert_eq!((&plain.text, &plain.counts), (&told.text, &told.counts), "the ledger changes the text of {text:?}");
    told
}

/// The clean text of a page.
pub fn page(options: Options) -> impl Fn(&str) -> String {
    move |text| proof(&options, text).text
}

/// The clean text of a page all of whose lines are joined.
pub fn joined(options: Options) -> impl Fn(&str) -> String {
    decided(options, false)
}

/// The clean text of a page none of whose lines are joined.
pub fn parted(options: Options) -> impl Fn(&str) -> String {
    decided(options, true)
}

/// The clean text of a page where all line breaks are decided in one way.
fn decided(options: Options, keep: bool) -> impl Fn(&str) -> String {
    move |text| {
        let options = told::telling(options.clone());
        let mut cleaner = Cleaner::new(options.clone());
        let breaks = cleaner.page(text).breaks;
        let decisions: Vec<Decision> = breaks.iter().map(|b| Decision::new(b.source, keep)).collect();
        let proof = cleaner.page_with(text, &decisions).expect("all are breaks of this text");
        told::check(&[text], 0, &options, &proof);
        proof.text
    }
}

/// A unit's text with its parts: ⟨dateline 本报讯⟩昨日，新桥通车。
fn unit_text(text: &str, unit: &Unit) -> String {
    let mut out = String::new();
    let mut at = unit.range.start;
    for part in &unit.parts {
        out.push_str(&text[at..part.range.start]);
        out.push_str(&format!("⟨{} {}⟩", part.role.name(), &text[part.range.clone()]));
        at = part.range.end;
    }
    out + &text[at..unit.range.end]
}

/// A line for each unit of a page: its role, and its text with its parts.
pub fn roles(options: Options) -> impl Fn(&str) -> String {
    move |text| {
        let proof = proof(&options, text);
        let units = proof.units.iter().map(|u| format!("{} {}", u.role.name(), unit_text(&proof.text, u)));
        units.collect::<Vec<_>>().join("\n")
    }
}

/// The same with only the roles.
pub fn bare_roles(options: Options) -> impl Fn(&str) -> String {
    move |text| proof(&options, text).units.iter().map(|u| u.role.name()).collect::<Vec<_>>().join(" ")
}

/// A line for each unit of a page: the number of its article, or -, and its text. A headline has a *.
pub fn articles(options: Options) -> impl Fn(&str) -> String {
    move |text| {
        let proof = proof(&options, text);
        let line = |(n, unit): (usize, &Unit)| {
            let article = proof.articles.iter().position(|a| a.headline.contains(&n) || a.body.contains(&n));
            let number = article.map_or("-".to_string(), |a| a.to_string());
            let headline = article.is_some_and(|a| proof.articles[a].headline.contains(&n));
            format!("{number}{} {}", if headline { "*" } else { "" }, &proof.text[unit.range.clone()])
        };
        proof.units.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The proofs of an issue; form feeds part its inputs.
pub fn proofs(options: &Options, text: &str) -> Vec<Proof> {
    let inputs: Vec<&str> = text.split('\x0c').collect();
    let options = told::telling(options.clone());
    let mut issue = Issue::new(options.clone());
    inputs.iter().for_each(|t| issue.page(t));
    let proofs = issue.finish();
    proofs.iter().enumerate().for_each(|(n, proof)| told::check(&inputs, n, &options, proof));
    proofs
}

/// The clean texts of an issue, whose inputs form feeds part.
pub fn issue(options: Options) -> impl Fn(&str) -> String {
    move |text| {
        let texts = proofs(&options, text).into_iter().map(|p| p.text.trim_end_matches('\n').to_string());
        texts.collect::<Vec<_>>().join("\x0c")
    }
}

/// Running text of several lines, which tells the page's habits: no space stands in it.
const STORY: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整\n晒场，孩子们在堤上奔跑。今年的水来得早，谷子比往\n年高出一头，村里的人都说这是修渠的好处。\n";

/// The same where the text layer strewed spaces over the words.
const STREWN: &str = "渠水 流过桥头镇，沿岸的 稻田渐渐泛 黄，农户忙着修 整\n晒 场，孩子们在堤上 奔跑。今年的 水来得早，谷 子比往\n年高出 一头，村里的 人都说这是修渠的 好处。镇上新开\n了磨 坊，磨盘转 了一天，面粉装了满满三 大车，乡亲\n们都说 好，笑 声传出二里地，直到天 黑才散。\n";

/// The same with a space at every glyph, as some text layers have it.
const SPACED: &str = "渠 水 流 过 桥 头 镇 ， 沿 岸 的 稻 田 渐 渐 泛 黄 ， 农 户 忙 着 修 整\n晒 场 ， 孩 子 们 在 堤 上 奔 跑 。 今 年 的 水 来 得 早 ， 谷 子 比 往\n年 高 出 一 头 ， 村 里 的 人 都 说 这 是 修 渠 的 好 处 。\n";

/// The clean text of lines that stand above a story on their page, which comes out as it must.
pub fn above_a_story(options: Options) -> impl Fn(&str) -> String {
    above(STORY, options)
}

/// The clean text of lines that stand above a story with strewn spaces.
pub fn above_a_strewn_story(options: Options) -> impl Fn(&str) -> String {
    above(STREWN, options)
}

/// The clean text of lines that stand above a story with a space at every glyph.
pub fn above_a_spaced_story(options: Options) -> impl Fn(&str) -> String {
    above(SPACED, options)
}

fn above(story: &'static str, options: Options) -> impl Fn(&str) -> String {
    move |text| {
        let clean = proof(&options, &format!("{text}\n{story}")).text;
        let story = story.replace([' ', '\n'], "");
        let line = clean.rfind(&story[..story.find('，').unwrap_or_default()]).unwrap_or_default();
        assert_eq!(clean[line..].trim_end(), story, "the story below {text:?}");
        assert!(line == 0 || clean[..line].ends_with('\n'), "{text:?} goes on in the story");
        clean[..line].to_string()
    }
}
