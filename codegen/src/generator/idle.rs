//! Settings that have no effect beside the others.

use super::{Descriptions, Generator};
use crate::rust::{Mode, OnMismatch, TypeMappings};
use crate::schema::{Navigation, Schema};

impl Generator {
    /// A sentence for each setting that changes nothing in what is emitted of a schema.
    pub(super) fn idle_settings(&self, schema: &Schema) -> Vec<String> {
        let selection = &self.selection;
        let all = selection.names.is_empty();
        let derive = self.mode == Mode::Derive;
        let without_select = "changes nothing without `select`: every type is selected";
        let in_derive = "changes nothing in the mode `derive`: it belongs to the mode `table`";
        let without_twin = "changes nothing with fewer than two versions";
        let settings = [
            (
                "navigation = \"ids\"",
                all && selection.navigation == Navigation::Ids,
                without_select,
            ),
            ("derived", all && selection.derived, without_select),
            (
                "descriptions = \"english\"",
                self.descriptions == Descriptions::English && self.english.is_none(),
                "changes nothing without `english`: there are no English docs to take them from",
            ),
            (
                "on_mismatch",
                derive && self.on_mismatch != OnMismatch::default(),
                in_derive,
            ),
            (
                "[types]",
                derive && self.types != TypeMappings::default(),
                in_derive,
            ),
            (
                "share",
                self.share && schema.versions.len() < 2,
                without_twin,
            ),
        ];
        let idle = settings.into_iter().filter(|(_, is_idle, _)| *is_idle);
        idle.map(|(setting, _, why)| format!("`{setting}` {why}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryFiles;

    fn notes(generator: Generator, versions: &[&str]) -> Vec<String> {
        let page =
            "# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n";
        let paths = versions
            .iter()
            .map(|version| format!("{version}/resources/tone.md"));
        let files = MemoryFiles::new(paths.map(|path| (path, page)));
        let schema = generator.read(&files).unwrap().schema;
        generator.emit(&schema).unwrap().notes
    }

    #[test]
    fn settings_that_change_nothing_are_told_of() {
        let idle = Generator::new()
            .navigation(Navigation::Ids)
            .derived(true)
            .descriptions(Descriptions::English)
            .mode(Mode::Derive)
            .on_mismatch(OnMismatch::Keep)
            .share(true);
        assert_eq!(
            notes(idle, &["v1.0"]),
            [
                "`navigation = \"ids\"` changes nothing without `select`: every type is selected",
                "`derived` changes nothing without `select`: every type is selected",
                "`descriptions = \"english\"` changes nothing without `english`: there are no English docs to take them from",
                "`on_mismatch` changes nothing in the mode `derive`: it belongs to the mode `table`",
                "`share` changes nothing with fewer than two versions",
            ]
        );
    }

    #[test]
    fn settings_that_change_something_are_not() {
        let generator = Generator::new()
            .select(["tone"])
            .navigation(Navigation::Ids)
            .derived(true)
            .on_mismatch(OnMismatch::Keep)
            .share(true);
        assert!(notes(generator, &["beta", "v1.0"]).is_empty());
        assert!(notes(Generator::new().navigation(Navigation::Omit), &["v1.0"]).is_empty());
    }
}
