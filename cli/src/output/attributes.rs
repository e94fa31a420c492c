//! What a new file takes over from the file that it replaces: owner, group, mode, access lists and other extended
//! attributes. It takes them over before its first byte, so that nobody reads a text who could not read the old one.

use crate::messages::Attribute;
use std::fs::{self, File};
use std::path::Path;

/// Gives a new file the attributes of an existing one. Returns what could not be kept.
#[cfg(unix)]
pub fn keep(existing: &Path, file: &File) -> Vec<Attribute> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let (Ok(old), Ok(new)) = (fs::metadata(existing), file.metadata()) else { return vec![Attribute::Mode] };
    let mut lost = owner(&old, &new, file);
    lost.extend(extended(existing, file));
    let mode = mode_for(old.mode(), &lost);
    // After the owner, since a change of the owner clears bits of the mode.
    if file.set_permissions(fs::Permissions::from_mode(mode)).is_err() {
        lost.push(Attribute::Mode);
    }
    if old.nlink() > 1 {
        lost.push(Attribute::Links { others: old.nlink() - 1 });
    }
    lost
}

/// Owner and group. Only root may give a file away; a group may be given by its members.
#[cfg(unix)]
fn owner(old: &fs::Metadata, new: &fs::Metadata, file: &File) -> Vec<Attribute> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (uid, gid) = (old.uid(), old.gid());
    let mut lost = Vec::new();
    if gid != new.gid() && fchown(file, None, Some(gid)).is_err() {
        lost.push(Attribute::Group { gid });
    }
    if uid != new.uid() && fchown(file, Some(uid), None).is_err() {
        lost.push(Attribute::Owner { uid });
    }
    lost
}

/// Access lists and other extended attributes.
#[cfg(unix)]
fn extended(existing: &Path, file: &File) -> Vec<Attribute> {
    use xattr::FileExt;
    // A file system without attributes has none to keep.
    let names = xattr::list(existing).into_iter().flatten();
    let kept = |name: &std::ffi::OsStr| {
        let Ok(Some(value)) = xattr::get(existing, name) else { return false };
        let has = file.get_xattr(name).is_ok_and(|own| own.as_ref() == Some(&value));
        has || file.set_xattr(name, &value).is_ok()
    };
    names
        .filter(|name| !kept(name))
        .map(|name| Attribute::Extended { name: name.to_string_lossy().into_owned() })
        .collect()
}

/// The mode of the new file. Another owner or group must not get what was allowed to the old ones.
#[cfg(unix)]
fn mode_for(mode: u32, lost: &[Attribute]) -> u32 {
    const SET_USER: u32 = 0o4000;
    const SET_GROUP: u32 = 0o2000;
    const GROUP: u32 = 0o070;
    let mut mode = mode & 0o7777;
    if lost.iter().any(|a| matches!(a, Attribute::Owner { .. })) {
        mode &= !SET_USER;
    }
    if lost.iter().any(|a| matches!(a, Attribute::Group { .. })) {
        let others = (mode & 0o007) << 3;
        mode = mode & !(SET_GROUP | GROUP) | mode & others;
    }
    mode
}

/// Gives a new file the attributes of an existing one: here only whether it may be written, when it gets its name.
#[cfg(not(unix))]
pub fn keep(_existing: &Path, _file: &File) -> Vec<Attribute> {
    Vec::new()
}

/// The permissions that a new file gets with its name: those of the umask. `None` where they are not known.
pub fn of_new_files() -> Option<fs::Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        use std::sync::OnceLock;
        static MODE: OnceLock<Option<u32>> = OnceLock::new();
        // A file in a folder of its own, since a process cannot read its umask without changing it.
        let measure = || {
            let folder = tempfile::tempdir().ok()?;
            let file = File::create(folder.path().join("mode")).ok()?;
            file.metadata().ok().map(|m| m.permissions().mode())
        };
        MODE.get_or_init(measure).map(fs::Permissions::from_mode)
    }
    #[cfg(not(unix))]
    None
}
