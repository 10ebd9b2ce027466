//! The Terraform and OpenTofu provider for Twilio.

pub mod framework {
    //! Terraform as this project sees it.

    pub mod proto;
}
pub mod plugin;
