//! Laws of layouts: every line comes out once, whatever places it has; the order does not hang on the unit or the margin.

use proptest::prelude::*;
use qingyang::layout::{Layout, Line, Page, Piece, Quad, Rect};
use qingyang::options::{Furniture, Order};
use qingyang::render::markdown;
use qingyang::{Cleaner, Decision, Entry, LayoutPage, Options, Role, Rule};

fn cleaner(order: Order) -> Cleaner {
    Cleaner::new(Options::default().with_order(order).with_ledger(true))
}

fn line(text: &str, left: f32, top: f32, width: f32, height: f32) -> Line {
    Line::new(text, Quad::from(Rect::new(left, top, left + width, top + height)))
}

/// A line of running text at a size of 10.
fn set(text: &str, left: f32, top: f32) -> Line {
    line(text, left, top, 10.0 * text.chars().count() as f32, 10.0)
}

fn layout(lines: Vec<Line>) -> Layout {
    let mut page = Page::default();
    page.lines = lines;
    Layout { pages: vec![page] }
}

#[test]
fn the_ledger_names_the_lines_of_the_file_and_moves_are_entries() {
    let mut lines = front(1.0, 0.0, 0.0);
    lines.sort_by(|a, b| a.quad.bounds().top.total_cmp(&b.quad.bounds().top));
    lines.iter_mut().enumerate().for_each(|(n, line)| line.element = format!("l{n}"));
    lines[1].text = "本 报讯（记者 何苗）昨日上".into();
    assert!(lines[1].text.ends_with("昨日上") && lines[2].text.starts_with("整晒场"));
    let layout = layout(lines);
    let proof = cleaner(Order::Auto).layout(&layout);
    let ledger = proof.ledger.expect("it was asked for");
    assert_eq!(ledger.replay(&layout.text()).expect("it fits"), proof.text);
    let of = |name: &str, rule: Rule| -> Vec<(String, String, (u32, u32))> {
        let here = |e: &&Entry| e.rule == rule && e.elements.iter().any(|element| element.name == name);
        ledger
            .iter()
            .filter(here)
            .map(|e| (e.before.clone(), e.after.clone(), (e.elements[0].start, e.elements[0].end)))
            .collect()
    };
    assert_eq!(of("l1", Rule::Spacing), [(" ".into(), String::new(), (1, 2))]);
    // A line that moves goes and comes, and both entries name it.
    let gone = ledger.iter().find(|e| e.rule == Rule::Order && e.before.chars().count() > 4).expect("a move");
    let text = gone.before.trim_end().to_string();
    let moved = of(&gone.elements[0].name, Rule::Order);
    let characters = (0, text.chars().count() as u32);
    assert!(moved.contains(&(text.clone(), String::new(), characters)), "{moved:?}");
    assert!(moved.contains(&(String::new(), text, characters)), "{moved:?}");
    let removed: String = ledger.iter().filter(|e| e.rule == Rule::Order).map(|e| e.before.as_str()).collect();
    let put: String = ledger.iter().filter(|e| e.rule == Rule::Order).map(|e| e.after.as_str()).collect();
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
        chars.sort_unstable();
        chars
    };
    assert_eq!(sorted(&removed), sorted(&put));
}

#[test]
fn decisions_name_places_in_the_text_of_the_file() {
    let mut lines = front(1.0, 0.0, 0.0);
    lines.sort_by(|a, b| a.quad.bounds().top.total_cmp(&b.quad.bounds().top));
    let layout = layout(lines);
    let mut cleaner = Cleaner::new(Options::default().with_confidence(true));
    let proof = cleaner.layout(&layout);
    let text = layout.text();
    let joined =
        proof.breaks.iter().find(|b| !b.kept && text[..b.source as usize].ends_with("农户忙着修")).expect("a break");
    assert_eq!(text[..joined.source as usize].matches('\n').count() as u64 + 1, joined.line);
    let decided = cleaner.layout_with(&layout, &[Decision::new(joined.source, true)]).expect("it fits");
    assert!(decided.text.contains("农户忙着修\n整晒场"), "{}", decided.text);
    assert!(cleaner.layout_with(&layout, &[Decision::new(1, true)]).is_err());
}

#[test]
fn units_tell_their_boxes_column_by_column_and_their_size() {
    let proof = Cleaner::new(Options::default().with_units(true)).layout(&layout(front(1.0, 0.0, 0.0)));
    let head = &proof.units[0];
    assert_eq!((head.size, head.boxes.len()), (Some(30.0), 1));
    assert_eq!((head.boxes[0].left, head.boxes[0].right), (60.0, 330.0));
    let paragraph = proof.units.iter().find(|u| proof.text[u.range.clone()].starts_with("本报讯（记者")).expect("one");
    assert_eq!(paragraph.size, Some(10.0));
    let places: Vec<_> = paragraph.boxes.iter().map(|b| (b.page, b.left, b.top, b.bottom)).collect();
    assert_eq!(places, [(1, 0.0, 40.0, 82.0), (1, 160.0, 40.0, 66.0)]);
    // A line of the file may be set in two boxes of one row: they are two sources and one box.
    let parts = layout(vec![set("渠水流过", 0.0, 0.0), set("桥头镇。", 41.0, 0.5)]);
    let proof = Cleaner::new(Options::default().with_units(true)).layout(&parts);
    assert_eq!(proof.units[0].boxes.len(), 1);
    assert_eq!((proof.units[0].boxes[0].left, proof.units[0].boxes[0].right), (0.0, 81.0));
}

#[test]
fn headings_of_markdown_follow_the_sizes_of_the_type() {
    let proof = Cleaner::new(Options::default().with_units(true)).layout(&layout(front(1.0, 0.0, 0.0)));
    let markdown = markdown::document(&proof);
    assert!(markdown.starts_with("# 渠水流过桥头镇新闸\n"), "{markdown}");
    assert!(markdown.contains("\n## 青石坡通班车\n"), "{markdown}");
}

/// A head across three columns, their text, and a strip with another story below. Lines are (left, top, text, size).
const FRONT: &[(f32, f32, &str, f32)] = &[
    (60.0, 0.0, "渠水流过桥头镇新闸", 30.0),
    (20.0, 40.0, "本报讯（记者 何苗）昨日上", 10.0),
    (0.0, 56.0, "午，桥头镇的新闸开始放水，沿", 10.0),
    (0.0, 72.0, "岸的稻田渐渐泛黄，农户忙着修", 10.0),
    (160.0, 40.0, "整晒场，镇里的合作社备好了烘", 10.0),
    (160.0, 56.0, "干机。", 10.0),
    (180.0, 72.0, "村民何苗说，今年雨水足，", 10.0),
    (320.0, 40.0, "亩产比去年多两成，新米下月就", 10.0),
    (320.0, 56.0, "能上市。", 10.0),
    (0.0, 130.0, "青石坡通班车", 20.0),
    (20.0, 160.0, "本报讯 青石坡的山路铺好", 10.0),
    (0.0, 176.0, "了，每日有四趟班车往返县城，", 10.0),
    (160.0, 160.0, "老人凭证免费，学生半价。", 10.0),
    (320.0, 130.0, "今日小雪", 20.0),
    (340.0, 160.0, "今日有小雪，最低气温零下", 10.0),
    (320.0, 176.0, "三度。", 10.0),
];

