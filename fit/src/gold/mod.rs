//! Pages with gold: reading them, laying a text beside its gold, and folds by article.

use std::collections::BTreeMap;
use std::path::Path;

pub const FOLDS: usize = 6;

pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => c,
    }
}

/// A text without its spaces, for comparison.
pub fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '⏎').map(fold_char).collect()
}

pub struct Gold {
    /// Each character with its unit and the part of the unit.
    pub chars: Vec<(char, u32, u32)>,
    /// Roles of the units' parts.
    pub roles: Vec<Vec<String>>,
    pub texts: Vec<String>,
}

pub fn read_gold(gold: &str, roles: Option<&str>) -> Gold {
    let mut chars = Vec::new();
    let mut texts = Vec::new();
    for (unit, line) in gold.lines().map(str::trim).filter(|l| !l.is_empty()).enumerate() {
        let body = line.strip_prefix('?').unwrap_or(line);
        for (seg, part) in body.split('⏎').enumerate() {
            chars.extend(part.chars().filter(|c| !c.is_whitespace()).map(|c| (fold_char(c), unit as u32, seg as u32)));
        }
        texts.push(key(body));
    }
    let roles = roles.map_or_else(Vec::new, |r| {
        r.lines().filter(|l| !l.trim().is_empty()).map(|l| l.split('⏎').map(str::to_string).collect()).collect()
    });
    Gold { chars, roles, texts }
}

/// For each page character its gold character, or none.
pub fn align(page: &[char], gold: &[(char, u32, u32)]) -> Vec<Option<usize>> {
    let mut out = vec![None; page.len()];
    let (mut i, mut j) = (0, 0);
    if page.len() < gold.len() / 2 {
        // A part of a page begins somewhere in the gold.
        let need = 8.min(page.len());
        j = (0..gold.len().saturating_sub(need)).find(|&j| (0..need).all(|k| page[k] == gold[j + k].0)).unwrap_or(0);
    }
    while i < page.len() && j < gold.len() {
        if page[i] == gold[j].0 {
            out[i] = Some(j);
            i += 1;
            j += 1;
            continue;
        }
        // Resynchronise at the nearest place where six characters agree.
        let mut found = None;
        'search: for total in 1..600 {
            for di in 0..=total {
                let dj = total - di;
                let need = 6.min(page.len().saturating_sub(i + di)).min(gold.len().saturating_sub(j + dj));
                if need >= 3 && (0..need).all(|k| page[i + di + k] == gold[j + dj + k].0) {
                    found = Some((di, dj));
                    break 'search;
                }
            }
        }
        match found {
            Some((di, dj)) => {
                if di == dj {
                    for k in 0..di {
                        out[i + k] = Some(j + k);
                    }
                }
                i += di;
                j += dj;
            }
            None => break,
        }
    }
    out
}

/// The article of each unit of the bench, by the unit's text.
pub fn articles(root: &Path) -> BTreeMap<String, usize> {
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root.join("generate/articles/dev.json")).expect("articles"))
            .expect("json");
    let mut map = BTreeMap::new();
    for (n, article) in json.as_array().expect("list").iter().enumerate() {
        for unit in article["units"].as_array().expect("units") {
            let text = unit["text"].as_str().or_else(|| unit["cells"].as_str()).unwrap_or("");
            map.insert(key(text), n);
        }
    }
    map
}

/// The article of each unit of a page. A unit takes the article of the nearest unit above that is known: misread ones have no
/// text to match.
pub fn articles_of(gold: &Gold, articles: &BTreeMap<String, usize>) -> Vec<Option<usize>> {
    let mut current = None;
    gold.texts
        .iter()
        .map(|t| {
            let found = articles.get(t).copied().or_else(|| {
                let head: String = t.chars().take(8).collect();
                let whole = head.chars().count() == 8;
                whole.then(|| articles.iter().find(|(a, _)| a.contains(&head)).map(|(_, f)| *f)).flatten()
            });
            current = found.or(current);
            current
        })
        .collect()
}

/// The gold as a page that is clean already.
pub fn gold_text(gold: &str) -> String {
    let mut out = String::new();
    for l in gold.lines().filter(|l| !l.trim().is_empty()) {
        for part in l.strip_prefix('?').unwrap_or(l).split('⏎') {
            out.push_str(part.trim());
            out.push('\n');
        }
    }
    out
}

/// The value of an option of the command line.
pub fn arg(name: &str) -> Option<String> {
    let mut args = std::env::args();
    args.find(|a| a == name).and_then(|_| args.next())
}

/// Whether an option of the command line is given.
pub fn flag(name: &str) -> bool {
    std::env::args().any(|a| a == name)
}
