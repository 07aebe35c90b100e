//! How much is read. Docs come from strangers, and no page of theirs may take the time or the memory of all others.

/// How much is read of docs. What goes beyond a limit is told, with its place, and left out; the rest is read.
///
/// The defaults are more than ten times what any known page needs. In `typedown.toml` the limits stand in a table `[limits]`,
/// under the [names](Limit::name) of [`Limit`].
///
/// ```
/// use typedown::{Generator, Limits};
///
/// let limits = Limits { page_bytes: 10 << 20, ..Limits::default() };
/// let generator = Generator::new().docs("docs").limits(limits);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The bytes of a page with all that it includes. Of a larger file nothing is read.
    pub page_bytes: usize,
    /// The files that a page includes, those counted that these include.
    pub includes: usize,
    /// How many files include each other in a row.
    pub include_depth: usize,
    /// How deep lists, quotations, brackets in code and in comments, and folders stand in each other. JSON is never read deeper
    /// than 512.
    pub nesting: usize,
    /// The parts of a page with all that it includes: cells of tables, in each row as many as the header has; links, codes and
    /// strong texts; commas and colons in blocks of code and comments, for the members and values of JSON.
    pub parts: usize,
    /// The files of a revision of a git repository, and the pages of a version.
    pub files: usize,
    /// How many types a type derives from, each from the next.
    pub base_depth: usize,
    /// The properties of all types of a version, with those that they inherit.
    pub properties: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_bytes: 2 << 20,
            includes: 256,
            include_depth: 32,
            nesting: 512,
            parts: 50_000,
            files: 1_000_000,
            base_depth: 100,
            properties: 2_000_000,
        }
    }
}

/// One of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// [`Limits::page_bytes`]
    PageBytes,
    /// [`Limits::includes`]
    Includes,
    /// [`Limits::include_depth`]
    IncludeDepth,
    /// [`Limits::nesting`]
    Nesting,
    /// [`Limits::parts`]
    Parts,
    /// [`Limits::files`]
    Files,
    /// [`Limits::base_depth`]
    BaseDepth,
    /// [`Limits::properties`]
    Properties,
}

impl Limit {
    /// Every limit.
    pub const ALL: [Self; 8] = [
        Self::PageBytes,
        Self::Includes,
        Self::IncludeDepth,
        Self::Nesting,
        Self::Parts,
        Self::Files,
        Self::BaseDepth,
        Self::Properties,
    ];

    /// The name in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PageBytes => "page-bytes",
            Self::Includes => "includes",
            Self::IncludeDepth => "include-depth",
            Self::Nesting => "nesting",
            Self::Parts => "parts",
            Self::Files => "files",
            Self::BaseDepth => "base-depth",
            Self::Properties => "properties",
        }
    }

    /// What to do where it is in the way of what is meant.
    pub(crate) fn hint(self) -> String {
        format!(
            "if this is meant, set a higher `{}` under [limits] in typedown.toml",
            self.name()
        )
    }
}

impl Limits {
    /// The value of a limit.
    #[must_use]
    pub fn get(&self, limit: Limit) -> usize {
        match limit {
            Limit::PageBytes => self.page_bytes,
            Limit::Includes => self.includes,
            Limit::IncludeDepth => self.include_depth,
            Limit::Nesting => self.nesting,
            Limit::Parts => self.parts,
            Limit::Files => self.files,
            Limit::BaseDepth => self.base_depth,
            Limit::Properties => self.properties,
        }
    }

    /// The same with another value of a limit.
    #[must_use]
    pub fn with(mut self, limit: Limit, value: usize) -> Self {
        *match limit {
            Limit::PageBytes => &mut self.page_bytes,
            Limit::Includes => &mut self.includes,
            Limit::IncludeDepth => &mut self.include_depth,
            Limit::Nesting => &mut self.nesting,
            Limit::Parts => &mut self.parts,
            Limit::Files => &mut self.files,
            Limit::BaseDepth => &mut self.base_depth,
            Limit::Properties => &mut self.properties,
        } = value;
        self
    }

    /// A limit as diagnostics name it, such as `512 (limit `nesting`)`.
    pub(crate) fn told(&self, limit: Limit) -> String {
        format!("{} (limit `{}`)", self.get(limit), limit.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_has_its_own_value() {
        let set = |limits: Limits, (limit, value): (Limit, usize)| limits.with(limit, value);
        let all = Limit::ALL.into_iter().zip(1..);
        let limits = all.clone().fold(Limits::default(), set);
        for (limit, value) in all {
            assert_eq!(limits.get(limit), value, "{limit:?}");
        }
    }
}
