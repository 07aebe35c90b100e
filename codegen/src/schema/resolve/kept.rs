//! Resolving nearly the same pages again, as a history does thousands of times, and whoever watches docs: what a type has is
//! kept as long as nothing changes that it depends on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{Base, Definition, StructuralKind, Type, TypeName, VersionSchema};
use super::enums::Implied;
use super::groups::Group;
use super::learned::Learned;
use super::namespaces::Namespaces;
use super::overrides::Rules;
use super::{Known, Properties, Resolver, kinds};
use crate::Limits;
use crate::claims::{Form, PageClaims};
use crate::diagnostic::Diagnostic;

/// The resolution of a version's pages, kept for the next one. Pages that are the same are known by their places in memory,
/// so all pages that were ever given must be kept as long as this is.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    schema: VersionSchema,
    /// What was told of the properties of each type, of those of which anything was.
    told: BTreeMap<TypeName, Vec<Diagnostic>>,
    /// The claims of each type, by their places in memory.
    claims: BTreeMap<TypeName, Vec<usize>>,
    surroundings: Option<Surroundings>,
}

/// The types that differ between one resolution and the next; everything else is the same.
#[derive(Default)]
pub(crate) struct Changed {
    pub(crate) before: VersionSchema,
    pub(crate) after: VersionSchema,
}

/// What the properties of every type depend on beside its own claims and its base.
#[derive(Debug, PartialEq)]
struct Surroundings {
    default_namespace: String,
    /// The types, by all that pages name them by.
    types: Vec<(TypeName, Form, Vec<Arc<str>>)>,
    learned: Learned,
    /// The enumerations that rows imply.
    implied: Vec<TypeName>,
    bases: BTreeMap<TypeName, Base>,
}

impl Surroundings {
    fn of(resolver: &Resolver<'_>) -> Self {
        let types = resolver.groups.values().map(|group| {
            let pages = group.pages().map(|(page, _)| Arc::clone(&page.path));
            (group.name.clone(), group.form, pages.collect())
        });
        Self {
            default_namespace: resolver.index.default_namespace.clone(),
            types: types.collect(),
            learned: resolver.learned.clone(),
            implied: names(&resolver.enums),
            bases: resolver.bases.clone(),
        }
    }
}

fn names(implied: &Implied) -> Vec<TypeName> {
    implied.iter().map(|(name, _)| name.clone()).collect()
}

/// The types that are taken over as they were.
struct Reuse<'k> {
    /// The types as they were, without those that are taken over.
    before: &'k mut VersionSchema,
    claims: &'k BTreeMap<TypeName, Vec<usize>>,
    /// What was told of the types as they were, and what is told of them now.
    told: [BTreeMap<TypeName, Vec<Diagnostic>>; 2],
    /// The kinds that those had which are taken over; none are if the surroundings are others.
    taken: Option<BTreeMap<TypeName, StructuralKind>>,
}

impl Known for Reuse<'_> {
    /// The properties of a type, if they are the same for sure.
    fn of(
        &mut self,
        group: &Group<'_>,
        base: Option<&Base>,
    ) -> Option<(Properties, Vec<Diagnostic>)> {
        let taken = self.taken.as_mut()?;
        let same_claims = self.claims.get(&group.name) == Some(&places(group));
        let same_base = base.is_none_or(|base| taken.contains_key(&base.name));
        if !same_claims || !same_base {
            return None;
        }
        let known = self.before.types.get(&group.name)?.structural()?;
        if known.base.as_ref() != base {
            return None;
        }
        let kind = known.kind;
        let ty = self.before.types.remove(&group.name)?;
        taken.insert(group.name.clone(), kind);
        let [before, now] = &mut self.told;
        let told = before.remove(&group.name).unwrap_or_default();
        if !told.is_empty() {
            now.insert(group.name.clone(), told.clone());
        }
        match ty.definition {
            Definition::Structural(structural) => Some((structural.properties, told)),
            Definition::Enumeration(_) => None,
        }
    }

    fn tell(&mut self, name: &TypeName, told: &[Diagnostic]) {
        if !told.is_empty() {
            self.told[1].insert(name.clone(), told.to_vec());
        }
    }
}

