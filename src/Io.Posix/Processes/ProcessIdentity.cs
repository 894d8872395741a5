using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>Who this process is; credentials(7).</summary>
public static unsafe class ProcessIdentity
{
    public static bool IsSuperuser => LibC.getuid() == 0;

    /// <summary>
    /// Becomes a group and, if named, a user, with all threads and for good: real, effective and saved ids change, and
    /// the supplementary groups become the user's, or the group alone.
    /// </summary>
    /// <param name="user">Name and id; null to stay who we are and change the group only.</param>
    /// <returns>What failed, in the system's words; null if nothing did.</returns>
    public static string? Become((string Name, uint Id)? user, uint group)
    {
        if (HasIds(user?.Id, group))
        {
            return null;
        }

        using NativeStrings strings = new();
        int groups = user is { } named
            ? LibC.initgroups(strings.Add(named.Name), group)
            : LibC.setgroups(1, &group);
        if (groups != 0)
        {
            return Fault(user is null ? "setgroups" : "initgroups");
        }

        if (LibC.setgid(group) != 0)
        {
            return Fault("setgid");
        }

        if (user is { } target && LibC.setuid(target.Id) != 0)
        {
            return Fault("setuid");
        }

        return HasIds(user?.Id, group) ? null : "the ids did not change";
    }

    private static bool HasIds(uint? user, uint group)
    {
        uint real, effective, saved;
        _ = LibC.getresgid(&real, &effective, &saved);
        bool hasGroup = real == group && effective == group && saved == group;
        _ = LibC.getresuid(&real, &effective, &saved);
        return hasGroup && (user is not { } id || (real == id && effective == id && saved == id));
    }

    private static string Fault(string call) => $"{call}: {LibC.Describe(LibC.LastErrno)}";
}
