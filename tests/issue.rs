//! The pages of an issue together: furniture by repetition, jumps put together, and the laws over all of them.

mod told;

use proptest::prelude::*;
use qingyang::Followed;
use qingyang::decode::{Encoding, decode};
use qingyang::options::Furniture;
use qingyang::{Cleaner, Issue, Options, Proof, Role, Rule, Stream};

fn following() -> Options {
    let mut o = Options::default();
    o.follow_jumps = true;
    o.ledger = true;
    o.units = true;
    o.confidence = true;
    o
}

fn issue(pages: &[&str], options: Options) -> Vec<Proof> {
    let mut issue = Issue::new(options);
    pages.iter().for_each(|p| issue.page(p));
    issue.finish()
}

fn texts(pages: &[&str], options: Options) -> Vec<String> {
    issue(pages, options).into_iter().map(|p| p.text).collect()
}

fn outcomes(proofs: &[Proof]) -> Vec<Followed> {
    proofs.iter().flat_map(|p| &p.jumps).map(|j| j.followed).collect()
}

/// All characters of texts but white space, sorted.
fn ink(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<char> {
    let mut all: Vec<char> = Vec::new();
    texts.into_iter().for_each(|t| all.extend(t.as_ref().chars().filter(|c| !c.is_whitespace())));
    all.sort_unstable();
    all
}

const FIRST: &str = "守渠人\n渠水流过桥头镇。\n（下转第2版）\n";
const SECOND: &str = "守渠人的三十年\n（上接第1版）\n他把渠守了三十年。\n";

#[test]
fn the_ledgers_of_both_inputs_tell_a_move() {
    let proofs = issue(&[FIRST, SECOND], following());
    let jumps = |p: &Proof| -> Vec<(String, String)> {
        let all = p.ledger.iter().flatten().filter(|e| e.rule == Rule::Jumps);
        all.map(|e| (e.before.clone(), e.after.clone())).collect()
    };
    assert_eq!(jumps(&proofs[0]), [(String::new(), "\n他把渠守了三十年。".to_string())]);
    assert_eq!(jumps(&proofs[1]), [("\n他把渠守了三十年。".to_string(), String::new())]);
    let counted = proofs.iter().map(|p| p.counts.of(Rule::Jumps)).sum::<u64>();
    assert_eq!(counted, 2);
}

#[test]
fn units_articles_and_breaks_go_with_the_text() {
    let proofs = issue(&[FIRST, SECOND], following());
    let moved = proofs[0].units.last().expect("units");
    assert_eq!(&proofs[0].text[moved.range.clone()], "他把渠守了三十年。");
    assert_eq!(moved.input, Some(1), "its sources are of the second input");
    let source = &SECOND[moved.sources[0].start as usize..moved.sources[0].end as usize];
    assert_eq!(source, "他把渠守了三十年。");
    let article = &proofs[0].articles[0];
    assert!(article.body.contains(&(proofs[0].units.len() - 1)), "{article:?}");
    assert!(proofs[1].articles.iter().all(|a| a.headline.iter().chain(&a.body).all(|&n| n < proofs[1].units.len())));
    for (proof, text) in proofs.iter().zip([FIRST, SECOND]) {
        for b in &proof.breaks {
            assert!(
                proof.text.as_bytes().get(b.at) == Some(&b'\n') && text.is_char_boundary(b.source as usize),
                "{b:?}"
            );
        }
    }
}

#[test]
fn every_print_of_a_jump_line_is_known() {
    let prints = [
        ("（下转第2版）", "（上接第1版）"),
        ("(下转2版)", "(上接1版)"),
        ("（下转第二版）", "（紧接第一版）"),
        ("［下转第2版］", "［上接第1版］"),
        ("【下转2版】", "【上接1版】"),
        ("（下轉第二版）", "（上接第一版）"),
        ("（转2版）", "（接1版）"),
        ("下转第2版", "上接第1版"),
        ("▶下转02版", "◀上接01版"),
        ("（下转A2版）", "（上接A1版）"),
        ("（下转第2版《守渠人的三十年》）", "（上接第1版《守渠人》）"),
    ];
    for (on, back) in prints {
        let first = format!("守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n{on}\n");
        let second = format!("守渠人的三十年\n{back}\n他把渠守了三十年。\n");
        let proofs = issue(&[&first, &second], following());
        // A headline in the jump line is no text of its own, and half-width brackets become full-width.
        let wide = |print: &str| print.replace('(', "（").replace(')', "）");
        assert_eq!(proofs[0].text, wide(&first) + "他把渠守了三十年。\n", "{on}");
        assert_eq!(proofs[1].text, format!("守渠人的三十年\n{}\n", wide(back)), "{back}");
        assert_eq!(outcomes(&proofs), [Followed::Yes; 2], "{on} {back}");
        let role = |proof: &Proof, print: &str| {
            let line = proof.units.iter().find(|u| proof.text[u.range.clone()] == wide(print));
            line.map(|u| u.role)
        };
        // The roles of the others are in tests/rules/jumps.rs: they are wrong until the words of jump lines are one list.
        if bracketed(on) {
            let roles = (role(&proofs[0], on), role(&proofs[1], back));
            assert_eq!(roles, (Some(Role::Jump), Some(Role::Resume)), "{on} {back}");
        }
    }
}

/// Whether a print is one whose role the units know: in brackets, with a word of two characters.
fn bracketed(print: &str) -> bool {
    print.starts_with(['（', '(', '［', '【']) && print.contains(['下', '上'])
}

#[test]
fn a_jump_line_may_stand_behind_its_headline() {
    let got = texts(&[FIRST, "守渠人之二（上接第1版）\n他把渠守了三十年。\n"], following());
    assert_eq!(got[0], FIRST.to_string() + "他把渠守了三十年。\n");
    assert_eq!(got[1], "守渠人之二（上接第1版）\n");
}

#[test]
fn words_that_only_sound_like_a_jump_line_are_none() {
    for line in [
        "紧接着，第1版的校样来了。",
        "上接第1版的报道，本版继续关注。",
        "报道见第2版。",
        "（详见第2版）",
        "水转2版，渠通了。",
    ] {
        let page = format!("守渠人\n渠水流过桥头镇。\n{line}\n");
        let proofs = issue(&[&page, &page], following());
        assert_eq!(outcomes(&proofs), [], "{line}");
    }
}

#[test]
fn a_jump_line_inside_a_paragraph_is_cut_off_it() {
    let got = texts(&["守渠人\n渠水流过桥头镇。（下转2版）\n", "守渠人\n（上接1版）他把渠守了三十年。\n"], following());
    assert_eq!(got, ["守渠人\n渠水流过桥头镇。（下转2版）\n他把渠守了三十年。\n", "守渠人\n（上接1版）\n"]);
}

#[test]
fn what_goes_on_twice_is_put_together_in_one_place() {
    let pages = [
        "守渠人\n渠水流过桥头镇。\n（下转第2版）\n",
        "守渠人之二\n（上接第1版）\n他把渠守了三十年。\n（下转第3版）\n",
        "守渠人之三\n（上接第2版）\n今年的渠会来了三百人。\n",
    ];
    let got = texts(&pages, following());
    assert_eq!(
        got,
        [
            "守渠人\n渠水流过桥头镇。\n（下转第2版）\n他把渠守了三十年。\n（下转第3版）\n今年的渠会来了三百人。\n",
            "守渠人之二\n（上接第1版）\n",
            "守渠人之三\n（上接第2版）\n",
        ]
    );
}

#[test]
fn jump_lines_that_point_in_a_circle_move_nothing_away() {
    let pages = [
        "甲文\n（上接第2版）\n渠水流过桥头镇。\n（下转第2版）\n",
        "乙文\n（上接第1版）\n他把渠守了三十年。\n（下转第1版）\n",
    ];
    let got = texts(&pages, following());
    assert_eq!(ink(&got), ink(pages), "{got:?}");
}

#[test]
fn a_text_that_comes_back_to_its_page_is_in_one_article() {
    let first = "守渠人\n渠水流过桥头镇。\n（下转第2版）\n新桥成了\n（上接第2版）\n他把渠守了三十年。\n";
    let second = "守渠人的三十年\n（上接第1版）\n稻田渐渐泛黄。\n（下转第1版）\n";
    let proofs = issue(&[first, second], following());
    assert!(outcomes(&proofs).iter().all(|f| *f == Followed::Yes));
    let last = proofs[0].units.iter().position(|u| &proofs[0].text[u.range.clone()] == "他把渠守了三十年。");
    let of: Vec<usize> = (0..proofs[0].articles.len())
        .filter(|&a| proofs[0].articles[a].body.contains(&last.expect("it stays on its page")))
        .collect();
    assert_eq!(of, [0], "{:?}", proofs[0].articles);
}

#[test]
fn headlines_tell_several_jumps_apart() {
    let pages = [
        "皮影戏传三代\n灯一亮，小人就活了。\n（下转第2版）\n板凳会议事\n芦塘村开会在打谷场。\n（下转第2版）\n",
        "打谷场上的板凳会\n（上接第1版）\n最难的一回是迁坟。\n三代人的皮影戏\n（上接第1版）\n转机来自一所小学。\n",
    ];
    let got = texts(&pages, following());
    assert!(got[0].contains("（下转第2版）\n转机来自一所小学。\n板凳会议事\n"), "{got:?}");
    assert!(got[0].ends_with("（下转第2版）\n最难的一回是迁坟。\n"), "{got:?}");
}

#[test]
fn texts_tell_jumps_apart_that_have_no_headlines() {
    let first = "皮影戏\n靳六斤把皮影箱子锁了整整十七年，灯影里的借东风没有人看。\n（下转第2版）\n板凳会\n苗凤英在芦塘村的打谷场上立下规矩，板凳往中间一坐。\n（下转第2版）\n";
    let second = "（上接第1版）\n迁坟那一回，苗凤英在打谷场上先站起来，芦塘村没有一个人高声说话，板凳坐了一圈。\n（上接第1版）\n靳六斤打开箱子，皮影又动了，灯影里唱的还是借东风。\n";
    let got = texts(&[first, second], following());
    let (puppets, bench) = got[0].split_once("板凳会\n").expect("two stories");
    assert!(puppets.contains("（下转第2版）\n靳六斤打开箱子"), "{got:?}");
    assert!(bench.contains("（下转第2版）\n迁坟那一回"), "{got:?}");
    assert_eq!(got[1], "（上接第1版）\n（上接第1版）\n");
}

#[test]
fn what_nothing_tells_apart_stays_where_it_is() {
    let pages = [
        "皮影戏\n灯一亮，小人就活了。\n（下转第2版）\n板凳会\n芦塘村开会在打谷场。\n（下转第2版）\n",
        "春耕时节\n（上接第1版）\n最难的一回是迁坟。\n秋收时节到田头\n（上接第1版）\n转机来自一所小学。\n",
    ];
    let proofs = issue(&pages, following());
    assert_eq!(proofs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), pages);
    assert_eq!(outcomes(&proofs), [Followed::Several; 4]);
    assert_eq!(proofs[1].jumps[0].text, "（上接第1版）");
    assert_eq!(proofs[1].jumps[0].source, "春耕时节\n".len() as u64);
}

