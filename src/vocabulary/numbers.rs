//! Numbers in Han, and what they count.

/// One to ten.
pub const NUMERALS: &str = "一二三四五六七八九十";

/// Whether `c` is one of [`NUMERALS`].
pub fn is_numeral(c: char) -> bool {
    NUMERALS.contains(c)
}

/// Whether `c` is a nought as Han numbers are set.
pub fn is_zero(c: char) -> bool {
    matches!(c, '〇' | '○' | '零')
}

/// The digit that a Han is: 〇 to 九.
pub fn han_digit(c: char) -> Option<u32> {
    if is_zero(c) {
        return Some(0);
    }
    NUMERALS.chars().take(9).zip(1..).find(|&(d, _)| d == c).map(|(_, n)| n)
}

/// The number from 1 to 99 that a text begins with, and the text after it: 三, 十二, 二十, 三十一, 一二.
pub fn han_number(text: &str) -> Option<(u32, &str)> {
    let end = text.char_indices().take(3).take_while(|&(_, c)| is_numeral(c) || is_zero(c)).last();
    let end = end.map(|(at, c)| at + c.len_utf8())?;
    let chars: Vec<char> = text[..end].chars().collect();
    let number = match chars[..] {
        ['十'] => 10,
        ['十', b] => 10 + han_digit(b)?,
        [a, '十'] => han_digit(a)? * 10,
        [a, '十', b] => han_digit(a)? * 10 + han_digit(b)?,
        [a] => han_digit(a)?,
        [a, b] => han_digit(a)? * 10 + han_digit(b)?,
        _ => return None,
    };
    (number > 0).then_some((number, &text[end..]))
}

/// The first characters of words that a number counts or measures: 3版, 10万元, 8月.
pub(crate) const UNITS: &str = "年月日时時分秒点點万萬亿億千百元吨噸米公里斤克亩畝户戶人名个個只隻头頭项項次届屆期版号號条條起辆輛台套倍层層岁歲周週天家所座处處位度件";

/// Words before a number that counts pages: 今日8版.
pub(super) const COUNTED: &[&str] = &["今日", "本期", "今天", "共", "总", "總"];
