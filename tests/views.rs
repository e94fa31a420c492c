//! Every view of one page agrees with every other: Markdown, read back by a parser, and the JSON document, judged by a
//! validator, hold the characters of the text.

use jsonschema::Validator;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
use qingyang::RuleSet;
use qingyang::Stream;
use qingyang::decode::{Encoding, decode};
use qingyang::options::{Furniture, Order};
use qingyang::render::json::{Document, Line, Pages, SCHEMA};
use qingyang::render::markdown::Markdown;
use qingyang::render::{markdown, sheets};
use qingyang::{Article, Cleaner, Options, Proof, Unit};
use qingyang::{Part, Role};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

fn ink(s: &str) -> String {
    s.chars().filter(|c| !c.is_whitespace()).collect()
}

fn schema() -> &'static (Value, Validator) {
    static SCHEMA: OnceLock<(Value, Validator)> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/qingyang-2.schema.json");
        let schema: Value = serde_json::from_str(&fs::read_to_string(path).expect("the schema")).expect("JSON");
        let validator = jsonschema::draft202012::new(&schema).expect("a schema");
        (schema, validator)
    })
}

fn faults(document: &Value) -> Vec<String> {
    schema().1.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// Every fixture, as text, with its name.
fn fixtures() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut all: Vec<(String, String)> = fs::read_dir(root)
        .expect("fixtures")
        .map(|entry| {
            let folder = entry.expect("an entry").path();
            let raw = fs::read(folder.join("raw.txt")).expect("raw.txt");
            let text = decode(&raw, None, false).expect("a known encoding").text.into_owned();
            (folder.file_name().expect("a name").to_string_lossy().into_owned(), text)
        })
        .collect();
    all.sort();
    assert!(all.len() >= 105, "the walk found {} fixtures only", all.len());
    all
}

/// The options that change which characters there are, or how they are laid out.
fn choices() -> [Options; 4] {
    [(false, false), (true, false), (false, true), (true, true)].map(|(drop, blank)| {
        let mut o = Options::default();
        o.units = true;
        o.blank_lines = blank;
        o.furniture = if drop { Furniture::Drop } else { Furniture::Keep };
        o
    })
}

/// Gives the units roles in turn, every third a part, and groups them at will: what a classifier may ever say.
fn with_roles(proof: &mut Proof, seed: usize) {
    for (k, unit) in proof.units.iter_mut().enumerate() {
        unit.role = Role::all().nth((k * 7 + k / 5 + seed) % Role::all().count()).expect("a role");
        unit.confidence = (k % 11) as f32 / 10.0;
        let body = &proof.text[unit.range.clone()];
        let cut = body.char_indices().nth(4).map_or(body.len(), |(n, _)| n);
        if k % 3 == 0 && cut > 0 {
            unit.parts = vec![Part::new(Role::Dateline, unit.range.start..unit.range.start + cut)];
        }
    }
    proof.articles.clear();
    // An article lies on one page.
    let groups: Vec<(usize, usize)> = sheets(proof).iter().map(|s| (s.first, s.units.len())).collect();
    for (first, len) in groups {
        for group in (first..first + len).collect::<Vec<_>>().chunks(5 + seed % 3) {
            let mut article = Article::default();
            let head = |n: &&usize| proof.units[**n].role.is_headline();
            article.headline = group.iter().filter(head).copied().collect();
            article.body = group.iter().filter(|n| !head(n)).copied().collect();
            proof.articles.push(article);
        }
    }
}

/// Extensions that readers of Markdown have beyond CommonMark.
fn extensions() -> [Extensions; 2] {
    let mut all = Extensions::all();
    // These change marks on purpose; the newer footnotes stand in for the old.
    all.remove(Extensions::ENABLE_SMART_PUNCTUATION | Extensions::ENABLE_OLD_FOOTNOTES);
    let plain = Extensions::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    [plain, all]
}

/// What a parser makes of Markdown: the text of each block, lines that a hard break parts as blocks of their own.
/// Markup that a page never asks for is a fault.
fn read(markdown: &str, extensions: Extensions) -> Result<Vec<String>, String> {
    let mut blocks = Vec::new();
    let mut matter = false;
    for event in Parser::new_ext(markdown, extensions) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => matter = true,
            Event::End(TagEnd::MetadataBlock(_)) => matter = false,
            Event::Text(_) if matter => {}
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) | Event::HardBreak => blocks.push(String::new()),
            Event::Start(Tag::BlockQuote(None) | Tag::Emphasis) | Event::End(_) | Event::Rule => {}
            Event::Text(text) => blocks.last_mut().ok_or("text outside a block")?.push_str(&text),
            other => return Err(format!("{other:?} in {markdown:?}")),
        }
    }
    Ok(blocks)
}

