//! Accounts, and the credentials that sign in to them.
//!
//! This is what authentication needs; the account *objects* that the API shows are in the store and kept in step by
//! `behaviours/accounts.rs` and `behaviours/keys.rs`.

use std::collections::BTreeMap;

use crate::ids::Ids;

/// Status of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// Works.
    Active,
    /// Cannot create anything.
    Suspended,
    /// Gone for good; still reads back as closed through its parent.
    Closed,
}

impl AccountStatus {
    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
}

/// One account.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// `AC…`.
    pub sid: String,
    /// Primary auth token.
    pub auth_token: String,
    /// Secondary auth token, while there is one.
    pub secondary_auth_token: Option<String>,
    /// The account that made it; `None` for the main account.
    pub parent: Option<String>,
    /// Status.
    pub status: AccountStatus,
}

/// Kind of an API key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyKind {
    /// Everything but Accounts and Keys endpoints.
    Standard,
    /// What its policy allows.
    Restricted {
        /// Names of allowed permissions, for example `/twilio/messaging/messages/create`.
        allow: Vec<String>,
    },
}

/// An API key that signs in.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiKey {
    /// `SK…`.
    pub sid: String,
    /// Shown once by the API.
    pub secret: String,
    /// Account whose key it is.
    pub account: String,
    /// Kind.
    pub kind: KeyKind,
}

/// An OAuth app that gets access tokens.
/// <https://www.twilio.com/docs/iam/oauth-apps/account-oauth-apps-resource>
#[derive(Debug, Clone, PartialEq)]
pub struct OauthApp {
    /// `OQ…`, which is its client ID.
    pub sid: String,
    /// Shown once by the API.
    pub secret: String,
    /// Account whose app it is.
    pub account: String,
    /// Names of allowed permissions, as those of a restricted key.
    pub allow: Vec<String>,
    /// Names of permissions that it has not, whatever `allow` says.
    pub deny: Vec<String>,
    /// How long its tokens are good, in seconds.
    pub token_ttl: i64,
}

/// An access token that was issued.
#[derive(Debug, Clone, PartialEq)]
struct OauthToken {
    app: String,
    /// When it expires, in milliseconds since 1970.
    until_ms: i64,
}

/// Who sent a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Caller {
    /// User name that was sent: account SID or key SID; of an OAuth app its SID. The request log shows it.
    pub user: String,
    /// Account whose credential it is.
    pub account: String,
    /// What signed in.
    pub by: SignedInBy,
}

/// Kind of credential.
#[derive(Debug, Clone, PartialEq)]
pub enum SignedInBy {
    /// Account SID and auth token.
    AuthToken,
    /// API key SID and secret.
    Key(KeyKind),
    /// Access token of an OAuth app.
    OauthToken {
        /// Names of permissions.
        allow: Vec<String>,
        /// Names of permissions that it has not.
        deny: Vec<String>,
    },
    /// An OAuth app itself, where it asks for a token.
    OauthApp,
}

/// All accounts and keys.
#[derive(Debug)]
pub struct Accounts {
    main: String,
    accounts: BTreeMap<String, Account>,
    keys: BTreeMap<String, ApiKey>,
    apps: BTreeMap<String, OauthApp>,
    tokens: BTreeMap<String, OauthToken>,
}

impl Accounts {
    /// The main account alone.
    pub fn new(ids: &mut Ids) -> Self {
        let main = Account {
            sid: ids.sid("AC"),
            auth_token: ids.hex(32),
            secondary_auth_token: None,
            parent: None,
            status: AccountStatus::Active,
        };
        Self {
            main: main.sid.clone(),
            accounts: BTreeMap::from([(main.sid.clone(), main)]),
            keys: BTreeMap::new(),
            apps: BTreeMap::new(),
            tokens: BTreeMap::new(),
        }
    }

    /// The main account.
    pub fn main(&self) -> &Account {
        &self.accounts[&self.main]
    }

    /// This main account and nothing else.
    pub fn only(&mut self, main: Account) {
        self.main.clone_from(&main.sid);
        self.accounts = BTreeMap::from([(main.sid.clone(), main)]);
        self.keys.clear();
    }

