//! Reading docs, and checking them.

use std::sync::Arc;

use super::{Generator, Reading};
use crate::Error;
use crate::check::{Checked, check, join};
use crate::claims::PageClaims;
use crate::page::Page;
use crate::parallel::map;
use crate::source::Files;

impl Generator {
    /// Reads docs as [`read`](Self::read) does and [checks](crate::check) them: the reading has the diagnostics of both.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    ///
    /// ```
    /// use typedown::Generator;
    /// use typedown::source::MemoryFiles;
    ///
    /// let files = MemoryFiles::new([(
    ///     "api-reference/v1.0/resources/toneinfo.md",
    ///     "# toneInfo resource type\n\nA tone, see [the call](cal.md).\n\n## Properties\n\n|Property|Type|\n|:--|:--|\n|pitch|Int32|\n",
    /// )]);
    /// let reading = Generator::new().lint(&files)?;
    /// assert_eq!(reading.diagnostics[0].code.name(), "link-dangling");
    /// assert_eq!(reading.diagnostics[0].place.to_string(), "api-reference/v1.0/resources/toneinfo.md:3:24");
    /// # Ok::<(), typedown::Error>(())
    /// ```
    pub fn lint(&self, files: &dyn Files) -> Result<Reading, Error> {
        let english = self.english_files()?;
        let trees = self.trees(files, english.as_deref())?;
        let mut read = self.read_pages(&trees, true, None)?;
        let methods = map(
            self.thread_count(),
            &read.docs.methods(files, &self.limits).pages(),
            |(version, path)| {
                let mut page = Page::read_within(files, Arc::clone(path), &self.limits);
                page.shrink();
                (Arc::clone(version), page)
            },
        );
        let claims: Vec<&PageClaims> = read.claims.iter().map(|page| &page.claims).collect();
        let findings = check(&Checked {
            files,
            pages: &read.pages,
            claims: &claims,
            methods: &methods,
            schema: &read.reading.schema,
            threads: self.thread_count(),
        });
        read.reading.diagnostics.extend(findings);
        join(files, &mut read.reading.diagnostics);
        Ok(read.finish())
    }

    /// Reads and [checks](Self::lint) the docs folder.
    ///
    /// # Errors
    ///
    /// Those of [`read_docs`](Self::read_docs).
    pub fn lint_docs(&self) -> Result<Reading, Error> {
        self.lint(&*self.folder()?)
    }
}
