//! What commands tell the person in front of them.

/// Prints one line. Logs go to standard error; this is the answer to what was asked.
#[expect(clippy::print_stdout, reason = "a command's answer belongs on standard output")]
pub(crate) fn say(line: impl std::fmt::Display) {
    println!("{line}");
}
