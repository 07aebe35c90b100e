//! What is emitted on both sides, compared type by type.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use super::{Emitted, Presence, Shown, What};
use crate::diff::compare::Pair;
use crate::diff::identity::{self, Renames};
use crate::diff::sides::Sides;
use crate::parallel;
use crate::rust::{FieldView, Idents, Role, Surface};
use crate::schema::{Definition, EnumType, ItemType, Property, PropertyTrait, Type, TypeName};

/// Everything that differs between what is emitted for the versions of a pair.
pub(in crate::diff) fn compare<'a>(
    pair: &'a Pair<'a>,
    renames: &'a Renames,
    surfaces: Sides<&'a Surface<'a>>,
) -> Vec<Emitted<'a>> {
    let (old, new) = (surfaces.old.all_features(), surfaces.new.all_features());
    let features = old
        .iter()
        .filter(|feature| new.binary_search(feature).is_ok());
    let shared = Shared {
        features: features.map(String::as_str).collect(),
        pair,
        renames,
        surfaces,
        same_settings: surfaces.old.has_settings_of(surfaces.new),
        roles: Roles::new(pair, surfaces),
    };
    shared.types()
}

/// What types are on both sides, where that is not the same.
struct Roles<'a>(BTreeMap<&'a TypeName, Sides<Role>>);

impl<'a> Roles<'a> {
    fn new(pair: &Pair<'a>, surfaces: Sides<&Surface<'_>>) -> Self {
        let mut changed = BTreeMap::new();
        for name in pair.versions.new.types.keys() {
            let Some(old) = pair.identity.old_of(name) else {
                continue;
            };
            let roles = Sides::new(surfaces.old.role(old), surfaces.new.role(name));
            if roles.old != roles.new {
                changed.insert(name, roles);
            }
        }
        Self(changed)
    }
}

/// What the comparison of every type needs.
struct Shared<'a> {
    pair: &'a Pair<'a>,
    renames: &'a Renames,
    surfaces: Sides<&'a Surface<'a>>,
    /// The features that both crates have.
    features: Vec<&'a str>,
    /// Whether both sides are emitted in the same way, so that what is equal in the schema is equal in the crate.
    same_settings: bool,
    roles: Roles<'a>,
}

/// A property by its name, with the type that declares it.
type Declared<'a> = (&'a str, (&'a TypeName, &'a Property));

/// The comparison of one type.
struct Comparison<'a, 's> {
    shared: &'s Shared<'a>,
    role_changes: Vec<&'a TypeName>,
    found: Vec<Emitted<'a>>,
}

impl<'a> Deref for Comparison<'a, '_> {
    type Target = Shared<'a>;

    fn deref(&self) -> &Shared<'a> {
        self.shared
    }
}

