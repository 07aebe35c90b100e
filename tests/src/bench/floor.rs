//! Derived types without their derives: what any way of emitting the types has to compile.

use syn::{Attribute, Item};

use crate::emitted::Problem;

/// The attributes that make types able to do something.
const ABILITIES: [&str; 3] = ["default", "derive", "serde"];

/// A source file with bare types.
///
/// # Errors
///
/// If the text is not Rust.
///
/// ```
/// let text = "/// A tone.\n#[derive(Default)]\npub struct Tone {\n    #[serde(default)]\n    pub pitch: i32,\n}\n";
/// assert_eq!(
///     typedown_tests::bench::floor::bare(text).unwrap(),
///     "/// A tone.\npub struct Tone {\n    pub pitch: i32,\n}\n"
/// );
/// ```
pub fn bare(text: &str) -> Result<String, Problem> {
    let mut file = syn::parse_file(text)?;
    for item in &mut file.items {
        match item {
            Item::Struct(item) => {
                strip(&mut item.attrs);
                item.fields
                    .iter_mut()
                    .for_each(|field| strip(&mut field.attrs));
            }
            Item::Enum(item) => {
                strip(&mut item.attrs);
                item.variants
                    .iter_mut()
                    .for_each(|variant| strip(&mut variant.attrs));
            }
            _ => {}
        }
    }
    Ok(prettyplease::unparse(&file))
}

fn strip(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| !ABILITIES.iter().any(|name| attribute.path().is_ident(name)));
}
