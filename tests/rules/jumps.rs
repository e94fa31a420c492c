//! `jumps`: a text that goes on on another page is put together.

use super::table::{issue, proofs, row, table, with};
use qingyang::{Followed, Options, Role, Rule, Unit};

fn following() -> Options {
    with(|o| o.follow_jumps = true)
}

/// Whether a text is put together that the first page cuts with the print before the slash and the second page takes up
/// with the one behind it: - where no jump line is seen.
fn followed(prints: &str) -> String {
    let (on, back) = prints.split_once('/').expect("two prints");
    let text = format!(
        "守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n{on}\n\x0c守渠人的三十年\n{back}\n他把渠守了三十年。\n"
    );
    let proofs = proofs(&following(), &text);
    let moved = proofs[0].text.ends_with("他把渠守了三十年。\n");
    assert_eq!(moved, !proofs[1].text.contains("他把"), "{prints}");
    let of = |n: usize| match proofs[n].jumps.iter().map(|j| j.followed).collect::<Vec<_>>()[..] {
        [] => "-",
        [Followed::Yes] => "yes",
        [Followed::Alone] => "alone",
        [Followed::Nothing] => "nothing",
        _ => "several",
    };
    assert_eq!(moved, of(0) == "yes" && of(1) == "yes", "{prints}");
    format!("{} {}", of(0), of(1))
}

#[test]
fn jump_lines_are_known_in_every_print() {
    table(
        &[
            row("（下转第2版）/（上接第1版）", "yes yes", "the usual one"),
            row("（下轉第2版）/（上接第1版）", "yes yes", "下轉"),
            row("（接转第2版）/（续接第1版）", "yes yes", "接转, 续接"),
            row("（下转第2版）/（紧接第1版）", "yes yes", "紧接"),
            row("（下转第2版）/（緊接第1版）", "yes yes", "緊接"),
            row("（转2版）/（接1版）", "yes yes", "转, 接"),
            row("（轉2版）/（续1版）", "yes yes", "轉, 续"),
            row("(下转第2版)/(上接第1版)", "yes yes", "half-width brackets"),
            row("〔下转第2版〕/〔上接第1版〕", "yes yes", "tortoise-shell brackets"),
            row("［下转第2版］/［上接第1版］", "yes yes", "square brackets"),
            row("[下转第2版]/[上接第1版]", "yes yes", "half-width square brackets"),
            row("【下转第2版】/【上接第1版】", "yes yes", "lenticular brackets"),
            row("下转第2版/上接第1版", "yes yes", "no brackets"),
            row("转2版/接1版", "yes yes", "short words that are all of the line"),
            row("▶转第2版/◀接第1版", "yes yes", "the same with arrows"),
            row("▶下转第2版/◀上接第1版", "yes yes", "arrows before them"),
            row("下转第2版▶/上接第1版◀", "yes yes", "arrows behind them"),
            row("→下转第2版/←上接第1版", "yes yes", "plain arrows"),
            row(">下转第2版/<上接第1版", "yes yes", "angles"),
            row("■下转第2版/●上接第1版", "yes yes", "bullets"),
            row("（下转2版）/（上接1版）", "yes yes", "without 第"),
            row("（下转02版）/（上接01版）", "yes yes", "leading zeros"),
            row("（下转第二版）/（上接第一版）", "yes yes", "in Han"),
            row("（下转第A2版）/（上接第A1版）", "yes yes", "a letter"),
            row("（下转第 2 版）/（上接第 1 版）", "yes yes", "spaces"),
            row("（下转第2页）/（上接第1页）", "yes yes", "页"),
            row("（下轉第2頁）/（上接第1頁）", "yes yes", "頁"),
            row("（下转第2面）/（上接第1面）", "yes yes", "面"),
            row("（下转第2版《守渠人》）/（上接第1版《守渠人》）", "yes yes", "with a headline"),
            row("（下转第2版“守渠人”）/（上接第1版“守渠人”）", "yes yes", "in quotes"),
            row("（下转第2版「守渠人」）/（上接第1版「守渠人」）", "yes yes", "in corner quotes"),
            row("（ 下转第2版 ）/（ 上接第1版 ）", "yes yes", "spaces in the brackets"),
        ],
        followed,
    );
}