#[test]
fn a_jump_line_without_an_answer_moves_nothing() {
    let pages = [FIRST, "守渠人的三十年\n（上接第4版）\n他把渠守了三十年。\n"];
    let proofs = issue(&pages, following());
    assert_eq!(proofs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), pages);
    assert_eq!(outcomes(&proofs), [Followed::Alone; 2]);
}

#[test]
fn the_folio_says_which_page_it_is() {
    // The issue's first file is its fourth page.
    let fourth = "第4版 综合 2023年9月12日\n守渠人\n渠水流过桥头镇。\n（下转第5版）\n";
    let fifth = "第5版 文化 2023年9月12日\n守渠人的三十年\n（上接第4版）\n他把渠守了三十年。\n";
    for furniture in [Furniture::Keep, Furniture::Drop] {
        let mut o = following();
        o.furniture = furniture;
        assert!(texts(&[fourth, fifth], o)[0].ends_with("（下转第5版）\n他把渠守了三十年。\n"));
    }
}

#[test]
fn a_paragraph_that_the_jump_cut_is_joined_only_where_that_is_asked_for() {
    // Pages that are long enough for the units to be told apart: only running text is joined.
    let pages = [
        "守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整\n晒场，孩子们在堤上奔跑。今年的水来得早，谷子比往\n年高出一头，村里的人都说这是修渠的\n（下转第2版）\n新桥通车\n本报讯（记者 石头）昨日上午，新桥在桥头镇通车。孩子\n们在桥上奔跑，笑声传出二里地。\n",
        "守渠人\n（上接第1版）\n好处。镇上新开了磨坊，磨盘转了一天，面粉装了满满三\n大车，乡亲们都说好。\n他守了三十年，走过的路绕了地球一圈。\n",
    ];
    let head = "守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场，孩子们在堤上奔跑。今年的水来得早，谷子比往年高出一头，村里的人都说这是修渠的";
    let foot = "好处。镇上新开了磨坊，磨盘转了一天，面粉装了满满三大车，乡亲们都说好。\n他守了三十年，走过的路绕了地球一圈。\n新桥通车\n本报讯（记者 石头）昨日上午，新桥在桥头镇通车。孩子们在桥上奔跑，笑声传出二里地。\n";
    let second = "守渠人\n（上接第1版）\n";
    assert_eq!(texts(&pages, following()), [format!("{head}\n（下转第2版）\n{foot}"), second.into()]);
    let mut across = following();
    across.join_across = true;
    let proofs = issue(&pages, across.clone());
    let joined: Vec<&str> = proofs.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(joined, [format!("{head}（下转第2版）{foot}"), second.into()]);
    // The paragraph is one unit, and the jump line a part of it.
    let unit = &proofs[0].units[1];
    let parts: Vec<(Role, &str)> = unit.parts.iter().map(|p| (p.role, &joined[0][p.range.clone()])).collect();
    assert_eq!((unit.role, parts), (Role::Body, vec![(Role::Jump, "（下转第2版）")]));
    // What ends in a stop was cut in no sentence.
    let whole = pages[0].replace("这是修渠的", "这是好事。");
    assert!(texts(&[&whole, pages[1]], across)[0].contains("这是好事。\n（下转第2版）\n好处。"));
}

