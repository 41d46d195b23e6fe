//! Making a new cluster.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::Error;
use crate::options::Options;
use crate::{launch, secret, settings};

/// From best to plainest. `und` is ICU's root order, which sorts Arabic and Latin alike; without
/// ICU text sorts by code point.
const LOCALES: [&[&str]; 3] = [
    &["--locale-provider=icu", "--icu-locale=und", "--locale=C.UTF-8"],
    &["--locale=C.UTF-8"],
    &["--no-locale"],
];

/// Makes the cluster of `dir` in one step: either `data` is complete afterwards, or not there.
pub(crate) fn create(
    dir: &Path,
    options: &Options,
    binaries: &Binaries,
    account: &Account,
) -> Result<(), Error> {
    secret::create(dir, account)?;
    let unfinished = dir.join("data.unfinished");
    let mut refusal = None;
    for locale in LOCALES {
        remove(&unfinished)?;
        match initdb(dir, &unfinished, locale, options, binaries, account) {
            Ok(()) => return finish(&unfinished, &dir.join("data")),
            // The first refusal is the telling one, unless only ICU was missing.
            Err(error) => drop(refusal.get_or_insert(error)),
        }
    }
    remove(&unfinished)?;
    Err(refusal.unwrap_or(Error::NotReady(unfinished)))
}

fn initdb(
    dir: &Path,
    data: &Path,
    locale: &[&str],
    options: &Options,
    binaries: &Binaries,
    account: &Account,
) -> Result<(), Error> {
    let mut command = account.command(&binaries.program("initdb"));
    command.arg("-D").arg(data).arg("--pwfile").arg(secret::file(dir));
    command.args(["--username=px360", "--auth=scram-sha-256", "--encoding=UTF8"]);
    command.args(["--data-checksums", "--no-instructions"]).args(locale);
    if !options.durable {
        command.arg("--no-sync");
    }
    launch::run(command)
}

fn finish(unfinished: &Path, data: &Path) -> Result<(), Error> {
    let path = unfinished.join("postgresql.conf");
    OpenOptions::new()
        .append(true)
        .open(&path)
        .and_then(|mut file| writeln!(file, "\ninclude '{}'", settings::FILE))
        .map_err(Error::io("write", &path))?;
    fs::rename(unfinished, data).map_err(Error::io("rename", unfinished))
}

fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::io("remove", folder)(error))
        }
        _ => Ok(()),
    }
}
