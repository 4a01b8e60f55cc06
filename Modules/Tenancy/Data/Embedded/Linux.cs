using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>The few system calls that the base library does not offer.</summary>
static class Linux
{
    public const int SignalQuit = 3;
    public const int SignalInterrupt = 2;
    public const int SignalTerminate = 15;
    public const int SignalKill = 9;

    const int CurrentFolder = -100;             // AT_FDCWD
    const int DoNotFollowLinks = 0x100;         // AT_SYMLINK_NOFOLLOW
    const uint BasicFields = 0x7ff;             // STATX_BASIC_STATS
    const int CloseOnExecute = 0x80000;         // O_CLOEXEC
    const int FileTypeMask = 0xF000, FolderType = 0x4000;

    public static uint UserId => geteuid();

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public static void Signal(int processId, int signal) => _ = kill(processId, signal);

    /// <summary>Who owns a path and which file it is; null when there is no such path or it may not be looked at.</summary>
    public static FileIdentity? Identify(string path, bool followLinks = true)
    {
        Span<byte> facts = stackalloc byte[256];
        var flags = followLinks ? 0 : DoNotFollowLinks;
        if (statx(CurrentFolder, Path(path), flags, BasicFields, ref MemoryMarshal.GetReference(facts)) != 0) return null;

        // struct statx has one layout on every architecture, unlike struct stat.
        return new FileIdentity(
            Owner: MemoryMarshal.Read<uint>(facts[20..]),
            Group: MemoryMarshal.Read<uint>(facts[24..]),
            IsFolder: (MemoryMarshal.Read<ushort>(facts[28..]) & FileTypeMask) == FolderType,
            Inode: MemoryMarshal.Read<ulong>(facts[32..]),
            Device: MemoryMarshal.Read<ulong>(facts[136..]));
    }

    /// <summary>Gives a file or folder to a user, never through a symbolic link.</summary>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (lchown(Path(path), user, group) != 0) throw Failed("change the owner of", path);
    }

    /// <summary>Opens a file whose lock another process holds: the base library would ask for a lock of its own even to read.</summary>
    public static SafeFileHandle OpenToRead(string path)
    {
        var handle = open(Path(path), CloseOnExecute);
        return handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw Failed("open", path);
    }

    /// <summary>Makes renames and new names inside a folder survive a power cut.</summary>
    public static void FlushFolder(string path)
    {
        using var handle = OpenToRead(path);
        if (fsync(handle) != 0) throw Failed("flush", path);
    }

    static IOException Failed(string verb, string path) => new($"Cannot {verb} {path}: {Marshal.GetLastPInvokeErrorMessage()}.");

    static byte[] Path(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe code in the whole project; these take integers and bytes only.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern uint geteuid();

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int kill(int process, int signal);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int lchown(byte[] path, uint user, uint group);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int statx(int folder, byte[] path, int flags, uint mask, ref byte facts);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int fsync(SafeFileHandle handle);
#pragma warning restore SYSLIB1054
}
