//! From a schema to the sources of a crate.
//!
//! [`emit`] is pure: it takes a [`Schema`] and gives a map from paths to texts. The types of a version are in a module
//! of its name, those of inner namespaces in modules inside of it; what they can do is in the module `support`, which is
//! the same text for every schema.

mod context;
mod crate_root;
mod customize;
mod dependencies;
mod derive;
#[cfg(test)]
mod derive_tests;
mod descendants;
mod doc;
mod enum_;
mod family;
mod features;
mod field;
mod file;
mod include;
mod layout;
pub mod manifest;
mod mappings;
mod names;
mod options;
mod recursion;
mod struct_;
#[cfg(test)]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::all,
    reason = "the module is public where it is emitted, and written for older compilers"
)]
mod support;
#[cfg(test)]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "so are its types, with all that users get"
)]
mod support_family_tests;
mod support_files;
#[cfg(test)]
mod support_kept_tests;
#[cfg(test)]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "so are its types, with all that users get"
)]
mod support_tests;
#[cfg(feature = "analysis")]
mod surface;
mod syntax;
mod table;
mod texts;
mod trace;
mod type_doc;
mod variant;
mod words;

pub use self::customize::{Customization, CustomizationError, Customizations};
pub use self::dependencies::Dependency;
pub use self::layout::Names;
pub use self::mappings::{Binaries, DateTimes, Decimals, Guids, TypeMappings};
pub use self::options::{EmitOptions, Mode, OnMismatch};

pub(crate) use self::layout::Whole;
#[cfg(feature = "analysis")]
pub(crate) use self::surface::{FieldView, Idents, Role, Surface, Surfaces};
pub(crate) use self::texts::{StoredTexts, Texts};

use self::context::{Context, World};
use self::descendants::Descendants;
use self::doc::PageIndex;
use self::file::ModuleFile;
use self::layout::Purpose;
use self::recursion::Recursion;
use self::texts::Text;
use self::trace::Answers;
use crate::parallel;
use crate::schema::{Schema, TypeName, VersionSchema};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sources of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emitted {
    /// The texts by their paths relative to the crate's folder, with `/`.
    pub files: BTreeMap<String, String>,
    /// The path of each type from the crate's root, such as `v1_0::CommsOperation`, by version and name.
    pub paths: BTreeMap<(String, TypeName), String>,
    /// The cargo features that the sources know, each with those that it needs.
    pub features: BTreeMap<String, Vec<String>>,
    /// The crates that the sources need, by name.
    pub dependencies: Vec<Dependency>,
}

impl Emitted {
    /// Adds the files of modules, for which there are the texts of all types in their order.
    fn fill<'t>(&mut self, modules: &[ModuleFile<'_>], mut texts: impl Iterator<Item = &'t str>) {
        for module in modules {
            self.files.insert(module.path(), module.text(&mut texts));
        }
    }

    /// All files as one text, which a crate takes in with `include!`, in any of its modules. Emit without
    /// [features](EmitOptions::features) for that: the including crate has others.
    #[must_use]
    pub fn include_text(&self) -> String {
        include::text(&self.files)
    }
}

/// Emits a schema.
#[must_use]
pub fn emit(schema: &Schema, options: &EmitOptions) -> Emitted {
    emit_part(schema, schema, options)
}

/// Emits a part of a schema, such as [`Schema::select`] gives. Modules and what is said of other versions are those of the
/// whole.
#[must_use]
pub fn emit_part(part: &Schema, whole: &Schema, options: &EmitOptions) -> Emitted {
    emit_again(part, Whole::of(whole), options, None)
}

