//! The signed-in person. Signing in itself is a patient-style page, in `public`.

mod server_fns;
mod words;

pub(crate) use server_fns::account_me;
pub(crate) use words::role_word;
