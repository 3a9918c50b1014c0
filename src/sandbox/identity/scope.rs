//! What is asked for: one permission of one resource, and what tells who signed in.

use super::refusal::{MISSING, Refusal, SCOPE, TWO_RESOURCES};

/// Where mail is sent, in each of Microsoft's clouds.
const RESOURCES: [&str; 4] = [
    "https://outlook.office.com",
    "https://outlook.office365.com",
    "https://outlook.office365.us",
    "https://partner.outlook.cn",
];

/// The scopes of one grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scopes {
    /// The permission with its resource, as it was asked for.
    pub(super) permission: String,
    /// Whether a refresh token is wanted.
    pub(super) offline: bool,
    /// Whether it is to be told who signed in.
    pub(super) openid: bool,
}

impl Scopes {
    /// Takes `SMTP.Send` of one resource; an application in its own name has to ask for `.default`.
    pub(super) fn parse(text: &str, wanted: &str) -> Result<Self, Refusal> {
        if text.trim().is_empty() {
            return Err(MISSING);
        }
        let (mut permission, mut offline, mut openid) = (None, false, false);
        for scope in text.split_ascii_whitespace() {
            match scope {
                "offline_access" => offline = true,
                "openid" => openid = true,
                "profile" | "email" => {}
                _ => {
                    let known = scope.rsplit_once('/').filter(|(resource, name)| {
                        RESOURCES.contains(&resource.trim_end_matches('/')) && *name == wanted
                    });
                    if known.is_none() {
                        return Err(SCOPE);
                    }
                    if permission.replace(scope.to_owned()).is_some_and(|before| before != scope) {
                        return Err(TWO_RESOURCES);
                    }
                }
            }
        }
        Ok(Self { permission: permission.ok_or(SCOPE)?, offline, openid })
    }

    /// As it is written on the page that asks for consent.
    pub(super) fn told(&self) -> Vec<&str> {
        let others = [(self.offline, "offline_access"), (self.openid, "openid")];
        let others = others.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, name)| name);
        std::iter::once(self.permission.as_str()).chain(others).collect()
    }
}