#[test]
fn what_only_sounds_like_a_jump_line_is_none() {
    table(
        &[
            row("转2版渠水/接1版渠水", "- -", "short words without brackets, and text behind them"),
            row("转2面/接1面", "- -", "short words without brackets, and no 版"),
            row("（下转第版）/（上接第版）", "- -", "no number"),
            row("（下转第2）/（上接第1）", "- -", "no 版"),
            row("（下转第2000版）/（上接第1000版）", "- -", "four digits"),
            row("（下转第〇版）/（上接第〇版）", "- -", "no such page"),
            row("（下转第2版《守渠人）/（上接第1版《守渠人）", "- alone", "a headline that does not end"),
            row("（详见第2版）/（见第1版）", "- -", "another word"),
            row("下转第2版的渠水/上接第1版的渠水", "- -", "a sentence"),
            row("渠水转2版/渠水接1版", "- -", "a word before it, and no bracket"),
            row("（下转第2版）的渠水/（上接第1版）", "- alone", "text behind the one that points on"),
            row("（下转第3版）/（上接第1版）", "alone alone", "another page"),
            row("（下转第2版）/（上接第3版）", "alone alone", "comes from another page"),
            row("（下转第2版）/（下转第3版）", "alone alone", "two that point on"),
            row("（下转第A2版）/（上接第B1版）", "yes yes", "letters that no folio prints count for nothing"),
        ],
        followed,
    );
}

#[test]
fn page_numbers_are_read_in_han() {
    let number = |han: &str| {
        let page = |n: u32| {
            let first = format!("第1版 要闻\n守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（下转第{}版）\n", han.trim_end());
            let second = format!("第{n}版 综合\n守渠人的三十年\n（上接第1版）\n他把渠守了三十年。\n");
            proofs(&following(), &format!("{first}\x0c{second}"))[0].jumps[..].iter().any(|j| j.followed == Followed::Yes)
        };
        [2, 3, 9, 10, 11, 12, 13, 20, 22, 23, 30, 32, 99].into_iter().filter(|&n| page(n)).map(|n| format!("{n}.")).collect()
    };
    table(
        &[
            row("二", "2.", "one digit"),
            row("九", "9.", "the last one"),
            row("十", "10.", "ten"),
            row("十一", "11.", "behind ten"),
            row("二十", "20.", "tens"),
            row("二十三", "23.", "tens and ones"),
            row("九十九", "99.", "the last number"),
            row("一二", "12.", "two digits"),
            row("二〇", "20.", "a nought"),
            row("二零", "20.", "零"),
            row("二○", "20.", "a circle"),
            row("〇二", "2.", "a leading nought"),
            row("百", "", "a hundred is not read"),
            row("二三十", "", "no number"),
        ],
        number,
    );
}

/// The roles of the jump lines of two pages, with the prints as [`followed`] has them.
fn roles_of(prints: &str) -> String {
    let (on, back) = prints.split_once('/').expect("two prints");
    let text = format!(
        "守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n{on}\n\x0c守渠人的三十年\n{back}\n他把渠守了三十年。\n"
    );
    let proofs = proofs(&following(), &text);
    let role = |n: usize, word: &str| {
        let text = &proofs[n].text;
        let unit = proofs[n].units.iter().find(|u| text[u.range.clone()].contains(word)).expect("a jump line");
        unit.role.name()
    };
    format!("{} {}", role(0, "2"), role(1, "1"))
}

#[test]
fn jump_lines_have_their_roles() {
    table(
        &[
            row("（下转第2版）/（上接第1版）", "jump resume", "the usual one"),
            row("(下转2版)/(上接1版)", "jump resume", "half-width brackets"),
            row("（下转第2版）/（紧接第1版）", "jump resume", "紧接"),
            row("（下轉第2版）/（緊接第1版）", "jump resume", "下轉, 緊接"),
            row("［下转第2版］/［上接第1版］", "jump resume", "square brackets"),
            row("【下转2版】/【上接1版】", "jump resume", "lenticular brackets"),
            row("（下转A2版）/（上接A1版）", "jump resume", "a letter"),
            row("（下转第2版《守渠人》）/（上接第1版《守渠人》）", "jump resume", "with a headline"),
        ],
        roles_of,
    );
}

#[test]
fn jump_lines_of_every_print_have_their_roles() {
    table(
        &[
            row("（接转第2版）/（续接第1版）", "jump resume", "接转, 续接"),
            row("（转2版）/（接1版）", "jump resume", "转, 接"),
            row("（轉2版）/（续1版）", "jump resume", "轉, 续"),
            row("〔下转第2版〕/〔上接第1版〕", "jump resume", "tortoise-shell brackets"),
            row("[下转第2版]/[上接第1版]", "jump resume", "half-width square brackets"),
            row("下转第2版/上接第1版", "jump resume", "no brackets"),
            row("▶下转02版/◀上接01版", "jump resume", "arrows"),
            row("转2版/接1版", "jump resume", "short words that are all of the line"),
        ],
        roles_of,
    );
}


