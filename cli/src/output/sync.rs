//! Brings files to the disk.

use std::fs::File;
use std::io;

/// Returns when the data of these files, which lie in one file system or in several, are on the disk.
#[cfg(target_os = "linux")]
pub fn sync(files: &[&File]) -> io::Result<()> {
    use std::collections::BTreeMap;
    use std::os::unix::fs::MetadataExt;
    // For one file its own data are less than all that the file system has in memory.
    if let [file] = files {
        return file.sync_data();
    }
    let mut systems = BTreeMap::new();
    for file in files {
        systems.insert(file.metadata()?.dev(), file);
    }
    systems.values().try_for_each(|file| Ok(rustix::fs::syncfs(file)?))
}

/// Returns when the data of these files are on the disk.
#[cfg(not(target_os = "linux"))]
pub fn sync(files: &[&File]) -> io::Result<()> {
    files.iter().try_for_each(|file| file.sync_data())
}