#[test]
fn a_second_run_moves_nothing_more() {
    let pages = [FIRST, SECOND];
    let once = texts(&pages, following());
    let twice = texts(&once.iter().map(String::as_str).collect::<Vec<_>>(), following());
    assert_eq!(once, twice);
}

#[test]
fn bylines_notices_and_jump_lines_are_not_furniture_however_often_they_come() {
    let page = |n: usize| {
        format!("标题{n}号渠\n本报记者 何苗\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，来了{n}个人。\n公告\n本镇明日停水。\n")
    };
    let pages: Vec<String> = (1..6).map(page).collect();
    let mut o = Options::default();
    o.furniture = Furniture::Drop;
    let got = texts(&pages.iter().map(String::as_str).collect::<Vec<_>>(), o);
    assert!(got.iter().all(|t| t.contains("本报记者 何苗\n") && t.contains("公告\n")), "{got:?}");
}

#[test]
fn a_header_on_two_pages_is_not_known_yet_and_on_three_it_is() {
    let page = |n: usize| format!("桥头周报 渠边{n}号 0{n}\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，来了人。\n");
    let pages: Vec<String> = (1..4).map(page).collect();
    let roles = |n: usize| {
        let mut o = Options::default();
        o.units = true;
        let list: Vec<&str> = pages[..n].iter().map(String::as_str).collect();
        issue(&list, o).into_iter().map(|p| p.units[0].role).collect::<Vec<_>>()
    };
    assert!(roles(2).iter().all(|r| !r.is_furniture()));
    assert_eq!(roles(3), [Role::Folio; 3]);
}

