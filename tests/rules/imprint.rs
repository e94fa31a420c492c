//! What a page prints of itself, which is read from its furniture.

use super::table::{row, table};
use qingyang::Imprint;

/// All that the lines tell, field by field.
fn read(lines: &str) -> String {
    let i = Imprint::read(lines.lines());
    let fields = [
        ("paper", i.paper),
        ("date", i.date),
        ("as", i.date_printed),
        ("weekday", i.weekday),
        ("lunar", i.lunar),
        ("issue", i.issue.map(|n| n.to_string())),
        ("as", i.issue_printed),
        ("page", i.page),
        ("as", i.page_printed),
    ];
    let told = fields.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?)));
    told.collect::<Vec<_>>().join("; ")
}

#[test]
fn dates() {
    table(
        &[
            row("2023年8月18日", "date 2023-08-18; as 2023年8月18日", "ASCII digits"),
            row("２０２３年８月１８日", "date 2023-08-18; as ２０２３年８月１８日", "full-width digits"),
            row("二〇二三年八月十八日", "date 2023-08-18; as 二〇二三年八月十八日", "Han"),
            row("二○二三年八月十八日", "date 2023-08-18; as 二○二三年八月十八日", "a circle for nought"),
            row("二零二三年八月十八日", "date 2023-08-18; as 二零二三年八月十八日", "零"),
            row("2023-08-18", "date 2023-08-18; as 2023-08-18", "ISO"),
            row("2023.8.18", "date 2023-08-18; as 2023.8.18", "points"),
            row("2023/8/18", "date 2023-08-18; as 2023/8/18", "slashes"),
            row("2023-8.18", "", "two signs"),
            row("2023年8月18", "", "no 日"),
            row("2023年8-18日", "", "年 and a hyphen"),
            row("2023年10月20日", "date 2023-10-20; as 2023年10月20日", "ten and twenty"),
            row("二〇二三年十月二十日", "date 2023-10-20; as 二〇二三年十月二十日", "in Han"),
            row("二〇二三年十一月二十一日", "date 2023-11-21; as 二〇二三年十一月二十一日", "eleven and twenty-one"),
            row("二〇二三年十二月三十一日", "date 2023-12-31; as 二〇二三年十二月三十一日", "the last day"),
            row("2023年0月1日", "", "no month"),
            row("2023年12月1日", "date 2023-12-01; as 2023年12月1日", "the last month"),
            row("2023年13月1日", "", "no thirteenth"),
            row("2023年8月0日", "", "no day"),
            row("2023年1月31日", "date 2023-01-31; as 2023年1月31日", "31 days"),
            row("2023年1月32日", "", "no 32nd"),
            row("2023年4月30日", "date 2023-04-30; as 2023年4月30日", "30 days"),
            row("2023年4月31日", "", "April has no 31st"),
            row("2023年6月31日", "", "nor has June"),
            row("2023年9月31日", "", "nor September"),
            row("2023年11月31日", "", "nor November"),
            row("2023年2月28日", "date 2023-02-28; as 2023年2月28日", "28 days"),
            row("2023年2月29日", "", "no leap year"),
            row("2024年2月29日", "date 2024-02-29; as 2024年2月29日", "a leap year"),
            row("1900年2月29日", "", "a century is none"),
            row("2000年2月29日", "date 2000-02-29; as 2000年2月29日", "every fourth is"),
            row("1800年1月1日", "date 1800-01-01; as 1800年1月1日", "the first year"),
            row("1799年1月1日", "", "the year before"),
            row("2199年1月1日", "date 2199-01-01; as 2199年1月1日", "the last year"),
            row("2200年1月1日", "", "the year behind"),
            row("12023年8月18日", "", "a longer number"),
            row("023年8月18日", "", "a shorter one"),
            row("第12023年8月18日", "", "a longer one further on"),
            row("渠水 2023年8月18日 稻田", "date 2023-08-18; as 2023年8月18日", "among others"),
            row("创刊于1985年1月1日 2023年8月18日", "date 2023-08-18; as 2023年8月18日", "not the day it was founded"),
            row("創刊1985年1月1日", "", "創刊"),
            row("1985年1月1日创刊", "", "the word behind it"),
            row("1985年1月1日創刊", "", "創 behind it"),
            row("1985年1月1日 创刊于桥头 2023年8月18日", "date 2023-08-18; as 2023年8月18日", "two characters behind it"),
            row("1985年1月1日三日后创 2023年8月18日", "date 1985-01-01; as 1985年1月1日", "four characters behind it"),
            row("2023年8月18日⏎2024年1月1日", "date 2023-08-18; as 2023年8月18日", "the first counts"),
            row("8月18日", "", "no year"),
            row("1234567", "", "digits"),
        ],
        read,
    );
}

