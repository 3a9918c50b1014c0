//! Server lines by one word. Hosts and ports: Microsoft's "client SMTP submission" pages and each provider's own.

use super::account::{OFFICE365, SUBMISSION, SUBMISSIONS, Security};

pub struct Preset {
    /// What a configuration calls it.
    pub name: &'static str,
    pub host: &'static str,
    pub port: u16,
    pub security: Security,
}

pub const PRESETS: [Preset; 8] = [
    Preset::start_tls("microsoft365", OFFICE365),
    Preset::start_tls("outlook.com", "smtp-mail.outlook.com"),
    Preset::start_tls("gcc-high", "smtp.office365.us"),
    Preset::start_tls("dod", "outlook-dod.office365.us"),
    Preset::start_tls("21vianet", "smtp.partner.outlook.cn"),
    Preset::start_tls("high-volume", "smtp-hve.office365.com"),
    Preset::start_tls("azure-communication", "smtp.azurecomm.net"),
    Preset { name: "gmail", host: "smtp.gmail.com", port: SUBMISSIONS, security: Security::Tls },
];

impl Preset {
    const fn start_tls(name: &'static str, host: &'static str) -> Self {
        Self { name, host, port: SUBMISSION, security: Security::StartTls }
    }

    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }
}
