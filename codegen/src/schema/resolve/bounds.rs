//! Bounds to what types inherit: a few small pages can make long rows of types, each of which has all that those above it have.

use std::collections::BTreeMap;

use super::super::TypeName;
use super::Resolver;
use super::groups::Group;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::limits::Limit;

/// Leaves out the bases with which a type would stand below more types, or those of the version would have more properties,
/// than there may be. Bases come before the types that derive from them.
pub(super) fn keep(resolver: &mut Resolver<'_>) {
    let limits = resolver.rules.limits;
    let mut above: BTreeMap<TypeName, Inherited> = BTreeMap::new();
    let mut all = 0_usize;
    for name in &resolver.order {
        let Some(group) = resolver.groups.get(&name.as_str().to_ascii_lowercase()) else {
            continue;
        };
        let own = own_properties(group);
        let base = resolver.bases.get(name).map(|base| base.name.clone());
        let inherited = base.as_ref().and_then(|base| above.get(base));
        let inherited = inherited.copied().unwrap_or_default();
        let is_within = |limit| match limit {
            Limit::BaseDepth => inherited.types <= limits.base_depth,
            _ => all.saturating_add(own).saturating_add(inherited.properties) <= limits.properties,
        };
        let mut bounds = [Limit::BaseDepth, Limit::Properties].into_iter();
        let over = base.zip(bounds.find(|limit| !is_within(*limit)));
        let inherited = match over {
            None => inherited,
            Some((base, limit)) => {
                let told = left_out(group, &base, limit, &limits.told(limit));
                resolver.diagnostics.push(told);
                resolver.bases.remove(name);
                Inherited::default()
            }
        };
        let has = own.saturating_add(inherited.properties);
        all = all.saturating_add(has);
        let below = Inherited {
            types: inherited.types + 1,
            properties: has,
        };
        above.insert(name.clone(), below);
    }
}

/// What a type has from the types above it.
#[derive(Clone, Copy, Default)]
struct Inherited {
    types: usize,
    properties: usize,
}

/// How many properties the claims about a type have, if each has others.
fn own_properties(group: &Group<'_>) -> usize {
    let counts = group
        .claims()
        .map(|claim| claim.rows.len().max(claim.json.len()));
    counts.sum()
}

fn left_out(group: &Group<'_>, base: &TypeName, limit: Limit, told: &str) -> Diagnostic {
    let name = &group.name;
    let why = match limit {
        Limit::BaseDepth => format!("it would derive from more types in a row than {told}"),
        _ => format!(
            "the types of the version would have more properties, inherited ones counted, than {told}"
        ),
    };
    Diagnostic::new(
        Code::LimitReached,
        group.main().1.place.clone(),
        format!("`{name}` was read without its base `{base}`: {why}"),
    )
    .hint(limit.hint())
    .about(Subject::ty(name.as_str()))
}
