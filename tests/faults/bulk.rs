//! Thousands of creates under random faults.
