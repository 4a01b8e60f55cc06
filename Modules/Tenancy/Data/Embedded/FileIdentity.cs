namespace Billing.Tenancy.Data.Embedded;

/// <summary>What tells one file from another whatever path leads to it, and whose it is.</summary>
readonly record struct FileIdentity(uint Owner, uint Group, bool IsFolder, ulong Inode, ulong Device)
{
    public bool IsSameFileAs(FileIdentity other) => Inode == other.Inode && Device == other.Device;
}
