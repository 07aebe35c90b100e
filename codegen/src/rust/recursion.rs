//! Which fields would make a struct infinitely large.

use super::descendants::Descendants;
use crate::schema::{ItemType, StructuralType, TypeName, VersionSchema};
use std::collections::{BTreeSet, HashMap};

/// The groups of types that hold each other in place. A field must be boxed if and only if its type is in the group
/// of its owner: a type that is alone in its group can still hold itself.
#[derive(Debug)]
pub(super) struct Recursion<'a> {
    /// For each type the first of its group by name.
    groups: HashMap<&'a TypeName, &'a TypeName>,
    /// The groups of which a member holds another, or itself.
    recursive: BTreeSet<&'a TypeName>,
}

impl<'a> Recursion<'a> {
    /// Finds the strongly connected groups of the graph whose edges are the fields that hold one object in place
    /// (Tarjan's algorithm, with its stack on the heap: chains of types may be long). A value that may be of a derived
    /// type is not held in place.
    pub(super) fn new(schema: &'a VersionSchema, descendants: &Descendants<'_>) -> Self {
        let names: Vec<&TypeName> = schema.types.keys().collect();
        let edges: Vec<Vec<usize>> = names
            .iter()
            .map(|name| targets(schema, name, descendants))
            .collect();
        let groups = groups(&edges);
        let inner = edges.iter().zip(&groups).filter(|(targets, group)| {
            let mut targets = targets.iter();
            targets.any(|target| groups[*target] == **group)
        });
        Self {
            recursive: inner.map(|(_, group)| names[*group]).collect(),
            groups: names
                .iter()
                .copied()
                .zip(groups.iter().map(|group| names[*group]))
                .collect(),
        }
    }

    /// Whether a type leads back to itself.
    pub(super) fn is_recursive(&self, name: &TypeName) -> bool {
        self.groups
            .get(name)
            .is_some_and(|group| self.recursive.contains(group))
    }

    /// The first by name of the types that hold each other in place with this one.
    pub(super) fn group(&self, name: &TypeName) -> Option<&'a TypeName> {
        self.groups.get(name).copied()
    }

    pub(super) fn needs_box(&self, owner: &TypeName, field: &TypeName) -> bool {
        match (self.groups.get(owner), self.groups.get(field)) {
            (Some(owner), Some(field)) => owner == field,
            _ => false,
        }
    }
}

/// The types of which an instance holds one object in place.
fn targets(schema: &VersionSchema, name: &TypeName, descendants: &Descendants<'_>) -> Vec<usize> {
    let lineage: Vec<&StructuralType> = schema
        .lineage(name)
        .filter_map(|(_, ty)| ty.structural())
        .collect();
    let mut targets = Vec::new();
    for (depth, structural) in lineage.iter().enumerate() {
        for (key, property) in &structural.properties {
            let ItemType::Named(target) = &property.ty.item else {
                continue;
            };
            // What a type declares again is as it says, not as its base does.
            let is_hidden = || {
                let mut below = lineage[..depth].iter();
                below.any(|derived| derived.properties.contains_key(key))
            };
            if !property.ty.collection && !is_hidden() {
                let target = descendants.position(target);
                targets.extend(target.filter(|target| descendants.at(*target).is_empty()));
            }
        }
    }
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// For each node the first of those that reach each other with it.
fn groups(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut order = vec![NEW; edges.len()];
    let mut low = vec![NEW; edges.len()];
    let mut group = vec![NEW; edges.len()];
    let mut open = Vec::new();
    let mut found = 0;
    for root in 0..edges.len() {
        if order[root] != NEW {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some((node, edge)) = path.pop() {
            if edge == 0 {
                order[node] = found;
                low[node] = found;
                found += 1;
                open.push(node);
            }
            match edges[node].get(edge) {
                Some(&next) => {
                    path.push((node, edge + 1));
                    if order[next] == NEW {
                        path.push((next, 0));
                    } else if group[next] == NEW {
                        low[node] = low[node].min(order[next]);
                    }
                }
                None => {
                    if let Some(&(parent, _)) = path.last() {
                        low[parent] = low[parent].min(low[node]);
                    }
                    if low[node] == order[node] {
                        let start = open.iter().rposition(|member| *member == node);
                        let members = open.split_off(start.unwrap_or_default());
                        let first = members.iter().copied().min().unwrap_or(node);
                        members.into_iter().for_each(|member| group[member] = first);
                    }
                }
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn nodes_that_reach_each_other_are_one_group() {
        // 0 -> 1 -> 2 -> 0, 2 -> 3 -> 4 -> 3, 5 alone, 6 -> 6.
        let groups = groups(&[
            vec![1],
            vec![2],
            vec![0, 3],
            vec![4],
            vec![3],
            vec![],
            vec![6],
        ]);
        assert!(groups[0] == groups[1] && groups[1] == groups[2]);
        assert!(groups[3] == groups[4] && groups[3] != groups[0]);
        assert!(![0, 3, 6].iter().any(|node| groups[*node] == groups[5]));
    }

    #[test]
    fn long_chains_need_no_stack() {
        let mut edges: Vec<Vec<usize>> = (1..=200_000).map(|next| vec![next]).collect();
        edges.push(vec![0]);
        let groups = groups(&edges);
        assert!(groups.iter().all(|group| *group == groups[0]));
    }
}