#[test]
fn what_stands_behind_a_jump_line_moves() {
    table(
        &[
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。⏎走过的路绕了地球一圈。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年。⏎走过的路绕了地球一圈。␌守渠人的三十年⏎（上接第1版）", "all of its article"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。⏎新桥通车⏎本报讯（记者 石头）昨日上午，新桥在桥头镇通车。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年。␌守渠人的三十年⏎（上接第1版）⏎新桥通车⏎本报讯（记者 石头）昨日上午，新桥在桥头镇通车。", "not the next article"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。（下转第2版）⏎␌守渠人的三十年⏎（上接第1版）他把渠守了三十年，走过的路绕了地球一圈。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。（下转第2版）⏎他把渠守了三十年，走过的路绕了地球一圈。␌守渠人的三十年⏎（上接第1版）", "out of a paragraph"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌守渠人的三十年（上接第1版）⏎他把渠守了三十年，走过的路绕了地球一圈。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年，走过的路绕了地球一圈。␌守渠人的三十年（上接第1版）", "a jump line behind a headline"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。⏎（下转第3版）⏎␌守渠人之三⏎（上接第2版）⏎今年的渠会来了三百人。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年。⏎（下转第3版）⏎今年的渠会来了三百人。␌守渠人的三十年⏎（上接第1版）␌守渠人之三⏎（上接第2版）", "twice over"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌守渠人的三十年⏎（上接第1版）⏎", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）␌守渠人的三十年⏎（上接第1版）", "nothing stands there"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年，走过的路绕了地球一圈。⏎␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年，走过的路绕了地球一圈。␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。", "the text goes on there already"),
            row("甲文渠边⏎（上接第2版）⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌乙文渠边⏎（上接第1版）⏎他把渠守了三十年。⏎（下转第1版）", "甲文渠边⏎（上接第2版）⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年。⏎（下转第1版）␌乙文渠边⏎（上接第1版）", "in a circle"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第1版）⏎␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第1版）␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。", "to its own page"),
            row("渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌（上接第1版）⏎他把渠守了三十年。", "渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎他把渠守了三十年。␌（上接第1版）", "without headlines"),
        ],
        issue(following()),
    );
}

#[test]
fn a_paragraph_that_opens_with_its_jump_line_becomes_two_units() {
    let first = "守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（下转第2版）\n";
    let second = "守渠人的三十年\n（上接第1版）本报讯（记者 何苗）他把渠守了三十年，走过的\n路绕了地球一圈。村里的人都叫他老渠。（下转第3版）\n";
    let proofs = proofs(&following(), &format!("{first}\x0c{second}"));
    let told = |n: usize, unit: &Unit| {
        let text = &proofs[n].text;
        let parts: Vec<_> = unit.parts.iter().map(|p| (p.role, text[p.range.clone()].to_string())).collect();
        let from = if unit.input.is_some() { second } else { [first, second][n] };
        let sources: Vec<_> = unit.sources.iter().map(|r| from[r.start as usize..r.end as usize].to_string()).collect();
        (unit.role, text[unit.range.clone()].to_string(), parts, sources)
    };
    let marker = told(1, &proofs[1].units[1]);
    let lines = ["（上接第1版）本报讯（记者 何苗）他把渠守了三十年，走过的", "路绕了地球一圈。村里的人都叫他老渠。（下转第3版）"].map(String::from);
    assert_eq!(marker, (Role::Resume, "（上接第1版）".into(), vec![], vec![lines[0].clone()]), "the jump line stays");
    let moved = told(0, &proofs[0].units[3]);
    let text = "本报讯（记者 何苗）他把渠守了三十年，走过的路绕了地球一圈。村里的人都叫他老渠。（下转第3版）";
    let parts = vec![(Role::Dateline, "本报讯（记者 何苗）".into()), (Role::Jump, "（下转第3版）".into())];
    assert_eq!(moved, (Role::Body, text.into(), parts, lines.to_vec()), "its text moves");
    assert_eq!((proofs[1].units.len(), proofs[0].units[3].input), (2, Some(1)));
    assert_eq!(proofs[0].articles[0].body, [1, 2, 3], "and belongs to the article that it goes on in");
    let jumps: Vec<_> = proofs.iter().flat_map(|p| &p.jumps).map(|j| (j.text.as_str(), j.source, j.followed)).collect();
    let at = second.find("路绕").expect("the last line") as u64;
    assert_eq!(
        jumps,
        [("（下转第2版）", first.find("（下转").expect("a jump line") as u64, Followed::Yes), ("（上接第1版）", second.find("（上接").expect("a jump line") as u64, Followed::Yes), ("（下转第3版）", at, Followed::Alone)]
    );
}

