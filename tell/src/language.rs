//! The languages of the views.

/// A language of the views.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::English, Language::Chinese];

    /// Its name, as ISO 639 has it.
    pub const fn name(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh",
        }
    }

    /// The language of this name.
    pub fn named(name: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.name() == name)
    }

    /// The language of a locale of POSIX. Every locale of Chinese has the simplified texts, that of Taiwan and Hong Kong
    /// too: there are no others. Every other locale has the English ones.
    ///
    /// ```
    /// use qingyang_tell::Language;
    /// assert_eq!(Language::of_locale("zh_TW.UTF-8"), Language::Chinese);
    /// assert_eq!(Language::of_locale("C"), Language::English);
    /// ```
    pub fn of_locale(locale: &str) -> Language {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "zh" | "chinese" => Language::Chinese,
            _ => Language::English,
        }
    }
}
