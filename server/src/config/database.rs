//! Where the rows are.

use std::path::PathBuf;

use super::Reader;

/// Where the rows are.
#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    /// `DATABASE_URL`: a Postgres 15 or newer. Unset: the program starts its own in `data_dir`.
    pub url: Option<String>,
    /// `PX360_DATABASE_CONNECTIONS`: the most connections of one process; 20.
    pub connections_max: u32,
    /// `PX360_DATA_DIR`: where the program's own Postgres and its secret live; `.px360`.
    pub data_dir: PathBuf,
}

impl DatabaseConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let connections_max =
            reader.parsed("PX360_DATABASE_CONNECTIONS", 20, "a number of connections");
        if connections_max < 2 {
            reader.fault("PX360_DATABASE_CONNECTIONS", "must be 2 or more");
        }
        Self {
            url: reader.url("DATABASE_URL", &["postgres", "postgresql"]),
            connections_max,
            data_dir: reader.text("PX360_DATA_DIR").unwrap_or_else(|| ".px360".to_owned()).into(),
        }
    }
}
