//! XML as a tree that borrows from its text. Entities that a file declares itself are not expanded, so no entity can grow:
//! their names stay in the text. HTML's names are known, since writers of hOCR use them without a declaration.

use super::error::{LayoutError, LayoutErrorKind};
use super::format::Syntax;
use super::places;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use quick_xml::{Reader, escape};
use std::borrow::Cow;

/// Elements nest so deep at most; in layouts of real programs about fifteen deep.
const MAX_DEPTH: usize = 256;

/// Longest name of an entity: HTML's longest has 31 letters.
const LONGEST_ENTITY: usize = 40;

/// A file as its elements and texts, each before its children. A large file has millions of them, so they are small.
pub struct Xml<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// Texts and values that do not stand so in the file: those with references to characters.
    resolved: Vec<String>,
}

/// A part of the text, or one of [`Xml::resolved`]. A file has 256 MiB at most, so 32 bits are enough for any place in it.
#[derive(Debug, Clone, Copy)]
struct Span {
    /// The first byte, or the number among the resolved ones.
    start: u32,
    /// How many bytes, or [`RESOLVED`].
    length: u32,
}

const RESOLVED: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Node {
    /// The name of an element without its prefix, or a text.
    span: Span,
    /// The attributes before it. Its own go on to those of the next node.
    attributes: u32,
    /// The node behind its last descendant; [`TEXT`] for a text.
    end: u32,
}

const TEXT: u32 = 0;

#[derive(Debug, Clone, Copy)]
struct Attribute {
    /// Without its prefix.
    name: Span,
    value: Span,
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub struct Element<'x, 'a> {
    xml: &'x Xml<'a>,
    at: usize,
    /// The node behind its last descendant.
    end: usize,
}

/// A child of an element.
pub enum Child<'x, 'a> {
    Element(Element<'x, 'a>),
    Text(&'x str),
}

/// How a text is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Well-formed XML, except that `&` may stand alone.
    Strict,
    /// HTML as people write it: elements without an end tag, ends without a beginning.
    Html,
}

/// Elements of HTML that have no end tag.
const VOID: [&str; 9] = ["area", "base", "br", "col", "hr", "img", "input", "link", "meta"];

impl Rules {
    /// Whether an element has no end tag.
    fn is_void(self, name: &str) -> bool {
        self == Rules::Html && VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
    }
}

/// Elements of HTML whose end tag may be left out.
const OPEN_ENDED: [&str; 9] = ["html", "head", "body", "p", "li", "td", "th", "tr", "option"];

impl<'a> Xml<'a> {
    /// Parses a text.
    pub fn parse(text: &'a str, rules: Rules) -> Result<Xml<'a>, LayoutError> {
        let mut builder = Builder { rules, xml: Xml::of(text), open: Vec::new() };
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let start = reader.buffer_position() as usize;
            let event = reader.read_event();
            let end = reader.buffer_position() as usize;
            let event = event.map_err(|e| builder.error(reader.error_position() as usize, e.to_string()))?;
            let raw = text.get(start..end).unwrap_or_default();
            match event {
                Event::Start(_) => builder.start(raw, start, false)?,
                Event::Empty(_) => builder.start(raw, start, true)?,
                Event::End(_) => builder.end(raw, start)?,
                Event::Text(_) => builder.text(Cow::Borrowed(raw)),
                Event::CData(_) => builder.text(Cow::Borrowed(inner(raw, "<![CDATA[", "]]>"))),
                Event::GeneralRef(_) => builder.text(unescape(raw)),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
                Event::Eof => break,
            }
        }
        builder.finish()
    }

    /// A tree without nodes.
    fn of(text: &'a str) -> Xml<'a> {
        Xml { text, nodes: Vec::new(), attributes: Vec::new(), resolved: Vec::new() }
    }

    /// What stands in a span.
    fn of_span(&self, span: Span) -> &str {
        if span.length == RESOLVED {
            return self.resolved.get(span.start as usize).map_or("", String::as_str);
        }
        self.name_at(span)
    }

    /// A part of the text.
    fn name_at(&self, span: Span) -> &'a str {
        let start = span.start as usize;
        self.text.get(start..start + span.length as usize).unwrap_or_default()
    }

