//! The words of the command line before they are parsed: habits of users that the parser knows nothing of.

use crate::output::views::Format;
use qingyang_tell::Language;
use std::ffi::OsString;
use std::path::Path;

/// Takes `--lang` and its value out of the words. They are looked for before anything is parsed, because the errors of
/// the command line are in that language, too. A value that is no language stays, for the parser to refuse.
pub fn take_language(words: &mut Vec<OsString>) -> Option<Language> {
    let mut language = None;
    let mut n = 0;
    while n < words.len() && words[n] != "--" {
        let word = words[n].to_str().and_then(|word| word.strip_prefix("--lang"));
        let (value, length) = match word {
            Some("") => (words.get(n + 1).and_then(|w| w.to_str()), 2),
            Some(value) => (value.strip_prefix('='), 1),
            None => (None, 1),
        };
        match value.and_then(Language::named) {
            Some(named) => {
                language = Some(named);
                words.drain(n..n + length);
            }
            None => n += 1,
        }
    }
    language
}

/// Gives `--uncertain` its default where the next word is not its value: `--uncertain page.txt`. A word is the value if
/// it is a number and no file has that name.
pub fn part_uncertain(words: &mut [OsString]) {
    for n in 0..words.len() {
        if words[n] == "--" {
            break;
        }
        let next = words.get(n + 1).and_then(|w| w.to_str()).filter(|next| !next.starts_with('-'));
        let is_value = |next: &str| next.parse::<f64>().is_ok() && !Path::new(next).exists();
        if words[n] == "--uncertain" && next.is_some_and(|next| !is_value(next)) {
            words[n] = format!("--uncertain={}", super::args::DEFAULT_UNCERTAIN).into();
        }
    }
}

/// The format that the name of the output asks for: `-o page.md`, also `page.md.gz`.
pub fn implied_format(output: &Path) -> Option<Format> {
    let packed = output.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz") || e.eq_ignore_ascii_case("zst"));
    let name = if packed { output.with_extension("") } else { output.to_path_buf() };
    Format::of_extension(name.extension()?.to_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_name_after_uncertain_is_no_value() {
        for (line, want) in [
            ("--uncertain page.txt", "--uncertain=0.9 page.txt"),
            ("--uncertain 0.8 page.txt", "--uncertain 0.8 page.txt"),
            ("--uncertain -o x", "--uncertain -o x"),
            ("--uncertain", "--uncertain"),
            ("-- --uncertain page.txt", "-- --uncertain page.txt"),
        ] {
            let mut found = words(line);
            part_uncertain(&mut found);
            assert_eq!(found, words(want), "{line}");
        }
    }

    #[test]
    fn the_name_of_an_output_says_its_format() {
        let implied = |name: &str| implied_format(Path::new(name));
        assert_eq!(implied("page.md"), Some(Format::Markdown));
        assert_eq!(implied("a.b/page.JSON.gz"), Some(Format::Json));
        assert_eq!(implied("page.csv.zst"), Some(Format::Csv));
        assert_eq!(implied("page.txt"), None);
        assert_eq!(implied("page"), None);
    }
}
