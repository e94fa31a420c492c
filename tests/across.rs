//! A paragraph that the end of a page cut in two: where the text proves that it goes on, its rest moves in front of the
//! form feed, and nothing else changes.

mod told;

use qingyang::options::{Furniture, Order, Split};
use qingyang::render::json::Document;
use qingyang::{Cleaner, Issue, Options, Proof, Rule, Stream};

fn across() -> Options {
    Options::default().with_join_across(true)
}

/// What comes out, with ␌ for a form feed and without the line feed at the end. All that the proof says of itself is checked.
fn joined(options: &Options, notation: &str) -> String {
    let raw = notation.replace('␌', "\x0c").replace('⏎', "\n");
    let proof = Cleaner::new(told::telling(options.clone())).page(&raw);
    told::check(&[&raw], 0, &told::telling(options.clone()), &proof);
    assert_eq!(Cleaner::new(options.clone()).page(&raw).text, proof.text, "being asked changes the text");
    let shown = proof.text.replace('\x0c', "␌").replace('\n', "⏎");
    shown.strip_suffix('⏎').unwrap_or(&shown).to_string()
}

fn assert_joined(options: &Options, rows: &[(&str, &str, &str)]) {
    for (input, output, clause) in rows {
        assert_eq!(joined(options, input), *output, "{clause}");
    }
}

#[test]
fn the_rest_of_a_cut_sentence_moves_in_front_of_the_form_feed() {
    let rows = [
        (
            "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄。⏎新桥成了。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎␌新桥成了。",
            "behind a comma",
        ),
        ("渠水来了，村里的产⏎␌业兴旺起来。⏎新桥成了。", "渠水来了，村里的产业兴旺起来。⏎␌新桥成了。", "inside a word"),
        (
            "他说：“渠水来了⏎␌的时候就回家。”⏎新桥成了。",
            "他说：“渠水来了的时候就回家。”⏎␌新桥成了。",
            "in an open quotation",
        ),
        (
            "渠水流过桥头镇，⏎␌3月就到了青石渡。⏎新桥成了。",
            "渠水流过桥头镇，3月就到了青石渡。⏎␌新桥成了。",
            "a number goes on",
        ),
        (
            "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。",
            "a form feed with nothing behind it opens no page",
        ),
    ];
    assert_joined(&across(), &rows);
}

#[test]
fn what_the_text_does_not_prove_stays() {
    let rows = [
        ("渠水流过桥头镇。⏎␌沿岸的稻田渐渐泛黄。", "the page ends in a stop"),
        ("渠水流过桥头镇，⏎␌青石渡新桥通车", "nothing ends the sentence"),
        ("渠水流进千万家⏎␌乡亲们都说好。", "a headline is no running text"),
        ("渠水流过桥头镇；⏎␌沿岸的稻田渐渐泛黄。", "behind a semicolon"),
        ("渠水流过桥头镇，⏎␌（二）沿岸的稻田渐渐泛黄。", "an item"),
        ("渠水流过桥头镇，⏎␌␌沿岸的稻田渐渐泛黄。", "an empty page between"),
        ("渠水来了，今天是8月16日⏎␌本报讯昨日新桥通车。", "a word by chance"),
    ];
    for (text, clause) in rows {
        assert_eq!(joined(&across(), text), text, "{clause}");
    }
    let cut = "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄。";
    assert_eq!(joined(&Options::default(), cut), cut, "not asked for");
    for rule in [Rule::Rejoin, Rule::Jumps] {
        let mut options = across();
        options.skip = options.skip.with(rule);
        assert_eq!(joined(&options, cut), cut, "{rule} is off");
    }
}

#[test]
fn furniture_at_the_pages_edges_may_stand_between() {
    let rows = [
        (
            "渠水流过桥头镇，⏎第3版 要闻⏎␌沿岸的稻田渐渐泛黄。⏎新桥成了。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎第3版 要闻⏎␌新桥成了。",
            "a folio at the foot",
        ),
        (
            "渠水流过桥头镇，⏎- 3 -⏎␌沿岸的稻田渐渐泛黄。⏎新桥成了。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎- 3 -⏎␌新桥成了。",
            "a number at the foot",
        ),
        (
            "渠水流过桥头镇，⏎责任编辑 何苗⏎␌沿岸的稻田渐渐泛黄。⏎新桥成了。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎责任编辑 何苗⏎␌新桥成了。",
            "an editors' line",
        ),
        (
            "渠水流过桥头镇，⏎␌第4版 要闻⏎沿岸的稻田渐渐泛黄。⏎新桥成了。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎␌第4版 要闻⏎新桥成了。",
            "a folio at the head",
        ),
        (
            "桥头镇志⏎渠水流过桥头镇，⏎␌桥头镇志⏎沿岸的稻田渐渐泛黄。⏎新桥成了。",
            "桥头镇志⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎␌桥头镇志⏎新桥成了。",
            "a running head",
        ),
        (
            "渠水流过桥头镇，⏎桥头年报 3⏎␌沿岸的稻田渐渐泛黄。⏎桥头年报 4",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎桥头年报 3⏎␌桥头年报 4",
            "a running foot",
        ),
        (
            "渠水流过桥头镇，⏎␌值班人员全部到岗。⏎新桥成了。",
            "渠水流过桥头镇，值班人员全部到岗。⏎␌新桥成了。",
            "running text with a word of the editors' line is none",
        ),
    ];
    assert_joined(&across(), &rows);
    let drop = across().with_furniture(Furniture::Drop);
    let dropped = "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎␌新桥成了。";
    assert_joined(&drop, &rows[..4].iter().map(|row| (row.0, dropped, row.2)).collect::<Vec<_>>());
}

