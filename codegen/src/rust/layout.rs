//! Which module each type is in, and what it is called there.

use super::descendants::bases;
use super::features::{Condition, Features};
use super::names::{Name, Scope, Usage};
use super::options::{EmitOptions, Mode};
use crate::parallel::map_each;
use crate::schema::{Schema, Type, TypeName, VersionSchema};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The module of the types that all versions share.
const SHARED: &str = "shared";

/// The area of types whose page names none.
const NO_AREA: &str = "general";

/// The names of everything that is emitted, computed once from a schema.
#[derive(Clone, Debug)]
pub struct Names {
    pub(super) versions: BTreeMap<String, VersionNames>,
    /// The types that all versions share, as if they were a version.
    pub(super) shared: Option<Arc<VersionNames>>,
}

/// The names of a version.
#[derive(Clone, Debug)]
pub(super) struct VersionNames {
    pub(super) module: Name,
    pub(super) features: Features,
    /// The namespaces, the outermost first.
    pub(super) namespaces: Vec<Namespace>,
    /// Where each type is: the position of its namespace and its name there.
    types: HashMap<TypeName, (usize, Name)>,
    /// For each type that others derive from: the enum whose variants are all of them, in the same namespace.
    families: HashMap<TypeName, Name>,
    /// Where the types are that are shared with other versions.
    shared: Option<Arc<VersionNames>>,
}

/// All that was read, of which a part is emitted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole<'a> {
    pub(crate) schema: &'a Schema,
    /// The namespace whose types are in the modules of the versions themselves.
    pub(crate) namespace: &'a str,
}

impl<'a> Whole<'a> {
    pub(crate) fn of(schema: &'a Schema) -> Self {
        let namespace = schema.main_namespace();
        Self { schema, namespace }
    }
}

/// What names are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To emit sources: everything is named.
    Emit,
    /// To compare what users see: the private modules are left out, and which types need which features.
    Compare,
}

/// Where a type of a version is emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Emission {
    /// In the module of the version.
    Here,
    /// In the module of what versions share, from where the version's own shows it.
    Shared,
    /// Nowhere: another type stands in its place.
    Nowhere,
}

/// A namespace, as a public module.
#[derive(Clone, Debug)]
pub(super) struct Namespace {
    /// The qualified name, such as `microsoft.graph.callRecords`.
    pub(super) name: String,
    /// The modules from the version's down to this one.
    pub(super) path: Vec<Name>,
    /// The positions of the namespaces directly inside.
    pub(super) children: Vec<usize>,
    /// The private modules, by name.
    pub(super) modules: Vec<Module>,
    /// The types that are shown from the module of what versions share.
    pub(super) shared: Vec<SharedType>,
}

/// A type that is shown from the module of what versions share, and its names here.
#[derive(Clone, Debug)]
pub(super) struct SharedType {
    ty: TypeName,
    name: Name,
    /// The name of the enum of the type and those that derive from it, if there are any.
    family: Option<Name>,
}

/// A private module: types of an area that are needed by the same features.
#[derive(Clone, Debug)]
pub(super) struct Module {
    pub(super) name: Name,
    /// At least one, by name.
    pub(super) types: Vec<TypeName>,
}

