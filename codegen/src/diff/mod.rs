//! What differs between two schemas, what it means, and to whom.
//!
//! Facts come first: [`Diff::facts`] tells everything that differs, so that [`apply`] makes the new schema of the old one.
//! Rules come second: [`Diff::findings`] tells each change once, at the type that declares it, under one of the
//! [rules](Rule) and with a verdict on three axes. What a team makes of that comes third: its [`Policy`], what it
//! [allows](Allow), and the [`Gate`] that a build has to pass.

mod allow;
mod apply;
mod compare;
mod emitted;
mod fact;
mod find;
mod finding;
mod flood;
mod gate;
mod identity;
mod parity;
mod policy;
mod rule;
mod rules;
mod shape;
mod sides;
mod verdict;
mod views;

pub use self::allow::{Allow, Allowed, Date, allow};
pub use self::apply::apply;
pub use self::fact::{Came, Change, Fact};
pub use self::finding::{Affects, Finding};
pub use self::flood::{FLOOD, collapse};
pub use self::gate::{Gate, Required};
pub use self::identity::Renames;
pub use self::parity::{Parity, Standing};
pub use self::policy::{Literals, Policy, UnknownRule};
pub use self::rule::{About, Action, Area, Judged, Rule};
pub use self::sides::Sides;
pub use self::verdict::{Bump, Verdicts, Wire};
pub use self::views::{View, Viewer, Views};

use self::compare::Pair;
use self::find::Comparison;
use crate::parallel::{available, both};
use crate::rust::{EmitOptions, Surfaces};
use crate::schema::{Schema, VersionSchema, is_stable};

/// Two schemas, and how they are compared.
///
/// ```
/// use typedown::Generator;
/// use typedown::diff::{Bump, Diff, Wire};
/// use typedown::source::MemoryFiles;
///
/// let read = |rows: &str| {
///     let page = format!("# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n{rows}");
///     let files = MemoryFiles::new([("api-reference/v1.0/resources/tone.md", page)]);
///     Generator::new().read(&files).unwrap().schema
/// };
/// let (old, new) = (read("|pitch|Int32|\n|name|String|\n"), read("|pitch|Int64|\n|name|String|\n"));
/// let findings = Diff::new(&old, &new).findings();
/// assert_eq!(findings.len(), 1);
/// assert_eq!(
///     findings[0].message(),
///     "`microsoft.graph.tone/pitch` has values of a wider type (Edm.Int32 → Edm.Int64)"
/// );
/// assert_eq!(findings[0].verdicts.wire_read, Wire::Risky);
/// assert_eq!(findings[0].verdicts.rust, Bump::Major);
/// ```
#[derive(Clone, Debug)]
pub struct Diff<'a> {
    schemas: Sides<&'a Schema>,
    between: Option<Sides<String>>,
    renames: Renames,
    policy: Policy,
    options: Sides<EmitOptions>,
}

/// Everything that differs between two versions.
pub(crate) fn facts_of<'a>(
    names: Sides<&'a str>,
    versions: Sides<&'a VersionSchema>,
    renames: &Renames,
) -> Vec<Fact<'a>> {
    Pair::new(names, versions, renames).facts(renames)
}

impl<'a> Diff<'a> {
    /// Compares the versions that both schemas have by their names; if each has only one, these.
    #[must_use]
    pub fn new(old: &'a Schema, new: &'a Schema) -> Self {
        let only = |schema: &Schema| match schema.versions.keys().collect::<Vec<_>>()[..] {
            [only] => Some(only.clone()),
            _ => None,
        };
        let between = match (only(old), only(new)) {
            (Some(old), Some(new)) if old != new => Some(Sides::new(old, new)),
            _ => None,
        };
        Self {
            schemas: Sides::new(old, new),
            between,
            renames: Renames::default(),
            policy: Policy::default(),
            options: Sides::default(),
        }
    }

    /// Compares one version of the old schema with one of the new schema, which may be of other names, and of the same
    /// schema. Of versions that are not there nothing is found.
    #[must_use]
    pub fn between(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.between = Some(Sides::new(old.into(), new.into()));
        self
    }