fn front(scale: f32, x: f32, y: f32) -> Vec<Line> {
    let at = |&(left, top, text, size): &(f32, f32, &str, f32)| {
        let width: f32 = text.chars().filter(|c| *c != ' ').count() as f32 * size;
        line(text, scale * left + x, scale * top + y, scale * width, scale * size)
    };
    FRONT.iter().map(at).collect()
}

fn texts(lines: &[(f32, f32, &str, f32)]) -> String {
    lines.iter().map(|line| format!("{}\n", line.2)).collect()
}

#[test]
fn a_page_sorted_by_tops_is_read_by_columns_and_strips() {
    let mut lines = front(1.0, 0.0, 0.0);
    lines.sort_by(|a, b| a.quad.bounds().top.total_cmp(&b.quad.bounds().top));
    assert_eq!(cleaner(Order::Auto).order(&layout(lines)).text, texts(FRONT));
}

/// A page of three columns as RapidOCR gives it, sorted by tops.
fn three_columns() -> Vec<Line> {
    let columns = [
        (
            60.0,
            0.0,
            vec![
                "本报讯（记者何苗）昨",
                "日上午，横跨渠水的新桥通",
                "车。桥长二百四十米，双向",
                "四车道，从桥头镇到对岸的",
                "沙坪村只要三分钟。",
            ],
        ),
        (
            356.0,
            1.0,
            vec!["过去两岸往来靠一条渡", "船，遇上大水就停航。村民", "何大有说，今后卖菜不用再", "赶早班船了。"],
        ),
        (
            668.0,
            2.0,
            vec![
                "入秋以来，沙坪村的稻",
                "田渐渐泛黄。农技员说，今",
                "年雨水足，亩产可望比去年",
                "多一成，新米下月上市。",
            ],
        ),
    ];
    let mut lines = vec![line("渠水新桥通车", 60.0, 40.0, 336.0, 56.0), line("沙坪稻熟", 668.0, 46.0, 176.0, 44.0)];
    for (left, lower, texts) in columns {
        for (n, text) in texts.into_iter().enumerate() {
            let indent = if n == 0 { 44.0 } else { 0.0 };
            let width = 22.0 * text.chars().count() as f32;
            lines.push(line(text, left + indent, 130.0 + 30.0 * n as f32 + lower, width, 22.0));
        }
    }
    lines.sort_by(|a, b| a.quad.bounds().top.total_cmp(&b.quad.bounds().top));
    lines
}

#[test]
fn the_page_of_the_readmes_is_read_as_they_say() {
    let layout = layout(three_columns());
    let before = layout.text().lines().take(9).collect::<Vec<_>>().join("\n");
    let after = cleaner(Order::Auto).layout(&layout).text;
    for readme in [include_str!("../README.md"), include_str!("../README.zh-CN.md")] {
        assert!(readme.contains(&format!("```text\n{before}\n…")), "{before}");
        assert!(readme.contains(&format!("```text\n{after}```")), "{after}");
    }
}

#[test]
fn a_file_that_reads_well_is_left_alone() {
    // The second story stands first in the file.
    let mut stories = FRONT[9..].to_vec();
    stories.extend(&FRONT[..9]);
    let lines: Vec<Line> = {
        let all = front(1.0, 0.0, 0.0);
        all[9..].iter().chain(&all[..9]).cloned().collect()
    };
    let ordered = cleaner(Order::Auto).order(&layout(lines.clone()));
    assert_eq!(ordered.text, texts(&stories));
    assert_eq!(ordered.changed, [false]);
    assert_eq!(cleaner(Order::Reading).order(&layout(lines)).text, texts(FRONT));
}

#[test]
fn a_skewed_page_is_set_straight() {
    let slope = 0.02f32;
    let mut lines = front(1.0, 0.0, 0.0);
    for line in &mut lines {
        line.quad.0.iter_mut().for_each(|(x, y)| (*x, *y) = (*x - slope * *y, *y + slope * *x));
    }
    lines.sort_by(|a, b| a.quad.bounds().top.total_cmp(&b.quad.bounds().top));
    assert_eq!(cleaner(Order::Auto).order(&layout(lines)).text, texts(FRONT));
}

#[test]
fn parts_of_a_row_are_one_line_and_copies_stay_apart() {
    let lines = vec![
        set("渠水流过", 0.0, 0.0),
        set("桥头镇，", 41.0, 0.5),
        line("青石坡", 0.0, 20.0, 60.0, 20.0),
        line("青石坡", 1.0, 20.0, 60.0, 20.0),
    ];
    assert_eq!(cleaner(Order::Source).order(&layout(lines)).text, "渠水流过桥头镇，\n青石坡\n青石坡\n");
}

/// Rows of two columns, each row one line with the words of both, as tesseract writes them where the gutter is narrow.
fn merged(rows: &[(&str, &str)], gutter: f32) -> Vec<Line> {
    let of = |(n, (left, right)): (usize, &(&str, &str))| {
        let top = 16.0 * n as f32;
        let width = |text: &str| 10.0 * text.chars().count() as f32;
        let from = 120.0 + gutter;
        let mut line = line(&format!("{left} {right}"), 0.0, top, from + width(right), 10.0);
        let piece =
            |range, left: f32, text| Piece { range, place: Rect::new(left, top, left + width(text), top + 10.0) };
        let at = left.len() + 1;
        line.pieces = vec![piece(0..left.len(), 0.0, left), piece(at..at + right.len(), from, right)];
        line.element = format!("l{n}");
        line
    };
    rows.iter().enumerate().map(of).collect()
}

const MERGED: [(&str, &str); 5] = [
    ("渠水流过桥头镇，沿岸稻田", "亩产比去年多两成，新米下"),
    ("渐渐泛黄，农户们忙着修整", "月就能上市，合作社已经和"),
    ("晒场，镇里的合作社也备好", "县城的三家粮店谈妥了价钱"),
    ("了烘干机，村里的老人说今", "，第一批新米装车那天，村"),
    ("年雨水足，收成一定很好，", "里要办一场热闹的丰收宴。"),
];

