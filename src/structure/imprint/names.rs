//! What the name of a file or folder says of a page: `2023-08-18/A01.txt`, `澜江日报20230818第7版.txt`.

use super::{YEARS, days, digit};

/// The date in a name, in ISO 8601: the last one. Its parts may be two folders.
pub(super) fn date(name: &str) -> Option<String> {
    let chars: Vec<char> = name.chars().collect();
    let starts = (0..chars.len()).rev().filter(|&n| n == 0 || digit(chars[n - 1]).is_none());
    starts.filter_map(|n| date_at(&chars[n..])).map(|(iso, _)| iso).next()
}

/// A date at the head of a text, and its length.
fn date_at(text: &[char]) -> Option<(String, usize)> {
    let figures = |from: usize, most: usize| -> Option<(u64, usize)> {
        let taken = text.get(from..)?.iter().take(most).take_while(|c| c.is_ascii_digit()).count();
        let value = text[from..from + taken].iter().fold(0, |n, c| n * 10 + u64::from(c.to_digit(10).unwrap_or(0)));
        (taken > 0).then_some((value, from + taken))
    };
    let part = |from: usize, signs: &[char]| match text.get(from) {
        Some(c) if signs.contains(c) => figures(from + 1, 2),
        _ => figures(from, 2).filter(|(_, end)| *end == from + 2),
    };
    const SIGNS: [char; 7] = ['-', '_', '.', '/', '\\', '年', ' '];
    let (year, at) = figures(0, 4).filter(|&(year, end)| end == 4 && YEARS.contains(&year))?;
    let (month, at) = part(at, &SIGNS).filter(|(month, _)| (1..=12).contains(month))?;
    let (day, at) =
        part(at, &['-', '_', '.', '/', '\\', '月', ' ']).filter(|(day, _)| (1..=days(year, month)).contains(day))?;
    (!text.get(at).is_some_and(char::is_ascii_digit)).then(|| (format!("{year:04}-{month:02}-{day:02}"), at))
}

/// The page in the name of a file, without leading zeros: `第7版`, `A01`, and `03` where the name has a date.
pub(super) fn page(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let chars: Vec<char> = stem.chars().collect();
    if chars.contains(&'版') {
        let dated = (0..chars.len()).filter_map(|n| Some(n + date_at(&chars[n..])?.1)).max().unwrap_or(0);
        let rest = chars[dated..].strip_prefix(&['日']).unwrap_or(&chars[dated..]);
        return super::page(rest).map(|(page, _)| page);
    }
    let word = stem.rsplit(['-', '_', ' ']).next()?;
    let (letter, figures) = match word.chars().next()? {
        c if c.is_ascii_alphabetic() => (Some(c.to_ascii_uppercase()), &word[1..]),
        _ => (None, word),
    };
    let number: u64 = figures.parse().ok().filter(|&n| n > 0 && figures.len() <= 2)?;
    match letter {
        Some(letter) => Some(format!("{letter}{number}")),
        // Figures alone are a page only beside a date that they are no part of.
        None => date(name.strip_suffix(file).unwrap_or_default())
            .or_else(|| date(stem.strip_suffix(word)?))
            .map(|_| number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_date_and_page() {
        for (name, iso, number) in [
            ("2023-08-18/A01.txt", Some("2023-08-18"), Some("A1")),
            ("archive/2023-08/18/03.txt", Some("2023-08-18"), Some("3")),
            ("2023/08/18/b02.txt.gz", Some("2023-08-18"), Some("B2")),
            ("澜江日报20230818第7版.txt", Some("2023-08-18"), Some("7")),
            ("澜江日报2023年8月18日04版.txt", Some("2023-08-18"), Some("4")),
            ("20230818-12.txt", Some("2023-08-18"), Some("12")),
            ("2022-01-01/2023-08-18_A03.txt", Some("2023-08-18"), Some("A3")),
            ("2023-02-30/1.txt", None, None),
            ("20230818", Some("2023-08-18"), None),
            ("page1.txt", None, None),
            ("03.txt", None, None),
            ("scan-12345678.txt", None, None),
            ("", None, None),
        ] {
            assert_eq!((date(name).as_deref(), page(name).as_deref()), (iso, number), "{name}");
        }
    }
}
