//! JSON as a tree that borrows from its text. The values of a file may be one or many, one after the other (JSON Lines).

use super::error::{LayoutError, LayoutErrorKind};
use super::format::Syntax;
use super::places;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A value. Strings without escapes, such as pictures in base64, are not copied. Lists and objects nest up to 127 deep, the
/// limit of the parser.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// Keys and values in the order of the file.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// The value of a key of an object.
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        let Json::Object(entries) = self else { return None };
        entries.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// The first of these keys that the object has.
    pub fn first_of(&self, keys: &[&'static str]) -> Option<(&'static str, &Json<'a>)> {
        keys.iter().find_map(|&key| Some((key, self.get(key)?)))
    }

    /// Whether it is an object with this key.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The items of a list.
    pub fn list(&self) -> Option<&[Json<'a>]> {
        if let Json::List(items) = self { Some(items) } else { None }
    }

    /// The items of a list at a key; none if there is no such list.
    pub fn items(&self, key: &str) -> &[Json<'a>] {
        self.get(key).and_then(Json::list).unwrap_or_default()
    }

    /// A string.
    pub fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// A string, or a number or a Boolean in its place: no character is lost to a wrong type.
    pub fn words(&self) -> Option<Cow<'_, str>> {
        match self {
            Json::Text(text) => Some(Cow::Borrowed(text)),
            Json::Number(number) => Some(Cow::Owned(number.to_string())),
            Json::Bool(value) => Some(Cow::Owned(value.to_string())),
            Json::Null | Json::List(_) | Json::Object(_) => None,
        }
    }

    /// A number, or a string that is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Json::Number(number) => Some(*number),
            Json::Text(text) => places::number(text),
            _ => None,
        }
    }

    /// The number at a key.
    pub fn number_at(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }

    /// A list of numbers.
    pub fn numbers(&self) -> Option<Vec<f64>> {
        self.list()?.iter().map(Json::number).collect()
    }

    /// A polygon: `[[x, y], …]`, `[x, y, x, y, …]` or `[{"x": …, "y": …}, …]`. In the last a coordinate of 0 is left out by
    /// some services.
    pub fn points(&self) -> Option<Vec<(f64, f64)>> {
        let items = self.list()?;
        if let Some(flat) = self.numbers() {
            return flat.len().is_multiple_of(2).then(|| flat.chunks_exact(2).map(|p| (p[0], p[1])).collect());
        }
        let point = |item: &Json<'a>| match item {
            Json::List(pair) => match &pair[..] {
                [x, y] => Some((x.number()?, y.number()?)),
                _ => None,
            },
            Json::Object(_) => {
                let of = |low: &str, high: &str| match item.get(low).or_else(|| item.get(high)) {
                    Some(value) => value.number(),
                    None => Some(0.0),
                };
                Some((of("x", "X")?, of("y", "Y")?))
            }
            _ => None,
        };
        items.iter().map(point).collect()
    }
}

/// The values of a text.
pub fn values(text: &str) -> Result<Vec<Json<'_>>, LayoutError> {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Json<'_>>() {
        values.push(value.map_err(|e| syntax_error(text, &e))?);
    }
    Ok(values)
}

/// What Python writes where JSON has a string, a list or a name of its own.
const PYTHON: [&str; 6] = ["'", "(", "array(", "None", "True", "False"];

fn syntax_error(text: &str, error: &serde_json::Error) -> LayoutError {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let reported = (before + error.column()).min(text.len());
    // The parser counts the byte that it has read.
    let offset = if error.is_eof() { reported } else { reported.saturating_sub(1) };
    let rest = || text.get(offset..).unwrap_or_default();
    if !error.is_eof() && PYTHON.iter().any(|word| rest().starts_with(word)) {
        return LayoutErrorKind::PythonPrint { offset: offset as u64 }.into();
    }
    let message = error.to_string();
    let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
    LayoutError::syntax(Syntax::Json, text, offset, reason)
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

/// A key that borrows from the text.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key<'de>, D::Error> {
        match deserializer.deserialize_str(Tree)? {
            Json::Text(text) => Ok(Key(text)),
            _ => Ok(Key(Cow::Borrowed(""))),
        }
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_string())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some((Key(key), value)) = entries.next_entry()? {
            object.push((key, value));
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_follow_each_other() {
        let values = values("{\"a\": [1, \"2\"]}\n null").expect("two values");
        assert_eq!(values[0].get("a").and_then(Json::numbers), Some(vec![1.0, 2.0]));
        assert_eq!(values[1], Json::Null);
    }

    #[test]
    fn a_polygon_has_three_spellings() {
        let of = |text| values(text).expect("JSON")[0].points();
        assert_eq!(of("[[1, 2], [3, 4]]"), Some(vec![(1.0, 2.0), (3.0, 4.0)]));
        assert_eq!(of("[1, 2, 3, 4]"), of("[[1, 2], [3, 4]]"));
        assert_eq!(of(r#"[{"x": 1}, {"Y": 4, "X": 3}]"#), Some(vec![(1.0, 0.0), (3.0, 4.0)]));
        assert_eq!(of("[1, 2, 3]"), None);
        assert_eq!(of("[[1, null], [3, 4]]"), None);
    }

    #[test]
    fn an_error_has_a_place_and_a_python_print_is_named() {
        let cases = [
            ("{\"a\":\n nope}", "byte 8 (line 2): not valid JSON: expected ident"),
            ("[1, 2", "byte 5 (line 1): not valid JSON: EOF while parsing a list"),
            ("{'a': 1}", "byte 1: a Python print, not JSON: write the result with json.dump"),
            ("[[1, 2], ('a', 0.9)]", "byte 9: a Python print, not JSON: write the result with json.dump"),
        ];
        for (text, message) in cases {
            assert_eq!(values(text).expect_err("it is wrong").to_string(), message);
        }
        assert!(values(&"[".repeat(1000)).expect_err("it is wrong").to_string().contains("recursion limit"));
    }
}