/// Says where a view of the proof departs from its text.
fn disagreement(proof: &Proof) -> Option<String> {
    let mut in_order = String::new();
    let mut kept = Markdown::new();
    kept.input(None, Order::Source);
    kept.put(proof, &mut in_order);
    // In reading order the same characters stand elsewhere.
    for (markdown, moved) in [(markdown::document(proof), true), (in_order, false)] {
        let characters = |text: &str| {
            let mut all: Vec<char> = ink(text).chars().collect();
            if moved {
                all.sort_unstable();
            }
            all
        };
        for extensions in extensions() {
            match read(&markdown, extensions) {
                Ok(blocks) if characters(&blocks.concat()) == characters(&proof.text) => {}
                Ok(blocks) => return Some(format!("Markdown reads {blocks:?}\nof {markdown}\ntext is {}", proof.text)),
                Err(said) => return Some(said),
            }
        }
    }
    let document = Document::of(proof);
    let value = serde_json::to_value(&document).expect("JSON");
    let faults = faults(&value);
    if !faults.is_empty() {
        return Some(faults.join("\n"));
    }
    if serde_json::from_value::<Document>(value).expect("a document") != document {
        return Some("the document reads back as another".into());
    }
    let units: Vec<_> = document.pages.iter().flat_map(|p| &p.units).collect();
    let texts: Vec<&str> = units.iter().map(|u| u.text.as_str()).collect();
    let lines: Vec<&str> = proof.text.split(['\n', '\x0c']).filter(|l| !l.is_empty()).collect();
    if texts != lines {
        return Some(format!("JSON has {texts:?}, text {lines:?}"));
    }
    for unit in &units {
        for part in &unit.parts {
            let said: String = unit.text.chars().take(part.end as usize).skip(part.start as usize).collect();
            if said != part.text {
                return Some(format!("{part:?} of {}", unit.text));
            }
        }
    }
    if units.iter().enumerate().any(|(k, u)| u.id != k as u64 + 1) {
        return Some("ids do not count the units".into());
    }
    for page in document.pages {
        let ids: Vec<u64> = page.units.iter().map(|u| u.id).collect();
        if page.articles.iter().flat_map(|a| a.headline.iter().chain(&a.body)).any(|id| !ids.contains(id)) {
            return Some("an article names a unit of another page".into());
        }
        let line = serde_json::to_value(Line::new(page)).expect("JSON");
        let faults = self::faults(&line);
        if !faults.is_empty() {
            return Some(faults.join("\n"));
        }
    }
    None
}

#[test]
fn all_views_of_every_fixture_hold_the_characters_of_its_text() {
    let mut broken = Vec::new();
    for (name, raw) in fixtures() {
        for (k, options) in choices().into_iter().enumerate() {
            let mut proof = Cleaner::new(options).page(&raw);
            let mut said = disagreement(&proof);
            with_roles(&mut proof, k);
            said = said.or_else(|| disagreement(&proof));
            broken.extend(said.map(|s| format!("{name} with {k}: {s}")));
        }
    }
    assert!(broken.is_empty(), "{} disagree\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn sources_of_the_document_lead_back_to_the_input() {
    for (name, raw) in fixtures() {
        let mut options = Options::default();
        options.units = true;
        options.skip = qingyang::Rule::all().filter(|r| r.name() != "rejoin").fold(RuleSet::NONE, RuleSet::with);
        // Where lines are only rejoined, a unit's characters are those of its sources.
        for unit in Document::of(&Cleaner::new(options).page(&raw)).pages.iter().flat_map(|p| &p.units) {
            let there: Vec<&str> = unit.sources.iter().map(|&(s, e)| &raw[s as usize..e as usize]).collect();
            assert_eq!(ink(&there.concat()), ink(&unit.text), "{name}: {unit:?}");
        }
    }
}

/// Lines that hold what Markdown takes for markup.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[渠水流过桥头镇，。“”（）]{1,6}",
        4 => "[-+*_#=>|~`<&!\\[\\]{}()\\\\:.$^%@\"'1]{1,4}",
        1 => "[ \t\u{3000}\u{a0}\u{feff}\u{85}\r]{1,5}",
        1 => "[0-9]{1,10}[.)]? ?",
        2 => prop::sample::select(vec![
            "&lt;", "&#35;", "<b>", "</b>", "<!-- -->", "[1]", "[^1]: ", "![x](y)", "[a]: /b", "~~x~~", "***", "- [ ] ",
            "```", "===", "---", "www.x.cn", "https://x.cn/", "a@b.cn", "{#id}", "| a | b |", "|-|-|", "$x$", "#", "# ",
            "\\", "  ", "    ", "<https://x.cn>", "[[x]]", "[!NOTE]", ": x", "[TOC]", "\u{1}", "AT&T", "C#",
        ]).prop_map(str::to_string),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|p| p.concat())
}