    /// The span of what is taken from the text, or was resolved.
    fn span(&mut self, part: Cow<'a, str>) -> Span {
        match part {
            // It may be an attribute without a value, which stands nowhere.
            Cow::Borrowed("") => Span { start: 0, length: 0 },
            Cow::Borrowed(part) => {
                let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
                Span { start: start as u32, length: part.len() as u32 }
            }
            Cow::Owned(part) => {
                self.resolved.push(part);
                Span { start: self.resolved.len() as u32 - 1, length: RESOLVED }
            }
        }
    }

    /// Adds a node; returns its number. The end of an element without descendants is the next one.
    fn push(&mut self, span: Span, is_element: bool, attributes: usize) -> usize {
        let at = self.nodes.len();
        let end = if is_element { at as u32 + 1 } else { TEXT };
        self.nodes.push(Node { span, attributes: attributes as u32, end });
        at
    }

    /// The outermost element.
    pub fn root(&self) -> Option<Element<'_, 'a>> {
        (0..self.nodes.len()).find_map(|at| self.element(at))
    }

    fn element(&self, at: usize) -> Option<Element<'_, 'a>> {
        let end = self.nodes.get(at)?.end;
        (end != TEXT).then_some(Element { xml: self, at, end: end as usize })
    }

    /// All elements.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_, 'a>> {
        (0..self.nodes.len()).filter_map(|at| self.element(at))
    }
}

impl<'x, 'a> Element<'x, 'a> {
    /// The name without a prefix.
    pub fn name(&self) -> &'a str {
        self.xml.name_at(self.xml.nodes[self.at].span)
    }

    /// The value of an attribute; its name is given without a prefix.
    pub fn attribute(&self, name: &str) -> Option<&'x str> {
        let of = |at: usize| self.xml.nodes.get(at).map_or(self.xml.attributes.len(), |node| node.attributes as usize);
        let attributes = self.xml.attributes.get(of(self.at)..of(self.at + 1)).unwrap_or_default();
        let found = attributes
            .iter()
            .find(|attribute| attribute.name.length as usize == name.len() && self.xml.name_at(attribute.name) == name);
        found.map(|attribute| self.xml.of_span(attribute.value))
    }

    /// The value of an attribute as a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        places::number(self.attribute(name)?)
    }

    /// Its children.
    pub fn nodes(self) -> impl Iterator<Item = Child<'x, 'a>> {
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            if at >= self.end {
                return None;
            }
            let node = self.xml.nodes.get(at)?;
            let child = match self.xml.element(at) {
                Some(element) => Child::Element(element),
                None => Child::Text(self.xml.of_span(node.span)),
            };
            at = (node.end as usize).max(at + 1);
            Some(child)
        })
    }

    /// The elements among its children.
    pub fn children(self) -> impl Iterator<Item = Element<'x, 'a>> {
        self.nodes().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Its children of a name.
    pub fn named(self, name: &'static str) -> impl Iterator<Item = Element<'x, 'a>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// Its first child of a name.
    pub fn child(self, name: &str) -> Option<Element<'x, 'a>> {
        self.children().find(|child| child.name() == name)
    }

    /// All elements inside it.
    pub fn descendants(self) -> impl Iterator<Item = Element<'x, 'a>> {
        (self.at + 1..self.end).filter_map(move |at| self.xml.element(at))
    }

    /// All text inside it.
    pub fn text(self) -> Cow<'x, str> {
        let nodes = self.xml.nodes.get(self.at + 1..self.end).unwrap_or_default();
        let mut texts = nodes.iter().filter(|node| node.end == TEXT).map(|node| self.xml.of_span(node.span));
        let first = texts.next().unwrap_or_default();
        match texts.next() {
            None => Cow::Borrowed(first),
            Some(second) => Cow::Owned([first, second].into_iter().chain(texts).collect()),
        }
    }

    /// Its number among all nodes, for those that have no name of their own.
    pub fn index(&self) -> usize {
        self.at
    }

    /// Whether an element is it or lies inside it.
    pub fn contains(&self, other: &Element<'_, '_>) -> bool {
        (self.at..self.end).contains(&other.at)
    }
}