impl Names {
    /// Names everything in a schema.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        let options = EmitOptions::default();
        Self::of_part(schema, Whole::of(schema), &options, Purpose::Emit)
    }

    /// Names everything in a part of a schema but the types in whose place others stand. The types are in the same modules
    /// as in the whole.
    pub(super) fn of_part(
        schema: &Schema,
        whole: Whole<'_>,
        options: &EmitOptions,
        purpose: Purpose,
    ) -> Self {
        let root = whole.namespace;
        let scope = Scope::new(Usage::Module).reserving(["support", "default", SHARED]);
        let modules = scope.names(schema.versions.keys().map(String::as_str));
        let is_left_out = |name: &TypeName| options.customizations.replacement(name).is_some();

        let types = match options.share {
            true => schema.shared(),
            false => BTreeSet::new(),
        };
        let features = schema.versions.values().zip(&modules);
        let features: Vec<Features> = features
            .map(|(version, module)| match purpose {
                _ if !options.features => Features::default(),
                Purpose::Emit => Features::new(version, module),
                Purpose::Compare => Features::without_types(version, module),
            })
            .collect();
        let most_stable = schema.most_stable().map(|(_, version)| version);
        let shared = most_stable.filter(|_| !types.is_empty()).map(|version| {
            let emission = |name: &TypeName| match types.contains(name) && !is_left_out(name) {
                true => Emission::Here,
                false => Emission::Nowhere,
            };
            let module = Scope::new(Usage::Module).names([SHARED]);
            let features = Features::of_any(&features);
            let modules = module.into_iter();
            modules
                .map(|module| {
                    VersionNames::new(version, module, root, features.clone(), &emission, purpose)
                })
                .collect::<Vec<_>>()
        });
        let shared = shared.into_iter().flatten().next().map(Arc::new);

        let versions = schema.versions.iter().zip(modules).zip(features);
        let versions: Vec<_> = versions.collect();
        let named = map_each(
            options.threads,
            &versions,
            |(((name, version), module), features)| {
                let emission = |name: &TypeName| match types.contains(name) {
                    _ if is_left_out(name) => Emission::Nowhere,
                    true => Emission::Shared,
                    false => Emission::Here,
                };
                let (module, features) = (module.clone(), features.clone());
                let names = VersionNames::new(version, module, root, features, &emission, purpose);
                let shared = shared.clone();
                ((*name).clone(), VersionNames { shared, ..names })
            },
        );
        Self {
            versions: named.into_iter().collect(),
            shared: shared.clone(),
        }
    }

    /// The path of a type from the crate's root, such as `v1_0::call_records::Session`.
    #[must_use]
    pub fn rust_path(&self, version: &str, name: &TypeName) -> Option<String> {
        let version = self.versions.get(version)?;
        let (namespace, name) = version.find(name)?;
        let modules = namespace.path.iter().map(Name::source);
        Some(
            modules
                .chain([name.source()])
                .collect::<Vec<_>>()
                .join("::"),
        )
    }

    /// The name of the module of a version, which is also that of its feature.
    #[must_use]
    pub fn version_module(&self, version: &str) -> Option<&str> {
        self.versions
            .get(version)
            .map(|version| version.module.plain())
    }

    /// The features of the crate by name, each with those that it enables: one for each area of a version, and one for
    /// each version, which has all of its areas. By default there is everything.
    pub(super) fn features(&self) -> BTreeMap<String, Vec<String>> {
        let mut features = BTreeMap::new();
        if self
            .versions
            .values()
            .all(|version| version.features.names().is_empty())
        {
            return features;
        }
        let mut default = Vec::new();
        for version in self.versions.values() {
            let areas = version.features.names();
            features.extend(areas.iter().map(|area| (area.clone(), Vec::new())));
            let name = version.module.plain().to_owned();
            features.insert(name.clone(), areas.to_vec());
            default.push(name);
        }
        features.insert("default".to_owned(), default);
        features
    }
}

impl VersionNames {
    fn new(
        version: &VersionSchema,
        module: Name,
        root: &str,
        features: Features,
        emission: &dyn Fn(&TypeName) -> Emission,
        purpose: Purpose,
    ) -> Self {
        let mut names = Self {
            features,
            module: module.clone(),
            namespaces: Vec::new(),
            types: HashMap::with_capacity(version.types.len()),
            families: HashMap::new(),
            shared: None,
        };
        let all_bases = bases(version);
        let types: BTreeMap<&str, Vec<&TypeName>> = version
            .types
            .keys()
            .filter(|name| emission(name) != Emission::Nowhere)
            .fold(BTreeMap::new(), |mut types, name| {
                types.entry(name.namespace()).or_default().push(name);
                types
            });
        let spaces = with_ancestors(types.keys().copied(), root);
        let mut open = vec![(root, vec![module], None)];
        while let Some((space, path, around)) = open.pop() {
            let position = names.namespaces.len();
            if let Some(around) = around {
                let around: &mut Namespace = &mut names.namespaces[around];
                around.children.push(position);
            }
            let own = types.get(space).map_or(&[][..], Vec::as_slice);
            let idents = Scope::new(Usage::Type).names(own.iter().map(|name| name.short()));

            let bases = own.iter().copied().filter(|name| all_bases.contains(name));
            let bases: Vec<&TypeName> = bases.collect();
            let families: Vec<String> = bases.iter().map(|base| family(base)).collect();
            let families = Scope::new(Usage::Type)
                .reserving(idents.iter().map(Name::plain))
                .names(families.iter().map(String::as_str));
            let mut shown_families = BTreeMap::new();
            for (base, family) in bases.into_iter().zip(families) {
                match emission(base) {
                    Emission::Here => {
                        names.families.insert(base.clone(), family);
                    }
                    Emission::Shared => {
                        shown_families.insert(base, family);
                    }
                    Emission::Nowhere => {}
                }
            }

            // Namespaces have the plain names, for these are public.
            let scope = Scope::new(Usage::Module)
                .reserving(["support"])
                .reserving(idents.iter().map(Name::plain));
            let children = spaces
                .iter()
                .filter(|child| parent(child, root) == Some(space));
            let children: Vec<&str> = children.map(String::as_str).collect();
            let modules = scope.names(children.iter().copied().map(last_segment));
            let scope = scope.reserving(modules.iter().map(Name::plain));

            let mut areas: BTreeMap<Name, Vec<&TypeName>> = BTreeMap::new();
            let mut shared = Vec::new();
            for (name, ident) in own.iter().zip(idents) {
                if emission(name) == Emission::Shared {
                    shared.push(SharedType {
                        ty: (*name).clone(),
                        name: ident,
                        family: shown_families.remove(name),
                    });
                    continue;
                }
                names.types.insert((*name).clone(), (position, ident));
                if purpose == Purpose::Compare {
                    continue;
                }
                let area = version.types.get(*name).map(area);
                // Areas are named one by one: those that differ only in spelling are one.
                for module in scope.names(area.as_deref()) {
                    areas.entry(module).or_default().push(name);
                }
            }
            let scope = scope.reserving(areas.keys().map(Name::plain));
            let modules_of_areas = areas
                .into_iter()
                .flat_map(|(area, types)| split(area, types, &names.features, &scope));
            let modules_of_areas = modules_of_areas.collect();
            for (child, module) in children.into_iter().zip(modules).rev() {
                let path = path.iter().cloned().chain([module]).collect();
                open.push((child, path, Some(position)));
            }
            names.namespaces.push(Namespace {
                name: space.to_owned(),
                path,
                children: Vec::new(),
                modules: modules_of_areas,
                shared,
            });
        }
        names
    }

