//! Running other programs.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

/// Prints a headline, does the work, and prints how long it took.
pub(crate) fn step<T>(headline: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    println!("\n=== {headline}");
    let outcome = work().map_err(|error| format!("{headline}: {}", crate::told(error.as_ref())))?;
    println!("=== {headline}: done in {:.1} s", begun.elapsed().as_secs_f32());
    Ok(outcome)
}

/// Runs a program whose output goes straight to ours.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| not_run(command, &error))?;
    judge(command, status)
}

/// Runs a program, shows its output, and adds to `kept` the lines that `worth_keeping` chooses;
/// also when the program fails.
pub(crate) fn run_keeping(
    command: &mut Command,
    kept: &mut Vec<String>,
    worth_keeping: fn(&str) -> bool,
) -> Result {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if std::io::stdout().is_terminal() {
        // They see a pipe, and would leave the colours out.
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = command.spawn().map_err(|error| not_run(command, &error))?;
    let said = child.stdout.take().zip(child.stderr.take());
    let (out, err) = said.ok_or("a program without output")?;
    // Cargo announces each test program on stderr, its result follows on stdout: one common list.
    // Two threads, because a program that fills a pipe nobody reads from waits for ever.
    let (list, lines) = mpsc::channel();
    let also = list.clone();
    thread::spawn(move || echo(err, std::io::stderr(), &also));
    thread::spawn(move || echo(out, std::io::stdout(), &list));
    let mut keep = |line: String| {
        if worth_keeping(&line) {
            kept.push(line.trim().to_owned());
        }
    };
    let status = loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => keep(line),
            Err(mpsc::RecvTimeoutError::Disconnected) => break child.wait(),
            // Somebody it started may live on and hold the pipes open; that is not waited for.
            Err(mpsc::RecvTimeoutError::Timeout) => match child.try_wait() {
                Ok(None) => {}
                Ok(Some(status)) => break Ok(status),
                Err(error) => break Err(error),
            },
        }
    };
    lines.try_iter().for_each(keep);
    judge(command, status.map_err(|error| not_run(command, &error))?)
}

/// Runs a program silently and returns what it wrote to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| not_run(command, &error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}\n{}", bad_end(command, output.status), said.trim()).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program says of its version: its first line, or `None` when there is no such program.
pub(crate) fn version(command: &mut Command) -> Option<String> {
    let said = output(command).ok()?;
    said.lines().next().map(|line| line.trim().to_owned())
}

/// Passes lines on as they come, and sends each without its colours.
fn echo(from: impl Read, mut to: impl Write, lines: &mpsc::Sender<String>) {
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        // A reader that went away (`| head`) must not stop the work.
        drop(to.write_all(&line).and_then(|()| to.flush()));
        drop(lines.send(plain(&String::from_utf8_lossy(&line))));
        line.clear();
    }
}

/// A line without the escapes that colour it.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        text.push_str(before);
        rest = after.find(|c: char| c.is_ascii_alphabetic()).map_or("", |end| &after[end + 1..]);
    }
    text + rest
}

fn judge(command: &Command, status: ExitStatus) -> Result {
    if status.success() { Ok(()) } else { Err(bad_end(command, status).into()) }
}

fn bad_end(command: &Command, status: ExitStatus) -> String {
    format!("`{}` ended with {status}", line(command))
}

fn not_run(command: &Command, error: &std::io::Error) -> String {
    format!("cannot run `{}`: {error}", line(command))
}

/// The command as one would type it; without its environment, which holds a password.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(plain("\u{1b}[1m\u{1b}[32mtest result\u{1b}[0m: ok"), "test result: ok");
        assert_eq!(plain("plain"), "plain");
        assert_eq!(plain("cut \u{1b}[3"), "cut ");
    }

    #[test]
    fn lines_are_kept_also_when_the_program_fails() {
        let mut kept = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo keep one; echo other; echo keep two >&2; exit 3"]);
        let failure = run_keeping(&mut command, &mut kept, |line| line.starts_with("keep"));
        kept.sort();
        assert_eq!(kept, ["keep one", "keep two"]);
        assert!(failure.unwrap_err().to_string().contains("exit status: 3"));
    }

    #[test]
    fn a_forgotten_grandchild_is_not_waited_for() {
        let begun = Instant::now();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 20 & echo keep"]);
        let mut kept = Vec::new();
        run_keeping(&mut command, &mut kept, |line| line.starts_with("keep")).unwrap();
        assert_eq!(kept, ["keep"]);
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_missing_program_has_no_version() {
        assert_eq!(version(&mut Command::new("px360-no-such-program")), None);
        let mut echo = Command::new("echo");
        assert_eq!(version(echo.arg("tool 1.2.3")).as_deref(), Some("tool 1.2.3"));
    }
}