    /// Every account.
    pub fn all(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// An account by SID.
    pub fn find(&self, sid: &str) -> Option<&Account> {
        self.accounts.get(sid)
    }

    /// An account by SID, to be changed.
    pub fn find_mut(&mut self, sid: &str) -> Option<&mut Account> {
        self.accounts.get_mut(sid)
    }

    /// Adds or replaces an account.
    pub fn insert(&mut self, account: Account) {
        self.accounts.insert(account.sid.clone(), account);
    }

    /// Forgets an account and its keys, as if it had been purged. The main account stays.
    pub fn remove(&mut self, sid: &str) {
        if sid != self.main {
            self.accounts.remove(sid);
            self.keys.retain(|_, key| key.account != sid);
            self.apps.retain(|_, app| app.account != sid);
            self.tokens.retain(|_, token| self.apps.contains_key(&token.app));
        }
    }

    /// Whether two accounts are the same or have the same main account.
    pub fn related(&self, left: &str, right: &str) -> bool {
        self.root(left).is_some_and(|root| self.root(right) == Some(root))
    }

    /// Whether `parent` made `child`.
    pub fn is_parent_of(&self, parent: &str, child: &str) -> bool {
        self.find(child)
            .is_some_and(|account| account.parent.as_deref() == Some(parent))
    }

    /// Status of an account, a suspended parent counting for its children.
    pub fn effective_status(&self, sid: &str) -> Option<AccountStatus> {
        let account = self.find(sid)?;
        let parent = account
            .parent
            .as_deref()
            .and_then(|parent| self.find(parent))
            .map(|parent| parent.status);
        Some(match (account.status, parent) {
            (AccountStatus::Active, Some(AccountStatus::Suspended)) => AccountStatus::Suspended,
            (own, _) => own,
        })
    }

    /// Adds or replaces a key.
    pub fn insert_key(&mut self, key: ApiKey) {
        self.keys.insert(key.sid.clone(), key);
    }

    /// A key by SID, to be changed.
    pub fn key_mut(&mut self, sid: &str) -> Option<&mut ApiKey> {
        self.keys.get_mut(sid)
    }

    /// Removes a key; it no longer signs in.
    pub fn remove_key(&mut self, sid: &str) -> Option<ApiKey> {
        self.keys.remove(sid)
    }

    /// Adds or replaces an OAuth app.
    pub fn insert_app(&mut self, app: OauthApp) {
        self.apps.insert(app.sid.clone(), app);
    }

    /// An OAuth app by SID, to be changed.
    pub fn app_mut(&mut self, sid: &str) -> Option<&mut OauthApp> {
        self.apps.get_mut(sid)
    }

    /// An OAuth app by SID.
    pub fn app(&self, sid: &str) -> Option<&OauthApp> {
        self.apps.get(sid)
    }

    /// Removes an OAuth app with all its tokens: <https://www.twilio.com/docs/iam/oauth-apps/faqs>.
    pub fn remove_app(&mut self, sid: &str) {
        self.apps.remove(sid);
        self.tokens.retain(|_, token| token.app != sid);
    }

    /// Takes an access token of an app. Earlier ones stay good.
    pub fn insert_token(&mut self, token: String, app: &str, until_ms: i64) {
        let app = app.to_owned();
        self.tokens.insert(token, OauthToken { app, until_ms });
    }

    /// Which app these are the client credentials of.
    pub fn sign_in_app(&self, client_id: &str, client_secret: &str) -> Option<Caller> {
        let app = self.apps.get(client_id).filter(|app| app.secret == client_secret)?;
        self.caller_of(app, SignedInBy::OauthApp)
    }

    /// Who signs in with an access token; `None` if it is none, or has expired.
    pub fn sign_in_token(&self, token: &str, now_ms: i64) -> Option<Caller> {
        let token = self.tokens.get(token).filter(|token| now_ms < token.until_ms)?;
        let app = self.apps.get(&token.app)?;
        let by = SignedInBy::OauthToken {
            allow: app.allow.clone(),
            deny: app.deny.clone(),
        };
        self.caller_of(app, by)
    }

    fn caller_of(&self, app: &OauthApp, by: SignedInBy) -> Option<Caller> {
        let account = self.accounts.get(&app.account)?;
        (account.status != AccountStatus::Closed).then(|| Caller {
            user: app.sid.clone(),
            account: account.sid.clone(),
            by,
        })
    }

    /// Who signs in with a user name and a password; `None` if nobody does.
    pub fn sign_in(&self, user: &str, password: &str) -> Option<Caller> {
        let (account, by) = match self.accounts.get(user) {
            Some(account) => {
                let known = account.auth_token == password
                    || account
                        .secondary_auth_token
                        .as_deref()
                        .is_some_and(|token| token == password);
                (known.then_some(account)?, SignedInBy::AuthToken)
            }
            None => {
                let key = self.keys.get(user).filter(|key| key.secret == password)?;
                (self.accounts.get(&key.account)?, SignedInBy::Key(key.kind.clone()))
            }
        };
        (account.status != AccountStatus::Closed).then(|| Caller {
            user: user.to_owned(),
            account: account.sid.clone(),
            by,
        })
    }

    fn root(&self, sid: &str) -> Option<&str> {
        let account = self.find(sid)?;
        Some(account.parent.as_deref().unwrap_or(&account.sid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_account_signs_nobody_in() {
        let mut ids = Ids::new(1);
        let mut accounts = Accounts::new(&mut ids);
        let main = accounts.main().clone();
        accounts.insert_key(ApiKey {
            sid: "SK1".into(),
            secret: "s".into(),
            account: main.sid.clone(),
            kind: KeyKind::Standard,
        });
        assert!(accounts.sign_in(&main.sid, &main.auth_token).is_some());
        assert!(accounts.sign_in(&main.sid, "wrong").is_none());
        assert!(accounts.sign_in("SK1", "s").is_some());
        accounts.find_mut(&main.sid).expect("main").status = AccountStatus::Closed;
        assert!(accounts.sign_in(&main.sid, &main.auth_token).is_none());
        assert!(accounts.sign_in("SK1", "s").is_none());
    }

    #[test]
    fn a_token_signs_in_until_it_expires_or_its_app_goes() {
        let mut accounts = Accounts::new(&mut Ids::new(1));
        let account = accounts.main().sid.clone();
        accounts.insert_app(OauthApp {
            sid: "OQ1".into(),
            secret: "s".into(),
            account: account.clone(),
            allow: Vec::new(),
            deny: Vec::new(),
            token_ttl: 60,
        });
        assert!(accounts.sign_in_app("OQ1", "wrong").is_none() && accounts.sign_in("OQ1", "s").is_none());
        let app = accounts.sign_in_app("OQ1", "s").expect("it is the app");
        assert_eq!((app.account, app.by), (account, SignedInBy::OauthApp));
        accounts.insert_token("t".into(), "OQ1", 1000);
        assert!(accounts.sign_in_token("t", 999).is_some());
        assert!(accounts.sign_in_token("t", 1000).is_none() && accounts.sign_in_token("u", 0).is_none());
        accounts.remove_app("OQ1");
        assert!(accounts.sign_in_token("t", 0).is_none());
    }

    #[test]
    fn a_suspended_parent_suspends_its_children() {
        let mut ids = Ids::new(1);
        let mut accounts = Accounts::new(&mut ids);
        let main = accounts.main().sid.clone();
        let child = Account {
            sid: "AC2".into(),
            parent: Some(main.clone()),
            ..accounts.main().clone()
        };
        accounts.insert(child);
        assert_eq!(accounts.effective_status("AC2"), Some(AccountStatus::Active));
        accounts.find_mut(&main).expect("main").status = AccountStatus::Suspended;
        assert_eq!(accounts.effective_status("AC2"), Some(AccountStatus::Suspended));
        assert!(accounts.related("AC2", &main));
    }
}