/// The same; of the texts of types only those are made anew that are not as they are kept.
pub(crate) fn emit_again(
    part: &Schema,
    whole: Whole<'_>,
    options: &EmitOptions,
    mut kept: Option<&mut Texts>,
) -> Emitted {
    let known = kept.as_mut().map(|kept| kept.under(options));
    let key = kept.as_ref().map(|kept| kept.key);
    let (names, everywhere) = parallel::both(
        options.threads,
        || Names::of_part(part, whole, options, Purpose::Emit),
        || key.map_or_else(Vec::new, |key| trace::everywhere(key, whole.schema)),
    );
    let names = &names;
    let mut emitted = Emitted {
        features: names.features(),
        dependencies: dependencies::of(options.mode, &options.types()),
        ..Emitted::default()
    };
    if options.mode == Mode::Table {
        emitted
            .files
            .extend(support_files::files(options.on_mismatch, &options.types()));
    }
    emitted.files.insert(
        "src/lib.rs".to_owned(),
        crate_root::text(part, names, options),
    );
    let named = part.versions.iter().filter_map(|(name, version)| {
        let names = names.versions.get(name)?;
        Some((name.as_str(), version, names))
    });
    // What versions share is told of as the most stable of them tells it.
    let most_stable = part.most_stable();
    let shared = most_stable
        .and_then(|(name, version)| Some((name.as_str(), version, names.shared.as_deref()?)));
    let versions: Vec<_> = shared.into_iter().chain(named).collect();
    let relations = parallel::map_each(options.threads, &versions, |(_, version, _)| {
        Relations::new(version)
    });
    let worlds = versions.iter().zip(&relations);
    let worlds = worlds.map(|((version_name, version, names), relations)| World {
        mode: options.mode,
        types: options.types(),
        customizations: &options.customizations,
        whole: whole.schema,
        version_name,
        version,
        names,
        recursion: &relations.recursion,
        descendants: &relations.descendants,
        pages: &relations.pages,
    });
    let worlds: Vec<World<'_>> = worlds.collect();
    let answers = parallel::map_each(options.threads, &worlds, |world| {
        key.map(|key| Answers::new(key, *world, &everywhere))
    });
    let mut texts_kept = 0;
    for (world, answers) in worlds.into_iter().zip(&answers) {
        let (version_name, version, version_names) =
            (world.version_name, world.version, world.names);
        let context = |namespace| Context::new(world, namespace);
        let modules = version_names
            .namespaces
            .iter()
            .flat_map(|namespace| ModuleFile::all(context(namespace)));
        let modules: Vec<ModuleFile<'_>> = modules.collect();
        let types: Vec<_> = modules.iter().flat_map(ModuleFile::types).collect();
        match (&known, &mut kept, answers) {
            (Some(known), Some(kept), Some(answers)) => {
                let module: Arc<str> = version_names.module.plain().into();
                let key = |name: &TypeName| (Arc::clone(&module), name.clone());
                let texts = parallel::map(options.threads, &types, |(context, name)| {
                    Text::of(context, name, answers, known.get(&key(name)))
                });
                let keys = types.iter().map(|(_, name)| key(name));
                kept.is_new |= keys.zip(&texts).any(|(key, text)| {
                    let known = known.get(&key);
                    !known.is_some_and(|known| Arc::ptr_eq(known, text))
                });
                texts_kept += texts.len();
                emitted.fill(&modules, texts.iter().map(|text| text.as_ref().as_ref()));
                let files = modules.iter().map(|module| {
                    let keys = module.types().map(|(_, name)| key(name));
                    (module.path(), keys.collect())
                });
                kept.keep(files, texts);
            }
            _ => {
                let texts = parallel::map(options.threads, &types, |(context, name)| {
                    file::type_text(context, name)
                });
                emitted.fill(&modules, texts.iter().map(String::as_str));
            }
        }
        for namespace in &version_names.namespaces {
            let (path, text) = file::namespace_file(version_names, namespace, options.mode);
            emitted.files.insert(path, text);
        }
        for name in version.types.keys() {
            if let Some(path) = names.rust_path(version_name, name) {
                emitted
                    .paths
                    .insert((version_name.to_owned(), name.clone()), path);
            }
        }
    }
    if let (Some(known), Some(kept)) = (known, kept) {
        kept.is_new |= known.len() != texts_kept;
    }
    emitted
}

/// How the types of a version belong together.
struct Relations<'a> {
    descendants: Descendants<'a>,
    recursion: Recursion<'a>,
    pages: PageIndex<'a>,
}

impl<'a> Relations<'a> {
    fn new(version: &'a VersionSchema) -> Self {
        let descendants = Descendants::new(version);
        Self {
            recursion: Recursion::new(version, &descendants),
            pages: PageIndex::new(version),
            descendants,
        }
    }
}

#[cfg(test)]
mod tests;