#[test]
fn a_line_that_was_read_across_two_columns_is_parted_and_the_ledger_says_so() {
    let layout = layout(merged(&MERGED, 20.0));
    let mut cleaner = cleaner(Order::Auto);
    let columns: String = MERGED.iter().map(|row| row.0).chain(MERGED.iter().map(|row| row.1)).collect();
    assert_eq!(cleaner.order(&layout).text.replace('\n', ""), columns);
    let proof = cleaner.layout(&layout);
    assert_eq!(proof.text, format!("{columns}\n"));
    let ledger = proof.ledger.expect("it was asked for");
    assert_eq!(ledger.replay(&layout.text()).expect("it fits"), proof.text);
    assert_eq!(ledger.undo(&proof.text).expect("it fits"), layout.text());
    // A part of each line but one goes to its column, and the entry names its characters.
    let gone: Vec<&Entry> = ledger.iter().filter(|e| e.rule == Rule::Order && !e.before.trim().is_empty()).collect();
    assert!(gone.len() >= MERGED.len() - 1, "{gone:?}");
    for entry in gone {
        let (element, text) = (&entry.elements[0], entry.before.trim());
        let right = element.start > 0;
        let row = MERGED[element.name[1..].parse::<usize>().expect("a number")];
        assert_eq!(text, if right { row.1 } else { row.0 });
        assert_eq!((element.start, element.end), if right { (13, 25) } else { (0, 12) });
    }
    // The file's own order keeps its lines whole.
    let kept = Cleaner::new(Options::default().with_order(Order::Source)).order(&layout).text;
    assert!(kept.starts_with("渠水流过桥头镇，沿岸稻田 亩产比去年"), "{kept}");
    // A space as wide as a letter is no gutter.
    assert!(cleaner.order(&self::layout(merged(&MERGED, 8.0))).text.contains(' '));
}

#[test]
fn a_line_is_parted_at_a_gutter_that_the_columns_around_it_show() {
    // The tool read one row across both columns, with a speck of the rule between them; the others stand alone.
    let column = |left: f32, texts: [&'static str; 4]| {
        let below = [0.0, 16.0, 48.0, 64.0];
        texts.into_iter().zip(below).map(move |(text, top)| line(text, left, top, 120.0, 10.0)).collect::<Vec<_>>()
    };
    let left = [
        "渠水流过桥头镇，沿岸稻田",
        "渐渐泛黄，农户们忙着修整",
        "了烘干机，村里的老人说今",
        "年雨水足，收成一定很好，",
    ];
    let right = [
        "亩产比去年多两成，新米下",
        "月就能上市，合作社已经和",
        "，第一批新米装车那天，村",
        "里要办一场热闹的丰收宴。",
    ];
    let mut row = line("晒场，镇里备好“县城三家", 0.0, 32.0, 190.0, 10.0);
    let piece = |range, left: f32, right: f32| Piece { range, place: Rect::new(left, 32.0, right, 42.0) };
    row.pieces = vec![piece(0..21, 0.0, 70.0), piece(21..24, 126.0, 129.0), piece(24..36, 140.0, 180.0)];
    let mut lines = column(0.0, left);
    lines.push(row.clone());
    lines.extend(column(140.0, right));
    let text = cleaner(Order::Auto).order(&layout(lines)).text;
    assert!(text.contains("修整\n晒场，镇里备好\n了烘干机"), "{text}");
    assert!(text.contains("已经和\n“县城三家\n，第一批"), "{text}");
    // A line that runs over the place parts the gutter from what is beyond it: the heading of the next strip does no harm, and
    // between two such lines there is no column that tells.
    let with = |tops: &[f32]| {
        let mut lines = column(0.0, left);
        lines.push(row.clone());
        let over = |&top: &f32| line("渠水从北边的山里流下来，一路流过三个镇子", 0.0, top, 260.0, 10.0);
        lines.extend(tops.iter().map(over));
        lines.extend(column(140.0, right));
        cleaner(Order::Auto).order(&layout(lines)).text
    };
    assert!(with(&[80.0]).contains("修整\n晒场，镇里备好\n了烘干机"), "{}", with(&[80.0]));
    assert!(with(&[24.0, 40.0]).contains("晒场，镇里备好“县城三家"), "{}", with(&[24.0, 40.0]));
}

/// Two columns of running text, row by row.
const COLUMNS: [(&str, &str); 8] = [
    ("渠水流过桥头镇，沿岸稻田", "县里的图书馆昨天开门，孩"),
    ("渐渐泛黄，农户们忙着修整", "子们排队走进阅览室，有的"),
    ("晒场，镇里的合作社也备好", "找画册，有的看连环画，管"),
    ("了烘干机，村里的老人说今", "理员说这里的书都是各个学"),
    ("年雨水足，收成一定很好，", "校的师生送来的，今年还要"),
    ("价钱也比去年好一些，大家", "再添一批新书，让更多的孩"),
    ("都盼着早日开镰，把新米运", "子在假期里有书看，有地方"),
    ("到县城的集市上去卖掉换钱", "坐下来做功课，写完的作业"),
];

/// The boxes of [`COLUMNS`], in the order of a tool that sorts from the top. Of some rows both columns are one box.
fn columns_with_merged_boxes(is_merged: impl Fn(usize) -> bool) -> Vec<Line> {
    let row = |(n, (left, right)): (usize, &(&str, &str))| {
        let top = 16.0 * n as f32;
        if is_merged(n) {
            vec![line(&format!("{left}{right}"), 0.0, top, 252.0, 10.0)]
        } else {
            vec![set(left, 0.0, top), set(right, 132.0, top)]
        }
    };
    let mut lines: Vec<Line> = COLUMNS.iter().enumerate().flat_map(row).collect();
    lines.iter_mut().enumerate().for_each(|(n, line)| line.element = format!("l{n}"));
    lines
}

fn column_by_column() -> String {
    COLUMNS.iter().map(|row| row.0).chain(COLUMNS.iter().map(|row| row.1)).collect()
}

#[test]
fn a_box_over_two_columns_without_pieces_is_parted_and_the_ledger_says_so() {
    let layout = layout(columns_with_merged_boxes(|n| n == 3 || n == 5));
    let mut cleaner = cleaner(Order::Auto);
    assert_eq!(cleaner.order(&layout).text.replace('\n', ""), column_by_column());
    let proof = cleaner.layout(&layout);
    assert_eq!(proof.text, format!("{}\n", column_by_column()));
    let ledger = proof.ledger.expect("it was asked for");
    assert_eq!(ledger.replay(&layout.text()).expect("it fits"), proof.text);
    assert_eq!(ledger.undo(&proof.text).expect("it fits"), layout.text());
    // Two rows of two boxes stand before the box of both columns, which is the seventh.
    let of_box = |e: &&Entry| e.rule == Rule::Order && e.elements.iter().any(|element| element.name == "l6");
    let gone: Vec<&Entry> = ledger.iter().filter(of_box).filter(|e| !e.before.trim().is_empty()).collect();
    assert_eq!(gone.len(), 1, "{gone:?}");
    let right = gone[0].before.trim() == COLUMNS[3].1;
    assert!(right || gone[0].before.trim() == COLUMNS[3].0, "{gone:?}");
    assert_eq!((gone[0].elements[0].start, gone[0].elements[0].end), if right { (12, 24) } else { (0, 12) });
    // The file's own order keeps its boxes whole.
    let kept = Cleaner::new(Options::default().with_order(Order::Source)).order(&layout).text;
    assert!(kept.contains(&format!("{}{}\n", COLUMNS[3].0, COLUMNS[3].1)), "{kept}");
}

