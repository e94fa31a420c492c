//! A date that the page prints in pieces: the day in large figures, year and month in another line.

use super::{days, digit, number};

/// Lines between the piece with the month and that with the day, at most.
const NEAR: usize = 3;

/// The date that the pieces make: in ISO 8601, and as printed, with a space between two pieces.
pub(super) fn date(lines: &[&str]) -> Option<(String, String)> {
    let pieces: Vec<Vec<char>> = lines.iter().map(|line| line.trim().chars().collect()).collect();
    let at = |n: usize| pieces.get(n).map(Vec::as_slice);
    for n in 0..pieces.len() {
        let near = (1..=NEAR).flat_map(|k| [n.checked_sub(k), Some(n + k)]).flatten();
        if let Some((year, month, taken)) = year_month(&pieces[n]) {
            let day =
                near.filter_map(|k| Some((k, day(at(k)?)?))).find(|(_, day)| (1..=days(year, month)).contains(day));
            if let Some((k, day)) = day {
                let printed: String = pieces[n][..taken].iter().collect();
                return Some((iso(year, month, day), format!("{printed} {}", lines[k].trim())));
            }
        } else if let Some((month, day)) = month_day(&pieces[n]) {
            let year = near.filter_map(|k| Some((k, year(at(k)?)?))).find(|(_, year)| day <= days(*year, month));
            if let Some((k, year)) = year {
                return Some((iso(year, month, day), format!("{} {}", lines[k].trim(), lines[n].trim())));
            }
        }
    }
    None
}

fn iso(year: u64, month: u64, day: u64) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// 2023年8月 at the head of a line, and its length. No day may follow.
fn year_month(line: &[char]) -> Option<(u64, u64, usize)> {
    let (year, at) = number(line, 4).filter(|&(y, n)| n == 4 && super::YEARS.contains(&y))?;
    if line.get(at) != Some(&'年') {
        return None;
    }
    let (month, taken) = number(&line[at + 1..], 3).filter(|(m, _)| (1..=12).contains(m))?;
    let end = at + 1 + taken;
    let month_ends = line.get(end) == Some(&'月') && line.get(end + 1).is_none_or(|&c| digit(c).is_none());
    month_ends.then_some((year, month, end + 1))
}

/// 18, 18日, 十八日: a line with nothing else.
fn day(line: &[char]) -> Option<u64> {
    let line = line.strip_suffix(&['日']).unwrap_or(line);
    number(line, 3).filter(|&(day, n)| n == line.len() && (1..=31).contains(&day)).map(|(day, _)| day)
}

/// 8月18日: a line with nothing else.
fn month_day(line: &[char]) -> Option<(u64, u64)> {
    let (month, at) = number(line, 3).filter(|(m, _)| (1..=12).contains(m))?;
    let rest = line.get(at..)?.strip_prefix(&['月'])?;
    rest.ends_with(&['日']).then(|| day(rest)).flatten().map(|day| (month, day))
}

/// 2023年: a line with nothing else.
fn year(line: &[char]) -> Option<u64> {
    let line = line.strip_suffix(&['年'])?;
    number(line, 4).filter(|&(y, n)| n == 4 && n == line.len() && super::YEARS.contains(&y)).map(|(y, _)| y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_stand_near_make_a_date() {
        let rows: &[(&[&str], Option<&str>)] = &[
            (&["18", "2023年8月", "星期五"], Some("2023-08-18")),
            (&["2023年8月", "星期五", "农历癸卯年七月初三", "18"], Some("2023-08-18")),
            (&["二〇二三年八月", "十八日"], Some("2023-08-18")),
            (&["2023年", "8月18日"], Some("2023-08-18")),
            (&["8月18日", "2023年"], Some("2023-08-18")),
            (&["2023年2月", "30"], None),
            (&["2023年8月", "第18版"], None),
            (&["2023年8月", "要闻", "综合", "民生", "18"], None),
            (&["2023年13月", "18"], None),
            (&["18", "星期五"], None),
        ];
        for (lines, want) in rows {
            assert_eq!(date(lines).map(|(iso, _)| iso).as_deref(), *want, "{lines:?}");
        }
        assert_eq!(date(&["18", "2023年8月 星期五"]).map(|(_, printed)| printed).as_deref(), Some("2023年8月 18"));
    }
}
