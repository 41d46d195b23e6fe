//! PX actions: raised by others, worked by people, pushed by the clock.
//!
//! [`raise_in`] is for surveys (and, later, complaints, calls and mentions); the rest is for the
//! pages and the REST door. States, rights and the ladder are pure rules of `px360-domain`.

pub mod api;
mod close;
mod decide;
mod detail;
mod escalate_overdue;
mod find;
mod gate;
mod list;
mod log;
mod neighbours;
mod note;
mod note_callback;
mod queue;
mod raise;
mod routing;
mod saved_views;
mod sla;
mod start;
mod start_many;
mod store;
mod tell;
mod views;

pub use close::close;
pub use decide::decide;
pub use detail::detail;
pub use escalate_overdue::escalate_overdue;
pub use find::find;
pub use list::list;
pub use neighbours::neighbours;
pub use note::note;
pub use note_callback::note_callback_in;
pub use raise::{RaiseAction, raise_in};
pub use saved_views::saved_views;
pub use start::start;
pub use start_many::start_many;
