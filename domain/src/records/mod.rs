//! Records that people keep: hospitals, departments, physicians, employees, patients and users.
//!
//! Each kind is described once ([`RecordKind::fields`]); lists, forms, the REST doors and their
//! schema, exports, masking and the audit's differences are read from that description. What a
//! description cannot say stands in [`check`] and in `px360-server`'s `records`. Anyone may use it.

mod bulk;
mod check;
mod contract;
mod field;
mod glass;
mod hours;
mod import;
mod kind;
mod kinds;
mod mask;
mod merge;
mod parse;
mod timeline;

pub use bulk::*;
pub use check::{Writing, check};
pub use contract::*;
pub use field::{Field, Form, Listed};
pub use glass::*;
pub use hours::{calendar_of, minute_of};
pub use import::*;
pub use kind::RecordKind;
pub use mask::masked;
pub use merge::*;
pub use parse::{CODE_CHARS_MAX, ID_CHARS_MAX, ROWS_MAX, parse_text};
pub use timeline::*;
