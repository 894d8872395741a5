namespace RtpProxy.TestKit.Daemon;

/// <summary>The daemon under test.</summary>
public static class DaemonExecutable
{
    /// <summary>Names the folder of published executables; unset, those of this build are tried.</summary>
    public const string Variable = BuiltExecutable.Variable;

    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Path { get; } = BuiltExecutable.Find("RtpProxy.Daemon", "rtpproxy");
}