#[test]
fn the_line_below_a_header_that_is_dropped_keeps_its_role() {
    let pages: Vec<String> = ["新桥通车", "稻田泛黄", "晒场修整"]
        .into_iter()
        .map(|news| format!("桥头晚报副刊\n本报讯（记者 何苗）昨日上午，渠水流过桥头镇，{news}。\n"))
        .collect();
    let mut options = following();
    options.furniture = Furniture::Drop;
    for proof in issue(&pages.iter().map(String::as_str).collect::<Vec<_>>(), options) {
        assert!(proof.text.starts_with("本报讯"), "the header is dropped: {}", proof.text);
        assert_eq!((proof.units[0].role, proof.articles.len()), (Role::Body, 1));
    }
}

#[test]
fn places_are_told_in_bytes_of_the_file() {
    let mut issue = Issue::new(following());
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let (first, second) = (gb(FIRST), gb(SECOND));
    issue.decoded(decode(&first, Some(Encoding::Gb18030), false).expect("GB 18030"));
    issue.decoded(decode(&second, Some(Encoding::Gb18030), false).expect("GB 18030"));
    let proofs = issue.finish();
    let r = proofs[0].units.last().expect("units").sources[0].clone();
    let text = encoding_rs::GB18030.decode(&second[r.start as usize..r.end as usize]).0.into_owned();
    assert_eq!(text, "他把渠守了三十年。");
    let gone = proofs[1].ledger.iter().flatten().find(|e| e.rule == Rule::Jumps).expect("told");
    assert_eq!(gone.end as usize, second.len() - 1);
}