impl<'a> Shared<'a> {
    fn types(&self) -> Vec<Emitted<'a>> {
        let Sides { old, new } = self.pair.versions;
        let identity = &self.pair.identity;
        let gone = old.types.keys();
        let gone = gone.filter(|name| identity.new_of(name).is_none());
        let gone = gone.map(|name| Sides::new(Some(name), None));
        let here = new.types.keys();
        let here = here.map(|name| Sides::new(identity.old_of(name), Some(name)));
        let names: Vec<Sides<Option<&TypeName>>> = gone.chain(here).collect();
        let dirty = self.dirty();
        let compared = parallel::map(parallel::available(), &names, |names| {
            let mut comparison = Comparison {
                shared: self,
                role_changes: Vec::new(),
                found: Vec::new(),
            };
            comparison.ty(*names, &dirty);
            (comparison.found, comparison.role_changes)
        });
        let mut found = Vec::new();
        let mut roles: BTreeMap<&TypeName, usize> = BTreeMap::new();
        for (of_type, role_changes) in compared {
            found.extend(of_type);
            for name in role_changes {
                *roles.entry(name).or_default() += 1;
            }
        }
        found.extend(roles.into_iter().filter_map(|(name, fields)| {
            Some(Emitted {
                ty: Sides::new(identity.old_of(name), Some(name)),
                member: Sides::default(),
                what: What::Role(*self.roles.0.get(name)?, fields),
            })
        }));
        found
    }

    /// The types of the new side whose fields or variants may differ, by themselves or through a base.
    fn dirty(&self) -> BTreeSet<&'a TypeName> {
        let Sides { old, new } = self.pair.versions;
        let mut dirty = BTreeSet::new();
        for (name, ty) in &new.types {
            let old_name = self.pair.identity.old_of(name);
            let Some((old_name, old_ty)) = old_name.and_then(|old_name| {
                let ty = old.types.get(old_name)?;
                Some((old_name, ty))
            }) else {
                continue;
            };
            if !self.same_settings
                || self.may_differ(Sides::new(old_ty, ty))
                || self.surfaces.old.is_recursive(old_name)
                || self.surfaces.new.is_recursive(name)
            {
                dirty.insert(name);
            }
        }
        let mut derived = Vec::new();
        for name in new.types.keys().filter(|name| !dirty.contains(name)) {
            let mut bases = new.lineage(name).skip(1);
            if bases
                .any(|(base, _)| dirty.contains(base) || self.pair.identity.old_of(base).is_none())
            {
                derived.push(name);
            }
        }
        dirty.extend(derived);
        dirty
    }

    fn may_differ(&self, types: Sides<&Type>) -> bool {
        match (&types.old.definition, &types.new.definition) {
            (Definition::Structural(old), Definition::Structural(new)) => {
                let bases = [&old.base, &new.base];
                let same_base = match bases {
                    [None, None] => true,
                    [Some(old), Some(new)] => self.pair.identity.is_same(&old.name, &new.name),
                    _ => false,
                };
                let mut pairs = old.properties.iter().zip(&new.properties);
                !same_base
                    || old.properties.len() != new.properties.len()
                    || pairs.any(|((old_name, old), (new_name, new))| {
                        old_name != new_name
                            || old.traits != new.traits
                            || !self.pair.identity.is_same_ref(&old.ty, &new.ty)
                            || match &new.ty.item {
                                ItemType::Named(target) => self.roles.0.contains_key(target),
                                ItemType::Primitive(_) | ItemType::Untyped => false,
                            }
                    })
            }
            (Definition::Enumeration(old), Definition::Enumeration(new)) => {
                let old = old.members.iter().map(|member| &member.name);
                old.ne(new.members.iter().map(|member| &member.name))
            }
            _ => true,
        }
    }
}