#[test]
fn lines_that_look_like_markup_stay_text_in_every_role() {
    let lines = [
        "1.修桥",
        "1. 修桥",
        "12) 修桥",
        "3.5米",
        "1.",
        "+ 稻",
        "+",
        "- 稻",
        "-",
        "* 稻",
        "# 稻",
        "#",
        "## 稻 ##",
        "> 稻",
        "===",
        "=",
        "---",
        "- - -",
        "***",
        "___",
        "<b>稻</b>",
        "<!-- 稻 -->",
        "<div>",
        "<?稻?>",
        "</p>",
        "[1]",
        "[1]: /稻",
        "[稻](渠)",
        "![稻](渠)",
        "*稻*",
        "**稻**",
        "_稻_",
        "__稻__",
        "~~稻~~",
        "~稻~",
        "`稻`",
        "```",
        "~~~",
        "|稻|田|",
        "|-|-|",
        ":-:",
        ": 稻",
        "&lt;",
        "&#35;",
        "&amp;lt;",
        "\\",
        "\\*",
        "稻\\",
        "稻  ",
        "    稻",
        "\t稻",
        "\u{3000}稻\u{3000}",
        "<https://x.cn>",
        "https://x.cn",
        "www.x.cn",
        "a@x.cn",
        "$稻$",
        "{#稻}",
        "稻 {#渠}",
        "[^1]",
        "[^1]: 稻",
        "[ ] 稻",
        "[x] 稻",
        "[!NOTE]",
        "[[稻]]",
        "^稻^",
        "% 稻",
        "AT&T",
        "C#",
        "稻\r# 渠",
        "+++",
    ];
    let mut broken = Vec::new();
    for line in lines {
        for role in Role::all() {
            // Under a line of the same role, too: lines of verse share a paragraph.
            let texts = ["渠水", line, "桥头", line].map(str::to_string);
            let mut proof = proof_of(&texts);
            proof.units.iter_mut().for_each(|u| u.role = role);
            let markdown = markdown::document(&proof);
            for extensions in extensions() {
                match read(&markdown, extensions) {
                    Ok(found) if found == texts => {}
                    other => broken.push(format!("{line:?} as {role:?}: {other:?} of {markdown:?}")),
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// A proof of just these lines, as no cleaner need ever have made it.
fn proof_of(lines: &[String]) -> Proof {
    let mut proof = Proof::default();
    for line in lines {
        let mut unit = Unit::default();
        unit.range = proof.text.len()..proof.text.len() + line.len();
        proof.text.push_str(line);
        proof.text.push('\n');
        proof.units.push(unit);
    }
    proof
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn a_parser_gives_back_each_unit_to_the_last_space(lines in prop::collection::vec(awkward(), 1..8), seed in 0usize..20) {
        let mut proof = proof_of(&lines);
        with_roles(&mut proof, seed);
        // Without articles no two units share a heading.
        proof.articles.clear();
        let written: Vec<&String> = lines.iter().filter(|l| l.chars().any(|c| !c.is_whitespace())).collect();
        let markdown = markdown::document(&proof);
        for extensions in extensions() {
            let found = read(&markdown, extensions).map_err(TestCaseError::fail)?;
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), written.clone(), "{}", markdown);
        }
    }

    #[test]
    fn all_views_of_made_up_lines_agree(lines in prop::collection::vec(awkward(), 0..8), seed in 0usize..20) {
        let lines: Vec<String> = lines.into_iter().filter(|l| l.chars().any(|c| !c.is_whitespace())).collect();
        let mut proof = proof_of(&lines);
        with_roles(&mut proof, seed);
        if let Some(said) = disagreement(&proof) {
            return Err(TestCaseError::fail(said));
        }
    }

    #[test]
    fn all_views_of_a_cleaned_made_up_page_agree(
        lines in prop::collection::vec(awkward(), 0..12), seed in 0usize..20, choice in 0usize..4, feed in 0usize..12
    ) {
        let mut raw = String::new();
        for (k, line) in lines.iter().enumerate() {
            raw.push_str(line);
            raw.push(if k == feed { '\x0c' } else { '\n' });
        }
        let mut proof = Cleaner::new(choices()[choice].clone()).page(&raw);
        with_roles(&mut proof, seed);
        if let Some(said) = disagreement(&proof) {
            return Err(TestCaseError::fail(said));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn views_of_a_stream_are_those_of_the_whole(
        pages in prop::collection::vec(prop::collection::vec(awkward(), 0..4), 0..5), cut in 1usize..40
    ) {
        let raw = pages.iter().map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\x0c");
        let whole = Cleaner::new(choices()[0].clone()).page(&raw);
        let mut stream = Stream::new(choices()[0].clone(), Some(Encoding::Utf8), false);
        let (mut markdown, mut text, mut numbered, mut found) = (Markdown::new(), String::new(), Pages::new(), Vec::new());
        let mut put = |proof: Proof| {
            markdown.put(&proof, &mut text);
            found.extend(numbered.of(&proof));
        };
        for bytes in raw.as_bytes().chunks(cut) {
            stream.push(bytes, &mut put).expect("UTF-8");
        }
        stream.finish(&mut put).expect("UTF-8");
        prop_assert_eq!(text, markdown::document(&whole));
        prop_assert_eq!(found, Document::of(&whole).pages);
    }
}

/// A page of two stories with the roles that it should have.
fn page() -> Proof {
    let lines = [
        (Role::Masthead, "澜江日报"),
        (Role::Folio, "2023年8月18日 星期五 农历癸卯年七月初三 第11082期"),
        (Role::Folio, "第03版 要闻"),
        (Role::Kicker, "澜江两岸盼了十年"),
        (Role::Headline, "云台渡口通新桥"),
        (Role::Headline, "两岸群众不绕行"),
        (Role::Deck, "全长186米，可通行小型农用车"),
        (Role::Byline, "本报记者 何苗"),
        (Role::Body, "本报讯（记者 何苗）昨日上午，新桥通车。（下转第2版）"),
        (Role::Subhead, "桥上的灯"),
        (Role::Body, "1. 灯亮了*一夜*。"),
        (Role::Caption, "图为新桥。"),
        (Role::Headline, "江声"),
        (Role::Verse, "江水向东"),
        (Role::Verse, "- 桥头无眠"),
    ];
    let texts: Vec<String> = lines.iter().map(|l| l.1.to_string()).collect();
    let mut proof = proof_of(&texts);
    for (unit, (role, _)) in proof.units.iter_mut().zip(lines) {
        unit.role = role;
        unit.confidence = 0.98;
        // The page was clean: it comes from just where it stands.
        unit.sources.push(unit.range.start as u64..unit.range.end as u64);
    }
    let at = proof.units[8].range.start;
    let (dateline, jump) = ("本报讯（记者 何苗）".len(), proof.units[8].range.end - "（下转第2版）".len());
    proof.units[8].parts =
        vec![Part::new(Role::Dateline, at..at + dateline), Part::new(Role::Jump, jump..proof.units[8].range.end)];
    let mut first = Article::default();
    first.headline = vec![3, 4, 5, 6];
    first.body = vec![7, 8, 9, 10, 11];
    let mut second = Article::default();
    second.headline = vec![12];
    second.body = vec![13, 14];
    proof.articles = vec![first, second];
    proof
}

#[test]
fn markdown_sets_each_role_in_its_own_way() {
    let expected = "\
---
paper: \"澜江日报\"
date: 2023-08-18
date_printed: \"2023年8月18日\"
weekday: \"星期五\"
lunar: \"农历癸卯年七月初三\"
issue: 11082
issue_printed: \"第11082期\"
page: 3
page_printed: \"第03版\"
---

澜江日报

2023年8月18日 星期五 农历癸卯年七月初三 第11082期

第03版 要闻

*澜江两岸盼了十年*

## 云台渡口通新桥 两岸群众不绕行

*全长186米，可通行小型农用车*

*本报记者 何苗*

本报讯（记者 何苗）昨日上午，新桥通车。（下转第2版）

### 桥上的灯

1\\. 灯亮了\\*一夜\\*。

> 图为新桥。

- - -

## 江声

江水向东\\
\\- 桥头无眠
";
    assert_eq!(markdown::document(&page()), expected);
}

#[test]
fn the_document_tells_the_page_and_the_parts_of_an_article() {
    let document = serde_json::to_value(Document::of(&page())).expect("JSON");
    assert_eq!(faults(&document), Vec::<String>::new());
    let page = &document["pages"][0];
    let facts = json!({
        "number": 1, "paper": "澜江日报", "paper_confidence": 0.9, "date": "2023-08-18", "date_confidence": 0.998, "date_printed": "2023年8月18日", "weekday": "星期五",
        "lunar": "农历癸卯年七月初三", "issue": 11082, "issue_printed": "第11082期", "page": "3", "page_printed": "第03版",
    });
    assert_eq!(page["page"], facts);
    let article = json!({
        "headline": [4, 5, 6, 7], "body": [8, 9, 10, 11, 12], "title": "云台渡口通新桥 两岸群众不绕行",
        "kicker": "澜江两岸盼了十年", "deck": "全长186米，可通行小型农用车", "byline": "本报记者 何苗",
        "dateline": "本报讯（记者 何苗）", "jump": { "text": "（下转第2版）", "page": "2" },
    });
    assert_eq!(page["articles"][0], article);
    let parts = &page["units"][8]["parts"];
    assert_eq!(
        parts[0],
        json!({"role": "dateline", "role_zh": "电头", "text": "本报讯（记者 何苗）", "start": 0, "end": 10})
    );
}

#[test]
fn a_date_inside_a_story_is_not_the_pages_own() {
    let mut proof = proof_of(&["1949年10月1日，第3版，第8期。".to_string()]);
    proof.units[0].role = Role::Body;
    assert!(markdown::document(&proof).starts_with("1949年"));
    assert_eq!(json!({"number": 1}), serde_json::to_value(&Document::of(&proof).pages[0].page).expect("JSON"));
}

#[test]
fn pages_are_parted_and_numbered_and_only_the_first_has_front_matter() {
    let mut options = Options::default();
    options.units = true;
    let mut proof = Cleaner::new(options).page("第1版\n渠水。\n\x0c第2版\n稻田。\n");
    for k in [0, 2] {
        proof.units[k].role = Role::Folio;
    }
    let expected = "---\npage: 1\npage_printed: \"第1版\"\n---\n\n第1版\n\n渠水。\n\n* * *\n\n第2版\n\n稻田。\n";
    assert_eq!(markdown::document(&proof), expected);
    let pages = Document::of(&proof).pages;
    let told: Vec<_> = pages.iter().map(|p| (p.page.number, p.page.imprint.page.as_deref())).collect();
    assert_eq!(told, [(1, Some("1")), (2, Some("2"))]);
}

#[test]
fn nothing_gives_a_valid_document_of_no_pages_and_no_markdown() {
    let proof = Proof::default();
    assert_eq!(markdown::document(&proof), "");
    let document = serde_json::to_value(Document::of(&proof)).expect("JSON");
    assert_eq!(document["pages"], json!([]));
    assert_eq!(faults(&document), Vec::<String>::new());
}

#[test]
fn lines_of_a_proof_without_units_are_units_of_which_nothing_is_known() {
    let proof = Cleaner::new(Options::default()).page("新桥通车\n渠水流过桥头镇。\n");
    assert_eq!(markdown::document(&proof), "新桥通车\n\n渠水流过桥头镇。\n");
    assert_eq!(disagreement(&proof), None);
    assert!(Document::of(&proof).pages[0].units.iter().all(|u| u.role == Role::Unknown));
}

#[test]
fn the_schema_is_one_and_knows_every_role() {
    let (schema, _) = schema();
    assert!(jsonschema::meta::is_valid(schema));
    assert_eq!(schema["$id"], SCHEMA);
    assert_eq!(schema["$defs"]["document"]["properties"]["schema"]["const"], SCHEMA);
    let names: Vec<&str> = Role::all().map(|r| r.name()).collect();
    assert_eq!(schema["$defs"]["role"]["enum"], json!(names));
    let said = schema["$defs"]["role"]["description"].as_str().expect("a description");
    assert!(Role::all().all(|r| said.contains(&format!("{} {}", r.name(), r.chinese()))), "{said}");
}

#[test]
fn every_field_of_the_schema_is_described() {
    fn walk(value: &Value, path: &str, bare: &mut Vec<String>) {
        for (name, field) in value["properties"].as_object().into_iter().flatten() {
            if field["description"].is_null() && field["$ref"].is_null() {
                bare.push(format!("{path}/{name}"));
            }
        }
        if let Value::Object(fields) = value {
            fields.iter().for_each(|(name, v)| walk(v, &format!("{path}/{name}"), bare));
        }
    }
    let mut bare = Vec::new();
    walk(&schema().0, "", &mut bare);
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn broken_documents_do_not_pass_the_validator() {
    let whole = serde_json::to_value(Document::of(&page())).expect("JSON");
    assert!(faults(&whole).is_empty());
    let breaks: &[(&str, Value)] = &[
        ("/schema", json!("urn:qingyang:schema/qingyang-1")),
        ("/generator", json!(1)),
        ("/pages", json!(null)),
        ("/pages/0/input", json!(7)),
        ("/pages/0/page/number", json!(0)),
        ("/pages/0/page/date", json!("2023年8月18日")),
        ("/pages/0/page/issue", json!("11082")),
        ("/pages/0/units/0/id", json!(0)),
        ("/pages/0/units/0/role", json!("headlines")),
        ("/pages/0/units/0/confidence", json!(1.5)),
        ("/pages/0/units/0/text", json!("")),
        ("/pages/0/units/0/sources", json!([[1, 2, 3]])),
        ("/pages/0/units/0/sources", json!([[-1, 2]])),
        ("/pages/0/units/8/parts/0/start", json!("0")),
        ("/pages/0/articles/0/headline", json!(["4"])),
        ("/pages/0/articles/0/jump", json!("下转第2版")),
        ("/pages/0/articles/0/title", json!(null)),
    ];
    for (path, value) in breaks {
        let mut broken = whole.clone();
        *broken.pointer_mut(path).unwrap_or_else(|| panic!("{path} is not there")) = value.clone();
        assert!(!faults(&broken).is_empty(), "{path} may be {value}");
    }
    // Later versions may add fields. Each field that must be there may not be missing.
    for path in ["", "/pages/0", "/pages/0/page", "/pages/0/units/0", "/pages/0/units/8/parts/0", "/pages/0/articles/0"]
    {
        let mut more = whole.clone();
        more.pointer_mut(path).expect("there")["extra"] = json!(1);
        assert_eq!(faults(&more), Vec::<String>::new(), "{path} may not have a field more");
    }
    for (path, fields) in [
        ("", vec!["schema", "generator", "pages"]),
        ("/pages/0", vec!["input", "encoding", "page", "units", "articles"]),
        ("/pages/0/page", vec!["number", "issue_printed"]),
        ("/pages/0/units/0", vec!["id", "role", "role_zh", "confidence", "text", "sources", "parts"]),
        ("/pages/0/units/8/parts/0", vec!["role", "role_zh", "text", "start", "end"]),
        ("/pages/0/articles/0", vec!["headline", "body"]),
    ] {
        for field in fields {
            let mut less = whole.clone();
            less.pointer_mut(path).and_then(Value::as_object_mut).expect("there").remove(field).expect("a field");
            assert!(!faults(&less).is_empty(), "{path} may lack {field}");
        }
    }
}

#[test]
fn an_unknown_role_does_not_read_back() {
    let error = serde_json::from_value::<Role>(json!("headlines")).expect_err("no role");
    assert!(error.to_string().contains("headlines"), "{error}");
    for role in Role::all() {
        assert_eq!(serde_json::to_value(role).expect("JSON"), json!(role.name()));
        assert_eq!(serde_json::from_value::<Role>(json!(role.name())).expect("a role"), role);
    }
}

#[test]
fn what_docs_show_is_what_comes_out() {
    let docs =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md")).expect("docs/format.md");
    let document = Document::of(&page());
    let json = |v: Result<String, serde_json::Error>| v.expect("JSON");
    let page = &document.pages[0];
    let shown = [
        markdown::document(&self::page()),
        self::page().text,
        json(serde_json::to_string(&page.page)),
        json(serde_json::to_string(&page.units[8])),
        json(serde_json::to_string(&page.articles[0])),
        SCHEMA.to_string(),
    ];
    // The docs may set JSON over several lines.
    let missing: Vec<_> = shown.iter().filter(|s| !ink(&docs).contains(&ink(s))).cloned().collect();
    assert!(missing.is_empty(), "docs/format.md lacks\n{}", missing.join("\n"));
    let fields = schema().0["$defs"].as_object().expect("definitions").values();
    let names: Vec<&String> = fields.filter_map(|d| d["properties"].as_object()).flat_map(|p| p.keys()).collect();
    assert!(names.iter().all(|n| docs.contains(n.as_str())));
}
