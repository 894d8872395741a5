namespace RtpProxy.Daemon.Keeping;

/// <summary>How long steps may take.</summary>
internal static class SuccessionTimes
{
    /// <summary>A new version, until it has prepared all it can: sessions by the thousand on a busy machine, and files to be opened.</summary>
    public static readonly TimeSpan Ready = TimeSpan.FromSeconds(10);

    /// <summary>The old one, until nothing of it changes: media waits from here on, in the kernel.</summary>
    public static readonly TimeSpan Frozen = TimeSpan.FromSeconds(2);

    /// <summary>The new one from there, until it reads.</summary>
    public static readonly TimeSpan Running = TimeSpan.FromSeconds(5);

    /// <summary>A relay after a death, until it reads.</summary>
    public static readonly TimeSpan Restart = TimeSpan.FromSeconds(20);

    /// <summary>One that was told to end: it gives up itself after three seconds.</summary>
    public static readonly TimeSpan End = TimeSpan.FromSeconds(6);

    /// <summary>One whose workers do not turn is as good as dead.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>So many relays of the same program in a row that do not come to read: perhaps what has been installed since does.</summary>
    public const int TriesOfSame = 3;

    /// <summary>Before the second try of a relay that ended before it read; doubles.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
}
