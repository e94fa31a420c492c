//! `mojibake`.

use super::table::{only, page, row, table, with};
use encoding_rs::{BIG5, Encoding, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};
use qingyang::options::Repair;
use qingyang::{Cleaner, Options, Rule};

fn repairing(mut options: Options) -> Options {
    options.repair = Repair::Mojibake;
    options
}

/// A text as it looks if it is read in another encoding than it was written in.
fn misread(written: &'static Encoding, read: &'static Encoding, text: &str) -> String {
    read.decode_without_bom_handling(&written.encode(text).0).0.into_owned()
}

const PAGE: &str = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。\n桥面铺着防滑的松木板，两侧装了路灯，夜里远远望去像一串浮在水上的星星。\n村民们说，过去卖菜要绕行十一公里，如今从桥上过去只要十来分钟，孩子上学也不用再起早了。\n";
const TRADITIONAL: &str = "本報訊（記者 何苗）昨日上午，橫跨渠水的雲臺新橋正式通車，兩岸群眾不用再繞行12公里。\n橋面鋪著防滑的松木板，兩側裝了路燈，夜裡遠遠望去像一串浮在水上的星星。\n村民們說，過去賣菜要繞行十一公里，如今從橋上過去只要十來分鐘，孩子上學也不用再起早了。\n";

#[test]
fn each_reading_that_loses_no_byte_is_undone() {
    for (written, read, text) in [(GBK, WINDOWS_1252, PAGE), (BIG5, WINDOWS_1252, TRADITIONAL), (UTF_8, WINDOWS_1252, PAGE), (UTF_8, WINDOWS_1252, TRADITIONAL), (BIG5, GBK, TRADITIONAL)] {
        let broken = misread(written, read, text);
        let mut options = repairing(only(&[Rule::Mojibake]));
        options.ledger = true;
        let proof = Cleaner::new(options).page(&broken);
        assert_eq!(proof.text, text, "{} as {}", written.name(), read.name());
        assert!(proof.counts.of(Rule::Mojibake) > 0 && proof.ledger.is_some_and(|all| all.iter().all(|e| e.rule == Rule::Mojibake)));
        assert_ne!(Cleaner::new(only(&[Rule::Mojibake])).page(&broken).text, text, "not asked for");
    }
}

#[test]
fn a_sign_set_again_and_again_is_no_misreading() {
    let mut cleaner = Cleaner::new(repairing(only(&[Rule::Mojibake])));
    for sign in ["建", "刘", "〞", "隸"] {
        let rule = format!("{}\n", sign.repeat(60));
        assert_eq!(cleaner.page(&rule).text, rule);
    }
}

#[test]
fn lines_are_read_again_as_far_as_their_bytes_are_known() {
    table(
        &[
            row("娓犳按娴佽繃妗ュご", "渠水流过桥头", "UTF-8 as GBK"),
            row("娓犳按娴佽繃妗ュご闀�", "渠水流过桥头闀�", "the last byte of 镇 is lost: what is left of it stays"),
            row("娓犳按娴佽繃妗ュご12閲岃矾", "渠水流过桥头12里路", "digits stay"),
            row("娓犳按娴佽繃妗ュご\n娓犳按娴佽繃妗ュご\n桥头通车", "渠水流过桥头⏎渠水流过桥头⏎桥头通车", "a line that was read well stays"),
            row("娓犳按娴佽繃妗ュご\n娓犳按娴佽繃妗ュご\n桑树", "渠水流过桥头⏎渠水流过桥头⏎桑树", "two bytes of GBK that are two of UTF-8 by chance stay"),
            row("渠水流过桥头镇", "渠水流过桥头镇", "nothing to repair"),
            row("娓犳按", "娓犳按", "too short to prove it"),
            row("ABC 123", "ABC 123", "no Han"),
        ],
        page(repairing(only(&[Rule::Mojibake]))),
    );
}

#[test]
fn characters_that_have_no_place_in_the_wrong_encoding_are_lost_and_stay_lost() {
    let broken = misread(GBK, BIG5, PAGE);
    let proof = Cleaner::new(repairing(only(&[Rule::Mojibake]))).page(&broken);
    let right = |text: &str| text.chars().zip(PAGE.chars()).filter(|(a, b)| a == b).count();
    assert!(right(&proof.text) * 10 > PAGE.chars().count() * 9, "nine characters of ten are right again: {}", proof.text);
    assert!(right(&broken) * 4 < PAGE.chars().count(), "{broken}");
}

#[test]
fn japanese_stays_as_it_is() {
    let text = misread(SHIFT_JIS, GBK, &"きのうの朝、みなとの新しい橋がつながり、たくさんの人が歩いて渡りました。".repeat(5));
    assert_eq!(Cleaner::new(repairing(only(&[Rule::Mojibake]))).page(&text).counts.of(Rule::Mojibake), 0);
}

#[test]
fn a_clean_page_is_the_same_with_repair() {
    for text in [PAGE, TRADITIONAL, "联通", "一些\n", "渠水"] {
        let plain = Cleaner::new(with(|_| {})).page(text);
        assert_eq!(Cleaner::new(with(|o| o.repair = Repair::Mojibake)).page(text), plain);
    }
}