#[test]
fn weekdays() {
    table(
        &[
            row("星期五", "weekday 星期五", "星期"),
            row("礼拜天", "weekday 礼拜天", "礼拜"),
            row("禮拜日", "weekday 禮拜日", "禮拜"),
            row("星期八", "", "no such day"),
            row("2023年8月18日星期五", "date 2023-08-18; as 2023年8月18日; weekday 星期五", "behind a date"),
            row("2023年8月18日 周五", "date 2023-08-18; as 2023年8月18日; weekday 周五", "周 as a field"),
            row("週五 渠水", "weekday 週五", "週"),
            row("周五渠水", "", "周 in a word"),
            row("周八", "", "no such day"),
            row("星期 周五", "weekday 周五", "星期 without a day"),
            row("星期五⏎星期六", "weekday 星期五", "the first counts"),
        ],
        read,
    );
}

#[test]
fn lunar_dates() {
    table(
        &[
            row("农历癸卯年七月初三", "lunar 农历癸卯年七月初三", "year, month and day"),
            row("农历七月初三", "lunar 农历七月初三", "without a year"),
            row("農曆七月初三", "lunar 農曆七月初三", "農曆"),
            row("夏历七月初三", "lunar 夏历七月初三", "夏历"),
            row("阴历七月初三", "lunar 阴历七月初三", "阴历"),
            row("癸卯年七月初三", "lunar 癸卯年七月初三", "a year without 农历"),
            row("癸卯七月初三", "", "a year without 年"),
            row("渠水癸卯年七月初三", "lunar 癸卯年七月初三", "further on"),
            row("农历癸卯兔年七月初三", "lunar 农历癸卯兔年七月初三", "the year's animal"),
            row("农历癸卯年（兔年）七月初三", "lunar 农历癸卯年（兔年）七月初三", "in brackets"),
            row("农历癸卯年(兔年)七月初三", "lunar 农历癸卯年(兔年)七月初三", "in half-width brackets"),
            row("农历：七月初三", "lunar 农历：七月初三", "a colon"),
            row("农历:七月初三", "lunar 农历:七月初三", "a half-width one"),
            row("农历 七月初三", "lunar 农历 七月初三", "a space"),
            row("农历闰二月廿一", "lunar 农历闰二月廿一", "a leap month"),
            row("農曆閏二月廿一", "lunar 農曆閏二月廿一", "閏"),
            row("农历正月大初一", "lunar 农历正月大初一", "a long month"),
            row("农历正月小初一", "lunar 农历正月小初一", "a short one"),
            row("农历腊月三十日", "lunar 农历腊月三十", "without 日"),
            row("农历十二月廿三", "lunar 农历十二月廿三", "two characters of a month"),
            row("农历冬月初一", "lunar 农历冬月初一", "冬月"),
            row("農曆臘月初一", "lunar 農曆臘月初一", "臘月"),
            row("农历七月", "", "no day"),
            row("农历初三", "", "no month"),
            row("农历新年", "", "a holiday"),
            row("甲午战争", "", "no 年"),
            row("甲渠年七月初三", "", "no branch"),
            row("渠子年七月初三", "", "no stem"),
            row("农历一二三四五六七年七月初三", "lunar 农历一二三四五六七年七月初三", "a year of eight characters"),
            row("农历一二三四五六七八年七月初三", "", "of nine"),
        ],
        read,
    );
}

#[test]
fn issues() {
    table(
        &[
            row("第11082期", "issue 11082; as 第11082期", "期"),
            row("第11082号", "issue 11082; as 第11082号", "号"),
            row("第11082號", "issue 11082; as 第11082號", "號"),
            row("总第4127期", "issue 4127; as 总第4127期", "总第"),
            row("總第4127期", "issue 4127; as 總第4127期", "總第"),
            row("第35期⏎总第4127期", "issue 4127; as 总第4127期", "the whole run counts before the year's"),
            row("总第4127期⏎第35期", "issue 4127; as 总第4127期", "and is not replaced"),
            row("总第4127期⏎总第4128期", "issue 4127; as 总第4127期", "the first of two"),
            row("第35期⏎第36期", "issue 35; as 第35期", "the first of two of the year"),
            row("第35期 第36期", "issue 35; as 第35期", "on one line"),
            row("第35期（总第4127期）", "issue 4127; as 总第4127期", "both on one line"),
            row("第3版 第35期", "issue 35; as 第35期; page 3; as 第3版", "第 of a page before it"),
            row("第三十五期", "issue 35; as 第三十五期", "in Han"),
            row("第期", "", "no number"),
            row("第35", "", "no 期"),
            row("第12345678期", "issue 12345678; as 第12345678期", "eight digits"),
            row("第123456789期", "", "nine"),
            row("第十期", "issue 10; as 第十期", "ten"),
            row("第二十期", "issue 20; as 第二十期", "twenty"),
            row("第一百期", "", "a hundred is not read"),
            row("第二三十期", "", "no number"),
            row("第十二三期", "", "no number either"),
        ],
        read,
    );
}

