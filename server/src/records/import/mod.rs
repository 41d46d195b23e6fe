//! Files of records: kept as they come, read by a job in batches, each row checked and written or told of.
//!
//! A file is read as whoever sent it, with what they may do while it is read. A dry run does the same work
//! and takes it back. A batch is one unit of work: its rows, its faults and how far the file is read are
//! committed together, so a worker that dies costs one batch, and a file that is sent twice changes nothing
//! the second time.

pub mod api;
mod batch;
mod bulk;
mod fault_file;
mod find;
mod forget_old;
mod keep;
mod known;
mod lines;
mod places;
mod run;
mod start;
mod store;
mod table;
mod upload;

pub use fault_file::{as_file, fault_file};
pub use find::{find, list};
pub use forget_old::forget_old;
pub use run::run_imports;
pub use start::start;
pub use upload::{FILE_BYTES_MAX, Room, room, upload};
