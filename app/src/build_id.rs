//! Which build of the browser side a server hands out.

use std::sync::OnceLock;

use leptos::config::LeptosOptions;

/// The hash of the WebAssembly, or `unhashed` where names carry none. Read once: a program that runs
/// goes on serving what it began with.
pub fn build_id(options: &LeptosOptions) -> &'static str {
    static ID: OnceLock<String> = OnceLock::new();
    ID.get_or_init(|| of_file(options).unwrap_or_else(|| "unhashed".to_owned()))
}

fn of_file(options: &LeptosOptions) -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let hashes = std::fs::read_to_string(program.parent()?.join(&*options.hash_file)).ok()?;
    let hash = hashes.lines().find_map(|line| line.strip_prefix("wasm:"))?;
    options.hash_files.then(|| hash.trim().to_owned())
}
