//! Every entry of a word list behaves like its siblings, in every rule that asks the list, in simplified and in
//! traditional characters. A new entry is checked without a new test; a new rule that asks a list adds a check here.

use qingyang::internals::lexicon::to_simplified;
use qingyang::internals::measure::{Cue, Tail, cue_of, tail_of};
use qingyang::internals::passes::sentences::find;
use qingyang::internals::structure::furniture::role;
use qingyang::internals::vocabulary::cues::{PHRASES, TAIL_PHRASES};
use qingyang::internals::vocabulary::{BUILT_IN, WordList};
use qingyang::options::{AddedWords, Furniture, Split};
use qingyang::{Cleaner, Decision, Imprint, Issue, Options, Proof, Role};
use std::collections::BTreeSet;

/// Checks each word, and reports those that fail together.
fn each<'a>(what: &str, words: impl IntoIterator<Item = &'a str>, check: impl Fn(&str) -> Result<(), String>) {
    let failed: Vec<String> =
        words.into_iter().filter_map(|word| check(word).err().map(|found| format!("{word}: {found}"))).collect();
    assert!(failed.is_empty(), "{what}: {} words fail\n{}", failed.len(), failed.join("\n"));
}

fn same<T: PartialEq + std::fmt::Debug>(found: T, want: T) -> Result<(), String> {
    if found == want { Ok(()) } else { Err(format!("{found:?}, not {want:?}")) }
}

fn clean(text: &str) -> String {
    Cleaner::new(Options::default()).page(text).text
}

fn with_units(text: &str) -> Proof {
    Cleaner::new(Options::default().with_units(true)).page(text)
}

/// The text of the first part with this role.
fn part(proof: &Proof, role: Role) -> Option<&str> {
    let mut parts = proof.units.iter().flat_map(|unit| &unit.parts).filter(|part| part.role == role);
    parts.next().map(|part| &proof.text[part.range.clone()])
}

/// The clean text of a page all of whose lines are joined.
fn joined(text: &str) -> String {
    let mut cleaner = Cleaner::new(Options::default().with_confidence(true));
    let breaks = cleaner.page(text).breaks;
    let decisions: Vec<Decision> = breaks.iter().map(|b| Decision::new(b.source, false)).collect();
    cleaner.page_with(text, &decisions).expect("all are breaks of this text").text
}

