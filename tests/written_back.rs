//! Layouts written back as hOCR and ALTO: our own reader finds the same lines, ids and places in the order of the proof.

use proptest::prelude::*;
use qingyang::layout::{Layout, Line, Page, Piece, Quad, Rect};
use qingyang::reading::{self, Format};
use qingyang::render::{alto, hocr};
use qingyang::{Cleaner, Options, Proof};

fn line(name: &str, text: &str, left: f32, top: f32, size: f32) -> Line {
    let width = size * text.chars().count() as f32;
    let mut line = Line::new(text, Quad::from(Rect::new(left, top, left + width, top + size)));
    line.element = name.into();
    line
}

fn of(lines: Vec<Line>) -> Layout {
    let mut page = Page::default();
    page.size = Some((700.0, 400.0));
    page.lines = lines;
    Layout { pages: vec![page] }
}

/// A headline that is printed twice over two columns, in the order of their heights.
fn page() -> Layout {
    let mut lines = vec![
        line("h1", "渠水通了", 10.0, 10.0, 40.0),
        line("h2", "渠水通了", 11.0, 10.0, 40.0),
        line("r_1_1", "渠水流过桥头镇，沿岸的稻", 10.0, 60.0, 20.0),
        line("r_2_1", "农户 <忙着> & 修整晒场，新米下", 300.0, 61.0, 20.0),
        line("r_1_2", "田渐渐泛黄，今年雨水足，", 10.0, 90.0, 20.0),
        line("2 of 2", "月就能上市。", 300.0, 91.0, 20.0),
    ];
    // A word with a place, a gap that is narrower than a letter, another word.
    let word = |range, left| Piece { range, place: Rect::new(left, 61.0, left + 40.0, 81.0) };
    lines[3].pieces = vec![word(0..6, 300.0), word(7..15, 345.0)];
    lines[3].confidence = Some(0.4211);
    of(lines)
}

fn cleaned(layout: &Layout) -> Proof {
    Cleaner::new(Options::default().with_units(true)).layout(layout)
}

/// The layout as it is written in both formats and read again.
fn back(layout: &Layout) -> [(String, Layout); 2] {
    let proof = cleaned(layout);
    let read = |document: String, format| {
        let layout = reading::read(document.as_bytes(), None).expect("it is well-formed");
        assert_eq!(reading::recognise(document.as_bytes()), Some(format));
        (document, layout)
    };
    [read(hocr::document(layout, &proof), Format::Hocr), read(alto::document(layout, &proof), Format::Alto)]
}

#[test]
fn lines_come_back_in_reading_order_with_their_ids_places_words_and_certainty() {
    let layout = page();
    for (document, read) in back(&layout) {
        let lines = &read.pages[0].lines;
        let ids: Vec<&str> = lines.iter().map(|line| line.element.as_str()).collect();
        // What is no id of XML gets one; a copy that was removed stays behind the line that it repeats.
        assert_eq!(ids, ["h1", "h2", "r_1_1", "r_1_2", "r_2_1", "line_1_6"], "{document}");
        for line in lines {
            let n = layout.pages[0].lines.iter().position(|of| of.element == line.element).unwrap_or(5);
            let own = &layout.pages[0].lines[n];
            assert_eq!((&line.text, line.quad), (&own.text, own.quad), "{document}");
        }
        assert_eq!(read.pages[0].size, Some((700.0, 400.0)));
        assert_eq!(lines[4].pieces[0].place, Rect::new(300.0, 61.0, 340.0, 81.0));
        assert!((lines[4].confidence.expect("it was written") - 0.4211).abs() < 1e-4, "{document}");
        // A second time nothing changes.
        assert_eq!(cleaned(&read).text, cleaned(&layout).text);
    }
}

#[test]
fn paragraphs_have_roles_and_articles_and_removed_lines_say_so() {
    let [(hocr, _), (alto, _)] = back(&page());
    let roles = |document: &str, before: &str| -> Vec<String> {
        let after = document.split(before).skip(1);
        after.map(|rest| rest.chars().take_while(|c| c.is_alphabetic()).collect()).collect()
    };
    assert_eq!(roles(&hocr, "x_role "), ["headline", "removed", "body"]);
    // The paragraph has a block for each of its columns, and each block names the next.
    assert_eq!(roles(&alto, "TAGREFS=\"role_"), ["headline", "removed", "body", "body"]);
    for next in ["IDNEXT=\"removed_1\"", "IDNEXT=\"unit_2\"", "IDNEXT=\"unit_2_2\""] {
        assert!(alto.contains(next), "{next} is not in {alto}");
    }
    assert!(hocr.contains("x_article 1") && alto.contains("TYPE=\"article\""));
}

#[test]
fn places_between_whole_numbers_are_written_in_parts_of_the_unit_of_the_file() {
    let layout = of(vec![line("a", "渠水流过桥头镇。", 10.25, 10.5, 10.5)]);
    let [(hocr, read), (_, alto)] = back(&layout);
    assert!(hocr.contains("x_scale 100") && hocr.contains("bbox 1025 1050 9425 2100"), "{hocr}");
    assert_eq!(read.pages[0].lines[0].quad.bounds(), Rect::new(1025.0, 1050.0, 9425.0, 2100.0));
    assert_eq!(alto.pages[0].lines[0].quad, layout.pages[0].lines[0].quad);
}

proptest! {
    #[test]
    fn every_line_comes_back_once(
        lines in prop::collection::vec(("[渠水a<&\"']{1,4}( [桥b。]{1,3})?", 0u8..40, 0u8..40, "[ab:1]{0,3}"), 1..20),
        pieces in any::<bool>(),
    ) {
        let set = |(text, left, top, name): &(String, u8, u8, String)| {
            let mut set = line(name, text, 8.0 * f32::from(*left), 12.0 * f32::from(*top), 10.0);
            if pieces {
                let mut at = 0;
                for word in text.split(' ') {
                    let left = set.quad.0[0].0 + at as f32;
                    let place = Rect::new(left, set.quad.0[0].1, left + 9.0, set.quad.0[2].1);
                    set.pieces.push(Piece { range: at..at + word.len(), place });
                    at += word.len() + 1;
                }
            }
            set
        };
        let layout = of(lines.iter().map(set).collect());
        let ordered = Cleaner::new(Options::default()).order(&layout);
        let texts = |layout: &Layout| -> Vec<String> {
            let mut texts: Vec<String> = layout.pages[0].lines.iter().map(|line| line.text.clone()).collect();
            texts.sort();
            texts
        };
        for (document, read) in back(&layout) {
            prop_assert_eq!(texts(&read), texts(&layout), "{}", document);
            let mut ids: Vec<&str> = read.pages[0].lines.iter().map(|line| line.element.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), layout.pages[0].lines.len());
        }
        prop_assert_eq!(ordered.rows.iter().map(|row| row.1.len()).sum::<usize>(), layout.pages[0].lines.len());
    }
}
