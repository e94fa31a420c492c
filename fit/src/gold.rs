//! The gold of a page, as `bench/README.md` defines it.

/// What the gold says of the break between two lines.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum GoldBreak {
    /// Nothing: a line has no gold, or text between the lines is missing.
    Unknown,
    /// The lines are of one unit.
    Joined,
    /// The lines are of two units.
    Broken,
    /// The break may be kept or not. It is not scored, but learned as kept, so that display lines are learned as such.
    Optional,
}

/// A character of the gold, and which part of which unit it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct GoldChar {
    pub char: char,
    pub unit: usize,
    pub part: usize,
}

/// The gold of a page, without white space.
pub struct Gold {
    pub chars: Vec<GoldChar>,
    /// The roles of each unit's parts; empty if the page has no file of roles.
    pub roles: Vec<Vec<String>>,
    /// The text of each unit, as [`key`] writes it.
    pub texts: Vec<String>,
}

impl Gold {
    /// Reads the gold and the roles of a page.
    pub fn read(gold: &str, roles: Option<&str>) -> Gold {
        let mut chars = Vec::new();
        let mut texts = Vec::new();
        for (unit, line) in gold.lines().map(str::trim).filter(|l| !l.is_empty()).enumerate() {
            let body = line.strip_prefix('?').unwrap_or(line);
            for (part, text) in body.split('⏎').enumerate() {
                let ink = text.chars().filter(|c| !c.is_whitespace());
                chars.extend(ink.map(|c| GoldChar { char: fold_char(c), unit, part }));
            }
            texts.push(key(body));
        }
        let parts = |line: &str| line.split('⏎').map(str::to_string).collect();
        let roles = roles.iter().flat_map(|r| r.lines()).filter(|l| !l.trim().is_empty()).map(parts).collect();
        Gold { chars, roles, texts }
    }

    /// The role of the part that a character belongs to: `?` if the gold does not know it, nothing without roles.
    pub fn role(&self, of: GoldChar) -> Option<&str> {
        let parts = self.roles.get(of.unit)?;
        Some(parts.get(of.part).or(parts.last()).map_or("?", String::as_str))
    }
}

/// The gold as a page that is clean already: one part per line.
pub fn clean_text(gold: &str) -> String {
    let mut out = String::new();
    for line in gold.lines().filter(|l| !l.trim().is_empty()) {
        for part in line.strip_prefix('?').unwrap_or(line).split('⏎') {
            out.push_str(part.trim());
            out.push('\n');
        }
    }
    out
}

/// A text without its white space and widths, so that raw text and gold compare equal.
pub fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '⏎').map(fold_char).collect()
}

/// A character without its width, and without the direction of a quote.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => c,
    }
}
