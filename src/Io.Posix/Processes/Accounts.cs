using System.Buffers;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>Users and groups of this machine, from whatever nsswitch.conf(5) names.</summary>
public static unsafe class Accounts
{
    private const int ERANGE = 34;

    // An entry of a directory server may be long; more than this is no entry.
    private const int MaxEntryLength = 1 << 20;

    /// <summary>User id and primary group id; null if there is no such user.</summary>
    public static (uint UserId, uint GroupId)? FindUser(string name)
    {
        using NativeStrings strings = new();
        byte* nativeName = strings.Add(name);
        for (int length = 1024; length <= MaxEntryLength; length *= 2)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
            fixed (byte* text = buffer)
            {
                LibC.passwd entry;
                LibC.passwd* found;
                int error = LibC.getpwnam_r(nativeName, &entry, text, (nuint)buffer.Length, &found);
                ArrayPool<byte>.Shared.Return(buffer);
                if (error != ERANGE)
                {
                    return found == null ? null : (entry.pw_uid, entry.pw_gid);
                }
            }
        }

        return null;
    }

    /// <summary>Group id; null if there is no such group.</summary>
    public static uint? FindGroup(string name)
    {
        using NativeStrings strings = new();
        byte* nativeName = strings.Add(name);
        for (int length = 1024; length <= MaxEntryLength; length *= 2)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
            fixed (byte* text = buffer)
            {
                LibC.group entry;
                LibC.group* found;
                int error = LibC.getgrnam_r(nativeName, &entry, text, (nuint)buffer.Length, &found);
                ArrayPool<byte>.Shared.Return(buffer);
                if (error != ERANGE)
                {
                    return found == null ? null : entry.gr_gid;
                }
            }
        }

        return null;
    }
}