#[test]
fn boxes_over_columns_that_run_downwards_are_parted() {
    let mut lines = columns_with_merged_boxes(|n| n == 3);
    for line in &mut lines {
        // A quarter turn to the right: rows become columns from right to left.
        let Rect { left, top, right, bottom } = line.quad.bounds();
        line.quad = Quad::from(Rect::new(200.0 - bottom, left, 200.0 - top, right));
    }
    assert_eq!(cleaner(Order::Auto).order(&layout(lines)).text.replace('\n', ""), column_by_column());
}

/// Columns of eight letters with a headline between them that runs downwards. Below it they have the twelve of the last rows of
/// [`COLUMNS`], which stand in boxes as `below` says.
fn columns_that_widen(below: impl Fn(&(&str, &str), f32) -> Vec<Line>) -> Layout {
    let narrow = [
        ("渠水流过桥头镇，", "县里的图书馆昨天"),
        ("沿岸稻田渐渐泛黄", "开门，孩子们排队"),
        ("，农户们忙着修整", "走进阅览室，有的"),
        ("晒场，镇里的合作", "找画册，有的看连"),
        ("社也备好了烘干机", "环画，管理员说这"),
        ("，村里的老人说今", "里的书都是各个学"),
    ];
    let mut lines: Vec<Line> = narrow
        .iter()
        .enumerate()
        .flat_map(|(n, row)| [set(row.0, 0.0, 16.0 * n as f32), set(row.1, 172.0, 16.0 * n as f32)])
        .collect();
    lines.push(line("号外", 115.0, 10.0, 20.0, 60.0));
    lines.extend(COLUMNS[4..].iter().zip(6..).flat_map(|(row, n)| below(row, 16.0 * n as f32)));
    layout(lines)
}

#[test]
fn boxes_over_columns_that_widen_below_a_headline_are_parted_where_the_words_say() {
    let merged = |row: &(&str, &str), top: f32| vec![line(&format!("{}{}", row.0, row.1), 0.0, top, 252.0, 10.0)];
    let text = cleaner(Order::Auto).order(&columns_that_widen(merged)).text;
    for (n, row) in COLUMNS[4..].iter().enumerate() {
        assert!(text.contains(&format!("{}\n", row.0)) && text.contains(&format!("{}\n", row.1)), "{n}: {text}");
    }
}

#[test]
fn a_headline_that_runs_downwards_between_two_columns_is_read_before_them() {
    let apart = |row: &(&str, &str), top: f32| vec![set(row.0, 0.0, top), set(row.1, 132.0, top)];
    let text = cleaner(Order::Auto).order(&columns_that_widen(apart)).text;
    assert!(text.starts_with("号外\n渠水流过桥头镇，\n沿岸稻田渐渐泛黄\n"), "{text}");
    let wide = COLUMNS[4..].iter().map(|row| row.0).collect::<Vec<_>>().join("\n");
    assert!(text.contains(&format!("，村里的老人说今\n{wide}\n县里的图书馆昨天\n")), "{text}");
}

#[test]
fn a_line_of_its_own_over_two_columns_is_kept() {
    let is_kept = |text: &str, lines: Vec<Line>| {
        let order = cleaner(Order::Auto).order(&layout(lines)).text;
        assert!(order.contains(text), "{text}: {order}");
    };
    // An editor's note above the columns goes on from row to row.
    let note = [
        "防汛工作关系千家万户，全县各个乡镇要把责任落实到每个",
        "岗位，水库管理人员必须昼夜值班，发现险情立即报告，不",
        "得拖延。各个部门还要准备物资，保证道路畅通、通讯畅通",
    ];
    let columns = columns_with_merged_boxes(|_| false);
    let mut lines: Vec<Line> =
        note.iter().zip(0..).map(|(text, n)| line(text, 0.0, 16.0 * n as f32 - 60.0, 252.0, 10.0)).collect();
    lines.extend(columns.clone());
    note.iter().for_each(|text| is_kept(text, lines.clone()));
    // So is a deck, next to which no column stands.
    let deck = "全县防汛工作会议在县城召开部署水库安全检查";
    let mut lines = vec![line(deck, 20.0, -40.0, 210.0, 10.0)];
    lines.extend(columns);
    is_kept(deck, lines);
}

/// A column of full rows, one of them torn at a gap of so much; the rest of that row stands at the end of the file.
fn torn(gap: f32) -> Vec<Line> {
    let mut lines = vec![
        set("渠水流过桥头镇，沿岸稻田", 0.0, 0.0),
        set("渐渐泛黄，农户们", 0.0, 16.0),
        set("晒场，镇里的合作社也备好", 0.0, 32.0),
        set("了烘干机，村里的老人说今", 0.0, 48.0),
        set("年雨水足，收成一定很好，", 0.0, 64.0),
        set("比往年早十天开镰，稻谷也", 0.0, 80.0),
        set("比往年饱满，一亩能多打两", 0.0, 96.0),
        set("百斤，粮站已经腾出仓房。", 0.0, 112.0),
    ];
    lines.push(set("忙修整", 80.0 + gap, 16.5));
    // A recognizer that finds words first.
    lines[0].pieces = vec![Piece { range: 0..6, place: Rect::new(0.0, 0.0, 20.0, 10.0) }];
    lines[0].confidence = Some(0.9);
    lines
}

#[test]
fn the_rest_of_a_row_is_found_anywhere_in_the_file() {
    let order = |lines: Vec<Line>| cleaner(Order::Auto).order(&layout(lines)).text;
    assert!(order(torn(8.0)).contains("渐渐泛黄，农户们忙修整\n"));
    assert!(!order(torn(14.0)).contains("农户们忙修整"), "a gap as wide as a gutter");
    let mut fields = torn(8.0);
    fields[0].pieces.clear();
    assert!(!order(fields).contains("农户们忙修整"), "a recognizer that finds lines parts fields");
    let mut fields = torn(8.0);
    fields[0].confidence = None;
    assert!(!order(fields).contains("农户们忙修整"), "so does a PDF");
    // Rows that begin behind the gap show a gutter.
    let mut columns = torn(8.0);
    columns.retain(|line| line.quad.bounds().right < 100.0 || line.text == "忙修整");
    columns.extend((2..8).map(|n| set("新米上市", 88.0, 16.0 * n as f32)));
    assert!(!order(columns).contains("农户们忙修整"));
    // A headline in two boxes has no row of its type near by.
    let mut head = vec![line("桥头镇新", 0.0, -40.0, 80.0, 20.0)];
    head.extend(torn(8.0));
    head.push(line("桥通车", 85.0, -39.0, 60.0, 20.0));
    assert!(order(head).starts_with("桥头镇新桥通车\n"));
    assert!(
        !Cleaner::new(Options::default().with_order(Order::Source)).order(&layout(torn(8.0))).text.contains("农户们忙")
    );
}

