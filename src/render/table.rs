//! Articles as rows of a table, in CSV (feature `table`).

use super::articles::{Counted, Counter};
use super::json::{self, Pages};
use crate::proof::{Proof, Role};

/// The columns of the table.
const COLUMNS: [&str; 12] = [
    "input",
    "paper",
    "date",
    "page",
    "number",
    "kicker",
    "headline",
    "deck",
    "byline",
    "dateline",
    "text",
    "confidence",
];

/// What Excel takes for the sign of UTF-8.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A table of articles, one a row.
///
/// ```
/// use qingyang::{Cleaner, Options, render::table::Table};
/// let page = "渠水两岸通新桥渠水两岸通新桥\n本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行。\n";
/// let proof = Cleaner::new(Options::default().with_units(true)).page(page);
/// let (mut table, mut csv) = (Table::new(false), String::new());
/// table.input(Some("page.txt"));
/// table.put(&proof, &mut csv);
/// assert!(csv.starts_with("input,paper,date,page,number,kicker,headline,"));
/// assert!(csv.contains("\r\npage.txt,,,1,1,,渠水两岸通新桥,"));
/// ```
#[derive(Debug, Default)]
pub struct Table {
    counter: Counter,
    begun: bool,
    /// Whether the table begins with a byte order mark.
    mark: bool,
}

impl Table {
    /// A table that begins with a byte order mark or not.
    pub fn new(mark: bool) -> Table {
        Table { mark, ..Table::default() }
    }

    /// Begins another input.
    pub fn input(&mut self, name: Option<&str>) {
        self.counter.input(name);
    }

    /// Appends the head, if it is not written.
    pub fn begin(&mut self, out: &mut String) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        out.extend(self.mark.then_some(BYTE_ORDER_MARK));
        put_row(&COLUMNS.map(str::to_string), out);
    }

    /// Appends the articles of a proof.
    pub fn put(&mut self, proof: &Proof, out: &mut String) {
        self.begin(out);
        let input = self.counter.name().unwrap_or_default().to_string();
        for counted in self.counter.pieces(proof).iter().filter(|counted| counted.piece.is_article) {
            put_row(&row(&input, counted), out);
        }
    }
}

/// Appends a row, with the line ends that RFC 4180 wants.
fn put_row(cells: &[String], out: &mut String) {
    let mut row = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = row.write_record(cells.iter().map(|cell| harmless(cell)));
    debug_assert!(written.is_ok(), "memory takes every row");
    out.push_str(&String::from_utf8_lossy(&row.into_inner().unwrap_or_default()));
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before the sign of one.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_string() }
}

fn row(input: &str, counted: &Counted) -> [String; COLUMNS.len()] {
    let (imprint, proof) = (&counted.piece.imprint, &counted.piece.proof);
    let page = Pages::new().of(proof).into_iter().next().unwrap_or_default();
    let article = page.articles.into_iter().next().unwrap_or_default();
    let json::Article { title, kicker, deck, byline, dateline, body, .. } = article;
    let text: Vec<&str> =
        page.units.iter().filter(|u| body.contains(&u.id) && u.role != Role::Byline).map(|u| &*u.text).collect();
    let confidence = page.units.iter().map(|u| u.confidence).fold(1.0, f64::min);
    [
        input.to_string(),
        imprint.paper.clone().unwrap_or_default(),
        imprint.date.clone().unwrap_or_default(),
        imprint.page.clone().unwrap_or_else(|| counted.page.to_string()),
        counted.number.to_string(),
        kicker.unwrap_or_default(),
        title.unwrap_or_default(),
        deck.unwrap_or_default(),
        byline.unwrap_or_default(),
        dateline.unwrap_or_default(),
        text.join("\n"),
        confidence.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_text() {
        for (cell, want) in
            [("=1+1", "'=1+1"), ("+86", "'+86"), ("-5℃", "'-5℃"), ("@何苗", "'@何苗"), ("渠=水", "渠=水")]
        {
            assert_eq!(harmless(cell), want);
        }
    }
}
