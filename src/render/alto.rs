//! ALTO 4: the pages of a layout written back with the order, paragraphs, roles and articles of its proof. The texts of the
//! lines, their words, places and ids are those of the file.
//!
//! A unit is a `TextBlock` for each column that it touches, and `IDNEXT` leads from block to block in reading order. The tag of
//! a block is its role; lines that cleaning removed have the tag `removed`. Neighbours of one article share a
//! `ComposedBlock` of the type `article`. Places are those of the file, in its unit; the format has no name for any unit, so
//! it says `pixel`.

use super::blocks::{self, Block, Ids, bounds, escape};
use super::json::GENERATOR;
use crate::Proof;
use crate::layout::{Layout, Line, Page, Quad, Rect};
use crate::proof::Role;
use std::fmt::Write;
use std::ops::Range;

/// A layout as one document.
///
/// ```
/// use qingyang::layout::{Layout, Line, Page, Quad, Rect};
/// use qingyang::{Cleaner, Options, render::alto};
/// let mut page = Page::default();
/// page.lines.push(Line::new("新桥通车", Quad::from(Rect::new(10.0, 10.0, 90.0, 30.0))));
/// let layout = Layout { pages: vec![page] };
/// let proof = Cleaner::new(Options::default().with_units(true)).layout(&layout);
/// let document = alto::document(&layout, &proof);
/// assert!(document.contains("<String HPOS=\"10\" VPOS=\"10\" WIDTH=\"80\" HEIGHT=\"20\" CONTENT=\"新桥通车\"/>"));
/// ```
pub fn document(layout: &Layout, proof: &Proof) -> String {
    let mut alto = Alto::new();
    let mut out = String::new();
    alto.put(layout, proof, &mut out);
    alto.end(&mut out);
    out
}

/// Writes one document from the layouts of several inputs.
#[derive(Debug, Default)]
pub struct Alto {
    begun: bool,
    pages: usize,
    /// Units of the inputs before, blocks of removed lines, articles, and empty boxes so far.
    units: usize,
    made: [usize; 3],
    ids: Ids,
}

/// What is counted in `made`.
const REMOVED_LINES: usize = 0;
const ARTICLE: usize = 1;
const EMPTY: usize = 2;

/// The tag of lines that cleaning removed.
const REMOVED: &str = "removed";

impl Alto {
    /// An empty document.
    pub fn new() -> Alto {
        Alto::default()
    }

    /// Appends the pages of a layout to `out`. The proof must have units.
    pub fn put(&mut self, layout: &Layout, proof: &Proof, out: &mut String) {
        self.begin(out);
        self.ids.keep(layout);
        for (page, blocks) in layout.pages.iter().zip(blocks::of(layout, proof)) {
            self.pages += 1;
            let id = self.ids.made(format!("page_{}", self.pages));
            let _ = write!(out, "<Page ID=\"{id}\" PHYSICAL_IMG_NR=\"{}\"", self.pages);
            if let Some((width, height)) = page.usable_size() {
                let _ = write!(out, " WIDTH=\"{width}\" HEIGHT=\"{height}\"");
            }
            out.push_str(">\n<PrintSpace>\n");
            self.page(page, &blocks, out);
            self.empty("Illustration", &page.pictures, out);
            self.empty("GraphicalElement", &page.rules, out);
            out.push_str("</PrintSpace>\n</Page>\n");
        }
        self.units += proof.units.len();
    }

    /// Ends the document.
    pub fn end(&mut self, out: &mut String) {
        self.begin(out);
        out.push_str("</Layout>\n</alto>\n");
    }

