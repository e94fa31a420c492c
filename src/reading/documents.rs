//! Several documents in one value: a list of them, or an object whose keys are numbers of pages.

use super::error::LayoutError;
use super::format::Format;
use super::json::Json;

/// What takes a document and the path to it.
pub type Take<'t> = &'t mut dyn FnMut(&Json<'_>, &str) -> Result<(), LayoutError>;

/// What the documents of a format look like.
#[derive(Clone, Copy)]
pub struct Documents {
    pub format: Format,
    pub is_document: fn(&Json<'_>) -> bool,
    /// What is looked for where no document is.
    pub expected: &'static str,
}

impl Documents {
    /// Gives every document in a value to `take`.
    pub fn each(self, value: &Json<'_>, path: &str, take: Take<'_>) -> Result<(), LayoutError> {
        if (self.is_document)(value) {
            return take(value, path);
        }
        match value {
            Json::List(items) => {
                items.iter().enumerate().try_for_each(|(n, item)| self.each(item, &format!("{path}/{n}"), take))
            }
            Json::Object(entries) if !entries.is_empty() && entries.iter().all(|(key, _)| is_number(key)) => {
                entries.iter().try_for_each(|(key, page)| self.each(page, &format!("{path}/{key}"), take))
            }
            _ => Err(LayoutError::missing(self.format, path, self.expected)),
        }
    }
}

fn is_number(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit())
}
