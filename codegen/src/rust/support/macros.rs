//! What a type has beside its fields or variants.
//!
//! Only tables differ from type to type; the macros spell out the rest. Functions are marked `#[inline]` so that they are
//! compiled where they are used: a program pays for the types that it uses, and for no others. Paths begin with `support`,
//! which every file that names types imports.

// Without the features of all versions, there may be no type that needs them.
#![allow(unused_imports, unused_macros)]

macro_rules! object {
    ($ty:ident: $name:literal { $($index:literal $field:ident $($constant:ident)?: $kind:ident = $key:literal,)* }) => {
        /// The names of the type and of its properties as they are in JSON, for `$select`, `$expand` and the like. Those
        /// of inherited properties are constants of the base.
        impl $ty {
            /// The type's name, as `@odata.type` has it.
            pub const ODATA_TYPE: &'static str = ::std::concat!("#", $name);
            $($(pub const $constant: &'static str = $key;)?)*
        }

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

        support::shared! { $ty }
    };
}
pub(crate) use object;

/// What objects have in common, be they of one type or of one of several.
macro_rules! shared {
    ($ty:ident) => {
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
pub(crate) use shared;

macro_rules! enumeration {
    ($ty:ident: $name:literal { $($variant:ident = $text:literal $($number:literal)?,)* }) => {
        impl $ty {
            /// The member's name, as it stands in JSON.
            #[inline]
            pub fn as_str(&self) -> &str {
                support::Enumeration::text(self)
            }
        }

        impl support::Enumeration for $ty {
            const NAME: &'static str = $name;
            const MEMBERS: &'static [&'static str] = &[$($text),*];
            const NUMBERS: &'static [(i64, &'static str)] = &[$($(($number, $text),)?)*];

            // Of an enumeration without members nothing is listed.
            #[allow(unreachable_code)]
            #[inline]
            fn listed(&self) -> ::std::result::Result<&'static str, &support::Unlisted> {
                ::std::result::Result::Ok(match self {
                    $(Self::$variant => $text,)*
                    Self::UnknownValue(unlisted) => return ::std::result::Result::Err(unlisted),
                })
            }

            #[inline]
            fn of_unlisted(unlisted: support::Unlisted) -> Self {
                Self::UnknownValue(unlisted)
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

        impl ::std::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                support::clone_member(self)
            }
        }

        impl ::std::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                support::same_member(self, other)
            }
        }

        impl ::std::cmp::Eq for $ty {}

        impl ::std::hash::Hash for $ty {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(self.as_str(), state)
            }
        }

        impl ::std::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
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
                support::write_member(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $ty {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                support::read_member(deserializer)
            }
        }
    };
}
pub(crate) use enumeration;

macro_rules! polymorphic {
    ($ty:ident: $base:ident = $base_path:path { $($(#[$cfg:meta])* $variant:ident: $path:path = $name:literal,)* }) => {
        impl support::Polymorphic for $ty {
            type Base = $base_path;

            #[inline]
            fn named(name: &str) -> ::std::option::Option<Self> {
                match name {
                    $($(#[$cfg])* $name => ::std::option::Option::Some(Self::$variant(::std::default::Default::default())),)*
                    _ => ::std::option::Option::None,
                }
            }

            #[inline]
            fn base(&self) -> ::std::option::Option<&Self::Base> {
                match self {
                    Self::$base(object) => ::std::option::Option::Some(object),
                    #[allow(unreachable_patterns)]
                    _ => ::std::option::Option::None,
                }
            }

            #[inline]
            fn object(&self) -> &dyn support::Object {
                match self {
                    Self::$base(object) => &**object,
                    $($(#[$cfg])* Self::$variant(object) => &**object,)*
                }
            }

            #[inline]
            fn object_mut(&mut self) -> &mut dyn support::Object {
                match self {
                    Self::$base(object) => &mut **object,
                    $($(#[$cfg])* Self::$variant(object) => &mut **object,)*
                }
            }
        }

        impl support::Object for $ty {
            #[inline]
            fn table(&self) -> &'static support::Table {
                support::Polymorphic::object(self).table()
            }

            #[inline]
            fn get(&self, index: usize) -> support::Ref<'_> {
                support::Polymorphic::object(self).get(index)
            }

            #[inline]
            fn get_mut(&mut self, index: usize) -> support::Mut<'_> {
                support::Polymorphic::object_mut(self).get_mut(index)
            }

            #[inline]
            fn retype(&mut self, odata_type: &str) -> bool {
                support::retype(self, odata_type)
            }

            #[inline]
            fn implied_type(&self) -> ::std::option::Option<&'static str> {
                match self {
                    Self::$base(_) => ::std::option::Option::None,
                    #[allow(unreachable_patterns)]
                    _ => ::std::option::Option::Some(support::Polymorphic::object(self).table().name),
                }
            }
        }

        impl ::std::default::Default for $ty {
            #[inline]
            fn default() -> Self {
                Self::$base(::std::default::Default::default())
            }
        }

        support::shared! { $ty }
    };
}
pub(crate) use polymorphic;
