//! The server's configuration: `px360.conf`, which the cluster's `postgresql.conf` includes.

use crate::options::Options;

/// The file's name inside the data folder.
pub(crate) const FILE: &str = "px360.conf";

/// Sane for two cores and a few gigabytes; an operator with more sets `DATABASE_URL`.
const SANE: &[(&str, &str)] = &[
    ("listen_addresses", "127.0.0.1"),
    // A socket would be a second door, open to every local user.
    ("unix_socket_directories", ""),
    ("max_connections", "200"),
    ("shared_buffers", "256MB"),
    ("max_wal_size", "1GB"),
    // Planning for spinning disks makes Postgres avoid our indexes.
    ("random_page_cost", "1.1"),
    // Compiling a query costs more than any of ours takes.
    ("jit", "off"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("log_line_prefix", "%m [%p] %d "),
];

/// What a throw-away cluster can do without.
const CARELESS: &[(&str, &str)] =
    &[("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")];

/// The text of the configuration file; later lines win, so the caller's come last.
pub(crate) fn render(options: &Options, port: u16) -> String {
    let mut text = String::from("# Written anew at every start.\n");
    let port = port.to_string();
    let careless = if options.durable { &[] } else { CARELESS };
    let extra = options.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let lines = SANE.iter().chain(careless).copied().chain([("port", port.as_str())]).chain(extra);
    text.extend(lines.map(|(name, value)| format!("{name} = {}\n", quote(value))));
    text
}

fn quote(value: &str) -> String {
    let inner = value.replace('\\', r"\\").replace('\'', "''").replace('\n', r"\n");
    format!("'{inner}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_throw_away_cluster_is_careless() {
        let mut options = Options::durable("x");
        assert!(!render(&options, 1).contains("fsync"));
        options.durable = false;
        assert!(render(&options, 1).contains("fsync = 'off'\n"));
    }

    #[test]
    fn the_callers_settings_come_last_and_are_quoted() {
        let mut options = Options::durable("x");
        options.settings = vec![("jit".into(), "on".into()), ("a.b".into(), r"it's \ 1".into())];
        let text = render(&options, 5433);
        assert!(text.contains("port = '5433'\n"));
        assert!(text.ends_with("jit = 'on'\na.b = 'it''s \\\\ 1'\n"), "{text}");
    }
}
