//! Finding customizations that cannot be used.

use super::{
    Customization, CustomizationError, Customizations, attributes, is_among, matches_member,
    matches_type, rust_type, split, traits,
};
use crate::near::nearest;
use crate::rust::options::Mode;
use crate::schema::{Definition, ItemType, Primitive, Schema, Type, TypeName};
use std::collections::BTreeSet;

impl Customizations {
    /// Tells which customizations have no effect: their source is not Rust, or they match nothing.
    ///
    /// # Errors
    ///
    /// If there are any.
    pub fn check(&self, schema: &Schema, mode: Mode) -> Result<(), Vec<CustomizationError>> {
        let check = Check {
            customizations: self,
            schema,
            mode,
        };
        let attributes = self
            .attributes
            .iter()
            .map(|entry| (entry, "attribute", check.attribute(entry)));
        let derives = self
            .derives
            .iter()
            .map(|entry| (entry, "derive", check.derive(entry)));
        let mut replaced = BTreeSet::new();
        let replacements = self.replacements.iter();
        let replacements =
            replacements.map(|entry| (entry, "replace", check.replacement(entry, &mut replaced)));
        let outcomes = attributes.chain(derives).chain(replacements);
        let errors = outcomes.filter_map(|(entry, verb, outcome)| {
            Some(CustomizationError {
                place: entry.place.clone(),
                message: format!("{verb}: {}", outcome.err()?),
            })
        });
        let errors: Vec<CustomizationError> = errors.collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}

struct Check<'a> {
    customizations: &'a Customizations,
    schema: &'a Schema,
    mode: Mode,
}

/// What is replaced: a type or a primitive type, or the property of a type.
type Target = (String, Option<String>);

impl<'a> Check<'a> {
    fn attribute(&self, entry: &Customization) -> Result<(), String> {
        let parsed = attributes(&entry.source).is_some_and(|tokens| !tokens.is_empty());
        expect(entry, parsed, "`#[must_use]`")?;
        let (path, member) = split(&entry.path);
        let types = self.emitted(path)?;
        match member {
            Some(member) => self.members(path, member, &types, false).map(drop),
            None => Ok(()),
        }
    }

    fn derive(&self, entry: &Customization) -> Result<(), String> {
        let paths = traits(&entry.source);
        expect(entry, paths.is_some(), "`Eq, Hash`")?;
        let (path, member) = split(&entry.path);
        if member.is_some() {
            return Err(format!("expected a path of types, found `{}`", entry.path));
        }
        let types = self.emitted(path)?;
        for trait_path in paths.into_iter().flatten() {
            let mut kinds = types
                .iter()
                .map(|(_, ty)| matches!(ty.definition, Definition::Enumeration(_)));
            if kinds.all(|is_enumeration| is_among(&trait_path, self.mode.traits(is_enumeration))) {
                let name = trait_path
                    .segments
                    .last()
                    .map(|last| last.ident.to_string());
                let name = name.unwrap_or_default();
                return Err(format!("all that `{path}` matches has `{name}` without it"));
            }
        }
        Ok(())
    }

    fn replacement(
        &self,
        entry: &Customization,
        replaced: &mut BTreeSet<Target>,
    ) -> Result<(), String> {
        expect(
            entry,
            rust_type(&entry.source).is_some(),
            "`my_crate::Type`",
        )?;
        let (path, member) = split(&entry.path);
        let targets: BTreeSet<Target> = match member {
            Some(member) => {
                let types = self.emitted(path)?;
                self.members(path, member, &types, true)?
            }
            None => match self.primitives(path)? {
                primitives if !primitives.is_empty() => primitives,
                _ => {
                    let types = self.types(path)?;
                    types
                        .into_iter()
                        .map(|(name, _)| (name.to_string(), None))
                        .collect()
                }
            },
        };
        let is_new = !targets.is_subset(replaced);
        replaced.extend(targets);
        if is_new {
            Ok(())
        } else {
            Err(format!(
                "all that `{}` matches is replaced by what stands before it",
                entry.path
            ))
        }
    }

