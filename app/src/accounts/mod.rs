//! The signed-in person: who they are, how they look after their account, and what roles allow.
//!
//! Signing in itself is a patient-style page, in `public`.

mod delegations;
mod details_form;
mod password_form;
mod profile_page;
mod roles_page;
mod second_factor;
mod server_fns;
mod sessions_card;
mod user_access;
mod words;

pub(crate) use profile_page::ProfilePage;
pub(crate) use roles_page::RolesPage;
pub(crate) use server_fns::{account_delegations, account_me, account_roles_of};
pub(crate) use user_access::{Places, UserAccess};
pub(crate) use words::role_word;
