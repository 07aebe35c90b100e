//! Whether a schema is what an override says.

use std::collections::BTreeMap;

use super::super::super::{
    EnumType, ItemType, StructuralType, Type, TypeName, TypeRef, VersionSchema,
};
use super::{Subject, lower};
use crate::near::nearest;
use crate::overrides::{Override, a_kind};

/// Why the schema is not what an override says; `None` if it is.
pub(super) fn failure(
    schema: &VersionSchema,
    entry: &Override,
    subject: &Subject,
    renamed: &BTreeMap<String, TypeName>,
) -> Option<String> {
    let found = schema.types.get(&subject.new_ty);
    let after = After { schema, renamed };
    match (&subject.new_member, found) {
        (None, _) if entry.skip => None,
        (_, None) => Some(format!(
            "`{}` is not there in the end: other overrides leave nothing that describes it",
            subject.new_ty
        )),
        (None, Some(ty)) => after.ty(entry, subject, ty),
        (Some(member), Some(ty)) => match (ty.structural(), ty.enumeration()) {
            (Some(structural), _) => after.property(entry, subject, structural, member),
            (_, Some(enumeration)) => after.member(entry, subject, enumeration, member),
            (None, None) => None,
        },
    }
}

/// The schema after overrides.
struct After<'a> {
    schema: &'a VersionSchema,
    renamed: &'a BTreeMap<String, TypeName>,
}

impl After<'_> {
    fn ty(&self, entry: &Override, subject: &Subject, ty: &Type) -> Option<String> {
        let name = &subject.new_ty;
        let kind = a_kind(ty.kind_name());
        if entry.kind.is_some_and(|kind| kind.name() != ty.kind_name()) {
            if subject.implied {
                return Some(format!(
                    "`kind`: no page describes `{name}`, which rows name with its values: it can only be an enumeration"
                ));
            }
            let root = self.schema.lineage(name).last();
            return Some(match root.filter(|(root, _)| *root != name) {
                Some((root, _)) => format!(
                    "`kind`: `{name}` derives from `{root}`, and one line of inheritance is all entity types or all \
                     complex types: override the `base` of `{name}`, or the `kind` of `{root}`"
                ),
                None => format!("`kind`: `{name}` stays {kind}"),
            });
        }
        if let Some(base) = &entry.base {
            let Some(structural) = ty.structural() else {
                return Some(format!(
                    "`base`: `{name}` is an enumeration, which has no base"
                ));
            };
            let wanted = base.as_ref().map(|base| self.right_name(base));
            if structural.base.as_ref().map(|base| &base.name) != wanted.as_ref() {
                return Some(format!("`base`: {}", self.wrong_base(name, wanted)));
            }
        }
        if let Some(values) = &entry.values {
            let Some(enumeration) = ty.enumeration() else {
                return Some(format!(
                    "`values`: `{name}` is {kind}; add `kind = \"enum\"` if it is an enumeration"
                ));
            };
            let members = enumeration.members.iter().map(|member| &member.name);
            if !members.eq(values) {
                return Some(format!(
                    "`values`: another override changes members of `{name}`"
                ));
            }
        }
        None
    }

    fn wrong_base(&self, of: &TypeName, wanted: Option<TypeName>) -> String {
        let Some(wanted) = wanted else {
            return format!("`{of}` keeps its base");
        };
        match self.schema.types.get(&wanted) {
            None => self.unknown(&wanted),
            Some(ty) if ty.structural().is_none() => {
                format!("`{wanted}` is an enumeration, from which nothing derives")
            }
            Some(_) => format!("following base types from `{wanted}` leads back to `{of}`"),
        }
    }

    fn property(
        &self,
        entry: &Override,
        subject: &Subject,
        structural: &StructuralType,
        member: &str,
    ) -> Option<String> {
        let mut properties = structural.properties.iter();
        let own = properties.find(|(name, _)| is_called(name, member, entry));
        let mut bases = self.schema.lineage(&subject.new_ty).skip(1);
        let inherited = bases.find_map(|(owner, ty)| {
            let mut names = ty.structural()?.properties.keys();
            let name = names.find(|name| is_called(name, member, entry))?;
            Some(format!("{owner}/{name}"))
        });
        match (own, inherited) {
            (None, None) if entry.skip => return None,
            // A row that the base has too, under its right name.
            (None, Some(_)) if entry.ty.is_none() && entry.values.is_none() && !entry.skip => {
                return None;
            }
            (None, Some(path)) => {
                return Some(format!("`{subject}` is inherited: override `{path}`"));
            }
            (None, None) => {
                return Some(format!("`{subject}` is no property of the type in the end"));
            }
            (Some(_), _) => {}
        }
        let (_, property) = own?;
        if let Some(ty) = &entry.ty {
            let wanted = self.right_type(ty);
            if property.ty != wanted {
                return Some(match &wanted.item {
                    ItemType::Named(name) if !self.schema.types.contains_key(name) => {
                        format!("`type`: {}", self.unknown(name))
                    }
                    _ => format!("`type`: `{subject}` stays `{}`", property.ty),
                });
            }
        }
        if entry
            .values
            .as_ref()
            .is_some_and(|values| *values != property.values)
        {
            return Some(format!(
                "`values`: `{subject}` is `{}`; only `Edm.String` has values, and an enumeration has its own",
                property.ty
            ));
        }
        None
    }

    fn member(
        &self,
        entry: &Override,
        subject: &Subject,
        enumeration: &EnumType,
        member: &str,
    ) -> Option<String> {
        if entry.ty.is_some() || entry.values.is_some() {
            let verb = if entry.ty.is_some() { "type" } else { "values" };
            return Some(format!(
                "`{verb}`: `{subject}` is a member of an enumeration: `rename` and `skip` are for members"
            ));
        }
        let mut members = enumeration.members.iter();
        let found = members.any(|other| is_called(&other.name, member, entry));
        (found == entry.skip).then(|| {
            format!(
                "`{subject}`: the `values` of `{}` are overridden too: change them there",
                subject.new_ty
            )
        })
    }

    fn unknown(&self, name: &TypeName) -> String {
        let near = match nearest(name.short(), self.schema.types.keys(), |name| name.short()) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => String::new(),
        };
        format!("no page describes the type `{name}`{near}")
    }

    /// The spelling of a name in the schema, whether it is the docs' or the right one.
    fn right_name(&self, name: &TypeName) -> TypeName {
        if self.schema.types.contains_key(name) {
            return name.clone();
        }
        let key = lower(name.as_str());
        let mut known = self.schema.types.keys();
        let renamed = self.renamed.get(&key);
        renamed
            .or_else(|| known.find(|other| lower(other.as_str()) == key))
            .unwrap_or(name)
            .clone()
    }

    fn right_type(&self, ty: &TypeRef) -> TypeRef {
        TypeRef {
            item: match &ty.item {
                ItemType::Named(name) => ItemType::Named(self.right_name(name)),
                item => item.clone(),
            },
            collection: ty.collection,
        }
    }
}

/// Whether a property or member has this name: in any casing, unless an override spells it.
fn is_called(name: &str, wanted: &str, entry: &Override) -> bool {
    if entry.rename.is_some() {
        name == wanted
    } else {
        name.eq_ignore_ascii_case(wanted)
    }
}
