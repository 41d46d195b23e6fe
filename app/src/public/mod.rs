//! Pages without wasm: the patient's survey and the sign-in page.
//!
//! Plain axum handlers render Leptos views to HTML once per answer; forms post and are redirected
//! (303), and everything works without JavaScript. Rules about answers are in `px360-domain`,
//! storing is in `px360-server`, the staff's hydrated pages are elsewhere in this crate.

mod answer_files;
mod calm_pages;
mod code_page;
mod code_routes;
mod entered;
mod error_summary;
mod import_routes;
mod large_type;
mod naming;
mod picture_routes;
mod posted;
mod poster_routes;
mod preview_routes;
mod public_routes;
mod question;
mod rendered;
mod review_page;
mod shell;
mod sign_in_page;
mod sign_in_routes;
mod sso_routes;
mod stop_page;
mod survey_page;
mod survey_routes;
mod text_area;
mod texts;
mod visit;

pub use calm_pages::{already_answered_page, closed_page, done_page, nowhere_page, refused_page};
pub use entered::{Entered, Intent};
pub use naming::with_names;
pub use public_routes::router;
pub use review_page::review_page;
pub use shell::content_security_policy;
pub use sign_in_page::{SignInPage, SignInProblem, local_path, sign_in_page};
pub use stop_page::stop_page;
pub use survey_page::{Notice, SurveyPage, survey_page};
