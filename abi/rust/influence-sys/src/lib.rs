//! `influence.h` in Rust, as bindgen writes it; the header has the contract.
//! Use the crate `influence` instead, which is safe.
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, missing_docs)]

include!("bindings.rs");