/// A line as a recognizer gives it that finds words.
fn recognized(text: &str, certainty: f32, place: Rect) -> Line {
    let mut line = Line::new(text, Quad::from(place));
    line.pieces = vec![Piece { range: 0..text.len(), place }];
    line.confidence = Some(certainty);
    line
}

/// A column that was read well, with this line in the white between two of its lines.
fn column_with(doubted: Line) -> Layout {
    let rows = [
        "渠水流过桥头镇，沿岸稻田",
        "渐渐泛黄，农户们都忙修整",
        "晒场，镇里的合作社也备好",
        "了烘干机，新米下月上市。",
    ];
    let row = |(n, text): (usize, &str)| {
        let top = 16.0 * n as f32 + if n < 2 { 0.0 } else { 40.0 };
        recognized(text, 0.9, Rect::new(0.0, top, 120.0, top + 10.0))
    };
    let mut lines: Vec<Line> = rows.into_iter().enumerate().map(row).collect();
    lines.insert(2, doubted);
    layout(lines)
}

#[test]
fn noise_is_told_by_doubt_and_by_type_that_stands_oddly() {
    for (text, certainty, width, is_noise, why) in [
        ("和和六下们", 0.34, 50.0, true, "the recognizer doubts it"),
        ("和和六下们", 0.36, 50.0, false, "the recognizer doubts it less"),
        ("和六", 0.54, 60.0, true, "its characters stand wide apart"),
        ("和六", 0.56, 60.0, false, "the recognizer is surer, and fields stand wide apart"),
        ("和和六下们", 0.54, 15.0, true, "its characters have no room"),
        ("和和六下们说的是", 0.5, 25.0, false, "long lines cross gaps"),
        ("和", 0.74, 10.0, true, "a single character"),
        ("和", 0.76, 10.0, false, "a single character that was read well"),
        ("市。", 0.1, 20.0, false, "the last line of a paragraph is short, too"),
    ] {
        let place = Rect::new(40.0, 40.0, 40.0 + width, 50.0);
        let ordered = cleaner(Order::Auto).order(&column_with(recognized(text, certainty, place))).text;
        assert_eq!(ordered.ends_with(&format!("上市。\n{text}\n")), is_noise, "{why}: {ordered}");
    }
}

#[test]
fn noise_is_read_last_and_keeps_no_paragraph_apart() {
    let mut layout = column_with(recognized("从六 w", 0.2, Rect::new(40.0, 36.0, 75.0, 46.0)));
    layout.pages[0].lines.insert(1, recognized("们", 0.1, Rect::new(130.0, 8.0, 140.0, 14.0)));
    let expected = "渠水流过桥头镇，沿岸稻田渐渐泛黄，农户们都忙修整晒场，镇里的合作社也备好了烘干机，新米下月上市。\n";
    let options = Options::default().with_ledger(true).with_units(true);
    let proof = Cleaner::new(options.clone()).layout(&layout);
    let noise = proof.text.strip_prefix(expected).expect("the paragraph is whole").trim_end();
    assert_eq!(noise.replace(' ', ""), "们从六w");
    let unit = proof.units.last().expect("a unit");
    assert_eq!((unit.role, unit.boxes.len()), (Role::Noise, 2), "a box for each line of noise");
    assert!(proof.articles.iter().all(|article| !article.body.contains(&1)));
    assert_eq!(proof.ledger.expect("it was asked for").replay(&layout.text()).expect("it fits"), proof.text);
    // Noise goes with the furniture, and the ledger has it.
    let dropped = Cleaner::new(options.clone().with_furniture(Furniture::Drop)).layout(&layout);
    assert_eq!(dropped.text, expected);
    let gone = dropped.ledger.expect("it was asked for");
    let gone: String = gone.iter().filter(|e| e.rule == Rule::Furniture).map(|e| e.before.as_str()).collect();
    assert_eq!(gone.split_whitespace().collect::<String>(), "们从六w");
    let source = Cleaner::new(options.with_order(Order::Source)).layout(&layout);
    assert!(source.text.contains("从六"), "{}", source.text);
    assert!(!source.text.starts_with(expected), "the order of the file is kept: {}", source.text);
}

#[test]
fn a_page_that_was_hard_to_read_has_no_noise_nor_one_of_another_script() {
    let mut layout = column_with(recognized("从六从六从六", 0.2, Rect::new(0.0, 38.0, 60.0, 48.0)));
    assert!(cleaner(Order::Auto).order(&layout).text.contains("修整\n从六从六从六\n"), "more than a tenth of the page");
    layout.pages[0].lines[2].text = "从六从六".into();
    layout.pages[0].lines[2].pieces[0].range = 0..12;
    assert!(cleaner(Order::Auto).order(&layout).text.ends_with("上市。\n从六从六\n"));
    let latin = ["The canal runs by", "the town. Far off,", "v, wi", "the fields of rice", "turn yellow early."];
    for (line, text) in layout.pages[0].lines.iter_mut().zip(latin) {
        line.text = text.into();
        line.pieces[0].range = 0..text.len();
    }
    assert!(cleaner(Order::Auto).order(&layout).text.contains("off,\nv, wi\nthe"));
}

#[test]
fn the_cells_of_a_table_are_one_line() {
    let row =
        |top: f32| ["何苗", "7", "15"].into_iter().zip([0.0, 40.0, 60.0]).map(move |(text, left)| set(text, left, top));
    let lines: Vec<Line> = row(0.0).chain(row(16.0)).collect();
    assert_eq!(cleaner(Order::Reading).order(&layout(lines)).text, "何苗 7 15\n何苗 7 15\n");
}

/// Two columns of five lines each; the first line of the page is sorted by height, as OCR does it.
fn two_columns() -> Vec<Line> {
    const LEFT: [&str; 5] = [
        "渠水流过桥头镇，沿岸的稻田渐",
        "渐泛黄，农户们忙着修整晒场，",
        "镇里的合作社也备好了烘干机，",
        "村民说今年雨水足，亩产比去",
        "年多两成，新米下月就能上市，",
    ];
    const RIGHT: [&str; 5] = [
        "价钱也比去年高一些，外地的客",
        "商已经来看过三回，合作社同他",
        "们签了两年的合同，桥头的米从",
        "此不愁卖，村里还要修一条能走",
        "货车的路，直通到县城的车站。",
    ];
    let rows = LEFT.iter().zip(RIGHT).enumerate();
    rows.flat_map(|(n, (left, right))| [set(left, 0.0, 16.0 * n as f32), set(right, 156.0, 16.0 * n as f32)]).collect()
}

fn in_columns(lines: &[Line]) -> String {
    let column = |right: bool| lines.iter().filter(move |line| (line.quad.bounds().right > 150.0) == right);
    column(false).chain(column(true)).map(|line| format!("{}\n", line.text)).collect()
}

