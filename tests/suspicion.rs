//! What is suspicious of a text, and how rarely a clean page is suspected.

use encoding_rs::{BIG5, Encoding, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};
use qingyang::suspicion::{Judge, Misread, Suspicion};
use qingyang::{Cleaner, Options};

const PAGE: &str = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。这座桥是去年的民生工程，\
    桥面铺着防滑的松木板，两侧装了太阳能路灯，夜里远远望去像一串浮在水上的星星。村民们说，过去卖菜要绕行十一公里，如今从桥上\
    过去只要十来分钟，孩子上学也不用再起早了。";
const TRADITIONAL: &str = "本報訊（記者 何苗）昨日上午，橫跨渠水的雲臺新橋正式通車，兩岸群眾不用再繞行12公里。這座橋是去年的民生工程，\
    橋面鋪著防滑的松木板，兩側裝了太陽能路燈，夜裡遠遠望去像一串浮在水上的星星。村民們說，過去賣菜要繞行十一公里，如今從橋上\
    過去只要十來分鐘，孩子上學也不用再起早了。";

fn judged(text: &str) -> Vec<Suspicion> {
    let mut judge = Judge::default();
    judge.source(text);
    judge.add(&Cleaner::new(Options::default()).page(text));
    judge.end()
}

fn misread(written: &'static Encoding, read: &'static Encoding, text: &str) -> String {
    read.decode_without_bom_handling(&written.encode(text).0).0.into_owned()
}

#[test]
fn text_that_was_read_in_a_wrong_encoding_is_suspected() {
    assert_eq!((judged(PAGE), judged(TRADITIONAL)), (vec![], vec![]));
    let japanese = "きのうの朝、みなとの新しい橋がつながり、たくさんの人が歩いて渡りました。".repeat(5);
    for (text, want) in [
        (misread(UTF_8, GBK, PAGE), Misread::Utf8AsGbk),
        (misread(UTF_8, GBK, TRADITIONAL), Misread::Utf8AsGbk),
        (misread(UTF_8, WINDOWS_1252, PAGE), Misread::Utf8AsLatin1),
        (misread(GBK, WINDOWS_1252, PAGE), Misread::GbkAsLatin1),
        (misread(GBK, BIG5, PAGE), Misread::GbkAsBig5),
        (misread(BIG5, GBK, TRADITIONAL), Misread::Big5AsGbk),
        (misread(BIG5, WINDOWS_1252, TRADITIONAL), Misread::Big5AsLatin1),
        (misread(SHIFT_JIS, GBK, &japanese), Misread::ShiftJisAsGbk),
    ] {
        let found = judged(&text);
        assert!(found.contains(&Suspicion::Misread(want)), "{want}: {found:?} of {text}");
    }
}

#[test]
fn replaced_characters_broken_fonts_and_other_languages_are_suspected() {
    assert_eq!(judged("渠水锟斤拷流过"), [Suspicion::LostCharacters]);
    assert_eq!(judged("渠水\u{FFFD}流过"), [Suspicion::ReplacementCharacters]);
    assert_eq!(judged(&"\u{E012}\u{E4F1}渠".repeat(50)), [Suspicion::BrokenFont]);
    assert_eq!(judged(&"きのうの朝、橋を渡りました。".repeat(12)), [Suspicion::Japanese]);
    assert_eq!(judged(&"The bridge was opened yesterday. ".repeat(9)), [Suspicion::FewHan]);
    assert_eq!(judged(&"曛邈蟠黻黼鼋鼍龠龢龡".repeat(30)), [Suspicion::RareHan]);
    assert_eq!(judged("The bridge"), [], "too short to judge");
}

#[test]
fn characters_that_this_cleaning_replaced_are_not_suspected() {
    let mut stream = qingyang::Stream::new(Options::default(), Some(qingyang::Encoding::Utf8), true);
    let mut judge = Judge::default();
    stream.push(b"\xE6\xB8\xA0\xFF\xE6\xB0\xB4\n", &mut |proof| judge.add(&proof)).expect("a lossy stream");
    stream.finish(&mut |proof| judge.add(&proof)).expect("a lossy stream");
    assert_eq!(judge.end(), []);
}

/// A text in lines of so many characters.
fn column(text: &str, measure: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    chars.chunks(measure).map(|line| line.iter().collect()).collect()
}

const OTHER: &str = "渠水镇中心小学的操场边新开了一片菜园，四年级的学生轮流浇水、除草，还给每一垄菜插上了写着名字的木牌。老师们把科学课\
    搬到了地头，孩子们用尺子量豆苗的高度，记在各自的本子上。家长送来了自家留的种子，食堂的师傅答应收成以后请大家吃一顿热汤面。学校\
    还打算把多出来的菜送给村里的老人，让他们也尝一尝孩子们种出来的味道，顺便听听他们年轻时候怎样看天气、怎样估收成。";

