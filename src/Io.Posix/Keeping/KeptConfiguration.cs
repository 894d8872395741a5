using System.Globalization;
using Microsoft.Win32.SafeHandles;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// The configuration of a relay, held for the one that follows it when it dies. That one needs it before it hears its keeper, so it is
/// started with the descriptor.
/// </summary>
internal static class KeptConfiguration
{
    /// <summary>What it is held under.</summary>
    public const string Name = "configuration";

    /// <summary>The name of the variable that holds the number of the inherited descriptor.</summary>
    public const string Variable = "RTPPROXY_KEEPER_CONFIGURATION";

    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>What this process was started with; empty if that is nothing. The variable is removed.</summary>
    public static byte[] Inherit()
    {
        string? number = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor)
            || LibC.fcntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC) != 0)
        {
            return [];
        }

        using SafeFileHandle file = new(descriptor, ownsHandle: true);
        return Read(file);
    }

    /// <summary>What is held of it by a keeper that this process goes on for; empty if that is nothing.</summary>
    public static byte[] Read(KeeperState left)
    {
        foreach ((string name, int[] descriptors) in left.Held)
        {
            if (name == Name)
            {
                using SafeFileHandle file = new(descriptors[0], ownsHandle: false);
                return Read(file);
            }
        }

        return [];
    }

    private static byte[] Read(SafeFileHandle file)
    {
        try
        {
            byte[] bytes = new byte[Math.Min(MaxBytes, RandomAccess.GetLength(file))];
            return bytes[..RandomAccess.Read(file, bytes, 0)];
        }
        catch (Exception e) when (e is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
