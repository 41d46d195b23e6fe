//! The signed-in person. Signing in itself is a patient-style page, in `public`.

mod server_fns;

pub(crate) use server_fns::account_me;
