//! G9 and G10: what travels over the wire.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::house::SERVER;
use crate::site::Site;
use crate::{Result, run};

pub(super) fn measure(site: &Site, lines: &mut Vec<String>) -> Result {
    let package = site.root.join("pkg");
    let (wasm, js, css) = (
        compressed(&package, ".wasm.br")?,
        compressed(&package, ".js.br")?,
        compressed(&package, ".css.br")?,
    );
    lines.push(format!(
        "G10  staff pages, brotli: wasm {} KB (floor 350 KB), JS glue {} KB, CSS {} KB",
        kilobytes(wasm),
        kilobytes(js),
        kilobytes(css),
    ));
    Ok(())
}

/// The bytes of the survey's first page as they travel, headers and all.
pub(super) fn first_page(link: &str, encoding: &str) -> Result<u64> {
    let mut curl = Command::new("curl");
    curl.args(["-sf", "-o", "/dev/null", "-w", "%{size_header} %{size_download}", "-H"]);
    curl.arg(format!("Accept-Encoding: {encoding}")).arg(format!("http://{SERVER}{link}"));
    let told = run::output(&mut curl)?;
    told.split_whitespace().map(|bytes| Ok(bytes.parse::<u64>()?)).sum()
}

fn compressed(folder: &Path, ending: &str) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(ending) {
            bytes += entry.metadata()?.len();
        }
    }
    if bytes == 0 {
        return Err(format!("nothing in {} ends with {ending}", folder.display()).into());
    }
    Ok(bytes)
}

pub(super) fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1_000, bytes % 1_000 / 100)
}