/// A tree in the making.
struct Builder<'a> {
    rules: Rules,
    xml: Xml<'a>,
    /// The elements that are not closed.
    open: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn error(&self, offset: usize, reason: impl Into<String>) -> LayoutError {
        LayoutError::syntax(Syntax::Xml, self.xml.text, offset, reason)
    }

    fn start(&mut self, raw: &'a str, offset: usize, empty: bool) -> Result<(), LayoutError> {
        let inside = inner(raw, "<", ">");
        let inside = if empty { inside.strip_suffix('/').unwrap_or(inside) } else { inside };
        let length = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
        let first = self.xml.attributes.len();
        let mut attributes = match self.rules {
            Rules::Strict => Attributes::new(inside, length),
            Rules::Html => Attributes::html(inside, length),
        };
        attributes.with_checks(false);
        for attribute in attributes {
            match attribute {
                Ok(attribute) => {
                    let value = match attribute.value {
                        Cow::Borrowed(value) => unescape(value),
                        Cow::Owned(value) => Cow::Owned(unescape(&value).into_owned()),
                    };
                    let (name, value) = (self.xml.span(local(attribute.key.0).into()), self.xml.span(value));
                    self.xml.attributes.push(Attribute { name, value });
                }
                Err(error) if self.rules == Rules::Strict => return Err(self.error(offset, error.to_string())),
                Err(_) => break,
            }
        }
        let name = local(&inside[..length]);
        let span = self.xml.span(name.into());
        let at = self.xml.push(span, true, first);
        if !empty && !self.rules.is_void(name) {
            if self.open.len() == MAX_DEPTH {
                return Err(LayoutErrorKind::TooDeep { offset: offset as u64, limit: MAX_DEPTH }.into());
            }
            self.open.push(at);
        }
        Ok(())
    }

    fn end(&mut self, raw: &str, offset: usize) -> Result<(), LayoutError> {
        let name = local(inner(raw, "</", ">").trim_end());
        let known = self.open.iter().rposition(|&at| self.name_of(at) == name);
        match (self.rules, known) {
            (Rules::Strict, Some(depth)) if depth + 1 == self.open.len() => self.close(depth),
            (Rules::Strict, _) => {
                let open = self
                    .open
                    .last()
                    .map_or("nothing is open".to_string(), |&at| format!("<{}> is open", self.name_of(at)));
                return Err(self.error(offset, format!("</{name}> where {open}")));
            }
            (Rules::Html, Some(depth)) => self.close(depth),
            (Rules::Html, None) => {}
        }
        Ok(())
    }

    /// Closes the open elements from this one on.
    fn close(&mut self, depth: usize) {
        let end = self.xml.nodes.len();
        for at in self.open.drain(depth..) {
            self.xml.nodes[at].end = end as u32;
        }
    }

    fn name_of(&self, at: usize) -> &'a str {
        self.xml.name_at(self.xml.nodes[at].span)
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if !text.is_empty() {
            let span = self.xml.span(text);
            self.xml.push(span, false, self.xml.attributes.len());
        }
    }

    fn finish(mut self) -> Result<Xml<'a>, LayoutError> {
        let optional = |name: &str| OPEN_ENDED.iter().any(|o| o.eq_ignore_ascii_case(name));
        let unclosed = self.open.iter().rev().map(|&at| self.name_of(at));
        let mut unclosed = unclosed.filter(|name| self.rules == Rules::Strict || !optional(name));
        if let Some(name) = unclosed.next() {
            return Err(self.error(self.xml.text.len(), format!("the text ends inside <{name}>")));
        }
        drop(unclosed);
        self.close(0);
        if self.xml.root().is_none() {
            return Err(self.error(0, "there is no element"));
        }
        Ok(self.xml)
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// What stands between the delimiters of a piece of markup.
fn inner<'a>(raw: &'a str, open: &str, close: &str) -> &'a str {
    let raw = raw.strip_prefix(open).unwrap_or(raw);
    raw.strip_suffix(close).unwrap_or(raw)
}

