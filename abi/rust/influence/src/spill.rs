//! Room outside memory for a tally or a graph that is larger than memory.

#[cfg(unix)]
use std::fs::{File, OpenOptions};
use std::io;
#[cfg(unix)]
use std::path::Path;

#[cfg(doc)]
use crate::{Error, Graph, Standing, Status, Tally};

/// The place where [`Tally::spill`] and [`Graph::spill`] put what memory has no
/// room for. On Unix a [`File`](std::fs::File) is one, if it was empty: see
/// [`temporary_file`].
///
/// The library calls both functions on the threads that use the tally, its
/// streams, the graph or its standings; several threads may read at once. A
/// failure ends the call with [`Status::Cancelled`] and the words of the error; a
/// panic continues when C has returned. The library drops the value when the last
/// of its users is dropped; it ignores a panic of that.
pub trait Spill: Send + Sync {
    /// Appends `data` to what was written before.
    ///
    /// # Errors
    /// Whatever prevents it.
    fn append(&self, data: &[u8]) -> io::Result<()>;

    /// Fills `data` from what was written, beginning at its byte `offset`.
    ///
    /// # Errors
    /// Whatever prevents it.
    fn read_at(&self, offset: u64, data: &mut [u8]) -> io::Result<()>;
}

#[cfg(unix)]
impl Spill for File {
    fn append(&self, data: &[u8]) -> io::Result<()> {
        let mut file = self;
        io::Write::write_all(&mut file, data)
    }

    fn read_at(&self, offset: u64, data: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(self, data, offset)
    }
}

/// Makes an empty file in `folder` that has no name and is gone when it is
/// dropped, also if the program is killed. A folder in memory, as `/tmp` may be,
/// saves none.
///
/// # Errors
/// As creating a file in `folder` fails.
#[cfg(unix)]
pub fn temporary_file(folder: impl AsRef<Path>) -> io::Result<File> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!(".influence-{}-{number}", std::process::id());
        let path = folder.as_ref().join(name);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path);
        match file {
            // Another process of this number, in another container, say.
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {}
            Err(why) => return Err(why),
            Ok(file) => {
                std::fs::remove_file(path)?;
                return Ok(file);
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_file_holds_what_is_written_and_has_no_name() -> io::Result<()> {
        let folder = std::env::temp_dir().join(format!("influence-spill-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let file = temporary_file(&folder)?;
        assert_eq!(std::fs::read_dir(&folder)?.count(), 0);
        let other = temporary_file(&folder)?;
        std::fs::remove_dir(&folder)?;
        Spill::append(&file, b"one")?;
        Spill::append(&other, b"another")?;
        Spill::append(&file, b"two")?;
        let mut data = [0; 4];
        Spill::read_at(&file, 2, &mut data)?;
        assert_eq!(&data, b"etwo");
        assert!(Spill::read_at(&file, 3, &mut data).is_err());
        assert!(temporary_file(folder).is_err());
        Ok(())
    }
}
