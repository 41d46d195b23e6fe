//! Days, for pages that have only the Gregorian one.

mod hijri_day;

pub use hijri_day::hijri_day;
