//! Draws the pages of a layout: each line a box in the colour of its article and with its number in the order of reading, over
//! the picture of the page, if there is one.

use super::collect::Collected;
use super::html;
use super::sheet::{Placed, Sheet};
use crate::catalogue::PageWords;
use qingyang::layout::Rect;
use std::fmt::Write;

/// Colours of articles in the style sheet. Neighbours differ, since articles are numbered as they are read.
const COLOURS: usize = 8;

/// The size of a number, of the height of its line, and the least one, of the width of the page.
const NUMBER: (f32, f32) = (0.62, 0.006);

/// What a page says of each of its lines, by its place in the list of lines of a sheet.
struct Read {
    /// Its number in the order of reading.
    order: Option<usize>,
    /// The number of its article.
    article: Option<usize>,
    is_first_of_unit: bool,
    is_uncertain: bool,
}

/// Writes the sheets of an input. The lines of its source have ids that begin with `prefix`.
pub fn boxes(out: &mut String, words: &PageWords, g: &Collected, prefix: &str) {
    if g.sheets.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<details class=sheets open><summary>{}</summary>\n<p class=note>{}</p>",
        words.sheet, words.boxes
    );
    let _ = writeln!(out, "<p><label><input type=checkbox class=wide> {}</label></p>", words.wide);
    for (n, sheet) in g.sheets.iter().enumerate() {
        let read = read(g, sheet);
        let Rect { left, top, .. } = sheet.view;
        let _ = writeln!(
            out,
            "<figure class=\"sheet{}\"><svg viewBox=\"{left:.2} {top:.2} {:.2} {:.2}\" role=group aria-label=\"{}\" lang={}>",
            if sheet.picture.is_some() { " over" } else { "" },
            sheet.view.width(),
            sheet.view.height(),
            (words.sheet_page)(n + 1, sheet.lines.len()),
            g.script
        );
        picture(out, sheet);
        for (line, read) in sheet.lines.iter().zip(&read) {
            boxed(out, words, (sheet, line, read), prefix);
        }
        out.push_str("</svg></figure>\n");
    }
    out.push_str("</details>\n");
}

/// The paper, and the picture on it.
fn picture(out: &mut String, sheet: &Sheet) {
    let place = |r: &Rect| {
        format!("x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\"", r.left, r.top, r.width(), r.height())
    };
    let _ = writeln!(out, "<rect class=paper {} />", place(&sheet.view));
    if let Some((picture, rect)) = &sheet.picture {
        let href = html::attribute(&picture.href);
        let _ = writeln!(out, "<image {} preserveAspectRatio=none href=\"{href}\" />", place(rect));
    }
}

fn boxed(out: &mut String, words: &PageWords, (sheet, line, read): (&Sheet, &Placed, &Read), prefix: &str) {
    let colour = read.article.map_or("none".to_string(), |n| format!("a{}", n % COLOURS));
    let doubt = if read.is_uncertain { " doubt" } else { "" };
    let number = line.number;
    // Without a picture the text of the line and its number are the name of the box.
    let label = || html::words(&(words.sheet_line)(number, read.order, &line.text));
    let label = sheet.picture.as_ref().map_or_else(String::new, |_| format!(" aria-label=\"{}\"", label()));
    let _ = write!(
        out,
        "<a class=\"box {colour}{doubt}\" href=\"#{prefix}l{number}\" tabindex=-1{label}><polygon points=\""
    );
    for (x, y) in line.corners {
        let _ = write!(out, "{x:.2},{y:.2} ");
    }
    out.push_str("\" />");
    if sheet.picture.is_none() {
        printed(out, line);
    }
    if let Some(order) = read.order {
        let r = line.bounds();
        let em = r.width().min(r.height());
        let size = (NUMBER.0 * em).max(NUMBER.1 * sheet.view.width());
        let first = if read.is_first_of_unit { " first" } else { "" };
        let (x, y, anchor) = match line.is_vertical {
            true => (r.left + em / 2.0, r.top - 0.2 * size, "middle"),
            false => (r.left - 0.25 * size, r.top + em / 2.0 + 0.36 * size, "end"),
        };
        let _ = write!(
            out,
            "<text class=\"no{first}\" x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\" text-anchor={anchor}>{order}</text>"
        );
    }
    out.push_str("</a>\n");
}

/// The text of a line in its box.
fn printed(out: &mut String, line: &Placed) {
    let r = line.bounds();
    let _ = match line.is_vertical {
        true => write!(
            out,
            "<text class=\"v\" x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\" textLength=\"{:.2}\" lengthAdjust=spacingAndGlyphs>",
            r.left + r.width() / 2.0,
            r.top,
            0.85 * r.width(),
            r.height()
        ),
        false => write!(
            out,
            "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\" textLength=\"{:.2}\" lengthAdjust=spacingAndGlyphs>",
            r.left,
            r.top + 0.82 * r.height(),
            0.85 * r.height(),
            r.width()
        ),
    };
    let _ = write!(out, "{}</text>", html::words(&line.text));
}

/// What became of each line of a sheet.
fn read(g: &Collected, sheet: &Sheet) -> Vec<Read> {
    let unread = || Read { order: None, article: None, is_first_of_unit: false, is_uncertain: false };
    let mut read: Vec<Read> = sheet.lines.iter().map(|_| unread()).collect();
    let mut next = 1;
    for unit in &g.units {
        let mut is_first = true;
        for part in &unit.sources {
            let first = sheet.lines.partition_point(|line| line.source.end <= part.start);
            let count = sheet.lines[first..].iter().take_while(|line| line.source.start < part.end).count();
            for line in read[first..first + count].iter_mut().filter(|line| line.order.is_none()) {
                (line.order, line.article) = (Some(next), unit.article);
                line.is_first_of_unit = std::mem::take(&mut is_first);
                next += 1;
            }
        }
    }
    for b in g.breaks.iter().filter(|b| !b.decided) {
        let at = sheet.lines.partition_point(|line| line.source.end <= b.source);
        if let Some(line) = sheet.lines.get(at).filter(|line| line.source.start <= b.source) {
            read[at].is_uncertain = line.source.contains(&b.source);
        }
    }
    read
}