#[test]
fn a_box_that_was_drawn_into_the_gutter_joins_no_other_column() {
    let straight = two_columns();
    let mut drawn = straight.clone();
    drawn[5].quad = Quad::from(Rect::new(141.0, 32.0, 296.0, 42.0));
    assert_eq!(cleaner(Order::Auto).order(&layout(drawn)).text, in_columns(&straight));
}

/// A text of lines of 14 characters, of which no two are alike.
fn running(lines: usize, from: usize) -> Vec<String> {
    const TEXT: &str = "渠水流过桥头镇沿岸的稻田渐渐泛黄农户们忙着修整晒场镇里的合作社也备好了烘干机村民说今年雨水足亩产比去年多两成\
新米下月就能上市价钱也比去年高一些外地的客商已经来看过三回合作社同他们签了两年的合同";
    let chars: Vec<char> = TEXT.chars().collect();
    (0..lines).map(|n| (0..14).map(|k| chars[(14 * n + k + from) % chars.len()]).collect()).collect()
}

/// The texts of lines, in the order in which they are read by their places. The tool tells slopes, so that none is fitted.
fn read(lines: &[Line]) -> Vec<String> {
    let mut lines = lines.to_vec();
    lines[0].quad.0[1].1 += 0.01;
    cleaner(Order::Reading).order(&layout(lines)).text.lines().map(str::to_owned).collect()
}

#[test]
fn a_headline_of_single_characters_between_columns_is_read_downwards() {
    // The page leans, and its right column goes on under the headline.
    let (left, right) = (running(20, 0), running(20, 37));
    let lean = |n: usize| 300.0 - 0.45 * n as f32;
    let at = |n: usize| 16.0 * n as f32;
    let mut lines = Vec::new();
    for n in 0..20 {
        lines.push(set(&left[n], lean(n) - 300.0, at(n)));
        let under = if n < 18 { 0.0 } else { -35.0 };
        lines.push(line(&right[n], lean(n) - 120.0 + under, at(n), 140.0 - under, 10.0));
    }
    let headline = ["青", "石", "坡", "通", "班", "车", "了"];
    for (n, text) in headline.iter().enumerate() {
        lines.push(line(text, lean(2 * n) - 148.0, 4.0 + 37.0 * n as f32, 14.0, 20.0));
    }
    let read = read(&lines);
    let place = |text: &str| read.iter().position(|line| line == text);
    let places: Vec<_> = headline.iter().map(|text| place(text)).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{read:?}");
    assert!(left.windows(2).all(|pair| place(&pair[0]) < place(&pair[1])));
    let columns: Vec<&String> = read.iter().filter(|line| line.chars().count() > 1).collect();
    assert_eq!(columns, left.iter().chain(&right).collect::<Vec<_>>());
}

#[test]
fn a_narrow_gutter_between_leaning_columns_is_stronger_than_a_gap_across() {
    // The columns lean, so that little of their gutter goes straight down. A head leaves white across both.
    let (left, right) = (running(24, 0), running(24, 37));
    let mut lines = Vec::new();
    for n in 0..24 {
        let top = 16.0 * n as f32 + if n < 12 { 0.0 } else { 12.0 };
        let lean = 0.2 * n as f32;
        lines.extend([set(&left[n], lean, top), set(&right[n], 147.5 + lean, top)]);
    }
    assert_eq!(read(&lines), [left, right].concat());
}

#[test]
fn one_box_that_reaches_over_a_gutter_leaves_the_gutter() {
    let (left, right) = (running(16, 0), running(16, 37));
    let mut columns = [Vec::new(), Vec::new()];
    for n in 0..16 {
        let top = 16.0 * n as f32 + if n < 8 { 0.0 } else { 9.0 };
        // The boxes of the left column do not end in one place. Beside the one that is too wide and too high a line ends early.
        let width = if n < 8 { 136.5 } else { 140.0 };
        if n == 7 {
            columns[0].push(set(&left[n][..27], 0.0, top));
            columns[1].push(line(&right[n], 138.0, top - 1.0, 151.0, 12.4));
        } else {
            columns[0].push(line(&left[n], 0.0, top, width, 10.0));
            columns[1].push(set(&right[n], 149.0, top));
        }
    }
    let columns = columns.concat();
    let texts: Vec<String> = columns.iter().map(|line| line.text.to_string()).collect();
    assert_eq!(read(&columns), texts);
}

#[test]
fn a_number_in_a_box_of_its_own_is_in_the_row_of_its_text() {
    let mut lines = Vec::new();
    let items =
        [("（1）", "桥头镇的稻田二十四亩；"), ("（2）", "镇里的晒场三十一处；"), ("(③)", "合作社的烘干机二十一台。")];
    for (n, (number, text)) in items.iter().enumerate() {
        let top = 20.0 * n as f32;
        lines.extend([line(number, 0.0, top, 20.0, 7.2), set(text, [19.0, 19.0, 25.0][n], top + 0.5)]);
    }
    let rows = items.map(|(number, text)| format!("{number}{text}"));
    assert_eq!(read(&lines), rows);
    // A year is no number of an item.
    let lines = [line("1964", 0.0, 0.0, 20.0, 7.2), set("桥头镇的稻田二十四亩", 27.0, 0.0)];
    assert_eq!(read(&lines).len(), 2);
}

#[test]
fn a_story_set_into_another_is_read_after_it() {
    let mut lines = two_columns();
    // Between the second and the third line, across the gutter.
    lines.iter_mut().skip(4).for_each(|line| line.quad.0.iter_mut().for_each(|corner| corner.1 += 64.0));
    let expected = format!("{}青石坡通班车\n每日四趟，老人凭证免费。\n", in_columns(&lines));
    lines.insert(4, line("青石坡通班车", 80.0, 40.0, 120.0, 20.0));
    lines.insert(5, set("每日四趟，老人凭证免费。", 80.0, 68.0));
    assert_eq!(cleaner(Order::Auto).order(&layout(lines)).text, expected);
}

#[test]
fn a_page_of_very_many_lines_is_ordered() {
    let spread = |n: u16| set("渠水流过桥头镇，", f32::from(n % 7) * 83.0, f32::from(n / 7) * 13.0 + f32::from(n % 3));
    let ordered = cleaner(Order::Reading).order(&layout((0..20_000).map(spread).collect()));
    assert_eq!(ordered.rows.iter().map(|(_, lines)| lines.len()).sum::<usize>(), 20_000);
}

#[test]
fn furniture_at_the_head_and_the_foot_parts_no_columns() {
    let mut lines = two_columns();
    lines.iter_mut().for_each(|line| line.quad.0.iter_mut().for_each(|corner| corner.1 += 40.0));
    let expected = format!("桥头日报\n{}责编何苗\n", in_columns(&lines));
    lines.insert(0, set("桥头日报", 130.0, 0.0));
    lines.push(set("责编何苗", 130.0, 150.0));
    assert_eq!(cleaner(Order::Auto).order(&layout(lines)).text, expected);
}