#[test]
fn folios_say_which_page_it_is() {
    let pages = |folios: &str| {
        let (first, second) = folios.trim_end().split_once('/').expect("two folios");
        let text = format!("{first}\n守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（下转第5版）\n\x0c{second}\n守渠人的三十年\n（上接第4版）\n他把渠守了三十年。\n");
        let followed = proofs(&following(), &text)[0].jumps.iter().any(|j| j.followed == Followed::Yes);
        String::from(if followed { "followed" } else { "-" })
    };
    table(
        &[
            row("第4版 综合/第5版 文化", "followed", "both print it"),
            row("4版 综合 2023年9月12日 星期二 第4版/第5版 文化", "followed", "twice the same"),
            row("第4版 综合 第3版/第5版 文化", "followed", "two numbers on one: neither counts, its place does"),
            row("第4版 综合 第3版/渠边人家", "-", "and there is no place to go by"),
            row("第3版 综合/第5版 文化", "-", "another number"),
            row("渠边人家/第5版 文化", "followed", "the other one by its place"),
            row("第4版 综合/渠边人家", "followed", "the second one by its place"),
            row("渠边人家/渠边人家", "-", "by their places they are the first and second"),
            row("A4版 综合 第3期/A5版 文化 第3期", "followed", "a letter that the jump line leaves out"),
            row("第4版·综合/第5版·文化", "followed", "a point between the fields"),
            row("第4版|综合/第5版|文化", "followed", "a bar"),
        ],
        pages,
    );
}

#[test]
fn a_folio_stands_near_an_edge_of_its_page() {
    // So many lines above the folio, and below it; without the folio the pages are the first and the second.
    let followed = |above: usize, below: usize| {
        let lines = |n: usize| "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n".repeat(n);
        let first = format!("{}\n第4版 综合 2023年9月12日\n\n{}（下转第5版）\n", lines(above), lines(below));
        let second = "第5版 文化 2023年9月12日\n守渠人的三十年\n（上接第4版）\n他把渠守了三十年。\n";
        // A page before it, so that its place says another number than the folio.
        let text = format!("渠水流进千万家\n云台山下的稻田黄了。\n\x0c渠水流进千万家\n石头会唱歌，桥也会。\n\x0c{first}\x0c{second}");
        let proofs = proofs(&following(), &text);
        proofs[2].jumps.iter().any(|j| j.followed == Followed::Yes)
    };
    assert!(followed(2, 2));
    assert!(followed(2, 20), "near the head");
    assert!(followed(20, 2), "near the foot");
}

#[test]
fn a_page_has_so_many_jump_lines_and_no_more() {
    let seen = |n: usize| {
        let text = "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（下转第2版）\n".repeat(n) + "渠水流过桥头镇。\n";
        proofs(&following(), &text)[0].jumps.len()
    };
    assert_eq!((seen(40), seen(41)), (40, 0));
}

#[test]
fn a_line_with_its_jump_line_behind_it_is_short() {
    let on_one_line = |line: &str| {
        let line = line.trim_end();
        let text = format!("守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（下转第2版）\n\x0c守渠人之二\n本报讯（记者 何苗）昨日上午，渠水通到了桥头镇。\n{line}\n他把渠守了三十年，走过的路绕了地球一圈，村里的人都叫他老渠。\n");
        let moved = !proofs(&following(), &text)[1].text.contains("他把");
        String::from(if moved { "moved" } else { "stays" })
    };
    table(
        &[
            row("守渠人的三十年（上接第1版）", "moved", "a headline"),
            row("渠水通了，沿岸的稻田黄了，农户忙着修整（上接第1版）", "moved", "a short line that is none"),
            row("渠水通了。（上接第1版）", "stays", "behind a stop"),
            row("渠水通了！（上接第1版）", "stays", "behind an exclamation mark"),
            row("他说：“渠水通了，稻田也黄了。”（上接第1版）", "stays", "behind a closing quote"),
            row("渠水通了，一二三四五六七八九十一二三四五六七八九十一二三四五（上接第1版）", "moved", "ninety bytes"),
            row("渠水通了，一二三四五六七八九十一二三四五六七八九十一二三四五六（上接第1版）", "stays", "ninety-three bytes"),
            row("守渠人的三十年上接第1版", "stays", "without brackets"),
        ],
        on_one_line,
    );
}

