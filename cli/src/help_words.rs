//! What each language has to say in the help, beside the texts of the options.

/// The texts of the help, without those of the options.
pub struct HelpWords {
    pub about: &'static str,
    pub usage: &'static str,
    pub usage_heading: &'static str,
    /// Below the options of `-h`.
    pub more: &'static str,
    /// The heading of what has no heading of its own.
    pub general: &'static str,
    /// The heading of a group in place of the English one.
    pub heading: fn(&str) -> Option<&'static str>,
    /// What `--help` and `--version` do.
    pub flags: [&'static str; 2],
    /// The values that an option takes.
    pub values: fn(&[String]) -> String,
    /// The default of an option.
    pub default: fn(&str) -> String,
    /// Values and default, behind the text of an option.
    pub aside: fn(&[String]) -> String,
    pub examples: (&'static str, &'static str),
    pub exit_status: (&'static str, &'static str),
    pub commands: (&'static str, &'static str),
    /// The headings of the manual: name, synopsis, description, options, version.
    pub manual: [&'static str; 5],
    /// The progress of a folder, as templates of `indicatif`: before the number of files is known, and then.
    pub progress: [&'static str; 2],
}