/// What became of one resolution in the next.
struct Step {
    /// The types as they were, but for those that were taken over.
    before: VersionSchema,
    /// The kinds that those had which were taken over.
    taken: BTreeMap<TypeName, StructuralKind>,
    diagnostics: Vec<Diagnostic>,
}

/// Where the claims about a type are in memory.
fn places(group: &Group<'_>) -> Vec<usize> {
    group
        .claims()
        .map(|claim| std::ptr::from_ref(claim).addr())
        .collect()
}

impl Kept {
    /// Resolves the pages of a version as [`resolve`](super::resolve) does; what there is to tell of them.
    pub(crate) fn resolve_again(
        &mut self,
        pages: &[&PageClaims],
        limits: &Limits,
    ) -> Vec<Diagnostic> {
        self.advance(pages, limits).diagnostics
    }

    /// What was resolved last.
    pub(crate) fn schema(&self) -> &VersionSchema {
        &self.schema
    }

    /// Resolves the pages of a version as [`resolve`](super::resolve) does, and tells what is not as it was.
    #[cfg(feature = "analysis")]
    pub(crate) fn resolve(&mut self, pages: &[&PageClaims], limits: &Limits) -> Changed {
        let Step {
            mut before, taken, ..
        } = self.advance(pages, limits);
        let mut after = VersionSchema::default();
        for (name, ty) in &self.schema.types {
            let kind = ty.structural().map(|ty| ty.kind);
            match taken.get(name) {
                Some(was) if Some(*was) == kind => continue,
                // Others hold it in another way, so that it is taken for something else.
                Some(was) => drop(before.types.insert(name.clone(), of_kind(ty, *was))),
                None if before.types.get(name) == Some(ty) => {
                    before.types.remove(name);
                    continue;
                }
                None => {}
            }
            after.types.insert(name.clone(), ty.clone());
        }
        Changed { before, after }
    }

    fn advance(&mut self, pages: &[&PageClaims], limits: &Limits) -> Step {
        let namespaces = Namespaces::new(pages);
        let mut resolver = Resolver::new(pages, &namespaces, Rules::new(limits));
        let uses = resolver.begin();
        let surroundings = Some(Surroundings::of(&resolver));
        let same = self.surroundings == surroundings;
        let mut before = std::mem::take(&mut self.schema);
        let mut reuse = Reuse {
            before: &mut before,
            claims: &self.claims,
            told: [std::mem::take(&mut self.told), BTreeMap::new()],
            taken: same.then(BTreeMap::new),
        };
        let mut schema = resolver.definitions(&mut reuse);
        let Reuse {
            taken,
            told: [_, told],
            ..
        } = reuse;
        kinds::decide(&mut schema, &resolver.groups, &uses, &resolver.rules);
        let groups = resolver.groups.values();
        self.claims = groups
            .map(|group| (group.name.clone(), places(group)))
            .collect();
        self.surroundings = surroundings;
        self.schema = schema;
        self.told = told;
        Step {
            before,
            taken: taken.unwrap_or_default(),
            diagnostics: resolver.diagnostics,
        }
    }

    /// Forgets everything; what there was.
    pub(crate) fn take(&mut self) -> VersionSchema {
        std::mem::take(self).schema
    }

    /// Takes over a schema that was resolved in another way.
    pub(crate) fn replace(&mut self, schema: VersionSchema) -> Changed {
        let before = self.take();
        self.schema = schema.clone();
        Changed {
            before,
            after: schema,
        }
    }
}