#[test]
fn pages() {
    table(
        &[
            row("第3版", "page 3; as 第3版", "第"),
            row("第03版", "page 3; as 第03版", "a leading zero"),
            row("03版", "page 3; as 03版", "without 第"),
            row("A03版", "page A3; as A03版", "a letter"),
            row("第A03版", "page A3; as 第A03版", "a letter and 第"),
            row("a03版", "", "a small letter"),
            row("第一版", "page 1; as 第一版", "in Han"),
            row("第十二版", "page 12; as 第十二版", "two characters"),
            row("第二十三版", "page 23; as 第二十三版", "three"),
            row("第123版", "page 123; as 第123版", "three digits"),
            row("第1234版", "", "four"),
            row("第0版", "", "nought"),
            row("第 版", "", "no number"),
            row("第3 版", "page 3; as 第3 版", "a space before 版"),
            row("要闻 2 版", "page 2; as 2 版", "a space on both sides"),
            row("渠2版", "", "a word before it"),
            row("·2版", "page 2; as 2版", "a mark before it"),
            row("今日8版", "", "a count of pages"),
            row("共8版", "", "共"),
            row("本期四版", "", "本期"),
            row("今天八版", "", "今天"),
            row("每日出8版", "", "出"),
            row("1、2版", "", "、"),
            row("1至2版", "", "至"),
            row("1-4版", "", "a hyphen"),
            row("1—4版", "", "a dash"),
            row("今日8版 第1版", "page 1; as 第1版", "a page behind a count"),
            row("A03 要闻", "page A3; as A03", "a field of a letter and digits"),
            row("A3", "page A3; as A3", "one digit"),
            row("A123", "", "three digits"),
            row("A0", "", "nought"),
            row("AB", "", "no digit"),
            row("要闻 A3", "page A3; as A3", "the second field"),
            row("3", "", "digits alone"),
            row("版 第3版", "page 3; as 第3版", "版 at the head"),
            row("第3版⏎第4版", "page 3; as 第3版", "the first counts"),
        ],
        read,
    );
}

#[test]
fn papers() {
    table(
        &[
            row("澜江日报", "paper 澜江日报", "日报"),
            row("瀾江日報", "paper 瀾江日報", "報"),
            row("澜江日报 第3版", "paper 澜江日报; page 3; as 第3版", "a field"),
            row("澜江日报·第3版", "paper 澜江日报; page 3; as 第3版", "before a point"),
            row("《澜江日报》", "paper 澜江日报", "in title marks"),
            row("澜江日报|第3版", "paper 澜江日报; page 3; as 第3版", "before a bar"),
            row("澜江日报｜第3版", "paper 澜江日报; page 3; as 第3版", "before a full-width bar"),
            row("澜江报", "paper 澜江报", "three characters"),
            row("日报", "", "two"),
            row("澜江桥头云台石头村日报", "", "eleven"),
            row("澜江桥头云台石头日报", "paper 澜江桥头云台石头日报", "ten"),
            row("澜江日报社", "paper 澜江日报", "its publisher"),
            row("中共澜江市委机关报", "", "机关"),
            row("中共瀾江機關報", "", "機關"),
            row("市委主管日报", "", "主管"),
            row("市委主办日报", "", "主办"),
            row("今日本报", "", "本报"),
            row("今日本報", "", "本報"),
            row("澜江党报", "", "党报"),
            row("导读晚报", "", "导读"),
            row("日社出版报", "", "社出版"),
            row("责任晚报", "", "责任"),
            row("工作简报", "", "简报"),
            row("www.澜江日报", "", "ASCII punctuation"),
            row("澜江日报⏎桥头晚报", "paper 澜江日报", "the first counts"),
        ],
        read,
    );
}

#[test]
fn what_prints_nothing_is_empty() {
    assert!(Imprint::read(["渠水流过桥头镇"]).is_empty());
    for line in ["澜江日报", "2023年8月18日", "星期五", "农历七月初三", "第11082期", "第3版"] {
        assert!(!Imprint::read([line]).is_empty(), "{line}");
    }
}
