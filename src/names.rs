//! Types whose values have names: the same name in `Display`, `FromStr`, JSON and settings.

/// Gives an enum with `name` and `all` the traits that go with its names.
macro_rules! named {
    ($type:ty, $what:literal) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::error::Error;

            fn from_str(name: &str) -> Result<$type, $crate::error::Error> {
                let unknown = || $crate::error::ErrorKind::UnknownName { what: $what, name: name.to_string() };
                <$type>::all().find(|value| value.name() == name).ok_or_else(|| unknown().into())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                name.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Gives an enum without data its names.
macro_rules! names {
    ($type:ident, $what:literal, $($value:ident = $name:literal),+ $(,)?) => {
        impl $type {
            /// All values, in their order.
            pub fn all() -> impl Iterator<Item = $type> {
                [$($type::$value),+].into_iter()
            }

            /// The name, as in settings and JSON.
            pub const fn name(self) -> &'static str {
                match self {
                    $($type::$value => $name),+
                }
            }
        }

        $crate::names::named!($type, $what);
    };
}

pub(crate) use named;
pub(crate) use names;