    /// The types that a path matches.
    fn types(&self, path: &str) -> Result<Vec<(&'a TypeName, &'a Type)>, String> {
        let all = self
            .schema
            .versions
            .values()
            .flat_map(|version| &version.types);
        let found = all
            .clone()
            .filter(|(name, _)| matches_type(path, name.as_str()));
        let found: Vec<_> = found.collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let short = path.rsplit('.').next().unwrap_or(path);
        let mut primitives = Primitive::ALL.iter().map(|primitive| primitive.name());
        let primitive = primitives.find(|name| {
            name.rsplit('.')
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case(short))
        });
        let names: Vec<&TypeName> = all.map(|(name, _)| name).collect();
        let near = nearest(short, names, |name| name.short());
        let near = primitive.or(near.map(TypeName::short));
        let near = near.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        Err(format!("no type matches `{path}`{near}"))
    }

    /// The types that a path matches and that are emitted.
    fn emitted(&self, path: &str) -> Result<Vec<(&'a TypeName, &'a Type)>, String> {
        let mut types = self.types(path)?;
        types.retain(|(name, _)| self.customizations.replacement(name).is_none());
        if types.is_empty() {
            return Err(format!("all that `{path}` matches is replaced"));
        }
        Ok(types)
    }

    /// The primitive types that a path matches; an error if no property is of one of them.
    fn primitives(&self, path: &str) -> Result<BTreeSet<Target>, String> {
        let primitives = Primitive::ALL
            .iter()
            .filter(|primitive| matches_type(path, primitive.name()));
        let primitives: Vec<&Primitive> = primitives.collect();
        let used = |primitive: &&&Primitive| {
            let types = self
                .schema
                .versions
                .values()
                .flat_map(|version| version.types.values());
            let properties = types
                .filter_map(Type::structural)
                .flat_map(|structural| structural.properties.values());
            let mut items = properties.map(|property| &property.ty.item);
            items.any(|item| matches!(item, ItemType::Primitive(used) if used == **primitive))
        };
        let targets: BTreeSet<Target> = primitives
            .iter()
            .filter(used)
            .map(|primitive| (primitive.name().to_owned(), None))
            .collect();
        if targets.is_empty() && !primitives.is_empty() {
            return Err(format!("no property is of the type `{path}`"));
        }
        Ok(targets)
    }

    /// The properties, inherited ones among them, or members of this name.
    fn members(
        &self,
        path: &str,
        member: &str,
        types: &[(&'a TypeName, &'a Type)],
        only_properties: bool,
    ) -> Result<BTreeSet<Target>, String> {
        let all = types.iter().flat_map(|(name, ty)| {
            let members = self.members_of(name, ty, only_properties).into_iter();
            members.map(|member| (name.to_string(), Some(member.to_owned())))
        });
        let all: BTreeSet<Target> = all.collect();
        let matching = all
            .iter()
            .filter(|(_, name)| matches_member(Some(member), name.as_deref()));
        let matching: BTreeSet<Target> = matching.cloned().collect();
        if !matching.is_empty() {
            return Ok(matching);
        }
        let what = match only_properties {
            true => "property",
            false => "property or member",
        };
        if member == "*" {
            return Err(format!("no type that `{path}` matches has a {what}"));
        }
        let names = all.iter().filter_map(|(_, name)| name.as_deref());
        let names: Vec<&str> = names.collect();
        let near = nearest(member, &names, |name| name);
        let near = near.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        Err(format!(
            "no type that `{path}` matches has a {what} `{member}`{near}"
        ))
    }

    fn members_of(&self, name: &'a TypeName, ty: &'a Type, only_properties: bool) -> Vec<&'a str> {
        match &ty.definition {
            Definition::Structural(_) => {
                let versions = self.schema.versions.values();
                let properties = versions.flat_map(|version| version.effective_properties(name));
                properties.map(|(name, _)| name).collect()
            }
            Definition::Enumeration(_) if only_properties => Vec::new(),
            Definition::Enumeration(enumeration) => {
                let members = enumeration.members.iter();
                members.map(|member| member.name.as_str()).collect()
            }
        }
    }
}

fn expect(entry: &Customization, parsed: bool, example: &str) -> Result<(), String> {
    if parsed {
        return Ok(());
    }
    Err(format!(
        "expected Rust such as {example}, found `{}`",
        entry.source
    ))
}
