//! Who holds which role where: giving, taking away, and never losing the last PX Admin.
//!
//! Who may do it is decided by `px360_domain::access::may_grant`. People are created elsewhere, with
//! the roles that they begin with.

mod grant;
mod last_px_admin;
mod list;
mod of_user;
mod revoke;
mod store;

pub use grant::grant_role;
pub use last_px_admin::guard_last_px_admin_in;
pub use list::list_roles;
pub use of_user::roles_of;
pub use revoke::revoke_role;