/// Pages of an issue with jump lines everywhere.
fn pages() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        4 => "[渠水流过桥头镇沿岸的稻田渐泛黄]{2,14}[。，！”]?\n",
        2 => "[渠水桥头]{2,6}\n",
        2 => "（下转第[1-4]版）\n",
        2 => "（上接第[1-4]版）\n?",
        1 => "第[1-4]版 要闻 2023年9月12日\n",
        1 => "本报记者 何苗\n",
        1 => "\x0c",
        1 => "[ \u{3000}\n]{1,3}",
    ];
    let page = prop::collection::vec(piece, 0..14).prop_map(|p| p.concat());
    prop::collection::vec(page, 0..5)
}

/// Any options that put together what goes on, and some that do not.
fn options() -> impl Strategy<Value = Options> {
    (any::<u16>(), 0u8..8).prop_map(|(bits, not)| {
        let mut o = told::telling(told::options_of(bits, 0));
        o.follow_jumps = not > 0;
        o
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn an_issue_keeps_every_character_and_its_ledgers_replay_both_ways(pages in pages(), options in options()) {
        let refs: Vec<&str> = pages.iter().map(String::as_str).collect();
        let (drops, asked) = (options.furniture == Furniture::Drop, options.clone());
        let proofs = issue(&refs, options);
        prop_assert_eq!(proofs.len(), pages.len());
        for (n, proof) in proofs.iter().enumerate() {
            told::check(&pages, n, &asked, proof);
            let lines: Vec<&str> = proof.text.split(['\n', '\x0c']).filter(|l| !l.is_empty()).collect();
            let units: Vec<&str> = proof.units.iter().flat_map(|u| proof.text[u.range.clone()].split('\n')).collect();
            prop_assert_eq!(lines, units);
        }
        if !drops {
            // Doubled headlines may go: these are told apart by their rule.
            let gone: Vec<String> = proofs.iter().flat_map(|p| p.ledger.iter().flatten())
                .filter(|e| e.rule == Rule::Doubled).map(|e| e.before.clone()).collect();
            if gone.is_empty() && proofs.iter().all(|p| p.counts.of(Rule::Doubled) == 0) {
                prop_assert_eq!(ink(proofs.iter().map(|p| &p.text)), ink(&pages));
            }
        }
    }

    #[test]
    fn one_page_of_an_issue_is_the_page_alone(page in pages()) {
        let page = page.into_iter().next().unwrap_or_default();
        if !page.contains('\x0c') {
            let alone = Cleaner::new(Options::default()).page(&page).text;
            prop_assert_eq!(&texts(&[&page], Options::default())[0], &alone);
        }
    }
}

#[test]
fn hostile_issues_end_in_time() {
    let shapes = [
        "（下转第2版）\n".repeat(20_000) + "\x0c" + &"（上接第1版）\n".repeat(20_000),
        "（上接第1版）渠\n\x0c（下转第1版）\n\x0c".repeat(3_000),
        "甲\n（下转第1版）\n\x0c第1版 要闻\n（上接第1版）\n渠。\n\x0c".repeat(1_000),
        "第1版 要闻\n".repeat(20_000),
        "\x0c".repeat(100_000),
    ];
    for shape in shapes {
        let proofs = issue(&[&shape], following());
        assert_eq!(ink([&proofs[0].text]), ink([&shape]));
    }
}

#[test]
fn a_long_page_of_an_issue_is_cut_as_in_a_stream() {
    // Each in other words, so that no line at the edge of a sheet is a running head.
    let words: Vec<char> = "渠水流过桥头镇沿岸稻田渐黄农户修整晒场".chars().collect();
    let story = |n: usize| -> String {
        let word = |k: usize| words[(n / 7usize.pow(k as u32 % 5) + k * k) % words.len()];
        let line = |from: usize| (from..from + 12).map(word).collect::<String>();
        format!("{}\n{}\n{}。\n\n", line(0), line(12), &line(24)[..12])
    };
    let page = |from: usize| (from..from + 2 * Stream::WINDOW / story(0).len()).map(story).collect::<String>();
    let text = format!("号外\n\x0c{}\x0c{}", page(0), page(5000));
    let mut streamed = String::new();
    let mut stream = Stream::new(Options::default(), None, false);
    stream.push(text.as_bytes(), &mut |proof| streamed.push_str(&proof.text)).expect("UTF-8");
    stream.finish(&mut |proof| streamed.push_str(&proof.text)).expect("UTF-8");
    for follow_jumps in [false, true] {
        let mut options = Options::default().with_ledger(true);
        options.follow_jumps = follow_jumps;
        let mut issue = Issue::new(options);
        issue.page(&text);
        let proof = issue.finish().remove(0);
        assert!(proof.text == streamed, "follow_jumps: {follow_jumps}");
        let mut replayed = text.clone();
        for e in proof.ledger.expect("asked for").iter().rev() {
            assert_eq!(replayed.get(e.start as usize..e.end as usize), Some(e.before.as_str()));
            replayed.replace_range(e.start as usize..e.end as usize, &e.after);
        }
        assert!(replayed == streamed, "follow_jumps: {follow_jumps}");
    }
}

#[test]
fn a_line_longer_than_a_window_stays_one_line_of_an_issue() {
    let line = "渠水流过桥头镇，".repeat(Stream::WINDOW / 8);
    let mut issue = Issue::new(Options::default());
    issue.page(&format!("号外\n\n{line}\n"));
    assert_eq!(issue.finish().remove(0).text, format!("号外\n{line}\n"));
}