/// A text with its references to characters resolved. What is no such reference stays as it is.
fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(LONGEST_ENTITY).find(|(_, c)| *c == ';').map(|(n, _)| n);
        let resolved = end.and_then(|end| {
            let name = &rest[1..end];
            match character(name) {
                Some(c) => out.push(c),
                None => out.push_str(escape::resolve_predefined_entity(name)?),
            }
            Some(end + 1)
        });
        if resolved.is_none() {
            out.push('&');
        }
        rest = &rest[resolved.unwrap_or(1)..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of a reference by its number.
fn character(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(number)
}

/// HTML whose text has `<` where no markup begins, as recognised text may have it: there `<` becomes `&lt;`.
pub fn mended(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(n) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + n;
        match markup_end(&text[start..]) {
            Some(length) => at = start + length,
            None => {
                out.push_str(&text[done..start]);
                out.push_str("&lt;");
                done = start + 1;
                at = done;
            }
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The length of the markup that a text begins with, if it is markup.
fn markup_end(text: &str) -> Option<usize> {
    let until = |open: &str, close: &str| {
        let body = text.strip_prefix(open)?;
        body.find(close).map(|n| (&body[..n], open.len() + n + close.len()))
    };
    if text.starts_with("<!--") {
        // A comment over tags is text that only looks like one.
        return until("<!--", "-->").filter(|(body, _)| !body.contains("</")).map(|(_, end)| end);
    }
    if text.starts_with("<![CDATA[") {
        return until("<![CDATA[", "]]>").map(|(_, end)| end);
    }
    if text.starts_with("<?") {
        return text.starts_with("<?xml").then(|| until("<?", "?>").map(|(_, end)| end))?;
    }
    let name = text[1..].trim_start_matches(['/', '!']).chars().next()?;
    if !name.is_ascii_alphabetic() || text.starts_with("<!") && !text[2..].to_ascii_lowercase().starts_with("doctype") {
        return None;
    }
    tag_end(text)
}

/// The length of a tag; a quoted value may hold `>`.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(q), _) if q == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_know_their_children_attributes_and_text() {
        let text = "<?xml version='1.0'?><!DOCTYPE a><p:a><b x='1&lt;2' y:z=\"&eacute;\"/>渠&amp;&nosuch;<c><![CDATA[<d>]]></c></p:a>";
        let xml = Xml::parse(text, Rules::Strict).expect("well-formed");
        let root = xml.root().expect("a root");
        assert_eq!(root.name(), "a");
        let names: Vec<&str> = root.children().map(|c| c.name()).collect();
        assert_eq!(names, ["b", "c"]);
        let b = root.child("b").expect("b");
        assert_eq!((b.attribute("x"), b.attribute("z"), b.attribute("y")), (Some("1<2"), Some("é"), None));
        assert_eq!(root.text(), "渠&&nosuch;<d>");
    }

    #[test]
    fn what_is_not_well_formed_is_an_error_with_a_place() {
        let of = |text: &str| Xml::parse(text, Rules::Strict).map(|_| ()).expect_err("it is wrong");
        assert_eq!(of("<a>\n<b></a>").to_string(), "byte 7 (line 2): not valid XML: </a> where <b> is open");
        assert_eq!(of("<a>\n<b/>").to_string(), "byte 8 (line 2): not valid XML: the text ends inside <a>");
        assert_eq!(of("<a x='1").offset(), Some(0));
        assert_eq!(of("").to_string(), "byte 0 (line 1): not valid XML: there is no element");
        let deep = "<a>".repeat(300);
        assert_eq!(of(&deep).kind(), &LayoutErrorKind::TooDeep { offset: 768, limit: 256 });
    }

    #[test]
    fn html_may_leave_tags_open_and_have_marks_that_are_no_markup() {
        let text = "<html><meta x=1><body><div><span title=a>渠<!--,,></span><br><span><?«»?>水</b></span></div>";
        let mended = mended(text);
        let xml = Xml::parse(&mended, Rules::Html).expect("it is mended");
        let texts: Vec<String> = xml.elements().filter(|e| e.name() == "span").map(|e| e.text().into_owned()).collect();
        assert_eq!(texts, ["渠<!--,,>", "<?«»?>水"]);
        assert!(Xml::parse("<div><span>渠", Rules::Html).is_err());
        let xml = Xml::parse("<div a b=''>渠</div>", Rules::Html).expect("attributes without values");
        assert_eq!(xml.root().and_then(|root| root.attribute("a")), Some(""));
    }
}