    /// Compares versions of the same name only, also where each schema has just one: to users of an emitted crate, another
    /// version is another module.
    #[must_use]
    pub fn by_name(mut self) -> Self {
        self.between = None;
        self
    }

    /// Takes renames into account that a person has confirmed.
    #[must_use]
    pub fn renames(mut self, renames: Renames) -> Self {
        self.renames = renames;
        self
    }

    /// Says what a team makes of the verdicts.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Says how crates are emitted from the two schemas, if not by default.
    #[must_use]
    pub fn emitted_with(mut self, options: Sides<EmitOptions>) -> Self {
        self.options = options;
        self
    }

    /// The versions that are compared, and the facts about those of which there is only one.
    fn pairs(&self) -> (Vec<Pair<'a>>, Vec<Fact<'a>>) {
        let Some(between) = &self.between else {
            return compare::versions(self.schemas, &self.renames);
        };
        let old = self.schemas.old.versions.get_key_value(&between.old);
        let new = self.schemas.new.versions.get_key_value(&between.new);
        let pair = old.zip(new).map(|((old_name, old), (new_name, new))| {
            let names = Sides::new(old_name.as_str(), new_name.as_str());
            Pair::new(names, Sides::new(old, new), &self.renames)
        });
        (pair.into_iter().collect(), Vec::new())
    }

