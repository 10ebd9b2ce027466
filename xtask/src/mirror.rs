//! A filesystem mirror with the provider, from which `init` installs it without any registry.
//!
//! Terraform and OpenTofu each search under the host of their own registry, so the mirror has the provider under both. The CLI
//! configuration names it without a host, which either program takes for its own.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, bail};

/// The provider's source address, without the host of a registry.
pub const SOURCE: &str = "twilio-community/twilio";

/// The hosts of the registries that Terraform and OpenTofu look for a provider at.
pub const REGISTRIES: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// A folder that is laid out as a mirror.
#[derive(Debug, Clone)]
pub struct Mirror {
    folder: PathBuf,
}

impl Mirror {
    /// Puts `provider`, a built provider binary, into a mirror at `folder`, in place of what an earlier call put there.
    ///
    /// # Errors
    /// Those of the file system; a platform that no provider is built for.
    pub fn write(provider: &Path, folder: &Path) -> Result<Self> {
        let version = env!("CARGO_PKG_VERSION");
        let name = format!("terraform-provider-twilio_v{version}{}", env::consts::EXE_SUFFIX);
        for registry in REGISTRIES {
            let place = folder.join(registry).join(SOURCE).join(version).join(platform()?);
            put(provider, &place, &name)?;
        }
        Ok(Self {
            folder: folder.to_path_buf(),
        })
    }

    /// A CLI configuration with which this mirror is all there is.
    pub fn alone(&self) -> String {
        format!(
            "provider_installation {{\n  filesystem_mirror {{\n    path = {}\n  }}\n}}\n",
            quoted(&self.folder)
        )
    }

    /// A CLI configuration with which this provider comes from here and every other from where it always does.
    pub fn beside_registries(&self) -> String {
        format!(
            "provider_installation {{\n  filesystem_mirror {{\n    path    = {}\n    include = [\"{SOURCE}\"]\n  }}\n  \
             direct {{\n    exclude = [\"{SOURCE}\"]\n  }}\n}}\n",
            quoted(&self.folder)
        )
    }
}

/// Puts a binary in place: as a hard link where the file system can, because a debug build is large.
///
/// # Errors
/// Those of the file system.
pub(crate) fn put(binary: &Path, folder: &Path, name: &str) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let target = folder.join(name);
    if target.exists() {
        fs::remove_file(&target).with_context(|| format!("cannot replace {}", target.display()))?;
    }
    if fs::hard_link(binary, &target).is_err() {
        fs::copy(binary, &target).with_context(|| format!("cannot copy {}", binary.display()))?;
    }
    Ok(())
}

/// A path as an HCL string.
pub(crate) fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display().to_string().replace('\\', "\\\\"))
}

/// The platform in the registries' words.
fn platform() -> Result<String> {
    let os = match env::consts::OS {
        "macos" => "darwin",
        os @ ("linux" | "windows" | "freebsd") => os,
        other => bail!("no provider is built for {other}"),
    };
    let architecture = match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "arm" => "arm",
        other => bail!("no provider is built for {other}"),
    };
    Ok(format!("{os}_{architecture}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files below a folder, with paths relative to it.
    fn files(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let relative = path.strip_prefix(folder).expect("it is below");
                    found.push(relative.display().to_string());
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn each_program_finds_the_provider_under_the_host_of_its_own_registry() {
        let folder = tempfile::tempdir().expect("a folder");
        let binary = folder.path().join("built");
        fs::write(&binary, "a program").expect("a file");
        let mirror = folder.path().join("mirror");
        // Twice, as after another build.
        Mirror::write(&binary, &mirror).expect("a mirror");
        Mirror::write(&binary, &mirror).expect("a mirror");
        let version = env!("CARGO_PKG_VERSION");
        let platform = platform().expect("tests run where providers do");
        let name = format!("terraform-provider-twilio_v{version}{}", env::consts::EXE_SUFFIX);
        let expected = ["registry.opentofu.org", "registry.terraform.io"]
            .map(|host| format!("{host}/twilio-community/twilio/{version}/{platform}/{name}"));
        assert_eq!(files(&mirror), expected);
    }

    #[test]
    fn no_configuration_names_the_host_of_one_registry() {
        let mirror = Mirror {
            folder: "/mirror".into(),
        };
        for text in [mirror.alone(), mirror.beside_registries()] {
            assert!(!text.contains("registry."), "{text}");
        }
    }
}