#[test]
fn a_paragraph_of_several_pages_moves_whole_and_each_page_may_end_in_a_cut() {
    let rows = [
        (
            "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄，⏎␌农户忙着修整晒场。⏎新桥成了。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。⏎␌␌新桥成了。",
            "a page has nothing else",
        ),
        (
            "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄。⏎农户忙着，⏎␌修整晒场。⏎新桥成了。",
            "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎␌农户忙着，修整晒场。⏎␌新桥成了。",
            "each is cut",
        ),
        (
            "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄，⏎␌青石渡新桥通车",
            "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄，⏎␌青石渡新桥通车",
            "it never ends",
        ),
    ];
    assert_joined(&across(), &rows);
}

#[test]
fn the_other_options_hold_across_pages() {
    let cut = "渠水流过桥头镇，⏎␌沿岸的稻田渐渐泛黄。乡亲们都说好。⏎新桥成了。";
    assert_joined(
        &across().with_blank_lines(true),
        &[(cut, "渠水流过桥头镇，沿岸的稻田渐渐泛黄。乡亲们都说好。⏎␌新桥成了。", "blank lines between units")],
    );
    let mut sentences = across();
    sentences.split = Split::Sentence;
    let mut reading = across();
    reading.order = Order::Reading;
    for options in [sentences, reading] {
        let out = joined(&options, cut);
        assert!(out.starts_with("渠水流过桥头镇，沿岸的稻田渐渐泛黄。") && out.ends_with("⏎␌新桥成了。"), "{out}");
    }
}

#[test]
fn the_ledger_has_a_removal_and_an_insertion_and_the_pages_keep_their_numbers() {
    let raw = "渠水流过桥头镇，\n\x0c沿岸的稻田渐渐泛黄，农户忙着修整\n晒场。\n新桥成了。\n";
    let proof = Cleaner::new(told::telling(across())).page(raw);
    let moves: Vec<(u64, &str, &str)> = proof
        .ledger
        .iter()
        .flatten()
        .filter(|e| e.rule == Rule::Jumps)
        .map(|e| (e.start, &*e.before, &*e.after))
        .collect();
    let feed = raw.find('\x0c').expect("there") as u64;
    assert_eq!(
        moves,
        [
            (feed - 1, "", "沿岸的稻田渐渐泛黄，农户忙着修整晒场。"),
            (feed + 1, "沿岸的稻田渐渐泛黄，农户忙着修整\n晒场。\n", "")
        ]
    );
    let pages = Document::of(&proof).pages;
    assert_eq!(pages.iter().map(|p| (p.page.number, p.units.len())).collect::<Vec<_>>(), [(1, 1), (2, 1)]);
    // The unit's lines are in the input where they were printed, on both pages.
    assert_eq!(pages[0].units[0].sources.len(), 3);
    assert!(pages[0].units[0].sources[1].0 > feed);
    assert_eq!(proof.articles.len(), 2);
}

#[test]
fn an_issue_joins_what_the_pages_of_an_input_cut_and_knows_their_running_heads() {
    let page = |n: usize, text: &str| format!("清水渠志 卷{n}\n{text}\n第{n}页\n\x0c");
    let raw = [
        page(1, "渠水流过桥头镇，沿岸的稻田渐渐泛黄，"),
        page(2, "农户忙着修整晒场。\n县水利局昨日召开会议，部署今"),
        page(3, "年的防汛工作。\n新桥成了。"),
    ]
    .concat();
    for furniture in [Furniture::Keep, Furniture::Drop] {
        let mut issue = Issue::new(told::telling(across().with_furniture(furniture)));
        issue.page(&raw);
        let proof = issue.finish().remove(0);
        told::check(&[&raw], 0, &across(), &proof);
        assert!(proof.text.contains("渐渐泛黄，农户忙着修整晒场。\n"), "{}", proof.text);
        assert!(proof.text.contains("部署今年的防汛工作。\n"), "{}", proof.text);
        assert_eq!(proof.text.matches('\x0c').count(), 2);
    }
}

