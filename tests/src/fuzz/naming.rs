//! Schemas whose names are anything, and often nearly the same: what is emitted of them is Rust, with distinct names.

use arbitrary::{Result, Unstructured};
use typedown::Generator;
use typedown::rust::{Mode, Names};
use typedown::schema::Schema;

use super::schemas::{Maker, WORDS, one_in};
use crate::laws;

pub(super) fn run(input: &[u8]) {
    let mut input = Unstructured::new(input);
    let made = made(&mut input);
    let Ok((schema, generator)) = made else {
        return;
    };
    laws::lock::holds(&schema);
    let output = generator.emit(&schema).expect("nothing is selected");
    laws::emitted::holds(&output.files);
    laws::emitted::features_hold(&output);
    assert_eq!(
        generator.emit(&schema).expect("nothing is selected"),
        output
    );
    let names = Names::new(&schema);
    let mut paths = std::collections::BTreeSet::new();
    for (version, types) in &schema.versions {
        for name in types.types.keys() {
            let path = names.rust_path(version, name);
            let path = path.unwrap_or_else(|| panic!("{name} of {version} has no path"));
            assert!(syn::parse_str::<syn::Path>(&path).is_ok(), "{path}");
            assert!(paths.insert(path.clone()), "{path} is there twice");
        }
    }
}

fn made(input: &mut Unstructured<'_>) -> Result<(Schema, Generator)> {
    let mode = if one_in(4, input)? {
        Mode::Derive
    } else {
        Mode::Table
    };
    let generator = Generator::new()
        .threads(1)
        .mode(mode)
        .share(one_in(4, input)?);
    let schema = Maker::new(input, word).schema()?;
    Ok((schema, generator))
}

/// A word that others are near to: one of those that are often there, in another casing, with something in front, or
/// anything.
fn word(input: &mut Unstructured<'_>) -> Result<String> {
    let known = *input.choose(&WORDS)?;
    Ok(match input.int_in_range(0..=9_u8)? {
        0 => known.to_uppercase(),
        1 => format!("{known}_"),
        2 => format!("{known}2"),
        3 => format!("@odata.{known}"),
        4 => String::arbitrary_in(input)?,
        5 => format!("{known}{}", String::arbitrary_in(input)?),
        6 => (*input.choose(&ODD)?).to_owned(),
        7 => format!("{}{known}", input.choose(&ODD)?),
        _ => known.to_owned(),
    })
}

/// Short texts: long ones tell nothing more.
trait Short: Sized {
    fn arbitrary_in(input: &mut Unstructured<'_>) -> Result<Self>;
}

impl Short for String {
    fn arbitrary_in(input: &mut Unstructured<'_>) -> Result<Self> {
        let length = input.int_in_range(0..=6_usize)?;
        (0..length).map(|_| input.arbitrary::<char>()).collect()
    }
}

const ODD: [&str; 24] = [
    "self", "Self", "crate", "super", "_", "r#type", "type", "extra", "Extra", "support", "shared",
    "con", "com1", "mod", "lib", "general", "default", "Any", "any_call", "状态", "ß", "İ", "ǆ",
    "\u{200d}",
];
