//! The functions are there.

#[test]
fn link() {
    // SAFETY: neither has a requirement.
    unsafe {
        assert_eq!(influence_sys::influence_abi_version(), influence_sys::INFLUENCE_ABI_VERSION);
        assert!(!influence_sys::influence_library_version().is_null());
    }
}