fn spread(text: &str) -> String {
    text.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

fn lists() -> Vec<(&'static str, &'static WordList)> {
    let v = &BUILT_IN;
    vec![
        ("posts", &v.posts),
        ("reporters", &v.reporters),
        ("signers", &v.signers),
        ("qualifiers", &v.qualifiers),
        ("senders", &v.senders),
        ("agencies", &v.agencies),
        ("own", &v.own),
        ("dated", &v.dated),
        ("credits", &v.credits),
        ("plain_credits", &v.plain_credits),
        ("slashed", &v.slashed),
        ("jumps_on", &v.jumps_on),
        ("jumps_back", &v.jumps_back),
        ("short_on", &v.short_on),
        ("short_back", &v.short_back),
        ("furniture", &v.furniture),
        ("editors", &v.editors),
        ("sections", &v.sections),
        ("papers", &v.papers),
        ("no_paper", &v.no_paper),
        ("week", &v.week),
        ("lunar", &v.lunar),
        ("founded", &v.founded),
        ("counted", &v.counted),
        ("notices", &v.notices),
        ("reach", &v.reach),
        ("pictured", &v.pictured),
        ("salutations", &v.salutations),
        ("says", &v.says),
        ("says_not", &v.says_not),
        ("tells", &v.tells),
        ("speaks_of", &v.speaks_of),
    ]
}

fn simplified(word: &str) -> String {
    // The lexicon's table does not have these.
    let simplify = |c| match c {
        '簡' => '简',
        '鏈' => '链',
        '瞭' => '了',
        '著' => '着',
        c => to_simplified(c),
    };
    word.chars().map(simplify).collect()
}

/// Simplified characters that have a traditional form of their own.
fn have_traditional() -> BTreeSet<char> {
    // These are as common in traditional text as their other forms, or the other form is another word.
    const BOTH: &str = "了么才出台后里面系只干松准制几志周尽卷采叶向升于云吃回冬丑刮千卜占叹吁咸团困坛姜家岳巨布幸并弥当征御恶愿扎折技据摆斗无旋旗札朱朴杆杯板极核梁概欲汇沈注洒涂漓炼熏玩痒着睾瞒秋种签粮糊纤繁罗胡胜致舍芸荐获蒙蔑虫表赞赞跖踊踪辟辣迹邮郁酸里钟链锈闲雇须颓饥马鬓麻黄号合教同席";
    ('\u{4E00}'..='\u{9FFF}')
        .filter(|&c| to_simplified(c) != c)
        .map(to_simplified)
        .filter(|&c| !BOTH.contains(c))
        .collect()
}

#[test]
fn every_list_knows_both_forms_of_a_word() {
    let changing = have_traditional();
    for (name, list) in lists() {
        each(name, list.iter(), |word| {
            let simple = simplified(word);
            if !list.has(&simple) {
                return Err(format!("the simplified form {simple} is missing"));
            }
            let other = list.iter().any(|w| w != word && simplified(w) == simple);
            let changes = simple == word && word.chars().any(|c| changing.contains(&c));
            if changes && !other { Err("the traditional form is missing".into()) } else { Ok(()) }
        });
    }
}

#[test]
fn a_phrase_says_the_same_in_both_forms() {
    // 記者 opens a byline without a space behind it in papers of Taiwan and Hong Kong; there （記者 opens a story. Where
    // simplified characters are printed both go on behind 本报讯.
    const TRADITIONAL_ONLY: [&str; 2] = ["記者", "（記者"];
    let changing = have_traditional();
    let cue = |word: &str| PHRASES.iter().find(|(phrase, _)| *phrase == word).map(|(_, cue)| *cue);
    each("opening phrases", PHRASES.iter().map(|(phrase, _)| *phrase), |word| {
        let simple = simplified(word);
        let other = PHRASES.iter().any(|(w, _)| *w != word && simplified(w) == simple);
        let changes = simple == word && word.chars().any(|c| changing.contains(&c));
        if changes && !other && word != "记者 " {
            return Err("the traditional form is missing".into());
        }
        if TRADITIONAL_ONLY.contains(&word) { Ok(()) } else { same(cue(&simple), cue(word)) }
    });
    let tail = |word: &str| TAIL_PHRASES.iter().find(|(phrase, _)| *phrase == word).map(|(_, tail)| *tail);
    each("closing phrases", TAIL_PHRASES.iter().map(|(phrase, _)| *phrase), |word| {
        let simple = simplified(word);
        let other = TAIL_PHRASES.iter().any(|(w, _)| *w != word && simplified(w) == simple);
        let changes = simple == word && word.chars().any(|c| changing.contains(&c));
        if changes && !other {
            return Err("the traditional form is missing".into());
        }
        same(tail(&simple), tail(word))
    });
}

#[test]
fn no_word_stands_in_a_list_twice() {
    for (name, list) in lists() {
        each(name, list.iter(), |word| same(list.iter().filter(|w| *w == word).count(), 1));
    }
}

#[test]
fn two_names_behind_a_post_stay_two() {
    each("in the brackets of a dateline", BUILT_IN.posts.iter(), |post| {
        let line =
            format!("本报讯（{post} 王明 李华）昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n");
        same(clean(&line), line)
    });
    each("with a qualifier before the post", BUILT_IN.qualifiers.iter(), |word| {
        let line =
            format!("本报讯（{word}记者 王明 李华）昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n");
        same(clean(&line), line)
    });
    each("in a byline of its own", BUILT_IN.reporters.iter(), |post| {
        let line = format!("{post} 王明 李华\n");
        same(clean(&line), line)
    });
}

#[test]
fn a_letter_spaced_byline_keeps_posts_and_names_apart() {
    each("before a name", BUILT_IN.reporters.iter(), |post| {
        let line = format!("本 报 讯 （ {} 周 文 海 通 讯 员 石 守 田 ） 昨 天 来 了 。\n", spread(post));
        same(clean(&line), format!("本报讯（{post} 周文海 通讯员 石守田）昨天来了。\n"))
    });
    each("behind a name", BUILT_IN.reporters.iter(), |post| {
        let line = format!("本 报 讯 （ 记 者 周 文 海 {} 石 守 田 ） 昨 天 来 了 。\n", spread(post));
        same(clean(&line), format!("本报讯（记者 周文海 {post} 石守田）昨天来了。\n"))
    });
    each("with a qualifier", BUILT_IN.qualifiers.iter(), |word| {
        let line = format!("本 报 讯 （ 记 者 周 文 海 {} 通 讯 员 石 守 田 ） 昨 天 来 了 。\n", spread(word));
        same(clean(&line), format!("本报讯（记者 周文海 {word}通讯员 石守田）昨天来了。\n"))
    });
}

/// Lines of twenty characters of which the first two are cut behind `above` and before `below`.
fn column(above: &str, below: &str) -> (String, String) {
    const STORY: &str = "渠水流过桥头镇沿岸的稻田渐渐泛黄农户忙着修整晒场孩子们在堤上奔跑今年的水来得早谷子比往年高出一头村里的人都说这是修渠的好处";
    let story = |count: usize| STORY.chars().take(count).collect::<String>();
    let rest = |text: &str| 20 - text.chars().filter(|&c| c != ' ').count();
    let (first, second) = (story(rest(above)) + above, below.to_string() + &story(rest(below)));
    let more = story(20);
    (format!("{}\n{first}\n{second}\n{more}\n", story(20)), format!("{}{first}|{second}{more}\n", story(20)))
}

#[test]
fn a_post_at_a_line_break_is_parted_from_the_name() {
    each("before the break", BUILT_IN.posts.iter(), |post| {
        let (raw, whole) = column(&format!("（{post}"), "王明 李华）");
        same(joined(&raw), whole.replace('|', " "))
    });
    each("behind the break", BUILT_IN.posts.iter(), |post| {
        let (raw, whole) = column("（记者 王明", &format!("{post} 李华）"));
        same(joined(&raw), whole.replace('|', " "))
    });
    each("cut by the break", BUILT_IN.reporters.iter(), |post| {
        let (at, _) = post.char_indices().next_back().expect("a post has characters");
        let (raw, whole) = column(&format!("（{}", &post[..at]), &format!("{} 王明 李华）", &post[at..]));
        same(joined(&raw), whole.replace('|', ""))
    });
}

#[test]
fn a_reporter_s_post_opens_a_byline() {
    each("as a cue", BUILT_IN.reporters.iter(), |post| same(cue_of(&format!("{post} 何苗"), 0), Cue::Byline));
    each("in a dateline", BUILT_IN.reporters.iter(), |post| {
        let proof = with_units(&format!("本报讯（{post} 何苗）昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n"));
        same(part(&proof, Role::Dateline), Some(&format!("本报讯（{post} 何苗）")))
    });
    each("in brackets that are a dateline", BUILT_IN.reporters.iter(), |post| {
        let proof = with_units(&format!("【{post}何苗桥头报道】昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n"));
        same(part(&proof, Role::Dateline), Some(&format!("【{post}何苗桥头报道】")))
    });
    each("before a headline of a jump", BUILT_IN.posts.iter(), |post| {
        same([format!("{post} 何苗"), format!("本报{post}何苗")].map(|line| BUILT_IN.opens_as_byline(&line)), [true; 2])
    });
}

#[test]
fn a_sender_opens_a_dateline() {
    let body = "昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。";
    for end in ["讯", "訊", "电", "電"] {
        each(&format!("as a part, with {end}"), BUILT_IN.senders.iter(), |sender| {
            let opening = format!("{sender}桥头8月17日{end}");
            same(part(&with_units(&format!("{opening} {body}\n")), Role::Dateline), Some(opening.as_str()))
        });
        each(&format!("with a space, with {end}"), BUILT_IN.senders.iter(), |sender| {
            let line = format!("{sender}桥头8月17日{end} {body}\n");
            same(clean(&line), line)
        });
        each(&format!("and no sentence, with {end}"), BUILT_IN.senders.iter(), |sender| {
            let mut gaps = Vec::new();
            find(&format!("{sender}桥头8月17日{end}。{body}"), &mut gaps);
            same(gaps.len(), 0)
        });
    }
    for from in ["据", "據"] {
        each(&format!("behind {from}"), BUILT_IN.agencies.iter(), |agency| {
            let opening = format!("{from}{agency}桥头8月17日电");
            same(part(&with_units(&format!("{opening} {body}\n")), Role::Dateline), Some(opening.as_str()))
        });
    }
    each("as a cue", BUILT_IN.own.iter(), |own| {
        let sent = if own == simplified(own) { '讯' } else { '訊' };
        same(cue_of(&format!("{own}{sent}（记者"), 0), Cue::News)
    });
    each("as a cue", BUILT_IN.agencies.iter(), |agency| same(cue_of(&format!("{agency}桥头8月17日电"), 0), Cue::Wire));
}

/// Whether a credit is that of a text (何苗 报道), which makes a byline and not a caption.
fn credits_a_text(credit: &str) -> bool {
    let last = credit.chars().next_back().expect("no credit is empty");
    tail_of(&format!("何苗 {credit}"), last) == Tail::Report
}

#[test]
fn a_credit_belongs_to_its_picture() {
    each("as a part of a caption", BUILT_IN.credits.iter(), |credit| {
        if credits_a_text(credit) {
            return Ok(());
        }
        let proof = with_units(&format!("图为新桥通车的场面。何苗 {credit}\n"));
        same((proof.units[0].role, part(&proof, Role::Credit)), (Role::Caption, Some(&format!("何苗 {credit}"))))
    });
    each("in brackets", BUILT_IN.credits.iter(), |credit| {
        if credits_a_text(credit) || credit == "整理" {
            return Ok(()); // （何苗 整理） ends a text
        }
        let proof = with_units(&format!("图为新桥通车的场面，孩子们在桥上跑来跑去（何苗 {credit}）\n"));
        same(part(&proof, Role::Credit), Some(&format!("（何苗 {credit}）")))
    });
    each("in one sentence with it", BUILT_IN.credits.iter(), |credit| {
        let line = format!("图为新桥通车的场面。何苗 {credit}\n");
        let split = Options::default().with_split(Split::Sentence);
        same(Cleaner::new(split).page(&line).text, line)
    });
    each("behind a name and a space", BUILT_IN.credits.iter(), |credit| {
        let line = format!("渠边的孩子们在桥上放风筝 何苗 {credit}\n");
        same(clean(&line), line)
    });
    each("on a line of its own", BUILT_IN.credits.iter().filter(|c| c.chars().count() <= 3), |credit| {
        same(joined(&format!("图为新桥通车的场面。何苗\n{credit}\n")), format!("图为新桥通车的场面。何苗 {credit}\n"))
    });
}

#[test]
fn a_lone_caption_with_a_credit_is_no_headline() {
    each("alone on the page", BUILT_IN.credits.iter(), |credit| {
        let role = with_units(&format!("渠边的孩子们在桥上放风筝 何苗 {credit}\n")).units[0].role;
        let wanted = [Role::Caption, Role::Credit, Role::Byline, Role::Unknown];
        if wanted.contains(&role) || credits_a_text(credit) { Ok(()) } else { Err(format!("{role:?}")) }
    });
}

#[test]
fn a_word_that_ends_like_a_credit_is_none() {
    for line in ["他在渠边忙着工作", "沿岸的稻田正在整理", "这是一张地图", "他们都爱写作文"]
    {
        assert!(!BUILT_IN.ends_with_credit(line), "{line}");
        let mut gaps = Vec::new();
        find(&format!("渠水通了。{line}"), &mut gaps);
        assert_eq!(gaps.len(), 1, "{line}");
    }
    assert_eq!(joined("这些年他在渠边努力工\n作\n"), "这些年他在渠边努力工作\n");
}

const BRACKETS: [(&str, &str); 6] = [("（", "）"), ("(", ")"), ("〔", "〕"), ("［", "］"), ("[", "]"), ("【", "】")];

/// Round brackets as the clean text has them.
fn full_width(line: &str) -> String {
    line.replace('(', "（").replace(')', "）")
}

/// The roles of the jump lines, and whether the text behind the second is put behind the first.
fn jump(on: &str, back: &str) -> (Role, Role, bool) {
    let mut issue = Issue::new(Options::default().with_follow_jumps(true).with_units(true));
    issue.page(&format!("守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n{on}\n"));
    issue.page(&format!("守渠人的三十年\n{back}\n他把渠守了三十年。\n"));
    let proofs = issue.finish();
    let role = |proof: &Proof, line: &str| {
        let unit = proof.units.iter().find(|unit| proof.text[unit.range.clone()] == full_width(line));
        unit.map_or(Role::Unknown, |unit| unit.role)
    };
    (role(&proofs[0], on), role(&proofs[1], back), proofs[0].text.ends_with("他把渠守了三十年。\n"))
}

#[test]
fn jump_lines_have_their_roles_and_are_followed() {
    let right = (Role::Jump, Role::Resume, true);
    for (open, close) in BRACKETS {
        each(&format!("on, in {open}{close}"), BUILT_IN.jumps_on.iter().chain(BUILT_IN.short_on.iter()), |word| {
            same(jump(&format!("{open}{word}第2版{close}"), "（上接第1版）"), right)
        });
        each(
            &format!("back, in {open}{close}"),
            BUILT_IN.jumps_back.iter().chain(BUILT_IN.short_back.iter()),
            |word| same(jump("（下转第2版）", &format!("{open}{word}第1版{close}")), right),
        );
    }
    each("on, alone", BUILT_IN.jumps_on.iter().chain(BUILT_IN.short_on.iter()), |word| {
        same(jump(&format!("{word}2版"), "上接第1版"), right)
    });
    each("back, alone", BUILT_IN.jumps_back.iter().chain(BUILT_IN.short_back.iter()), |word| {
        same(jump("下转第2版", &format!("{word}1版")), right)
    });
}

#[test]
fn jump_lines_are_parts_of_the_paragraphs_that_they_end_or_open() {
    for (open, close) in BRACKETS {
        each(&format!("on, in {open}{close}"), BUILT_IN.jumps_on.iter().chain(BUILT_IN.short_on.iter()), |word| {
            let line = format!("{open}{word}第2版{close}");
            let text = format!("渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。{line}\n");
            same(part(&with_units(&text), Role::Jump), Some(full_width(&line).as_str()))
        });
        each(
            &format!("back, in {open}{close}"),
            BUILT_IN.jumps_back.iter().chain(BUILT_IN.short_back.iter()),
            |word| {
                let line = format!("{open}{word}第1版{close}");
                let text = format!("{line}渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n");
                same(part(&with_units(&text), Role::Resume), Some(full_width(&line).as_str()))
            },
        );
        each(&format!("as a cue, in {open}"), BUILT_IN.jumps_on.iter().chain(BUILT_IN.jumps_back.iter()), |word| {
            same(cue_of(&format!("{open}{word}第2版"), 0), Cue::Jump)
        });
    }
}

/// The text of a page whose furniture is dropped.
fn dropped(text: &str) -> String {
    Cleaner::new(Options::default().with_furniture(Furniture::Drop)).page(text).text
}

#[test]
fn furniture_is_dropped() {
    let body = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";
    each("by a phrase", BUILT_IN.furniture.iter(), |phrase| {
        same(dropped(&format!("{phrase} 何苗\n{body}")), body.into())
    });
    each("by a section in a folio", BUILT_IN.sections.iter(), |section| {
        same(dropped(&format!("第3版 {section}\n{body}")), body.into())
    });
    each("by a paper in a folio", BUILT_IN.papers.iter(), |paper| {
        same(dropped(&format!("第3版 澜江{paper}\n{body}")), body.into())
    });
    each("by a lunar date", BUILT_IN.lunar.iter(), |lunar| {
        same(dropped(&format!("第3版 {lunar}七月初三\n{body}")), body.into())
    });
    each("by a day of the week", BUILT_IN.week.iter(), |week| {
        same(dropped(&format!("2023年8月18日 {week}五\n{body}")), body.into())
    });
    each("as the editors' line", BUILT_IN.editors.iter(), |word| {
        same(role(&format!("{word} 何苗"), &BUILT_IN), Role::Editors)
    });
}

#[test]
fn an_imprint_is_read_in_both_forms() {
    each("lunar", BUILT_IN.lunar.iter(), |word| {
        let printed = format!("{word}七月初三");
        same(Imprint::read([printed.as_str()]).lunar, Some(printed.clone()))
    });
    each("weekday", BUILT_IN.week.iter(), |word| {
        let printed = format!("{word}五");
        same(Imprint::read([printed.as_str()]).weekday, Some(printed.clone()))
    });
    each("paper", BUILT_IN.papers.iter(), |word| {
        let printed = format!("澜江{word}");
        same(Imprint::read([printed.as_str()]).paper, Some(printed.clone()))
    });
    each("no paper", BUILT_IN.no_paper.iter().filter(|w| !w.ends_with(['报', '報'])), |word| {
        same(Imprint::read([format!("{word}澜江日报").as_str()]).paper, None)
    });
    each("founded", BUILT_IN.founded.iter(), |word| {
        same(Imprint::read([format!("{word}于1985年1月1日").as_str()]).date, None)
    });
}

#[test]
fn a_verb_of_speech_keeps_a_quotation_and_its_speaker_together() {
    let sentences = |text: &str| {
        let mut gaps = Vec::new();
        find(text, &mut gaps);
        gaps.len() + 1
    };
    each("at the end of the clause", BUILT_IN.says.iter(), |word| {
        same(sentences(&format!("“渠水来了。”他笑着{word}。天晴了。")), 2)
    });
    each("in the clause", BUILT_IN.tells.iter(), |word| {
        same(sentences(&format!("“渠水来了。”他{word}了大家。天晴了。")), 2)
    });
    each("at its beginning", BUILT_IN.speaks_of.iter(), |word| {
        same(sentences(&format!("“渠水来了。”{word}今年，大家很高兴。天晴了。")), 2)
    });
    each("but not in another word", BUILT_IN.says_not.iter(), |word| {
        same(sentences(&format!("“渠水来了。”他去看那{word}。天晴了。")), 3)
    });
}

#[test]
fn an_added_word_behaves_like_a_built_in_one() {
    let mut words = AddedWords::default();
    words.posts.push("觀察員".into());
    words.senders.push("澜江社".into());
    words.credits.push("剪纸".into());
    words.jumps_on.push("另见".into());
    words.jumps_back.push("承自".into());
    words.furniture.push("桥头之声".into());
    words.editors.push("排字".into());
    words.sections.push("水利版".into());
    words.papers.push("周刊".into());
    let options = Options::default().with_vocabulary(words).with_units(true);
    let page = |text: &str| Cleaner::new(options.clone()).page(text);
    let story = "昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。";
    for post in ["觀察員", "观察员"] {
        let line = format!("本报讯（{post} 王明 李华）{story}\n");
        let proof = page(&line);
        assert_eq!(
            (proof.text.as_str(), part(&proof, Role::Dateline)),
            (&*line, Some(&*format!("本报讯（{post} 王明 李华）")))
        );
    }
    assert_eq!(part(&page(&format!("澜江社桥头8月17日电 {story}\n")), Role::Dateline), Some("澜江社桥头8月17日电"));
    assert_eq!(part(&page("图为新桥通车的场面。何苗 剪纸\n"), Role::Credit), Some("何苗 剪纸"));
    let split = Cleaner::new(options.clone().with_split(Split::Sentence)).page("图为新桥通车的场面。何苗 剪纸\n");
    assert_eq!(split.text, "图为新桥通车的场面。何苗 剪纸\n");
    let mut issue = Issue::new(options.clone().with_follow_jumps(true));
    issue.page("守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（另见第2版）\n");
    issue.page("守渠人的三十年\n（承自第1版）\n他把渠守了三十年。\n");
    let proofs = issue.finish();
    assert!(proofs[0].text.ends_with("（另见第2版）\n他把渠守了三十年。\n"), "{}", proofs[0].text);
    assert_eq!(proofs[0].units[2].role, Role::Jump);
    assert_eq!(proofs[1].units[1].role, Role::Resume);
    let drop = |text: &str| Cleaner::new(options.clone().with_furniture(Furniture::Drop)).page(text).text;
    for line in ["桥头之声 何苗", "排字 何苗", "第3版 水利版", "第3版 澜江周刊"] {
        assert_eq!(drop(&format!("{line}\n{story}\n")), format!("{story}\n"), "{line}");
    }
}

#[test]
fn no_added_word_is_known_without_being_added() {
    let story = "昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。";
    assert_ne!(clean(&format!("本报讯（观察员 王明 李华）{story}\n")), format!("本报讯（观察员 王明 李华）{story}\n"));
    assert_eq!(dropped(&format!("第3版 水利版\n{story}\n")), format!("第3版 水利版\n{story}\n"));
}