const STORY: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场，准备迎接丰收。县水利局昨日召开会议，部署今年的防汛工作，\
    要求各乡镇备足物资，值班人员全部到岗。“水来了就好，”他说，“今年的谷子比往年高出一头。”";

/// A story that pages cut at each of its characters, set in lines of eighteen characters, with furniture at the edges.
fn cuts() -> impl Iterator<Item = String> {
    let story: Vec<char> = STORY.chars().collect();
    let set = |part: &[char]| part.chunks(18).map(|line| line.iter().collect::<String>() + "\n").collect::<String>();
    (1..story.len()).flat_map(move |cut| {
        let (above, below) = (set(&story[..cut]), set(&story[cut..]));
        let after = "云台村昨日举办丰收节，吸引了上千名游客。\n";
        [
            format!("{above}\x0c{below}{after}"),
            format!("{above}\n第3页\n\x0c桥头镇志\n{below}{after}"),
            format!("桥头镇志\n{above}\x0c桥头镇志\n{below}"),
            format!("{after}{above}\n- 3 -\n\x0c第4版 要闻\n{below}\x0c{after}"),
        ]
    })
}

/// What a stream gives that gets so many bytes at a time.
fn streamed(raw: &str, options: &Options, at_a_time: usize) -> Proof {
    let mut stream = Stream::new(options.clone(), None, false);
    let mut whole = Proof::default();
    let mut sink = |proof: Proof| told::append(&mut whole, proof);
    for piece in raw.as_bytes().chunks(at_a_time) {
        stream.push(piece, &mut sink).expect("UTF-8");
    }
    stream.finish(&mut sink).expect("UTF-8");
    whole
}

#[test]
fn wherever_a_page_cuts_nothing_is_lost_and_a_second_cleaning_moves_nothing() {
    let mut moved = 0;
    for raw in cuts() {
        for options in [across(), across().with_furniture(Furniture::Drop)] {
            let options = told::telling(options);
            let proof = Cleaner::new(options.clone()).page(&raw);
            told::check(&[&raw], 0, &options, &proof);
            moved += usize::from(proof.counts.of(Rule::Jumps) > 0);
            let again = Cleaner::new(options.clone()).page(&proof.text);
            // What the model makes of a page of two lines may differ the second time; this rule's part may not.
            assert_eq!(again.counts.of(Rule::Jumps), 0, "a second cleaning of {raw:?} changes {:?}", again.ledger);
        }
    }
    assert!(moved > 300, "only {moved} are joined");
}

#[test]
fn wherever_a_page_cuts_a_stream_in_any_pieces_gives_the_whole() {
    for raw in cuts().step_by(3) {
        let options = told::telling(across());
        let whole = Cleaner::new(options.clone()).page(&raw);
        for at_a_time in [7, 64, usize::MAX] {
            let stream = streamed(&raw, &options, at_a_time);
            assert_eq!(stream.text, whole.text);
            assert_eq!(stream.ledger, whole.ledger);
            assert_eq!(stream.counts, whole.counts);
            assert_eq!(stream.units, whole.units);
            let mut breaks = stream.breaks;
            breaks.sort_by_key(|b| b.source);
            assert_eq!(breaks, whole.breaks);
        }
    }
}

#[test]
fn a_stream_of_open_pages_stays_bounded() {
    let mut stream = Stream::new(across(), Some(qingyang::Encoding::Utf8), false);
    let mut handed = 0;
    for n in 0..1000 {
        stream.push("渠水流过桥头镇，\n\x0c".as_bytes(), &mut |_| handed += 1).expect("UTF-8");
        assert!(n < 100 || handed > n - 100, "{handed} of {n} pages are handed on");
    }
    // A page longer than a window has an end and a beginning, too.
    let long = "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n".repeat(100);
    let raw = format!("渠水来了，\n\x0c乡亲们都说好。\n{long}新桥成了，\n\x0c孩子们在堤上奔跑。\n{long}");
    let mut stream = Stream::with_window(1000, told::telling(across()), None, false);
    let mut whole = Proof::default();
    let mut sink = |proof: Proof| told::append(&mut whole, proof);
    stream.push(raw.as_bytes(), &mut sink).expect("UTF-8");
    stream.finish(&mut sink).expect("UTF-8");
    let ledger = whole.ledger.as_deref().unwrap_or_default();
    assert_eq!(told::replay(&raw, ledger), whole.text);
    assert_eq!(told::undo(&whole.text, ledger), raw);
    assert!(whole.text.starts_with("渠水来了，乡亲们都说好。\n\x0c渠水"), "{}", &whole.text[..90]);
    assert!(whole.text.contains("新桥成了，孩子们在堤上奔跑。\n\x0c渠水"));
}
