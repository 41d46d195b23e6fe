//! G9 and G10: what travels over the wire.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::house::SERVER;
use super::lines::Lines;
use crate::site::Site;
use crate::{Result, run};

/// What may travel at most, in bytes of brotli (design-system.md §1).
const BARS: [(&str, u64); 3] = [(".wasm.br", 900_000), (".js.br", 12_000), (".css.br", 30_000)];
/// From here on, somebody has to look at the WebAssembly.
const WASM_WARN: u64 = 600_000;

pub(super) fn measure(site: &Site, lines: &mut Lines) -> Result {
    let package = site.root.join("pkg");
    let mut sizes = [0; BARS.len()];
    for (size, (ending, _)) in sizes.iter_mut().zip(BARS) {
        *size = compressed(&package, ending)?;
    }
    let [wasm, js, css] = sizes.map(kilobytes);
    let warning = if sizes[0] > WASM_WARN { ": time to look at it" } else { "" };
    let shell = kilobytes(named(&package, "px360.")?.iter().map(|(_, bytes)| bytes).sum());
    let areas = named(&package, "split_")?;
    let area = |(name, bytes): &(String, u64)| {
        let name = name.trim_start_matches("split_");
        let name = name.split('.').next().unwrap_or(name);
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
        format!("{name} {} KB", kilobytes(*bytes))
    };
    let areas = areas.iter().map(area).collect::<Vec<_>>().join(", ");
    lines.push(format!(
        "G10  staff pages, brotli: shell wasm {shell} KB (floor 350 KB), areas: {areas}, all wasm {wasm} KB, \
         JS glue {js} KB, CSS {css} KB{warning}"
    ));
    let too_large = |((ending, max), size): (&(&str, u64), u64)| {
        (size > *max).then(|| format!("{ending}: {size} bytes, more than {max}"))
    };
    match BARS.iter().zip(sizes).find_map(too_large) {
        Some(complaint) => Err(complaint.into()),
        None => Ok(()),
    }
}

/// The bytes of the survey's first page as they travel, headers and all.
pub(super) fn first_page(link: &str, encoding: &str) -> Result<u64> {
    let mut curl = Command::new("curl");
    curl.args(["-sf", "-o", "/dev/null", "-w", "%{size_header} %{size_download}", "-H"]);
    curl.arg(format!("Accept-Encoding: {encoding}")).arg(format!("http://{SERVER}{link}"));
    let told = run::output(&mut curl)?;
    told.split_whitespace().map(|bytes| Ok(bytes.parse::<u64>()?)).sum()
}

/// The compressed WebAssembly files whose names begin so, the largest first.
fn named(folder: &Path, begins: &str) -> Result<Vec<(String, u64)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(begins) && name.ends_with(".wasm.br") {
            found.push((name, entry.metadata()?.len()));
        }
    }
    found.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    Ok(found)
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
