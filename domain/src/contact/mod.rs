//! Ways to reach and to name a person: parsed once at the door, trusted ever after.
//!
//! A value of these types can only be had by `parse`, also from JSON. What a patient has instead
//! of a national id (border numbers, GCC ids, newborns) is not here: it has no checksum to trust.

/// Declares what every parsed text shares: reading, printing and JSON in its one spelling.
///
/// `Debug` hides the value: these are the words that may never reach a log.
macro_rules! parsed_text {
    ($name:ident, $fault:ident, $code:literal, $message:literal) => {
        impl $name {
            /// The one spelling under which it is stored and compared.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $fault;
            fn from_str(text: &str) -> Result<Self, $fault> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $fault;
            fn try_from(text: String) -> Result<Self, $fault> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(parsed: $name) -> Self {
                parsed.0
            }
        }

        /// The refusal. It does not repeat what was read, because that is about a person.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        #[error($message)]
        pub struct $fault;

        impl $fault {
            /// The word for it in a `FieldFault`.
            pub const fn code(&self) -> &'static str {
                $code
            }
        }
    };
}

mod dial;
mod digits;
mod email;
mod national_id;
mod phone;

pub use dial::{DialNumber, ParseDial};
pub use digits::fold_digits;
pub use email::{EMAIL_BYTES_MAX, EmailAddress, ParseEmail};
pub use national_id::{NationalId, NationalIdKind, ParseNationalId};
pub use phone::{ParsePhone, PhoneNumber};