    fn begin(&mut self, out: &mut String) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        out.push_str(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
            "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" ",
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# ",
            "http://www.loc.gov/standards/alto/v4/alto-4-2.xsd\">\n",
            "<Description>\n<MeasurementUnit>pixel</MeasurementUnit>\n",
        ));
        let (name, version) = GENERATOR.split_once(' ').unwrap_or((GENERATOR, ""));
        let _ = write!(
            out,
            "<Processing ID=\"{}\"><processingSoftware><softwareName>{name}</softwareName><softwareVersion>{version}</softwareVersion></processingSoftware></Processing>\n</Description>\n<Tags>\n",
            self.ids.made(name.to_string())
        );
        for name in Role::all().map(Role::name).chain([REMOVED]) {
            let _ = writeln!(out, "<StructureTag ID=\"{}\" TYPE=\"role\" LABEL=\"{name}\"/>", tag(name));
            self.ids.made(tag(name));
        }
        out.push_str("</Tags>\n<Layout>\n");
    }

    fn page(&mut self, page: &Page, blocks: &[Block], out: &mut String) {
        let columns: Vec<Vec<Column>> = blocks.iter().map(|block| self.columns(page, block)).collect();
        let ids: Vec<&str> = columns.iter().flatten().map(|column| column.id.as_str()).collect();
        let mut next = 1;
        let blocks: Vec<(&Block, &Vec<Column>)> = blocks.iter().zip(&columns).collect();
        for area in blocks.chunk_by(|(a, _), (b, _)| a.article.is_some() && a.article == b.article) {
            let article = area[0].0.article;
            if article.is_some() {
                let id = self.numbered(ARTICLE, "article");
                let lines = || area.iter().flat_map(|(block, _)| &block.lines).map(|&n| &page.lines[n]);
                let _ = write!(out, "<ComposedBlock ID=\"{id}\"");
                place(bounds(lines()), out);
                out.push_str(" TYPE=\"article\">\n");
            }
            for (block, column) in area.iter().flat_map(|(block, columns)| columns.iter().map(move |c| (block, c))) {
                let _ = write!(out, "<TextBlock ID=\"{}\"", column.id);
                place(bounds(column.lines.iter().map(|&n| &page.lines[n])), out);
                if let Some(id) = ids.get(next) {
                    let _ = write!(out, " IDNEXT=\"{id}\"");
                }
                next += 1;
                let _ = writeln!(out, " TAGREFS=\"{}\">", tag(block.role.map_or(REMOVED, |role| role.name())));
                for &n in &column.lines {
                    self.line(&page.lines[n], n, out);
                }
                out.push_str("</TextBlock>\n");
            }
            if article.is_some() {
                out.push_str("</ComposedBlock>\n");
            }
        }
    }

    fn numbered(&mut self, what: usize, name: &str) -> String {
        self.made[what] += 1;
        self.ids.made(format!("{name}_{}", self.made[what]))
    }

    /// The lines of a block, column by column: a line that does not stand below the one before it begins another.
    fn columns(&mut self, page: &Page, block: &Block) -> Vec<Column> {
        let name = match block.unit {
            Some(unit) => self.ids.made(format!("unit_{}", self.units + unit + 1)),
            None => self.numbered(REMOVED_LINES, REMOVED),
        };
        let mut columns: Vec<Column> = Vec::new();
        let mut above: Option<Rect> = None;
        for &n in &block.lines {
            let here = page.lines[n].quad.bounds();
            let goes_on = above.is_some_and(|above| is_below(&above, &here));
            if let Some(column) = columns.last_mut().filter(|_| goes_on) {
                column.lines.push(n);
            } else {
                let id = match columns.len() {
                    0 => name.clone(),
                    more => self.ids.made(format!("{name}_{}", more + 1)),
                };
                columns.push(Column { id, lines: vec![n] });
            }
            above = Some(here);
        }
        columns
    }

    fn line(&mut self, line: &Line, n: usize, out: &mut String) {
        let id = self.ids.of_line(&line.element, format!("line_{}_{}", self.pages, n + 1));
        let bounds = Some(line.quad.bounds()).filter(Rect::has_area);
        let _ = write!(out, "<TextLine ID=\"{id}\"");
        place(bounds, out);
        out.push('>');
        if bounds.is_some_and(|bounds| Quad::from(bounds) != line.quad) {
            let points: Vec<String> = line.quad.0.iter().map(|(x, y)| format!("{x},{y}")).collect();
            let _ = write!(out, "<Shape><Polygon POINTS=\"{}\"/></Shape>", points.join(" "));
        }
        let words = words(line);
        for (k, word) in words.iter().enumerate() {
            if k > 0 && word.apart {
                out.push_str("<SP/>");
            }
            out.push_str("<String");
            place(word.place.or(bounds.filter(|_| words.len() == 1)), out);
            if let Some(certainty) = line.confidence.filter(|_| word.place.is_some()) {
                let _ = write!(out, " WC=\"{}\"", (certainty * 1e4).round() / 1e4);
            }
            out.push_str(" CONTENT=\"");
            escape(word.text, out);
            out.push_str("\"/>");
        }
        out.push_str("</TextLine>\n");
    }

    fn empty(&mut self, name: &str, places: &[Rect], out: &mut String) {
        for here in places.iter().filter(|place| place.has_area()) {
            let id = self.numbered(EMPTY, &name.to_lowercase());
            let _ = write!(out, "<{name} ID=\"{id}\"");
            place(Some(*here), out);
            out.push_str("/>\n");
        }
    }
}