#[test]
fn a_box_that_reaches_into_the_white_of_a_quotation_mark_is_no_copy() {
    // The mark takes a full width and is printed at its right; poppler begins the next line of its file there.
    let lines = vec![set("稻田里的“", 0.0, 0.0), set("铁牛”开镰", 41.0, 0.0)];
    assert_eq!(cleaner(Order::Auto).order(&layout(lines)).text, "稻田里的“铁牛”开镰\n");
}

#[test]
fn copies_of_a_headline_that_the_file_gives_in_overlapping_pieces_are_removed() {
    let head = |pieces: &[(&str, f32, f32)]| {
        let mut lines: Vec<Line> =
            pieces.iter().map(|&(text, left, right)| line(text, left, 0.0, right - left, 20.0)).collect();
        lines.extend(running(4, 0).iter().zip(0..).map(|(text, n)| set(text, 0.0, 40.0 + 16.0 * n as f32)));
        cleaner(Order::Auto).layout(&layout(lines)).text.lines().next().unwrap_or_default().to_owned()
    };
    // Each run of characters was painted twice, and the second copy of one run goes on with the first of the next.
    assert_eq!(
        head(&[("渠首", 0.0, 40.0), ("渠首3.5", 0.4, 75.0), ("3.5公里通水", 40.4, 155.0), ("公里通水", 75.4, 155.4)]),
        "渠首3.5公里通水"
    );
    assert_eq!(head(&[("通水 稻田返青", 0.0, 130.0), ("稻田返青", 50.4, 130.4)]), "通水 稻田返青");
    // Two copies of a mark may be one piece.
    assert_eq!(
        head(&[("今年的", 0.0, 60.0), ("今年的““清单", 0.4, 120.0), ("清单””定了", 80.4, 180.0)]),
        "今年的“清单”定了"
    );
    // What is printed over a line but says something else stays.
    assert_eq!(head(&[("渠首通水", 0.0, 80.0), ("稻田返青", 0.4, 80.4)]), "渠首通水稻田返青");
}

#[test]
fn headlines_side_by_side_are_no_cells_of_a_table() {
    let heads = [("渠首通水", 0.0), ("稻田返青", 120.0), ("晒场修好", 240.0)];
    let mut lines: Vec<Line> = heads.iter().map(|&(text, left)| line(text, left, 0.0, 80.0, 20.0)).collect();
    for left in [0.0, 120.0, 240.0] {
        lines.extend((0..4).map(|n| set("渠水流过桥头镇沿岸", left, 40.0 + 16.0 * n as f32)));
    }
    let text = cleaner(Order::Reading).order(&layout(lines)).text;
    assert!(text.starts_with("渠首通水\n渠水") && text.contains("\n稻田返青\n渠水"), "{text}");
}

#[test]
fn spaces_of_symbol_fonts_take_no_room() {
    let spaced = |text: &str| text.chars().flat_map(|c| [c, '\u{F020}']).collect::<String>();
    let rows = ["渠水流过桥头镇", "沿岸的稻田泛黄", "农户们修整晒场"];
    let lines = rows.iter().enumerate().map(|(n, text)| line(&spaced(text), 0.0, 16.0 * n as f32, 70.0, 12.0));
    let proof = Cleaner::new(Options::default().with_units(true)).layout(&layout(lines.collect()));
    let size = proof.units[0].size.expect("the boxes tell it");
    assert!((9.0..=10.5).contains(&size), "{size}");
}

#[test]
fn upright_lines_are_read_from_right_to_left() {
    let upright = |text: &str, left: f32| line(text, left, 0.0, 10.0, 10.0 * text.chars().count() as f32);
    let lines = vec![upright("岸的稻田渐渐泛黄。", 0.0), upright("渠水流过桥头镇，沿", 16.0)];
    assert_eq!(cleaner(Order::Reading).order(&layout(lines)).text, "渠水流过桥头镇，沿\n岸的稻田渐渐泛黄。\n");
}

#[test]
fn pages_are_parted_by_form_feeds_and_places_count_on() {
    let mut two = layout(vec![set("渠水流过桥头镇", 0.0, 0.0)]);
    two.pages.push(layout(vec![set("青 石", 0.0, 0.0)]).pages.remove(0));
    let mut cleaner = cleaner(Order::Auto);
    let text = cleaner.order(&two).text;
    let proof = cleaner.layout(&two);
    assert_eq!(proof.text, "渠水流过桥头镇\n\x0c青石\n");
    let ledger = proof.ledger.expect("it was asked for");
    assert_eq!(ledger.replay(&text).expect("it fits"), proof.text);
}

/// Six lines of one column, the fourth indented by `indent`. The third ends in a stop at the edge of the column, so the text
/// alone does not tell whether a paragraph begins below it.
fn column(indent: f32) -> Layout {
    const LINES: [&str; 6] = [
        "渠水流过桥头镇，沿岸的稻田渐",
        "渐泛黄，农户们忙着修整晒场，",
        "镇里的合作社也备好了烘干机。",
        "村民说今年雨水足，亩产比去",
        "年多两成，新米下月就能上市，",
        "价钱也比去年高一些。",
    ];
    let left = |n: usize| if n == 3 { indent } else { 0.0 };
    layout(LINES.iter().enumerate().map(|(n, text)| set(text, left(n), 16.0 * n as f32)).collect())
}

#[test]
fn an_indent_begins_a_paragraph_and_a_flush_line_does_not() {
    let paragraphs = |indent| cleaner(Order::Auto).layout(&column(indent)).text.lines().count();
    assert_eq!(paragraphs(20.0), 2);
    assert_eq!(paragraphs(0.0), 1);
}

#[test]
fn places_of_a_layout_do_not_reach_the_text_that_is_cleaned_after_it() {
    let text = cleaner(Order::Auto).order(&column(20.0)).text;
    let mut used = cleaner(Order::Auto);
    used.layout(&column(20.0));
    assert_eq!(used.page(&text), cleaner(Order::Auto).page(&text));
}

#[test]
fn a_line_whose_pieces_cut_its_characters_is_not_parted() {
    let beyond = MERGED[1].0.len() + MERGED[1].1.len();
    for (start, end) in [(38, 40), (40, 38), (beyond, beyond + 2)] {
        let mut lines = merged(&MERGED, 20.0);
        lines[1].pieces[1].range = start..end;
        let layout = layout(lines);
        let proof = cleaner(Order::Auto).layout(&layout);
        let ledger = proof.ledger.expect("it was asked for");
        assert_eq!(ledger.undo(&proof.text).expect("it fits"), layout.text());
    }
}