const THIRD: &str = "平湖村口的老水车修好以后，成了附近几个村子的新去处。木匠师傅照着旧图纸换了三十六块桨叶，又在水渠边铺了一条石子路，\
    方便游客走近了看。每到周末，村里的妇女在树荫底下摆出自家做的豆腐和酱菜，城里来的客人一边听水车吱呀作响，一边坐下来吃一碗凉粉。\
    村支书说，修水车花的钱不多，可是年轻人愿意回来了，有人办起了民宿，有人开了一间卖竹编的小店。";

#[test]
fn lines_of_two_columns_that_were_read_as_one_are_suspected() {
    let left = column(&format!("{PAGE}{OTHER}{THIRD}"), 13);
    let right = column(&format!("{THIRD}{PAGE}{OTHER}"), 13);
    for seam in ["", " ", "   ", "\u{3000}"] {
        let across: String = left.iter().zip(&right).map(|(l, r)| format!("{l}{seam}{r}\n")).collect();
        assert_eq!(judged(&across), [Suspicion::ReadAcross], "{seam:?}:\n{across}");
    }
    let turns: String = left.iter().zip(&right).map(|(l, r)| format!("{l}\n{r}\n")).collect();
    assert_eq!(judged(&turns), [Suspicion::ReadAcross], "the lines of the columns take turns");
    let below: String = left.iter().chain(&right).map(|line| format!("{line}\n")).collect();
    assert_eq!(judged(&below), [], "one column below the other");
    let one: String = column(&format!("{PAGE}{OTHER}{PAGE}"), 26).iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(judged(&one), [], "one wide column");
    let table: String = (1..30).map(|n| format!("渠水镇第{n}生产合作社   云台桥头第{n}农机服务站\n")).collect();
    assert!(!judged(&table).contains(&Suspicion::ReadAcross), "rows of a table");
    let same = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。\n".repeat(40);
    assert_eq!(judged(&same), [], "one line again and again");
}

#[test]
fn a_page_of_uncertain_breaks_is_unlike_the_model() {
    let mut judge = Judge::default();
    let mut proof = Cleaner::new(Options::default()).page(PAGE);
    (proof.certainty.breaks, proof.certainty.uncertain) = (40, 8);
    judge.add(&proof);
    assert_eq!(judge.end(), [], "one break of five is uncertain");
    proof.certainty.uncertain = 9;
    judge.add(&proof);
    assert_eq!(judge.end(), [Suspicion::UnlikeTheModel], "17 breaks of 80 are uncertain");
}

/// The texts of two pages side by side, as they come out if the columns are read across. The pages are not in the repository.
#[test]
fn most_pages_that_were_read_across_are_suspected() {
    let Some(root) = std::env::var_os("QINGYANG_SHARED") else { return };
    let bench = std::path::Path::new(&root).join("bench/pages");
    let mut texts = Vec::new();
    for folder in std::fs::read_dir(bench).expect("the pages").flatten() {
        for path in std::fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|file| file.path()) {
            if path.to_string_lossy().ends_with(".gold.txt") {
                texts.push((path.clone(), std::fs::read_to_string(&path).expect("a page")));
            }
        }
    }
    texts.sort();
    let body = |text: &str| text.lines().filter(|line| line.chars().count() > 30).collect::<String>();
    let columns: Vec<Vec<String>> = texts.iter().map(|(_, text)| column(&body(text), 17)).collect();
    for (name, seam) in [("one line", ""), ("a gap", "  "), ("by turns", "\n")] {
        let pages = columns.windows(2).map(|two| two[0].iter().zip(&two[1]).map(|(l, r)| format!("{l}{seam}{r}\n")));
        let found: Vec<bool> = pages
            .map(|lines| lines.collect::<Vec<_>>())
            .filter(|lines| lines.len() >= 20)
            .map(|lines| judged(&lines.concat()).contains(&Suspicion::ReadAcross))
            .collect();
        let right = found.iter().filter(|found| **found).count();
        assert!(right * 10 >= found.len() * 8, "{name}: {right} of {}", found.len());
        println!("{name}: {right} of {}", found.len());
    }
}

/// At most one page of a thousand is suspected without cause. Most pages are not in the repository.
#[test]
fn hardly_a_clean_page_is_suspected() {
    let Some(root) = std::env::var_os("QINGYANG_SHARED") else { return };
    let bench = std::path::Path::new(&root).join("bench/pages");
    let (mut all, mut suspected) = (0, Vec::new());
    for folder in std::fs::read_dir(bench).expect("the pages").flatten() {
        for path in std::fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|file| file.path()) {
            if !path.to_string_lossy().ends_with(".raw.txt") {
                continue;
            }
            all += 1;
            let found = judged(&std::fs::read_to_string(&path).expect("a page"));
            if !found.is_empty() {
                suspected.push((path, found));
            }
        }
    }
    assert!(all > 0 && suspected.len() * 1000 <= all, "{} of {all}: {suspected:?}", suspected.len());
}
