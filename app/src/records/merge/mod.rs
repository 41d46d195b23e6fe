//! Two records that may be one patient: told of, compared, merged, and parted again.

mod card;
mod page;

pub(super) use card::KinCard;
pub(crate) use page::MergePage;