#[test]
fn letters_of_sections_must_agree_where_both_have_one() {
    let pages = |letters: &str| {
        let (on, page) = letters.trim_end().split_once('/').expect("two letters");
        let text = format!("第1版 要闻\n守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（下转{on}2版）\n\x0c{page}2版 文化 第3期\n守渠人的三十年\n（上接第1版）\n他把渠守了三十年。\n");
        let followed = proofs(&following(), &text)[0].jumps.iter().any(|j| j.followed == Followed::Yes);
        String::from(if followed { "followed" } else { "-" })
    };
    table(
        &[
            row("A/A", "followed", "the same"),
            row("A/B", "-", "not the same"),
            row("/B", "followed", "none on the jump line"),
            row("A/", "followed", "none on the page"),
        ],
        pages,
    );
}

#[test]
fn headlines_tell_which_goes_with_which() {
    table(
        &[
            row("守渠人的三十年⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎新桥通车那一天⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版）⏎␌新桥通车⏎（上接第1版）⏎笑声传出二里地，直到天黑才散。⏎守渠人⏎（上接第1版）⏎走过的路绕了地球一圈。", "守渠人的三十年⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎走过的路绕了地球一圈。⏎新桥通车那一天⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版）⏎笑声传出二里地，直到天黑才散。␌新桥通车⏎（上接第1版）⏎守渠人⏎（上接第1版）", "two by two"),
            row("守渠人的三十年⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎新桥通车那一天⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版）⏎␌新桥通车⏎（上接第1版）⏎笑声传出二里地，直到天黑才散。", "守渠人的三十年⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎新桥通车那一天⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版）⏎笑声传出二里地，直到天黑才散。␌新桥通车⏎（上接第1版）", "one of two is answered"),
            row("守渠人的三十年⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎新桥通车那一天⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版《云台山下》）⏎␌云台山下好丰年⏎（上接第1版）⏎笑声传出二里地，直到天黑才散。⏎石头会唱歌⏎（上接第1版）⏎走过的路绕了地球一圈。", "守渠人的三十年⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎走过的路绕了地球一圈。⏎新桥通车那一天⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版《云台山下》）⏎笑声传出二里地，直到天黑才散。␌云台山下好丰年⏎（上接第1版）⏎石头会唱歌⏎（上接第1版）", "a headline in the jump line, and what is left"),
            row("守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎守渠人⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版）⏎␌守渠人⏎（上接第1版）⏎笑声传出二里地，直到天黑才散。⏎守渠人⏎（上接第1版）⏎走过的路绕了地球一圈。", "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎守渠人⏎孩子们在堤上奔跑，农户忙着修整晒场。⏎（下转第2版）␌守渠人⏎（上接第1版）⏎笑声传出二里地，直到天黑才散。⏎守渠人⏎（上接第1版）⏎走过的路绕了地球一圈。", "all alike"),
        ],
        issue(following()),
    );
}

#[test]
fn texts_tell_which_goes_with_which_where_headlines_do_not() {
    // Pairs of characters that only two of the four texts have: 皮影 and 板凳 in the first texts, and what the second ones
    // take up of them.
    let texts = |second: &str| {
        let (one, two) = second.split_once('/').expect("two texts");
        let first = "灯下\n甲乙丙丁戊己庚辛壬癸在灯下说了又说。\n（下转第2版）\n场上\n子丑寅卯辰巳午未申酉在场上说了又说。\n（下转第2版）\n";
        let second = format!("（上接第1版）\n{one}\n（上接第1版）\n{two}\n");
        let proofs = proofs(&following(), &format!("{first}\x0c{second}"));
        proofs[0].text.replace("甲乙丙丁戊己庚辛壬癸在灯下说了又说。", "").replace("子丑寅卯辰巳午未申酉在场上说了又说。", "").replace("（下转第2版）", "").replace('\n', "")
    };
    table(
        &[
            row("子丑寅卯辰走来。/甲乙丙丁戊走去。", "灯下甲乙丙丁戊走去。场上子丑寅卯辰走来。", "four pairs each"),
            row("子丑寅卯走来。/甲乙丙丁走去。", "灯下场上", "three pairs each are too few"),
            row("子丑寅卯辰走来。/云台山上石头多。", "灯下云台山上石头多。场上子丑寅卯辰走来。", "four pairs, and what is left"),
            row("子丑寅卯辰巳走来，甲乙。/云台山上石头多。", "灯下云台山上石头多。场上子丑寅卯辰巳走来，甲乙。", "five pairs and one of the other"),
            row("子丑寅卯辰走来，甲乙丙。/云台山上石头多。", "灯下场上", "four pairs and two of the other"),
            row("子丑寅卯辰巳午走来，甲乙丙。/云台山上石头多。", "灯下云台山上石头多。场上子丑寅卯辰巳午走来，甲乙丙。", "six pairs and two of the other"),
            row("子丑寅卯辰走来。/子丑寅卯辰走去。", "灯下场上", "what two texts take up tells nothing"),
        ],
        texts,
    );
}