    /// What must be enabled for a module to be there.
    pub(super) fn condition(&self, module: &Module) -> Condition<'_> {
        let first = module.types.first();
        first.map_or(Condition::None, |name| self.features.condition(name))
    }

    fn find(&self, name: &TypeName) -> Option<(&Namespace, &Name)> {
        match self.types.get(name) {
            Some((namespace, name)) => Some((&self.namespaces[*namespace], name)),
            None => self.shared.as_ref()?.find(name),
        }
    }

    /// The name of the enum whose variants are a type and those that derive from it.
    pub(super) fn family(&self, base: &TypeName) -> Option<&Name> {
        let shared = || self.shared.as_ref()?.family(base);
        self.families.get(base).or_else(shared)
    }

    /// The path of that enum from the area modules of a namespace.
    pub(super) fn relative_family(
        &self,
        from: &Namespace,
        base: &TypeName,
    ) -> Option<RelativePath<'_>> {
        let name = self.family(base)?;
        let path = self.relative(from, base)?;
        Some(RelativePath { name, ..path })
    }

    /// The namespace of a type, here or among the shared types.
    pub(super) fn namespace(&self, name: &TypeName) -> Option<&Namespace> {
        self.find(name).map(|(namespace, _)| namespace)
    }

    /// The path of a type from the module of the version.
    pub(super) fn path(&self, name: &TypeName) -> Option<String> {
        let (namespace, name) = self.find(name)?;
        let mut path = String::new();
        for module in namespace.path.iter().skip(1) {
            path.push_str(&module.source());
            path.push_str("::");
        }
        path.push_str(&name.source());
        Some(path)
    }

    /// The name of a type in its namespace.
    pub(super) fn ident(&self, name: &TypeName) -> Option<&Name> {
        self.types.get(name).map(|(_, name)| name)
    }

    /// The path of a type from the area modules of a namespace.
    pub(super) fn relative(&self, from: &Namespace, to: &TypeName) -> Option<RelativePath<'_>> {
        let (namespace, name) = self.find(to)?;
        let common = from
            .path
            .iter()
            .zip(&namespace.path)
            .take_while(|(from, to)| from == to)
            .count();
        Some(RelativePath {
            ups: 1 + from.path.len() - common,
            modules: &namespace.path[common..],
            name,
        })
    }
}

