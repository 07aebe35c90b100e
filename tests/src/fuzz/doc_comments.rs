//! Any text as the description of a type, of a property and of a member of an enumeration.

use std::collections::BTreeMap;

use typedown::Generator;
use typedown::schema::{
    Definition, EnumType, Evidence, Member, Property, Schema, Source, StructuralKind,
    StructuralType, Type, TypeName, TypeRef, VersionSchema,
};

use crate::laws;

pub(super) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let generator = Generator::new().threads(1);
    let output = generator.emit(&schema(text)).expect("nothing is selected");
    laws::emitted::holds(&output.files);
}

/// Three types, each on the page of its name, all described by one text.
fn schema(text: &str) -> Schema {
    let description = || Some(text.to_owned());
    let source = |page: &str| Source {
        page: format!("api-reference/v1.0/resources/{page}.md").into(),
        line: 1,
    };
    let named = |definition, page: &str| Type {
        definition,
        description: description(),
        deprecated: false,
        area: None,
        source: source(page),
    };
    let property = |ty: &str| Property {
        ty: TypeRef::parse(ty).expect("a qualified type"),
        navigation: false,
        description: description(),
        values: Vec::new(),
        traits: Default::default(),
        evidence: Evidence::Table,
        source: source("call"),
    };
    let call = Definition::Structural(StructuralType {
        kind: StructuralKind::Entity,
        base: None,
        open: false,
        is_abstract: false,
        has_stream: false,
        key: Vec::new(),
        properties: BTreeMap::from([
            ("state".to_owned(), property("n.callState")),
            ("id".to_owned(), property("Edm.String")),
        ]),
    });
    let state = Definition::Enumeration(EnumType {
        flags: false,
        members: vec![Member {
            name: "running".to_owned(),
            value: None,
            description: description(),
            source: source("call"),
        }],
    });
    let types = [
        ("n.call", call, "call"),
        ("n.callState", state.clone(), "call"),
        ("n.tone", state, "tone"),
    ];
    let types = types.into_iter().filter_map(|(name, definition, page)| {
        Some((TypeName::parse(name)?, named(definition, page)))
    });
    let version = VersionSchema {
        types: types.collect(),
    };
    Schema {
        versions: [("v1.0".to_owned(), version)].into(),
    }
}
