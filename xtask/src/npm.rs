//! Browser files and browser tools from the npm registry, pinned by `package-lock.json`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::Workspace;
use crate::{Result, run};

/// The npm package that names what we serve, and wasm-opt.
const WEB: &str = "web";
/// Copied by cargo-leptos with the rest of `public/` to the root of the site.
const VENDOR: &str = "public/vendor";

/// Files served as they are: below `web/node_modules`, and below `public/vendor`.
const FILES: [(&str, &str); 7] = [
    (
        "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal.woff2",
        "fonts/ibm-plex-sans-arabic-arabic-400.woff2",
    ),
    (
        "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-600-normal.woff2",
        "fonts/ibm-plex-sans-arabic-arabic-600.woff2",
    ),
    (
        "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-latin-400-normal.woff2",
        "fonts/ibm-plex-sans-arabic-latin-400.woff2",
    ),
    (
        "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-latin-600-normal.woff2",
        "fonts/ibm-plex-sans-arabic-latin-600.woff2",
    ),
    ("@fontsource/ibm-plex-sans-arabic/LICENSE", "fonts/LICENSE"),
    ("echarts/dist/echarts.esm.min.mjs", "echarts.esm.min.mjs"),
    ("redoc/bundles/redoc.standalone.js.LICENSE.txt", "redoc.standalone.js.LICENSE.txt"),
];

const ECHARTS_ARABIC: (&str, &str) = ("echarts/i18n/langAR-obj.js", "echarts-ar.mjs");
const REDOC: (&str, &str) = ("redoc/bundles/redoc.standalone.js", "redoc.standalone.js");
/// The one thing `ReDoc` would fetch from a foreign host, on every page.
const REDOC_LOGO: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";
/// A transparent pixel.
const NOTHING: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// Puts fonts, charts and the API reader where cargo-leptos finds them.
pub(crate) fn vendor(workspace: &Workspace) -> Result {
    install(workspace, WEB)?;
    for (from, to) in FILES {
        let bytes =
            fs::read(packed(workspace, from)).map_err(|error| format!("{from}: {error}"))?;
        put(workspace, to, &bytes)?;
    }
    let arabic = read(workspace, ECHARTS_ARABIC.0)?;
    put(workspace, ECHARTS_ARABIC.1, as_module(&arabic).as_bytes())?;
    let redoc = read(workspace, REDOC.0)?;
    put(workspace, REDOC.1, redoc.replace(REDOC_LOGO, NOTHING).as_bytes())
}

/// Installs exactly what `folder/package-lock.json` names, unless that was done already.
pub(crate) fn install(workspace: &Workspace, folder: &str) -> Result {
    let folder_path = workspace.path(folder);
    let lock = fs::read(folder_path.join("package-lock.json"))
        .map_err(|error| format!("{folder}/package-lock.json: {error}"))?;
    let done = folder_path.join("node_modules/.px360-lock");
    if fs::read(&done).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of {folder}/ (about a minute, once).");
    run::run(Command::new("npm").current_dir(&folder_path).arg("ci"))?;
    fs::write(done, lock)?;
    Ok(())
}

/// PATH with the tools of `web/` in front: npm's wasm-opt, with the passes that we want.
pub(crate) fn path_with_tools(workspace: &Workspace) -> Result<OsString> {
    let tools = workspace.path(WEB).join("bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    Ok(std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path)))?)
}

/// `ECharts` ships its languages as scripts that fill an object called `exports`; ours must be a
/// module, because the page's rules allow nothing else.
fn as_module(script: &str) -> String {
    format!("const exports = {{}};\n{}\nexport default exports;\n", script.trim())
}

fn packed(workspace: &Workspace, file: &str) -> PathBuf {
    workspace.path(WEB).join("node_modules").join(file)
}

fn read(workspace: &Workspace, file: &str) -> Result<String> {
    Ok(fs::read_to_string(packed(workspace, file)).map_err(|error| format!("{file}: {error}"))?)
}

/// Writes a file only when it differs, so that nothing is built again for nothing.
fn put(workspace: &Workspace, file: &str, bytes: &[u8]) -> Result {
    let path = workspace.path(VENDOR).join(file);
    if fs::read(&path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
    fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_becomes_a_module_that_exports_what_it_fills() {
        let module = as_module("\n(function () { exports.time = 1; })();\n");
        assert!(module.starts_with("const exports = {};\n(function"));
        assert!(module.ends_with("})();\nexport default exports;\n"));
    }
}