#[test]
fn a_paragraph_that_the_jump_cut_is_joined_where_asked_for() {
    const FIRST: &str = "守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整\n晒场，孩子们在堤上奔跑。今年的水来得早，谷子比往\n年高出一头，村里的人都说这是修渠的";
    const NEXT: &str = "新桥通车\n本报讯（记者 石头）昨日上午，新桥在桥头镇通车。孩子\n们在桥上奔跑，笑声传出二里地。\n";
    const SECOND: &str = "好处。镇上新开了磨坊，磨盘转了一天，面粉装了满满三\n大车，乡亲们都说好。\n他守了三十年，走过的路绕了地球一圈。\n";
    let seam = |across: bool| move |seams: &str| {
        let (on, back) = seams.split_once('/').expect("two seams");
        let text = format!("{FIRST}{on}\n{NEXT}\x0c守渠人\n{}{SECOND}", back.trim_end_matches('\n').replace('|', "\n"));
        let text = text.replace('|', "\n");
        let options = with(|o| (o.follow_jumps, o.join_across) = (true, across));
        let clean = proofs(&options, &text)[0].text.clone();
        let at = clean.find("修渠的").map_or(0, |at| at + "修渠的".len());
        clean[at..].split_once("好处").map_or(clean.clone(), |(seam, _)| seam.replace('\n', "|"))
    };
    table(
        &[
            row("|（下转第2版）/（上接第1版）|", "（下转第2版）", "lines of their own"),
            row("（下转第2版）/（上接第1版）|", "（下转第2版）", "at the end of the paragraph"),
            row("|（下转第2版）/（上接第1版）", "（下转第2版）", "at the head of the paragraph"),
            row("，|（下转第2版）/（上接第1版）|", "，（下转第2版）", "behind a comma"),
            row("、|（下转第2版）/（上接第1版）|", "、（下转第2版）", "behind 、"),
            row("；|（下转第2版）/（上接第1版）|", "；（下转第2版）", "behind a semicolon"),
            row("：|（下转第2版）/（上接第1版）|", "：（下转第2版）", "behind a colon"),
            row("—|（下转第2版）/（上接第1版）|", "—（下转第2版）", "behind a dash"),
            row("“|（下转第2版）/（上接第1版）|", "“（下转第2版）", "behind an opening quote"),
            row("。|（下转第2版）/（上接第1版）|", "。|（下转第2版）|", "behind a stop"),
            row("”|（下转第2版）/（上接第1版）|", "”|（下转第2版）|", "behind a closing quote"),
        ],
        seam(true),
    );
    table(
        &[
            row("|（下转第2版）/（上接第1版）|", "|（下转第2版）|", "not asked for: lines of their own"),
            row("（下转第2版）/（上接第1版）|", "（下转第2版）|", "not asked for: at the end of the paragraph"),
        ],
        seam(false),
    );
}

#[test]
fn jumps_are_not_followed_unless_asked_for() {
    const TEXT_OUT: &str = "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。";
    const TEXT: &str = "守渠人⏎渠水流过桥头镇，沿岸的稻田渐渐泛黄。⏎（下转第2版）⏎␌守渠人的三十年⏎（上接第1版）⏎他把渠守了三十年。";
    table(&[row(TEXT, TEXT_OUT, "not asked for")], issue(with(|_| ())));
    table(
        &[row(TEXT, TEXT_OUT, "skipped")],
        issue(with(|o| {
            o.follow_jumps = true;
            o.skip = o.skip.with(Rule::Jumps);
        })),
    );
}