impl VersionNames {
    /// What a namespace shows of the types that versions share: for each condition the items, as a `use` names them.
    pub(super) fn shown<'a>(
        &'a self,
        namespace: &'a Namespace,
        mode: Mode,
    ) -> BTreeMap<Condition<'a>, Vec<String>> {
        let mut shown: BTreeMap<Condition<'_>, Vec<String>> = BTreeMap::new();
        let Some(shared) = &self.shared else {
            return shown;
        };
        let up = "super::".repeat(namespace.path.len());
        for SharedType { ty, name, family } in &namespace.shared {
            let Some((there, found)) = shared.find(ty) else {
                continue;
            };
            let modules: Vec<String> = there.path.iter().map(Name::source).collect();
            let path = format!("{up}{}", modules.join("::"));
            let item = |found: &Name, name: &Name| match found == name {
                true => format!("{path}::{}", found.source()),
                false => format!("{path}::{} as {}", found.source(), name.source()),
            };
            let items = shown.entry(self.features.condition(ty)).or_default();
            items.push(item(found, name));
            if let (Some(found), Some(name), Mode::Table) = (shared.families.get(ty), family, mode)
            {
                items.push(item(found, name));
            }
        }
        shown
    }
}

/// A path that begins with `super`, so that it holds wherever the file is included.
#[derive(Clone, Copy, Debug)]
pub(super) struct RelativePath<'a> {
    ups: usize,
    modules: &'a [Name],
    name: &'a Name,
}

impl RelativePath<'_> {
    /// The path as text.
    pub(super) fn source(self) -> String {
        let mut source = "super::".repeat(self.ups);
        for module in self.modules {
            source.push_str(&module.source());
            source.push_str("::");
        }
        source.push_str(&self.name.source());
        source
    }

    /// The names in it.
    pub(super) fn idents(&self) -> impl Iterator<Item = Ident> {
        let ups = std::iter::repeat_n("super", self.ups);
        let ups = ups.map(|up| Ident::new(up, Span::call_site()));
        let names = self.modules.iter().chain([self.name]);
        ups.chain(names.map(Name::ident))
    }
}

impl ToTokens for RelativePath<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let idents = self.idents();
        tokens.extend(quote!(#(#idents)::*));
    }
}

/// The modules of an area: the one that the fewest features need has the name of the area, the others tell that they are
/// shared with other areas.
fn split<'a>(
    area: Name,
    types: Vec<&'a TypeName>,
    features: &'a Features,
    scope: &Scope,
) -> Vec<Module> {
    let mut needed_by: HashMap<_, Vec<&TypeName>> = HashMap::new();
    for name in types {
        needed_by
            .entry(features.needing(name))
            .or_default()
            .push(name);
    }
    let groups = needed_by.into_values().filter_map(|types| {
        let condition = features.condition(types.first()?);
        Some((condition, types.into_iter().cloned().collect()))
    });
    let mut groups: Vec<(Condition<'a>, Vec<TypeName>)> = groups.collect();
    groups.sort_by(|(one, _), (other, _)| (one.len(), one).cmp(&(other.len(), other)));
    let shared = format!("{}_shared", area.plain());
    let shared = scope.names((1..groups.len()).map(|_| shared.as_str()));
    let names = std::iter::once(area).chain(shared);
    let modules = names.zip(groups);
    modules
        .map(|(name, (_, types))| Module { name, types })
        .collect()
}

/// What the enum of a type and of those that derive from it is named after.
fn family(base: &TypeName) -> String {
    let mut chars = base.short().chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    format!("any{}{}", first.collect::<String>(), chars.as_str())
}

/// The docs area of a type: its product, and the part of the product that the page's file name starts with, where a
/// product is so large that its pages are named like that (`PRODUCT-PART-NAME.md`).
pub(super) fn area(ty: &Type) -> Cow<'_, str> {
    let Some(product) = ty.area.as_deref() else {
        return NO_AREA.into();
    };
    let file = ty.source.page.rsplit('/').next().unwrap_or_default();
    let rest = file
        .strip_prefix(product)
        .and_then(|rest| rest.strip_prefix('-'));
    match rest.and_then(|rest| rest.split_once('-')) {
        Some((part, _)) if !part.is_empty() => format!("{product}-{part}").into(),
        _ => product.into(),
    }
}

/// All namespaces, and those between them and the root.
fn with_ancestors<'a>(spaces: impl Iterator<Item = &'a str>, root: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for space in spaces {
        let mut next = Some(space);
        while let Some(space) = next.filter(|space| *space != root) {
            all.insert(space.to_owned());
            next = parent(space, root);
        }
    }
    all
}

/// The namespace around a namespace; the outermost ones are inside the root.
fn parent<'a>(space: &'a str, root: &'a str) -> Option<&'a str> {
    (space != root).then(|| space.rsplit_once('.').map_or(root, |(parent, _)| parent))
}

fn last_segment(space: &str) -> &str {
    space.rsplit_once('.').map_or(space, |(_, last)| last)
}