/// Lines of one unit in one column.
struct Column {
    id: String,
    lines: Vec<usize>,
}

/// Whether a line stands below another or beside it in a row.
fn is_below(above: &Rect, here: &Rect) -> bool {
    let common = above.right.min(here.right) - above.left.max(here.left);
    let level = above.bottom.min(here.bottom) - above.top.max(here.top);
    let in_column = common > 0.0 && here.top + here.bottom >= above.top + above.bottom;
    in_column || level > 0.5 * above.height().min(here.height()) && here.left >= above.left && -common < above.height()
}

fn tag(role: &str) -> String {
    format!("role_{role}")
}

/// A run of characters, and whether a blank stands before it.
struct Word<'t> {
    text: &'t str,
    place: Option<Rect>,
    apart: bool,
}

/// The pieces of a line and the text between them; the whole line where it has no pieces.
fn words(line: &Line) -> Vec<Word<'_>> {
    if line.pieces.is_empty() {
        return vec![Word { text: line.text.trim(), place: None, apart: false }];
    }
    let mut words = Vec::new();
    let mut at = 0;
    let mut add = |range: Range<usize>, place: Option<Rect>, apart: &mut bool| {
        let text = line.text.get(range).unwrap_or_default();
        *apart |= text.starts_with(char::is_whitespace);
        for (n, word) in text.split_whitespace().enumerate() {
            words.push(Word { text: word, place, apart: *apart || n > 0 });
            *apart = false;
        }
        *apart |= text.ends_with(char::is_whitespace);
    };
    let mut apart = false;
    for piece in &line.pieces {
        if piece.range.start >= at && line.text.get(piece.range.clone()).is_some() {
            add(at..piece.range.start, None, &mut apart);
            add(piece.range.clone(), Some(piece.place).filter(Rect::has_area), &mut apart);
            at = piece.range.end;
        }
    }
    add(at..line.text.len(), None, &mut apart);
    words
}

/// Writes the attributes of a place.
fn place(place: Option<Rect>, out: &mut String) {
    if let Some(r) = place.filter(Rect::has_area) {
        let (width, height) = (r.width(), r.height());
        let _ = write!(out, " HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{width}\" HEIGHT=\"{height}\"", r.left, r.top);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Piece;

    #[test]
    fn pieces_that_cut_a_character_take_none_of_the_text() {
        for (start, end) in [(1, 4), (6, 3), (3, 99)] {
            let mut line = Line::new("渠水流过", Quad::default());
            line.pieces = vec![
                Piece { range: start..end, place: Rect::default() },
                Piece { range: 6..9, place: Rect::default() },
            ];
            assert_eq!(words(&line).iter().map(|word| word.text).collect::<String>(), "渠水流过");
        }
    }
}
