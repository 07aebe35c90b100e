//! What a type has beside its fields or variants.
//!
//! Only tables differ from type to type; the macros spell out the rest. Functions are marked `#[inline]` so that they are
//! compiled where they are used: a program pays for the types that it uses, and for no others. Paths begin with `support`,
//! which every file that names types imports.

// Without the features of all versions, there may be no type that needs them.
#![allow(unused_imports, unused_macros)]

macro_rules! object {
    ($ty:ident: $name:literal { $($index:literal $field:ident: $kind:ident = $key:literal,)* }) => {
        impl support::Object for $ty {
            #[inline]
            fn table(&self) -> &'static support::Table {
                &support::Table {
                    rust: ::std::stringify!($ty),
                    name: $name,
                    keys: &[$($key),*],
                }
            }

            #[inline]
            fn get(&self, index: usize) -> support::Ref<'_> {
                match index {
                    $($index => support::Ref::$kind(&self.$field),)*
                    _ => support::Ref::Extra(&self.extra),
                }
            }

            #[inline]
            fn get_mut(&mut self, index: usize) -> support::Mut<'_> {
                match index {
                    $($index => support::Mut::$kind(&mut self.$field),)*
                    _ => support::Mut::Extra(&mut self.extra),
                }
            }
        }

        impl ::std::default::Default for $ty {
            #[inline]
            fn default() -> Self {
                Self {
                    $($field: ::std::option::Option::None,)*
                    extra: support::Extra::EMPTY,
                }
            }
        }

        impl ::std::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                support::clone(self)
            }
        }

        impl ::std::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                support::eq(self, other)
            }
        }

        impl ::std::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                support::debug(self, f)
            }
        }

        impl ::serde::Serialize for $ty {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                support::write(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $ty {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read(deserializer)
            }
        }
    };
}
pub(crate) use object;

macro_rules! enumeration {
    ($ty:ident: $name:literal { $($variant:ident = $text:literal,)* }) => {
        impl $ty {
            /// The member's name, as it stands in JSON.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::UnknownValue(text) => text,
                }
            }
        }

        impl support::Scalar for $ty {
            const TYPE_NAME: &'static str = $name;

            #[inline]
            fn fit(found: &mut support::Found<'_>) -> ::std::option::Option<Self> {
                found.text().map(Self::from)
            }

            #[inline]
            fn item(&self) -> support::Item<'_> {
                support::Item::Text(self.as_str())
            }
        }

        impl ::std::convert::From<&str> for $ty {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::UnknownValue(text.into()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $ty {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $ty {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $ty {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read_text(deserializer)
            }
        }
    };
}
pub(crate) use enumeration;
