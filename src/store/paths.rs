//! Where things lie, by the XDG base directory specification, on macOS too.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::StoreError;

/// All the places that this program reads or writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    pub config_file: PathBuf,
    /// A user's own themes.
    pub themes: PathBuf,
    /// Drafts, outbox; a folder of its own in the sandbox.
    pub state: PathBuf,
    pub home: PathBuf,
    /// Where programs keep their configurations, ours and others.
    pub configs: PathBuf,
}

impl Paths {
    /// `config` overrides the configuration file; a `sandbox` keeps its state apart.
    pub fn find(config: Option<&Path>, sandbox: bool) -> Result<Self, StoreError> {
        let base = etcetera::choose_base_strategy().map_err(|_no_home| StoreError::NoHome)?;
        let folder = base.config_dir().join("sendoff");
        let state = base.state_dir().unwrap_or_else(|| base.data_dir()).join("sendoff");
        Ok(Self {
            config_file: config.map_or_else(|| folder.join("config.toml"), Path::to_owned),
            themes: folder.join("themes"),
            state: if sandbox { state.join("sandbox") } else { state },
            home: base.home_dir().to_owned(),
            configs: base.config_dir(),
        })
    }

    pub fn drafts(&self) -> PathBuf {
        self.state.join("drafts")
    }

    pub fn logs(&self) -> PathBuf {
        self.state.join("logs")
    }

    pub fn outbox(&self) -> PathBuf {
        self.state.join("outbox")
    }
}
