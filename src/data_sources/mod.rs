//! What can be looked up, one file per data source.
