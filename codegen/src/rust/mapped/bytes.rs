//! Binary values as bytes.

use super::scalar::{Found, Item, Scalar};
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt;

/// The value of a property of type `Edm.Binary`, which is base64 in JSON: in either alphabet, with or
/// without padding when it is read, and in the standard alphabet with padding, which Graph sends, when it is written. What was read
/// is written back in the form in which it came.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Bytes(pub Vec<u8>);

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({} bytes)", self.len())
    }
}

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

impl Scalar for Bytes {
    const EXPECTED: &'static str = "Edm.Binary";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        let text = found.text()?;
        let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text));
        bytes.ok().map(Self)
    }

    fn item(&self) -> Item<'_> {
        Item::Made(STANDARD.encode(&self.0).into())
    }
}