    /// The versions that are compared with each other, by their names on both sides.
    #[must_use]
    pub fn versions(&self) -> Vec<Sides<&'a str>> {
        let Sides { old, new } = self.schemas;
        match &self.between {
            Some(between) => {
                let old = old.versions.get_key_value(&between.old);
                let new = new.versions.get_key_value(&between.new);
                let names = old.zip(new);
                names
                    .map(|((old, _), (new, _))| Sides::new(old.as_str(), new.as_str()))
                    .into_iter()
                    .collect()
            }
            None => {
                let names = old.versions.keys().map(String::as_str);
                let common = names.filter(|name| new.versions.contains_key(*name));
                common.map(|name| Sides::new(name, name)).collect()
            }
        }
    }

    /// The confirmed renames that nothing in the compared versions has a use for, each as a sentence.
    #[must_use]
    pub fn idle_renames(&self) -> Vec<String> {
        if self.renames.is_empty() {
            return Vec::new();
        }
        let (pairs, _) = self.pairs();
        let compared: Vec<_> = pairs.iter().map(|pair| &pair.identity).collect();
        self.renames.idle(&compared)
    }

    /// Everything that differs, in the order of versions, types and members. Together with the old schema it says all of
    /// the new one; see [`apply`].
    #[must_use]
    pub fn facts(&self) -> Vec<Fact<'a>> {
        let (pairs, mut facts) = self.pairs();
        for pair in &pairs {
            facts.extend(pair.facts(&self.renames));
        }
        facts
    }

    /// Each change once, at the type that declares it, in the order of versions, types and members.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let ((old, (pairs, alone)), new) = both(
            available(),
            || {
                let old = Surfaces::new(self.schemas.old, &self.options.old);
                (old, self.pairs())
            },
            || Surfaces::new(self.schemas.new, &self.options.new),
        );
        let surfaces = Sides { old, new };
        let emitter = self.emitter().into_iter();
        let versions = alone.iter().filter_map(|fact| self.version(fact));
        let mut findings: Vec<Finding> = emitter.chain(versions).collect();
        for pair in &pairs {
            findings.append(&mut self.findings_of(pair, &surfaces));
        }
        findings
    }

    fn surfaces(&self) -> Sides<Surfaces<'_>> {
        Sides {
            old: Surfaces::new(self.schemas.old, &self.options.old),
            new: Surfaces::new(self.schemas.new, &self.options.new),
        }
    }

    /// How each side shows what findings are about.
    #[must_use]
    pub fn views(&self) -> Views<'_> {
        Views {
            schemas: self.schemas,
            surfaces: self.surfaces(),
        }
    }

    /// Which types the compared versions have in common, where they are of different names: v1.0 and beta. If the versions
    /// that both schemas have are compared, of the new schema its stable version and the other one. None for one version of
    /// the same name on both sides, for that is no question of parity.
    #[must_use]
    pub fn parity(&self) -> Option<Parity> {
        let (pairs, _) = self.pairs();
        if let [pair] = &pairs[..]
            && pair.names.old != pair.names.new
        {
            return Some(Parity::new(pair));
        }
        if self.between.is_some() {
            return None;
        }
        let (stable, version) = self.schemas.new.most_stable()?;
        let mut others = self.schemas.new.versions.iter();
        let (other, less_stable) = others.find(|(name, _)| *name != stable)?;
        let names = Sides::new(stable.as_str(), other.as_str());
        let versions = Sides::new(version, less_stable);
        Some(Parity::new(&Pair::new(
            names,
            versions,
            &Renames::default(),
        )))
    }

    fn findings_of(&self, pair: &Pair<'a>, surfaces: &Sides<Surfaces<'_>>) -> Vec<Finding> {
        let (old, new) = both(
            available(),
            || surfaces.old.version(pair.names.old),
            || surfaces.new.version(pair.names.new),
        );
        let (Some(old), Some(new)) = (old, new) else {
            return Vec::new();
        };
        let surfaces = Sides::new(&old, &new);
        let (facts, emitted) = both(
            available(),
            || pair.facts(&self.renames),
            || emitted::compare(pair, &self.renames, surfaces),
        );
        let comparison = Comparison {
            pair,
            renames: &self.renames,
            policy: &self.policy,
            surfaces,
            less_stable: self.less_stable(pair),
        };
        find::find(comparison, &facts, &emitted)
    }

    /// That the crates are emitted with different settings, and what these alone mean: to the new schema, emitted with both.
    fn emitter(&self) -> Option<Finding> {
        let options = self.options.as_ref();
        let differences = options.old.differences(options.new);
        if differences.is_empty() {
            return None;
        }
        let (old, new): (Vec<String>, Vec<String>) = differences.into_iter().unzip();
        let same = Self {
            schemas: Sides::new(self.schemas.new, self.schemas.new),
            between: None,
            renames: Renames::default(),
            ..self.clone()
        };
        let surfaces = same.surfaces();
        let (pairs, _) = same.pairs();
        let by_settings = pairs
            .iter()
            .flat_map(|pair| same.findings_of(pair, &surfaces));
        let rust = by_settings.map(|finding| finding.verdicts.rust).max();
        let mut finding = Finding::new(rules::rust::EMITTER_CHANGED, Sides::default());
        finding.old = Some(old.join(", "));
        finding.new = Some(new.join(", "));
        finding.verdicts.rust = rust.unwrap_or_default().max(Bump::Patch);
        self.policy.judge(&mut finding);
        // The settings are those of the whole crate, its stable part too.
        finding.exempt = false;
        Some(finding)
    }

    /// A version that only one of the schemas has.
    fn version(&self, fact: &Fact<'_>) -> Option<Finding> {
        let Change::Version(came) = &fact.change else {
            return None;
        };
        let types = |version: &VersionSchema| match version.types.len() {
            1 => Some("1 type".to_owned()),
            types => Some(format!("{types} types")),
        };
        let (rule, rust, old, new) = match came {
            Came::Removed(version) => (
                rules::types::VERSION_REMOVED,
                Bump::Major,
                types(version),
                None,
            ),
            Came::Added(version) => (
                rules::types::VERSION_ADDED,
                Bump::Minor,
                None,
                types(version),
            ),
        };
        let mut finding = Finding::new(rule, fact.versions);
        (finding.old, finding.new) = (old, new);
        finding.verdicts.rust = rust;
        self.policy.judge(&mut finding);
        Some(finding)
    }

    /// The less stable versions of both schemas, where the stable ones are compared.
    fn less_stable(&self, pair: &Pair<'a>) -> Sides<Option<&'a VersionSchema>> {
        let names = pair.names;
        let of = |schema: &'a Schema| {
            let others = schema.versions.iter();
            let mut others = others.filter(|(name, _)| !is_stable(name));
            others.next().map(|(_, version)| version)
        };
        match names.old == names.new && is_stable(names.new) {
            true => self.schemas.map(of),
            false => Sides::default(),
        }
    }
}