#[test]
fn like_lines_that_change_places_are_no_change() {
    let at = |y: f32| Line::new("青石坡", Quad::from(Rect::new(0.0, y, 48.0, y + 16.0)));
    let layout = layout(vec![at(288.0), at(0.0)]);
    let proof = cleaner(Order::Reading).layout(&layout);
    assert_eq!(proof.text, layout.text());
    assert!(proof.ledger.expect("it was asked for").is_empty());
}

/// Coordinates of all kinds: usual ones, the same ones again, and nonsense.
fn coordinate() -> impl Strategy<Value = f32> {
    prop_oneof![
        8 => (0u16..60).prop_map(|n| f32::from(n) * 8.0),
        1 => any::<f32>(),
        1 => prop::sample::select(vec![0.0, -1.0, f32::NAN, f32::INFINITY, f32::MIN, f32::MAX, 1e30, -1e9]),
    ]
}

fn any_line() -> impl Strategy<Value = Line> {
    let text = prop::sample::select(vec![
        "",
        "渠",
        "渠水流过桥头镇，沿岸的稻",
        "田渐渐泛黄。",
        "12",
        "a b",
        "青石坡\n何苗",
        "桥\x0c头",
    ]);
    let quad = prop::array::uniform4((coordinate(), coordinate())).prop_map(Quad);
    let rect = (coordinate(), coordinate(), 0u8..20, 0u8..4)
        .prop_map(|(x, y, w, h)| Quad::from(Rect::new(x, y, x + 8.0 * f32::from(w), y + 8.0 * f32::from(h))));
    (text, prop_oneof![3 => rect, 1 => quad], prop::option::of(coordinate())).prop_map(|(text, quad, size)| {
        let mut line = Line::new(text, quad);
        line.size = size;
        line
    })
}

fn orders() -> impl Strategy<Value = Order> {
    prop::sample::select(vec![Order::Auto, Order::Source, Order::Reading])
}

proptest! {
    #[test]
    fn every_line_comes_out_once_whatever_its_place(lines in prop::collection::vec(any_line(), 0..40), order in orders()) {
        let layout = layout(lines);
        let mut cleaner = cleaner(order);
        let ordered = cleaner.order(&layout);
        let mut seen: Vec<u32> = ordered.rows.iter().flat_map(|(_, lines)| lines.clone()).collect();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen, (0..layout.pages[0].lines.len() as u32).collect::<Vec<_>>());
        let chars = |text: &str| {
            let mut chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            chars.sort_unstable();
            chars
        };
        let all: String = layout.pages[0].lines.iter().map(|line| line.text.as_str()).collect();
        prop_assert_eq!(chars(&ordered.text), chars(&all));
        prop_assert_eq!(ordered.rows.len(), ordered.text.matches('\n').count());
        let proof = cleaner.layout(&layout);
        let ledger = proof.ledger.expect("it was asked for");
        let text = layout.text();
        prop_assert_eq!(ledger.replay(&text).expect("it fits"), proof.text.clone());
        prop_assert_eq!(ledger.undo(&proof.text).expect("it fits"), text);
        prop_assert_eq!(ledger.is_empty(), proof.counts.is_empty() || layout.text() == proof.text);
    }

    #[test]
    fn pages_that_are_not_kept_give_the_proof_of_pages_that_are_joined(
        pages in prop::collection::vec(prop::collection::vec(any_line(), 0..12), 0..4), ledger: bool, units: bool, across: bool,
    ) {
        let layout = Layout { pages: pages.into_iter().map(|lines| layout(lines).pages.remove(0)).collect() };
        let options = Options::default().with_ledger(ledger).with_units(units).with_join_across(across);
        let mut cleaner = Cleaner::new(options);
        let clean = LayoutPage::all(&layout).map(|page| cleaner.layout_page(page)).collect();
        prop_assert_eq!(cleaner.join_layout(clean), cleaner.layout(&layout));
    }

    #[test]
    fn parted_lines_keep_every_character(
        rows in prop::collection::vec((0usize..5, 0usize..5, any::<bool>()), 3..12), gutter in 5u8..40, order in orders(),
    ) {
        let texts: Vec<(&str, &str)> = rows.iter().map(|&(a, b, _)| (MERGED[a].0, MERGED[b].1)).collect();
        let mut lines = merged(&texts, f32::from(gutter));
        // Some lines are of the left column alone.
        for (line, (_, _, whole)) in lines.iter_mut().zip(&rows) {
            if !whole {
                line.pieces.truncate(1);
                line.text.truncate(line.pieces[0].range.end);
                line.quad = Quad::from(line.pieces[0].place);
            }
        }
        let layout = layout(lines);
        let proof = cleaner(order).layout(&layout);
        let ledger = proof.ledger.expect("it was asked for");
        prop_assert_eq!(ledger.replay(&layout.text()).expect("it fits"), proof.text.clone());
        prop_assert_eq!(ledger.undo(&proof.text).expect("it fits"), layout.text());
    }

    #[test]
    fn parted_boxes_keep_every_character(
        merged in prop::collection::vec(any::<bool>(), 8), spaces in prop::collection::vec(0usize..13, 0..3),
        lean in -20i8..20, order in orders(),
    ) {
        let mut lines = columns_with_merged_boxes(|n| merged[n]);
        for line in &mut lines {
            for at in spaces.iter().map(|at| 3 * at) {
                if line.text.is_char_boundary(at) {
                    line.text.insert(at, ' ');
                }
            }
            line.quad.0.iter_mut().for_each(|corner| corner.0 += corner.1 * f32::from(lean) / 100.0);
        }
        let layout = layout(lines);
        let proof = cleaner(order).layout(&layout);
        let ledger = proof.ledger.expect("it was asked for");
        prop_assert_eq!(ledger.replay(&layout.text()).expect("it fits"), proof.text.clone());
        prop_assert_eq!(ledger.undo(&proof.text).expect("it fits"), layout.text());
    }

    #[test]
    fn the_unit_and_the_margin_of_a_page_change_nothing(
        places in prop::collection::vec((0u16..40, 0u16..40, 1u16..12, 0usize..4), 1..16),
        power in -3i32..4, x in 0u16..500, y in 0u16..500,
    ) {
        const TEXTS: [&str; 4] = ["渠水流过桥头镇，沿", "田渐渐泛黄。", "青石坡", "农户忙着修整晒场"];
        let page = |scale: f32, x: f32, y: f32| {
            let lines = places.iter().map(|&(left, top, width, text)| {
                let of = |n: u16| scale * 8.0 * f32::from(n);
                line(TEXTS[text], of(left) + x, of(top) + y, of(width), scale * 8.0)
            });
            layout(lines.collect())
        };
        let cleaner = cleaner(Order::Reading);
        let here = cleaner.order(&page(1.0, 0.0, 0.0));
        prop_assert_eq!(&cleaner.order(&page(2f32.powi(power), 0.0, 0.0)), &here);
        prop_assert_eq!(&cleaner.order(&page(1.0, f32::from(x), f32::from(y))), &here);
    }
}