impl<'a> Comparison<'a, '_> {
    fn ty(&mut self, names: Sides<Option<&'a TypeName>>, dirty: &BTreeSet<&TypeName>) {
        let Sides { old, new } = self.pair.versions;
        let types = Sides {
            old: names
                .old
                .and_then(|name| Some((name, old.types.get(name)?))),
            new: names
                .new
                .and_then(|name| Some((name, new.types.get(name)?))),
        };
        match (types.old, types.new) {
            (Some((_, ty)), None) => self.alone(names, ty, Presence::Removed),
            (None, Some((_, ty))) => self.alone(names, ty, Presence::Added),
            (Some((old_name, old)), Some((name, new))) => {
                let names = Sides::new(old_name, name);
                self.item(names, Sides::new(old, new), dirty.contains(name));
            }
            (None, None) => {}
        }
    }

    fn add(&mut self, ty: Sides<Option<&'a TypeName>>, member: Sides<Option<&'a str>>, what: What) {
        self.found.push(Emitted { ty, member, what });
    }

    /// A type that only one side has.
    fn alone(&mut self, names: Sides<Option<&'a TypeName>>, ty: &'a Type, presence: Presence) {
        let (surface, name) = match (names.old, names.new) {
            (Some(name), _) => (self.surfaces.old, name),
            (None, Some(name)) => (self.surfaces.new, name),
            (None, None) => return,
        };
        if let Some(path) = surface.path(name) {
            self.add(names, Sides::default(), What::Item(presence, path));
        }
        if ty.structural().is_some() {
            self.families(names, surface, name, presence);
        }
    }

    /// The enums of which a type is a variant, where they were there before.
    fn families(
        &mut self,
        names: Sides<Option<&'a TypeName>>,
        surface: &'a Surface<'a>,
        name: &'a TypeName,
        presence: Presence,
    ) {
        for (base, _) in surface.version.lineage(name).skip(1) {
            let other = match presence {
                Presence::Added => self.pair.identity.old_of(base),
                Presence::Removed => self.pair.identity.new_of(base),
            };
            let other_surface = match presence {
                Presence::Added => self.surfaces.old,
                Presence::Removed => self.surfaces.new,
            };
            if other.is_some_and(|base| other_surface.is_family(base))
                && let Some(family) = surface.family_path(base)
            {
                self.add(
                    names,
                    Sides::default(),
                    What::FamilyVariant(presence, family),
                );
            }
        }
    }

    fn item(&mut self, names: Sides<&'a TypeName>, types: Sides<&'a Type>, dirty: bool) {
        let ty = names.map(Some);
        let surfaces = self.surfaces;
        let paths = Sides::new(surfaces.old.path(names.old), surfaces.new.path(names.new));
        match (paths.old, paths.new) {
            (Some(old), Some(new)) if old != new => {
                self.add(ty, Sides::default(), What::Path(Sides::new(old, new)));
            }
            (Some(_), Some(_)) => {}
            (Some(path), None) => {
                return self.add(ty, Sides::default(), What::Item(Presence::Removed, path));
            }
            (None, Some(path)) => {
                return self.add(ty, Sides::default(), What::Item(Presence::Added, path));
            }
            (None, None) => return,
        }
        self.features(names);
        if types.old.deprecated != types.new.deprecated {
            let presence = presence(types.new.deprecated);
            self.add(ty, Sides::default(), What::Deprecated(presence));
        }
        if !self.same_settings {
            self.attributes(names, types);
        }
        let families = Sides {
            old: surfaces.old.family_path(names.old),
            new: surfaces.new.family_path(names.new),
        };
        match (families.old, families.new) {
            (None, Some(family)) => {
                self.add(ty, Sides::default(), What::Family(Presence::Added, family));
            }
            (Some(family), None) => {
                self.add(
                    ty,
                    Sides::default(),
                    What::Family(Presence::Removed, family),
                );
            }
            (Some(old), Some(new)) if old != new => {
                self.add(ty, Sides::default(), What::Path(Sides::new(old, new)));
            }
            _ => {}
        }
        if !dirty {
            return;
        }
        match (&types.old.definition, &types.new.definition) {
            (Definition::Structural(_), Definition::Structural(_)) => {
                self.variant_of(names);
                self.fields(names, types);
            }
            (Definition::Enumeration(old), Definition::Enumeration(new)) => {
                self.variants(names, Sides::new(old, new));
            }
            _ => self.add(ty, Sides::default(), What::Kind),
        }
    }

    fn features(&mut self, names: Sides<&'a TypeName>) {
        // Features that are gone from the crate, and those that are new to it, are not what moved a type.
        if self.features.is_empty() {
            return;
        }
        let old = self.surfaces.old.features(names.old);
        let new = self.surfaces.new.features(names.new);
        if old == new {
            return;
        }
        let is_there = |side: &[&str], feature: &&str| side.is_empty() || side.contains(feature);
        let (mut lost, mut gained) = (Vec::new(), Vec::new());
        for feature in &self.features {
            match (is_there(&old, feature), is_there(&new, feature)) {
                (true, false) => lost.push((*feature).to_owned()),
                (false, true) => gained.push((*feature).to_owned()),
                _ => {}
            }
        }
        if !lost.is_empty() || !gained.is_empty() {
            let what = What::Features { lost, gained };
            self.add(names.map(Some), Sides::default(), what);
        }
    }

    fn attributes(&mut self, names: Sides<&'a TypeName>, types: Sides<&'a Type>) {
        let ty = names.map(Some);
        let old: BTreeSet<String> = self
            .surfaces
            .old
            .traits(names.old, types.old)
            .into_iter()
            .collect();
        let new: BTreeSet<String> = self
            .surfaces
            .new
            .traits(names.new, types.new)
            .into_iter()
            .collect();
        for lost in old.difference(&new) {
            let what = What::Trait(Presence::Removed, lost.clone());
            self.add(ty, Sides::default(), what);
        }
        for gained in new.difference(&old) {
            let what = What::Trait(Presence::Added, gained.clone());
            self.add(ty, Sides::default(), what);
        }
        let exhaustive = Sides {
            old: self.surfaces.old.is_exhaustive(names.old, types.old),
            new: self.surfaces.new.is_exhaustive(names.new, types.new),
        };
        if exhaustive.old != exhaustive.new {
            let presence = presence(!exhaustive.new);
            self.add(ty, Sides::default(), What::NonExhaustive(presence));
        }
    }

    /// The enums of which a type became a variant, or is none any more, because its bases are others.
    fn variant_of(&mut self, names: Sides<&'a TypeName>) {
        let surfaces = self.surfaces;
        let bases = Sides {
            old: surfaces.old.version.lineage(names.old).skip(1),
            new: surfaces.new.version.lineage(names.new).skip(1),
        };
        let old: Vec<&TypeName> = bases.old.map(|(name, _)| name).collect();
        let new: Vec<&TypeName> = bases.new.map(|(name, _)| name).collect();
        let identity = &self.pair.identity;
        for base in &old {
            if let Some(other) = identity.new_of(base)
                && !new.contains(&other)
                && surfaces.new.is_family(other)
                && let Some(variant) = variant(surfaces.old, base, names.old)
            {
                let what = What::FamilyVariant(Presence::Removed, variant);
                self.add(names.map(Some), Sides::default(), what);
            }
        }
        for base in &new {
            if let Some(other) = identity.old_of(base)
                && !old.contains(&other)
                && surfaces.old.is_family(other)
                && let Some(variant) = variant(surfaces.new, base, names.new)
            {
                let what = What::FamilyVariant(Presence::Added, variant);
                self.add(names.map(Some), Sides::default(), what);
            }
        }
    }

    fn fields(&mut self, names: Sides<&'a TypeName>, types: Sides<&'a Type>) {
        let surfaces = self.surfaces;
        let ty = names.map(Some);
        let properties = Sides::new(
            surfaces.old.properties(names.old),
            surfaces.new.properties(names.new),
        );
        let keys = properties.as_ref().map(|fields| fields.keys().copied());
        let keys = keys.map(Iterator::collect::<Vec<&str>>);
        let members = identity::members(self.renames, names.new, &keys.old, &keys.new);
        // The same properties have the same names, and so do the fields.
        let constants = keys.clone().map(Idents::of_constants);
        let idents = match keys.old == keys.new {
            true => Sides::default(),
            false => keys,
        };
        let idents = idents.map(Idents::of_fields);
        let depend = !(idents.old.are_apart() && idents.new.are_apart());
        let exhaustive = Sides {
            old: surfaces.old.is_exhaustive(names.old, types.old),
            new: surfaces.new.is_exhaustive(names.new, types.new),
        };
        let shown =
            |surface: &Surface<'_>, field: &FieldView<'_>, exhaustive, ident: Option<String>| {
                let ident = ident.unwrap_or_default();
                let text = format!("pub {ident}: {}", surface.held_text(&field.held));
                Shown { text, exhaustive }
            };
        for member in members {
            let old = member
                .old
                .and_then(|key| Some((key, *properties.old.get(key)?)));
            let new = member
                .new
                .and_then(|key| Some((key, *properties.new.get(key)?)));
            if let (Some(old), Some(new)) = (old, new)
                && !depend
                && self.is_same_field(names, Sides::new(old, new))
            {
                continue;
            }
            let field = |surface: &'a Surface<'a>, name, of: Option<(&str, _)>| {
                of.and_then(|(key, property)| surface.field(name, key, property))
            };
            let fields = Sides {
                old: field(surfaces.old, names.old, old),
                new: field(surfaces.new, names.new, new),
            };
            match (&fields.old, &fields.new) {
                (Some(old), Some(new)) => {
                    if depend || member.old != member.new {
                        let ident = Sides {
                            old: member.old.and_then(|key| idents.old.of(key)),
                            new: member.new.and_then(|key| idents.new.of(key)),
                        };
                        if let Sides {
                            old: Some(old),
                            new: Some(new),
                        } = ident
                            && old != new
                        {
                            self.add(ty, member, What::Ident(Sides::new(old, new)));
                        }
                    }
                    self.field(ty, member, Sides::new(old, new), &constants);
                }
                (Some(old), None) => {
                    let ident = member.old.and_then(|key| idents.old.of(key));
                    let shown = shown(surfaces.old, old, exhaustive.old, ident);
                    self.add(ty, member, What::Field(Presence::Removed, shown));
                }
                (None, Some(new)) => {
                    let ident = member.new.and_then(|key| idents.new.of(key));
                    let shown = shown(surfaces.new, new, exhaustive.new, ident);
                    self.add(ty, member, What::Field(Presence::Added, shown));
                }
                (None, None) => {}
            }
        }
    }

    /// Whether properties are so much alike that their fields are the same, without a look at these.
    fn is_same_field(&self, names: Sides<&TypeName>, properties: Sides<Declared<'_>>) -> bool {
        let Sides {
            old: (old_key, (old_owner, old)),
            new: (new_key, (new_owner, new)),
        } = properties;
        let is_deprecated =
            |property: &Property| property.traits.contains(PropertyTrait::Deprecated);
        let identity = &self.pair.identity;
        self.same_settings
            && names.old == names.new
            && old_key == new_key
            && identity.is_same(old_owner, new_owner)
            && (old_owner == names.old) == (new_owner == names.new)
            && is_deprecated(old) == is_deprecated(new)
            && old.ty == new.ty
            && identity.is_same_ref(&old.ty, &new.ty)
            && match &new.ty.item {
                ItemType::Named(target) => !self.roles.0.contains_key(target),
                ItemType::Primitive(_) | ItemType::Untyped => true,
            }
            && !self.surfaces.old.is_recursive(names.old)
            && !self.surfaces.new.is_recursive(names.new)
    }

    fn field(
        &mut self,
        ty: Sides<Option<&'a TypeName>>,
        member: Sides<Option<&'a str>>,
        fields: Sides<&FieldView<'a>>,
        constants: &Sides<Idents<'_>>,
    ) {
        if fields.old.constant != fields.new.constant {
            let presence = presence(fields.new.constant);
            let side = match presence {
                Presence::Added => (self.surfaces.new, ty.new, member.new, &constants.new),
                Presence::Removed => (self.surfaces.old, ty.old, member.old, &constants.old),
            };
            if let (surface, Some(owner), Some(key), constants) = side {
                let path = surface.constant(owner, constants, key).unwrap_or_default();
                self.add(ty, member, What::Constant(presence, path));
            }
        }
        if fields.old.deprecated != fields.new.deprecated {
            let presence = presence(fields.new.deprecated);
            self.add(ty, member, What::Deprecated(presence));
        }
        let held = fields.map(|field| &field.held);
        let identity = &self.pair.identity;
        if self.same_settings
            && held
                .old
                .is_same(held.new, |old, new| identity.is_same(old, new))
        {
            return;
        }
        // What another type became is told there, once.
        if let (Some(old), Some(new)) = (held.old.name(), held.new.name())
            && held.old.collection == held.new.collection
            && identity.is_same(old, new)
            && self.roles.0.contains_key(new)
            && self.same_settings
        {
            self.role_changes.push(new);
            return;
        }
        let texts = Sides {
            old: self.surfaces.old.held_text(held.old),
            new: self.surfaces.new.held_text(held.new),
        };
        if texts.old != texts.new {
            self.add(ty, member, What::FieldType(texts));
        }
    }

    fn variants(&mut self, names: Sides<&'a TypeName>, enums: Sides<&'a EnumType>) {
        let surfaces = self.surfaces;
        let ty = names.map(Some);
        let idents = Sides::new(
            surfaces.old.variants(enums.old),
            surfaces.new.variants(enums.new),
        );
        let shown = |ident: &str| Shown {
            text: ident.to_owned(),
            exhaustive: false,
        };
        for at in identity::enum_members(self.renames, names.new, enums) {
            let member = Sides {
                old: at.old.map(|at| enums.old.members[at].name.as_str()),
                new: at.new.map(|at| enums.new.members[at].name.as_str()),
            };
            let old = member.old.and_then(|key| idents.old.get(key));
            let new = member.new.and_then(|key| idents.new.get(key));
            match (old, new) {
                (Some(old), Some(new)) if old != new => {
                    let sides = Sides::new(old.clone(), new.clone());
                    self.add(ty, member, What::Ident(sides));
                }
                (Some(old), None) => {
                    self.add(ty, member, What::Variant(Presence::Removed, shown(old)));
                }
                (None, Some(new)) => {
                    self.add(ty, member, What::Variant(Presence::Added, shown(new)));
                }
                _ => {}
            }
        }
    }
}

/// A type as a variant of the enum of a base.
fn variant(surface: &Surface<'_>, base: &TypeName, name: &TypeName) -> Option<String> {
    let path = surface.path(name)?;
    let variant = path.rsplit("::").next().unwrap_or(&path);
    Some(format!("{}::{variant}", surface.family_path(base)?))
}

fn presence(there: bool) -> Presence {
    match there {
        true => Presence::Added,
        false => Presence::Removed,
    }
}