/// A type as it was when it was of another kind.
fn of_kind(ty: &Type, kind: StructuralKind) -> Type {
    let mut ty = ty.clone();
    if let Definition::Structural(structural) = &mut ty.definition {
        structural.kind = kind;
    }
    ty
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use super::*;
    use crate::page::Page;
    use crate::source::MemoryFiles;

    /// Texts that a page can have: other rows, other types, other bases, words that are learned, values that imply types.
    fn variants(name: &str) -> Vec<String> {
        let head = format!("# {name} resource type\n\n");
        let table = "## Properties\n\n|Property|Type|Description|\n|-|-|-|\n";
        let block = |members: &str| {
            format!(
                "\n<!-- {{\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{name}\"}} -->\n``` json\n{{{members}}}\n```\n"
            )
        };
        vec![
            format!("{head}{table}|id|String|Key.|\n|bell|[bell](bell.md)|A bell.|\n"),
            format!(
                "{head}{table}|id|String|Key.|\n|size|Int32|In cm.|\n\n## Relationships\n\n|Relationship|Type|\n|-|-|\n|clock|[clock](clock.md) collection|\n"
            ),
            format!(
                "{head}Inherits from [tower](tower.md).\n\n{table}|mode|clockMode|Possible values are: `fast`, `slow`.|\n"
            ),
            format!(
                "{head}{table}|a|Zeichenfolge|x|\n|b|Zeichenfolge|x|\n|c|Zeichenfolge|x|\n{}",
                block("\"a\": \"string\", \"b\": \"string\", \"c\": \"string\"")
            ),
            format!("{head}{table}|mode|clockMode|x|\n|other|Zeichenfolge|x|\n"),
            format!("# {name} enum\n\n|Member|Value|\n|-|-|\n|up|0|\n|down|1|\n"),
            format!(
                "{head}{table}{}",
                block("\"@odata.type\": \"#microsoft.graph.sounds.x\", \"id\": \"string\"")
            ),
        ]
    }

    #[test]
    fn what_is_kept_is_what_would_be_resolved_anew() {
        let names = ["bell", "clock", "tower", "wall"];
        let read = |name: &str, text: &str| {
            let path = format!("v/resources/{name}.md");
            let files = MemoryFiles::new([(path.clone(), text)]);
            PageClaims::read("v".into(), &Page::read(&files, path.into()))
        };
        let pages: Vec<Vec<PageClaims>> = names
            .iter()
            .map(|name| variants(name).iter().map(|text| read(name, text)).collect())
            .collect();
        let (mut kept, mut watched) = (Kept::default(), Kept::default());
        let mut chosen: Vec<Option<usize>> = vec![None; names.len()];
        // Knuth's constants: the same choices each time.
        let mut state = 7_u64;
        let mut below = |limit: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % limit
        };
        let mut reused = 0;
        for _ in 0..3000 {
            let page = below(names.len());
            chosen[page] = Some(below(pages[page].len() + 1)).filter(|at| *at < pages[page].len());
            let now = pages.iter().zip(&chosen);
            let now: Vec<&PageClaims> = now.filter_map(|(page, at)| Some(&page[(*at)?])).collect();
            let old = kept.schema.clone();
            let mut told = watched.resolve_again(&now, &Limits::default());
            let changed = kept.resolve(&now, &Limits::default());
            let anew: Vec<PageClaims> = now.into_iter().cloned().collect();
            let mut anew = resolve(&anew);
            told.sort();
            anew.diagnostics.sort();
            assert_eq!(told, anew.diagnostics);
            let mut anew = anew.schema.versions;
            let anew = anew.remove("v").unwrap_or_default();
            assert_eq!(kept.schema, anew);
            assert_eq!(watched.schema, anew);
            // What is told as changed makes the one of the other, and nothing else differs.
            let mut made = old.clone();
            made.types
                .retain(|name, _| !changed.before.types.contains_key(name));
            made.types.extend(changed.after.types.clone());
            assert_eq!(made, anew);
            for (name, ty) in &changed.before.types {
                assert_eq!(old.types.get(name), Some(ty));
            }
            reused += anew.types.len() - changed.after.types.len();
        }
        assert!(reused > 500, "{reused}");
    }
}
