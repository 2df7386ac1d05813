//! The C interface of libinfluence, as it is in `influence.h`: functions,
//! constants and structs, and nothing on top. `influence.h` has the contract;
//! the crate `influence` has it as safe Rust.
//!
//! `bindings.rs` is made from the header by bindgen (`cargo run -p generate`)
//! and kept, so that nobody needs bindgen or libclang to build this crate.
#![no_std]
#![allow(missing_docs, non_camel_case_types)]

include!("bindings.rs");
