using System.Reflection;

namespace RtpProxy.Daemon.Options;

/// <summary>What <c>-V</c> prints.</summary>
internal static class ProgramVersion
{
    // The version of the original whose behaviour this program has; scripts compare it.
    private const string CompatibleWith = "3.2.0";
    private const int ShortRevisionLength = 10;

    /// <summary>The compatible version, a dot and the build: its source revision or, without one, its own version.</summary>
    public static string Text { get; } = $"{CompatibleWith}.{Build}";

    private static string Build
    {
        get
        {
            string version = typeof(ProgramVersion).Assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
            int plus = version.IndexOf('+', StringComparison.Ordinal);
            string revision = version[(plus + 1)..];
            return plus < 0 || revision.Length <= ShortRevisionLength ? revision : revision[..ShortRevisionLength];
        }
    }
}
