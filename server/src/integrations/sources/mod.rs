//! The systems that send: their keys, for whom they speak, and how they do.

mod health;
mod keys;
mod list;
mod save;
mod store;
mod watch;

use px360_domain::access::Reach;
use px360_domain::ids::SourceId;

use crate::error::Result;
use crate::tx::Reader;

pub use keys::renew_source_key;
pub use list::sources;
pub use save::{create_source, update_source};
pub use watch::watch_sources;

/// For which hospitals a source speaks; none when none of them is within the reader's reach.
pub(super) async fn reach_of(read: Reader<'_>, id: SourceId) -> Result<Option<Reach>> {
    let source = store::list(read, Some(id)).await?.pop();
    Ok(source.map(|source| {
        let hospitals: Vec<_> = source.hospitals.iter().map(|hospital| hospital.id).collect();
        Reach { all: hospitals.is_empty(), hospitals, ..Reach::default() }
    }))
}
