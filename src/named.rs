//! Typed indexes, and enums whose arms have names.

/// Declares a typed index, so that the index of a quote can't be used on tokens.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            pub const fn new(index: usize) -> Self {
                Self(index as u32)
            }

            pub const fn at(self) -> usize {
                self.0 as usize
            }
        }
    };
}

/// Declares an enum whose arms have names: the strings that stand for them in `data/`, in SQL and
/// in records.
macro_rules! named {
    ($(#[$doc:meta])* $enum:ident { $($(#[$arm_doc:meta])* $arm:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $enum {
            $($(#[$arm_doc])* $arm),+
        }

        impl $enum {
            /// Every arm, in the order of its declaration.
            pub const ALL: &[Self] = &[$(Self::$arm),+];

            /// The name used in tables, in the database and in the record format.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$arm => $name),+ }
            }
        }

        impl std::str::FromStr for $enum {
            type Err = $crate::named::UnknownName;

            fn from_str(name: &str) -> std::result::Result<Self, $crate::named::UnknownName> {
                match name { $($name => Ok(Self::$arm),)+ _ => Err($crate::named::UnknownName(name.to_owned())) }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// A name that stands for no arm of the enum asked for.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("unknown name «{0}»")]
pub struct UnknownName(pub String);

pub(crate) use {index, named};
